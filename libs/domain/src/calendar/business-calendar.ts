// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** The days on which one desk function works. Built by the hub from Japanese and municipal holidays; here it is a value. */
export interface BusinessCalendar {
  /** Days off on which it would work by the day of the week, `YYYY-MM-DD`. */
  readonly holidays: ReadonlySet<string>;
  /** Days of the week on which it works, 0 = Sunday; at least one. Absent: Monday to Friday. */
  readonly weekdays?: ReadonlySet<number>;
}

const mondayToFriday: ReadonlySet<number> = new Set([1, 2, 3, 4, 5]);

const dayMs = 86_400_000;
const jstOffsetMs = 9 * 3_600_000;

/** The day in Japan (UTC+9, no summer time) on which this moment falls, `YYYY-MM-DD`. */
export function japaneseDay(at: Date): string {
  const day = Math.floor((at.getTime() + jstOffsetMs) / dayMs);
  if (day !== lastDay.day) lastDay = { day, text: new Date(day * dayMs).toISOString().slice(0, 10) };
  return lastDay.text;
}

/** Most moments are of today. */
let lastDay = { day: NaN, text: '' };

export function isWorkingDay(day: string, calendar: BusinessCalendar): boolean {
  return (calendar.weekdays ?? mondayToFriday).has(weekdayOf(day)) && !calendar.holidays.has(day);
}

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay();

/** Of one calendar the same few days are asked for over and over. */
const known = new WeakMap<BusinessCalendar, Map<string, string>>();

/** The day `count` working days after `day`; the day itself does not count. */
export function addWorkingDays(day: string, count: number, calendar: BusinessCalendar): string {
  const answers = known.get(calendar) ?? new Map<string, string>();
  known.set(calendar, answers);
  const question = `${day}+${count}`;
  const answer = answers.get(question) ?? workingDaysAfter(day, count, calendar);
  if (answers.size >= maxKnown) answers.clear();
  answers.set(question, answer);
  return answer;
}

const maxKnown = 1_000;

function workingDaysAfter(day: string, count: number, calendar: BusinessCalendar): string {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) left--;
  }
  return at;
}

/** The working day `count` working days after `day`, or before it; with none the day itself, or the next one that is open. */
export function workingDayFrom(day: string, count: number, calendar: BusinessCalendar): string {
  if (count > 0) return addWorkingDays(day, count, calendar);
  let at = day;
  for (let left = -count; left > 0; at = addDays(at, -1)) if (isWorkingDay(at, calendar)) left--;
  while (!isWorkingDay(at, calendar)) at = addDays(at, count < 0 ? -1 : 1);
  return at;
}

/** How many working days come after `day`, up to and with `until`; less than none when that has passed. */
export function workingDaysUntil(day: string, until: string, calendar: BusinessCalendar): number {
  if (until < day) return 0 - workingDaysUntil(until, day, calendar);
  const days = (Date.parse(until) - Date.parse(day)) / dayMs;
  const weeksFrom = addDays(day, days % 7);
  let count = 0;
  for (let at = day; at < weeksFrom;) {
    at = addDays(at, 1);
    if (isWorkingDay(at, calendar)) count++;
  }
  // Whole weeks differ by the days off in them alone: a list asks this of what has waited for years.
  const weekdays = calendar.weekdays ?? mondayToFriday;
  const off = [...calendar.holidays].filter((d) => weeksFrom < d && d <= until && weekdays.has(weekdayOf(d)));
  return count + Math.floor(days / 7) * weekdays.size - off.length;
}

/** The moment at which this day begins in Japan. */
export const startOf = (day: string): Date => new Date(Date.parse(day) - jstOffsetMs);

/** The last moment of this day in Japan. */
export const lastMomentOfDay = (day: string): number => Date.parse(day) - jstOffsetMs + dayMs - 1;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * dayMs).toISOString().slice(0, 10);
}
