// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { backoffMs, backoffs } from './limits';

describe('the back-off', () => {
  const withoutJitter = (attempt: number) => backoffMs(backoffs.retry, attempt, () => 0);

  it('doubles up to its longest, and stays there', () => {
    expect([1, 2, 3, 7, 8, 1000].map(withoutJitter)).toEqual([200, 400, 800, 12_800, 15_000, 15_000]);
  });

  it('spreads by at most its jitter', () => {
    expect(backoffMs(backoffs.retry, 3, () => 1)).toBe(400);
  });
});
