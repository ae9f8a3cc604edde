// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import holidayJp from '@holiday-jp/holiday_jp';
import { japaneseDay, type BusinessCalendar } from '@tsunagi/domain';

/**
 * Days off of a Japanese municipality from last year to the year after next: the national holidays, and 12/29 to 1/3,
 * which 地方自治法4条の2 leaves to the ordinance and practically every ordinance names.
 */
export function municipalCalendar(now: Date): BusinessCalendar {
  const year = Number(japaneseDay(now).slice(0, 4));
  const years = [year - 1, year, year + 1, year + 2].map(String);
  const national = Object.keys(holidayJp.holidays).filter((day) => years.includes(day.slice(0, 4)));
  const turnOfYear = years.flatMap((y) => ['01-02', '01-03', '12-29', '12-30', '12-31'].map((day) => `${y}-${day}`));
  return { holidays: new Set([...national, ...turnOfYear]) };
}
