// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, id, type Mapping, parseYmd, type ReferralResponse, ResponseCode } from '@tsunagi/plugin-sdk';
import { type AnswerColumn, answerColumns, type AnswerRow } from './answer-row';
import { ColumnFault, Columns, judged, present } from '../database/columns';
import { fromJapaneseTimestamp, isOfOurTimes } from '../database/japanese-timestamp';
import { readable } from '../database/readable';

type TextColumn = Exclude<AnswerColumn, 'han'>;

/**
 * One row of the view as an answer for the hub; 対応区分 60 is the acknowledgement of a recall. The first fault by column
 * counts, a possible 個人番号 before every other.
 */
export function toResponse(row: AnswerRow): Mapping<ReferralResponse> {
  return judged(answerColumns, () => read(new Columns<TextColumn>(row)));
}

function read(columns: Columns<TextColumn>): ReferralResponse {
  columns.refuseMyNumber(['tantosha', 'renraku_bun']);
  const deliveryId = present(hubId(columns, 'haiso_id'), 'haiso_id');
  const referralId = hubId(columns, 'hub_shokai_id');
  const code = present(columns.oneOf('taio_kbn', ResponseCode.options), 'taio_kbn');
  const at = moment(columns.required('taio_dt'));
  const worker = columns.text('tantosha', { characters: 40, units: 60 });
  const caseNumber = columns.text('sodan_id', { characters: 20, units: 40 });
  const reason = legacyCode(columns, 'riyu_cd');
  const outcome = legacyCode(columns, 'kekka_cd');
  const nextContactOn = date(columns, 'jikai_ymd');
  const note = columns.text('renraku_bun', { characters: 2000, lines: true });
  return {
    deliveryId,
    ...(referralId && { referralId }),
    code,
    at,
    ...(worker && { worker: readable(worker) }),
    ...(caseNumber && { identifiers: [{ system: 'konkyu', value: readable(caseNumber) }] }),
    ...(reason && { reason }),
    ...(outcome && { outcome }),
    ...(nextContactOn && { nextContactOn }),
    ...(note && { note: readable(note) }),
  };
}

/** 26 characters base32 as the UUID they stand for. */
function hubId(columns: Columns<TextColumn>, column: 'haiso_id' | 'hub_shokai_id'): string | undefined {
  const written = columns.filled(column);
  if (written === undefined) return undefined;
  try {
    return id.parse(base32ToUuid(written));
  } catch {
    throw new ColumnFault('E-ID', column);
  }
}

function moment(written: string): string {
  const at = fromJapaneseTimestamp(written);
  if (at === null) throw new ColumnFault('E-DATE', 'taio_dt');
  return at;
}

function date(columns: Columns<TextColumn>, column: 'jikai_ymd'): string | undefined {
  const written = columns.filled(column);
  if (written === undefined) return undefined;
  const parsed = parseYmd(written);
  if (!parsed.ok || !isOfOurTimes(parsed.date)) throw new ColumnFault('E-DATE', column);
  return parsed.date;
}

/** 理由コード and 結果コード: three digits. Which of them means what is the hub's to judge. */
function legacyCode(columns: Columns<TextColumn>, column: 'riyu_cd' | 'kekka_cd'): string | undefined {
  const written = columns.filled(column);
  if (written !== undefined && !/^[0-9]{3}$/.test(written)) throw new ColumnFault('E-CODE', column);
  return written;
}
