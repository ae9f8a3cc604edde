// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { finalStates, isOwnRecordCode, ReferralState, StatusCode, statusCodeOf } from './referral.states';

describe('the code that a state shows to the system of the sender', () => {
  it.each<[string, ReferralState[]]>([
    ['10', ['received', 'questioned']],
    ['20', ['accepted']],
    ['30', ['in_progress']],
    ['40', ['completed', 'follow_up', 'closed']],
    ['50', ['returned']],
    ['60', ['withdrawn', 'declined', 'entered_in_error']],
    ['65', ['revoked']],
  ])('is %s for %s and for no other state', (code, states) => {
    expect(ReferralState.options.filter((s) => statusCodeOf(s) === code).sort()).toEqual([...states].sort());
  });

  it.each<ReferralState>(['draft', 'awaiting_authority', 'sent', 'on_hold', 'return_proposed', 'coordinating'])(
    'stays as it was in %s',
    (state) => {
      expect(statusCodeOf(state)).toBeUndefined();
    },
  );

  it('tells of the sender’s own record with 60, 65 and 90, and of the recipient with all others', () => {
    expect(StatusCode.options.filter(isOwnRecordCode)).toEqual(['60', '65', '90']);
  });
});

describe('the states', () => {
  it('of a returned referral are not the end: it stays on the to-do list of the sender', () => {
    expect(finalStates.has('returned')).toBe(false);
  });
});
