// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { BusinessCalendar } from './business-calendar';
import { day } from '../codes/text.schema';

/** What one desk function says of its own working days, beside the holidays of its municipality. */
export const FunctionCalendar = z
  .strictObject({
    weekdays: z
      .array(z.int().min(0).max(6))
      .min(1)
      .max(7)
      .describe('開いている曜日。0が日曜、6が土曜。')
      .default([1, 2, 3, 4, 5]),
    holidays: z.array(day).max(400).describe('国民の祝日のほかに、市町村が休みとする日').default([]),
    closed: z.array(day).max(400).describe('この窓口だけが休む日').default([]),
  })
  .describe('窓口の開いている日');
export type FunctionCalendar = z.infer<typeof FunctionCalendar>;

/** The working days of a function: its days of the week without the municipality's days off and its own. */
export function calendarOf(own: FunctionCalendar, municipal: BusinessCalendar): BusinessCalendar {
  return {
    weekdays: new Set(own.weekdays),
    holidays: new Set([...municipal.holidays, ...own.holidays, ...own.closed]),
  };
}
