// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS_FROM_TAISHO, ERA_LETTERS, type EraTable, parseEraDigits, parseEraText } from '@tsunagi/plugin-sdk';
import { ColumnFault } from '../database/columns';

/** The day must lie in its era: 平成31年5月1日 is a mistake of the record, and nobody here knows which until a person has looked. */
export interface EraRules {
  readonly overrun: 'refuse' | 'convert';
  readonly onOverrun?: () => void;
}
const strict: EraRules = { overrun: 'refuse' };

const eraNames: Readonly<Record<string, string>> = { 明治: 'M', 大正: 'T', 昭和: 'S', 平成: 'H', 令和: 'R' };
const written =
  /^(?<era>明治|大正|昭和|平成|令和|[MTSHR])(?<year>元|[0-9]{1,2})[.年/](?<month>[0-9]{1,2})[.月/](?<day>[0-9]{1,2})日?$/;

/** 受付日, such as `R06.06.10`, `R6.6.10` or 令和6年6月10日, as `YYYY-MM-DD`. */
export function receptionDay(text: string, { overrun, onOverrun }: EraRules = strict): string {
  const {
    era = '',
    year,
    month,
    day,
  } = written.exec(text.normalize('NFKC').replace(/\s/g, '').toUpperCase())?.groups ?? {};
  const date = [year === '元' ? '1' : year, month, day].join('.');
  const parsed = parseEraText(`${eraNames[era] ?? era}${date}`, ERA_LETTERS, { overrun });
  if (!parsed.ok) throw new ColumnFault(parsed.code, 'uketsuke_ymd');
  if (parsed.warning !== null) onOverrun?.();
  return parsed.date;
}

export type Birth = { readonly date: string } | { readonly unknown: string };

const names = { meiji: '明治', taisho: '大正', showa: '昭和', heisei: '平成', reiwa: '令和' } as const;

/**
 * 生年月日. `999999` or none is 不詳, which goes on as such: no date is ever invented.
 * @param eras of `seinen_gengo`: a table of this interface alone, or the office's own
 */
export function birthOf(
  era: string | undefined,
  yymmdd: string | undefined,
  { overrun, onOverrun }: EraRules = strict,
  eras: EraTable = ERA_DIGITS_FROM_TAISHO,
): Birth {
  const named = era === undefined ? undefined : eras.get(era);
  if (era !== undefined && named === undefined) throw new ColumnFault('E-ERA', 'seinen_gengo');
  if (yymmdd === undefined || yymmdd === '999999') {
    return { unknown: named === undefined ? '年月日不詳' : `${names[named]}年月日不詳` };
  }
  if (era === undefined) throw new ColumnFault('E-REQUIRED', 'seinen_gengo');
  const parsed = parseEraDigits(era, yymmdd, eras, { overrun });
  if (!parsed.ok) throw new ColumnFault(parsed.code, 'seinen_ymd');
  if (parsed.warning !== null) onOverrun?.();
  return { date: parsed.date };
}
