// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { eraPeriods, isRealDate, westernYear, type Era } from '@tsunagi/text';
import { splitIsoDate, toDigits, toIsoDate } from './dates';

export type { Era };

/** Era codes of one interface. The same digit means another era elsewhere, so every interface names its own table. */
export type EraTable = ReadonlyMap<string, Era>;

/** 1 明治 2 大正 3 昭和 4 平成 5 令和. Confirm 1 and 2 with each interface; 3 to 5 are in wide use. */
export const ERA_DIGITS: EraTable = new Map([
  ['1', 'meiji'],
  ['2', 'taisho'],
  ['3', 'showa'],
  ['4', 'heisei'],
  ['5', 'reiwa'],
]);

/** M T S H R. */
export const ERA_LETTERS: EraTable = new Map([
  ['M', 'meiji'],
  ['T', 'taisho'],
  ['S', 'showa'],
  ['H', 'heisei'],
  ['R', 'reiwa'],
]);

/** 1 大正 2 昭和 3 平成 as in a 相談受付・申込票 of 自立相談支援; 4 令和 is this project's continuation. */
export const ERA_DIGITS_FROM_TAISHO: EraTable = new Map([
  ['1', 'taisho'],
  ['2', 'showa'],
  ['3', 'heisei'],
  ['4', 'reiwa'],
]);

export type ParsedEraDate =
  | { readonly ok: true; /** `YYYY-MM-DD` */ readonly date: string; readonly warning: 'W-ERA-OVERRUN' | null }
  | { readonly ok: false; readonly code: 'E-DATE' }
  /** Unknown era, or a day outside it; then `suggestion` is the day meant by counting the years on. */
  | { readonly ok: false; readonly code: 'E-ERA'; readonly suggestion: string | null };

export interface EraOptions {
  /**
   * What becomes of a day after the end of its era, 平成31年5月1日: `convert` it with a warning, right for the end of a
   * validity printed before the change, or `refuse` it, right for births and events.
   */
  readonly overrun: 'refuse' | 'convert';
}

/** A day by era, year of the era, month and day. 明治45.7.30 and 大正15.12.25 are accepted like the new eras' first days. */
export function parseEraDate(
  { era, year, month, day }: { era: Era; year: number; month: number; day: number },
  { overrun }: EraOptions,
): ParsedEraDate {
  const { first, last } = eraPeriods[era];
  const western = westernYear(era, year);
  if (!(year >= 1) || !isRealDate(western, month, day)) return { ok: false, code: 'E-DATE' };
  const date = toIsoDate(western, month, day);
  if (date >= first && date <= last) return { ok: true, date, warning: null };
  if (date > last && overrun === 'convert') return { ok: true, date, warning: 'W-ERA-OVERRUN' };
  return { ok: false, code: 'E-ERA', suggestion: date };
}

/** An era code and `YYMMDD`. */
export function parseEraDigits(gengo: string, yymmdd: string, table: EraTable, options: EraOptions): ParsedEraDate {
  const digits = /^([0-9]{2})([0-9]{2})([0-9]{2})$/.exec(yymmdd);
  return digits ? parseParts(gengo, digits.slice(1), table, options) : { ok: false, code: 'E-DATE' };
}

/** `GYYMMDD` in one field, such as `4310430`. */
export function parseGyymmdd(text: string, table: EraTable, options: EraOptions): ParsedEraDate {
  return parseEraDigits(text.slice(0, 1), text.slice(1), table, options);
}

/** An era code and a day in dots, such as `R06.06.10` or `R6.6.10`; spaces at the end are ignored. */
export function parseEraText(text: string, table: EraTable, options: EraOptions): ParsedEraDate {
  const [, gengo = '', ...digits] = /^([^0-9])([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{1,2})\s*$/u.exec(text) ?? [];
  return digits.length === 3 ? parseParts(gengo, digits, table, options) : { ok: false, code: 'E-DATE' };
}

/**
 * `YYYY-MM-DD` as era code and `YYMMDD`; null where the table has no code for its era or the year takes three digits.
 * @throws InvalidDateError
 */
export function formatEraDate(date: string, table: EraTable): { gengo: string; yymmdd: string } | null {
  const { year, month, day } = splitIsoDate(date);
  const era = NEWEST_FIRST.find((name) => eraPeriods[name].first <= date);
  const gengo = [...table].find(([, name]) => name === era)?.[0];
  if (era === undefined || gengo === undefined) return null;
  const yearOfEra = year - Number(eraPeriods[era].first.slice(0, 4)) + 1;
  if (yearOfEra > 99) return null;
  return { gengo, yymmdd: toDigits(yearOfEra, 2) + toDigits(month, 2) + toDigits(day, 2) };
}

const NEWEST_FIRST: readonly Era[] = ['reiwa', 'heisei', 'showa', 'taisho', 'meiji'];

function parseParts(gengo: string, digits: string[], table: EraTable, options: EraOptions): ParsedEraDate {
  const era = table.get(gengo);
  if (era === undefined) return { ok: false, code: 'E-ERA', suggestion: null };
  const [year = 0, month = 0, day = 0] = digits.map(Number);
  return parseEraDate({ era, year, month, day }, options);
}
