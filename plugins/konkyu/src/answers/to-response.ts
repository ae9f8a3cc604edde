// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  base32ToUuid,
  findMyNumber,
  id,
  isWellFormedText,
  type Mapping,
  parseYmd,
  type ReferralResponse,
  ResponseCode,
} from '@tsunagi/plugin-sdk';
import { type AnswerColumn, type AnswerRow, columnNumber } from './answer-row';
import { fromJapaneseTimestamp } from './japanese-timestamp';
import { readable } from './readable';

/**
 * One row of the view as an answer for the hub; 対応区分 60 is the acknowledgement of a recall. The first fault by column
 * counts, a possible 個人番号 before every other.
 */
export function toResponse(row: AnswerRow): Mapping<ReferralResponse> {
  try {
    return { ok: true, value: read(row) };
  } catch (error) {
    if (!(error instanceof ColumnFault)) throw error;
    return { ok: false, code: error.code, field: columnNumber(error.column) };
  }
}

class ColumnFault extends Error {
  constructor(
    readonly code: string,
    readonly column: AnswerColumn,
  ) {
    super(`${column}: ${code}`);
  }
}

function read(row: AnswerRow): ReferralResponse {
  for (const column of ['tantosha', 'renraku_bun'] as const) {
    if (findMyNumber(row[column] ?? '').length > 0) throw new ColumnFault('S-MYNUMBER', column);
  }
  const deliveryId = required(hubId(row, 'haiso_id'), 'haiso_id');
  const referralId = hubId(row, 'hub_shokai_id');
  const code = required(responseCode(row), 'taio_kbn');
  const at = required(moment(row), 'taio_dt');
  const worker = text(row, 'tantosha', 40);
  const caseNumber = text(row, 'sodan_id', 20);
  const reason = legacyCode(row, 'riyu_cd');
  const outcome = legacyCode(row, 'kekka_cd');
  const nextContactOn = date(row, 'jikai_ymd');
  const note = text(row, 'renraku_bun', 2000, { lines: true });
  return {
    deliveryId,
    ...(referralId && { referralId }),
    code,
    at,
    ...(worker && { worker }),
    ...(caseNumber && { identifiers: [{ system: 'konkyu', value: caseNumber }] }),
    ...(reason && { reason }),
    ...(outcome && { outcome }),
    ...(nextContactOn && { nextContactOn }),
    ...(note && { note }),
  };
}

function required<T>(value: T | undefined, column: AnswerColumn): T {
  if (value === undefined) throw new ColumnFault('E-REQUIRED', column);
  return value;
}

/** char(n) columns come padded; a column of spaces says nothing. */
function filled(row: AnswerRow, column: Exclude<AnswerColumn, 'han'>): string | undefined {
  return row[column]?.trimEnd() || undefined;
}

/** 26 characters base32 as the UUID they stand for. */
function hubId(row: AnswerRow, column: 'haiso_id' | 'hub_shokai_id'): string | undefined {
  const written = filled(row, column);
  if (written === undefined) return undefined;
  try {
    return id.parse(base32ToUuid(written));
  } catch {
    throw new ColumnFault('E-ID', column);
  }
}

function responseCode(row: AnswerRow): ResponseCode | undefined {
  const written = filled(row, 'taio_kbn');
  if (written === undefined) return undefined;
  const code = ResponseCode.safeParse(written);
  if (!code.success) throw new ColumnFault('E-CODE', 'taio_kbn');
  return code.data;
}

function moment(row: AnswerRow): string | undefined {
  const written = filled(row, 'taio_dt');
  if (written === undefined) return undefined;
  const at = fromJapaneseTimestamp(written);
  if (at === null) throw new ColumnFault('E-DATE', 'taio_dt');
  return at;
}

function date(row: AnswerRow, column: 'jikai_ymd'): string | undefined {
  const written = filled(row, column);
  if (written === undefined) return undefined;
  const parsed = parseYmd(written);
  if (!parsed.ok) throw new ColumnFault(parsed.code, column);
  return parsed.date;
}

/** 理由コード and 結果コード: three digits. Which of them means what is the hub's to judge. */
function legacyCode(row: AnswerRow, column: 'riyu_cd' | 'kekka_cd'): string | undefined {
  const written = filled(row, column);
  if (written !== undefined && !/^[0-9]{3}$/.test(written)) throw new ColumnFault('E-CODE', column);
  return written;
}

function text(
  row: AnswerRow,
  column: 'tantosha' | 'sodan_id' | 'renraku_bun',
  max: number,
  { lines = false } = {},
): string | undefined {
  const written = filled(row, column);
  if (written === undefined) return undefined;
  if (!isWellFormedText(written, { lines })) throw new ColumnFault('E-ATTR', column);
  if (written.length > max) throw new ColumnFault('E-LENGTH', column);
  return readable(written);
}
