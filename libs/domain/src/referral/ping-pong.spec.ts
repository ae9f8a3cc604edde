// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isReturnedTooOften, isVisitedTwice } from './ping-pong';
import { aReferralInLife } from '../../test/builders';

const proposed = (over: Parameters<typeof aReferralInLife>[1]) =>
  aReferralInLife('return_proposed', { proposedReasons: ['101'], ...over });

describe('たらい回し', () => {
  it('is a second return, whoever has taken it in between', () => {
    expect(isReturnedTooOften(proposed({ returnsInJourney: 1 }), { accepted: true })).toBe(true);
    expect(isReturnedTooOften(proposed({ returnsInJourney: 0 }), { accepted: false })).toBe(false);
  });

  it('is a third desk that does not take what nobody has taken', () => {
    expect(isReturnedTooOften(proposed({ hops: 2 }), { accepted: false })).toBe(true);
    expect(isReturnedTooOften(proposed({ hops: 2 }), { accepted: true })).toBe(false);
    expect(isReturnedTooOften(proposed({ hops: 1 }), { accepted: false })).toBe(false);
  });

  it('is nothing that ends because the person says no, or because it is there twice', () => {
    for (const reason of ['105', '201'])
      expect(
        isReturnedTooOften(proposed({ returnsInJourney: 1, proposedReasons: [reason] }), { accepted: false }),
      ).toBe(false);
  });

  it('is a desk that has had the matter already', () => {
    const journey = { visited: new Set(['a', 'b']) };
    expect(isVisitedTwice(journey, 'b')).toBe(true);
    expect(isVisitedTwice(journey, 'c')).toBe(false);
    expect(isVisitedTwice(journey, undefined)).toBe(false);
  });
});
