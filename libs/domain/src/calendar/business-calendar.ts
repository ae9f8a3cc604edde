// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The days on which one desk function works. Built by the hub from Japanese and municipal holidays; here it is a value. */
export interface BusinessCalendar {
  /** Days off beside Saturday and Sunday, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
}

const dayMs = 86_400_000;
const jstOffsetMs = 9 * 3_600_000;

/** The day in Japan (UTC+9, no summer time) on which this moment falls, `YYYY-MM-DD`. */
export function japaneseDay(at: Date): string {
  return new Date(at.getTime() + jstOffsetMs).toISOString().slice(0, 10);
}

export function isWorkingDay(day: string, calendar: BusinessCalendar): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !calendar.holidays.has(day);
}

/** The day `count` working days after `day`; the day itself does not count. */
export function addWorkingDays(day: string, count: number, calendar: BusinessCalendar): string {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}
