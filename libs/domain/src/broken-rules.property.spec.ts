// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { faults } from '../test/small-hub/faults';
import { isNoticed } from '../test/small-hub/is-noticed';

jest.setTimeout(200_000);

describe('a broken rule of the life of a referral is noticed', () => {
  it.each(faults)('%s (invariant %i)', async (what, invariant, broken) => {
    expect(await isNoticed(what, invariant, broken)).toBe(true);
  });
});
