// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, isWorkingDay, japaneseDay, type BusinessCalendar } from '../calendar/business-calendar';

/** A file that comes every night. */
export interface ExpectedFile {
  /** Time of day in Japan, `HH:MM`. */
  readonly by: string;
  readonly on: 'every_day' | 'working_days';
}

/** What is known of the plugin that takes it. */
export interface FilesSeen {
  readonly lastFileAt: Date | undefined;
  /** Since when it works; what was due before is nobody's fault. */
  readonly enabledAt: Date | undefined;
}

/**
 * By when the file should have come and has not; undefined: it has, or nothing was due. Whatever came after the deadline
 * before counts, so a file that is late ends it, and one that came by day stands for that night's.
 */
export function missedFile(
  expected: ExpectedFile,
  { lastFileAt, enabledAt }: FilesSeen,
  now: Date,
  calendar: BusinessCalendar,
): Date | undefined {
  const deadline = lastDeadline(expected, now, calendar);
  if (!enabledAt || deadline <= enabledAt) return undefined;
  const before = lastDeadline(expected, new Date(deadline.getTime() - 1), calendar);
  return lastFileAt && lastFileAt > before ? undefined : deadline;
}

function lastDeadline({ by, on }: ExpectedFile, now: Date, calendar: BusinessCalendar): Date {
  for (let day = japaneseDay(now); ; day = addDays(day, -1)) {
    const at = new Date(`${day}T${by}:00+09:00`);
    if (at <= now && (on === 'every_day' || isWorkingDay(day, calendar))) return at;
  }
}
