// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

export type Era = 'meiji' | 'taisho' | 'showa' | 'heisei' | 'reiwa';

/** First days as in ICU. The last day of 明治 and 大正 is also the first of the next era, as resident records allow. */
export const eraPeriods: Readonly<Record<Era, { readonly first: string; readonly last: string }>> = {
  meiji: { first: '1868-10-23', last: '1912-07-30' },
  taisho: { first: '1912-07-30', last: '1926-12-25' },
  showa: { first: '1926-12-25', last: '1989-01-07' },
  heisei: { first: '1989-01-08', last: '2019-04-30' },
  reiwa: { first: '2019-05-01', last: '9999-12-31' },
};

/** The year of our era in which a year of an era falls. */
export const westernYear = (era: Era, year: number): number => Number(eraPeriods[era].first.slice(0, 4)) + year - 1;

/** False, too, for anything that is no number. */
export function isRealDate(year: number, month: number, day: number): boolean {
  if (!(year >= 1 && year <= 9999 && month >= 1 && month <= 12)) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= days[month - 1]!;
}

const typedEras: readonly (readonly [Era, RegExp])[] = [
  ['meiji', /^(?:明治?|M)/i],
  ['taisho', /^(?:大正?|T)/i],
  ['showa', /^(?:昭和?|S)/i],
  ['heisei', /^(?:平成?|H)/i],
  ['reiwa', /^(?:令和?|R)/i],
];

/**
 * A day as people type it, as `YYYY-MM-DD`: 1940-04-01, 1940/4/1, 19400401, 1940年4月1日, S15.4.1, 昭和15年4月1日. A day after the end of
 * its era is the one meant by counting on. `undefined` = no day.
 */
export function typedDay(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/\s/g, '').replace(/元年/, '1年');
  const era = typedEras.find(([, begins]) => begins.test(plain));
  const [, y, m, d] =
    /^(\d{1,4})[年./-](\d{1,2})[月./-](\d{1,2})日?$/.exec(era ? plain.replace(era[1], '') : plain) ??
    (era ? [] : (/^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? []));
  if (y === undefined || (!era && y.length !== 4)) return undefined;
  const [year, month, day] = [era ? westernYear(era[0], Number(y)) : Number(y), Number(m), Number(d)];
  const isBefore = era && Number(y) < 1;
  if (isBefore || !isRealDate(year, month, day)) return undefined;
  return [String(year).padStart(4, '0'), ...[month, day].map((n) => String(n).padStart(2, '0'))].join('-');
}
