// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { formatEraDate, type EraTable } from '@tsunagi/legacy';

/**
 * A day of a person as a legacy system holds it by era, one that no calendar has as well: 平成3年2月29日. Null where the
 * table has no code for its era.
 */
export function eraAsItStands(day: string, table: EraTable): { gengo: string; yymmdd: string } | null {
  const [year = '', month = '', date = ''] = day.split('-');
  const isReal = !Number.isNaN(Date.parse(day)) && new Date(day).toISOString().startsWith(day);
  if (isReal) return formatEraDate(day, table);
  // The era of such a day is the one of its year; only first days of an era part a year, and those are real.
  const era = formatEraDate(`${year}-12-31`, table);
  return era && { gengo: era.gengo, yymmdd: `${era.yymmdd.slice(0, 2)}${month}${date}` };
}
