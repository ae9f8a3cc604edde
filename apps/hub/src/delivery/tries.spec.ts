// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { maxAttempts, oneMoreTry } from './tries';

describe('a delivery that was not written', () => {
  const now = new Date('2026-11-28T03:00:00.000Z');
  const pauseAfter = (attempts: number) => {
    const row = oneMoreTry({ id: 'a', attempts }, 'RECEIPT_MISSING', now);
    return Date.parse(String(row['not_before'])) - now.getTime();
  };

  it('is tried again after a pause that grows to an hour', () => {
    expect([0, 1, 2, 11, 12, 30].map(pauseAfter)).toEqual([1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000]);
  });

  it('is given up after about a day, and no receipt is claimed that nobody has seen', () => {
    const attempts = maxAttempts - 1;
    expect(oneMoreTry({ id: 'a', attempts: attempts - 1 }, 'RECEIPT_MISSING', now)['state']).toBe('queued');
    expect(oneMoreTry({ id: 'a', attempts }, 'RECEIPT_MISSING', now)).toMatchObject({
      state: 'parked',
      error: 'RECEIPT_MISSING',
      attempts: maxAttempts,
      receipted_at: null,
    });
    const total = Array.from({ length: attempts }, (_, n) => pauseAfter(n)).reduce((sum, ms) => sum + ms, 0);
    expect(total / 3_600_000).toBeGreaterThan(22);
    expect(total / 3_600_000).toBeLessThan(26);
  });
});
