// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '../calendar/business-calendar';
import type { FollowUpSeries } from '../codes/vocabulary';

/** The days on which the sender looks whether it holds (ours). */
export function followUpDays(series: FollowUpSeries, from: string): string[] {
  return series === 'thirty_days' ? [addDays(from, 30)] : [1, 3, 6].map((months) => addMonths(from, months));
}

/** The same day of a later month, or its last day: 31 January and one month is the end of February. */
export function addMonths(day: string, count: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10);
}
