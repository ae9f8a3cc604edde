// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type FileReading,
  type FileRow,
  type GaijiTable,
  type Mapping,
  type RawField,
  type ReferralResponse,
  OutcomeCode,
  ResponseCode,
  ReturnReason,
} from '@tsunagi/plugin-sdk';
import {
  alphanumeric,
  date,
  hubIdForm,
  inOrder,
  judgeFields,
  kanji,
  neededFor,
  type RecordFault,
  type RecordField,
  type RecordOf,
  required,
  time,
  toReferralResponse,
  typed,
} from '@tsunagi/plugin-sdk/records';
import { readRecordFile } from '../layout/record-file';

const oneCodeOf = <C extends string>(maxBytes: number, codes: readonly C[]) =>
  ({ attribute: 'code', maxBytes, codes }) as const;

/** `HOSnnnnn.CSV`: what the desk did about a referral of a `HOR` file. */
export const answerLayout = [
  { key: 'deliveryId', name: '配送ID', ...alphanumeric, maxBytes: 26, form: hubIdForm, ...required },
  { key: 'action', name: '対応区分', ...oneCodeOf(2, ResponseCode.options), ...required },
  { key: 'actedOn', name: '対応年月日', ...date, ...required },
  { key: 'actedAt', name: '対応時刻', ...time, ...required },
  { key: 'worker', name: '担当者名', ...kanji, maxBytes: 20, ...typed },
  { key: 'reason', name: '理由コード', ...oneCodeOf(3, ReturnReason.options) },
  { key: 'outcome', name: '結果コード', ...oneCodeOf(3, OutcomeCode.options) },
  { key: 'nextContactOn', name: '次回予定年月日', ...date },
  { key: 'message', name: '連絡文', ...kanji, maxBytes: 200, ...typed },
] as const satisfies readonly RecordField[];

export type AnswerRecord = RecordOf<(typeof answerLayout)[number]>;

/** Reads a `HOS` file. Never throws. */
export function readAnswers(bytes: Uint8Array, gaiji: GaijiTable): FileReading<never, AnswerRecord, undefined> {
  const file = readRecordFile(bytes, 'HOS');
  if (!file.ok) return file;
  return { ok: true, header: undefined, rows: file.records.map((fields, index) => toRow(fields, index + 1, gaiji)) };
}

export function judgeAnswer(
  fields: readonly RawField[],
  gaiji: GaijiTable,
): { readonly record: AnswerRecord } | { readonly faults: readonly RecordFault[] } {
  if (fields.length !== answerLayout.length) return { faults: [{ code: 'E-FIELDS' }] };
  const { values, faults } = judgeFields(fields, answerLayout, gaiji);
  const needed = neededFor(values.action);
  if (needed && values[needed] === undefined)
    faults.push({ code: 'E-REQUIRED', field: answerLayout.findIndex(({ key }) => key === needed) + 1 });
  const found = inOrder(faults);
  return found ? { faults: found } : { record: values as AnswerRecord };
}

function toRow(fields: readonly RawField[], row: number, gaiji: GaijiTable): FileRow<never, AnswerRecord> {
  const judged = judgeAnswer(fields, gaiji);
  if ('record' in judged) return { row, answer: judged.record };
  const { code = 'E-ROW', field } = judged.faults[0] ?? {};
  return { row, quarantined: { code, field } };
}

/** A sound answer in the common schema. */
export function toResponse(record: AnswerRecord): Mapping<ReferralResponse> {
  return { ok: true, value: toReferralResponse(record, []) };
}
