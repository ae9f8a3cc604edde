// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** How many were taken after so many working days. */
export type DaysTaken = ReadonlyMap<number, number>;

/** The days after which this share of all had been taken; of none there is no such day. */
export function daysOfShare(taken: DaysTaken, share: number): number | undefined {
  const days = [...taken].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const wanted = Math.ceil(days.reduce((all, [, count]) => all + count, 0) * share);
  let passed = 0;
  return days.find(([, count]) => (passed += count) >= wanted)?.[0];
}
