// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isMunicipalityCode, OutcomeCode, ResponseCode, ReturnReason } from '@tsunagi/plugin-sdk';
import { externalNumberForm, hubIdForm, numbersOf, type RecordOf, required, typed } from '@tsunagi/plugin-sdk/records';
import { day, type FixedRecordField, half, nine, recipientForm, recordHead, wide } from '../layout/fixed-record-field';

const oneCodeOf = <C extends string>(bytes: number, codes: readonly C[]) => ({ ...nine(bytes), codes }) as const;

/**
 * `SHSnnnnn.DAT`: what the desk of 障害福祉 did about a referral of an `SHR` file, a record of 300 bytes; what follows the
 * last field is 予備. Answers are matched by 配送ID; 版 is read and not used. The layout is this hub's own.
 */
export const answerLayout = [
  ...recordHead,
  { key: 'municipality', name: '市町村番号', ...nine(6), ...required, form: municipalityForm },
  { key: 'referralId', name: 'ハブ紹介ID', ...half(26), form: hubIdForm },
  { key: 'deliveryId', name: '配送ID', ...half(26), ...required, form: hubIdForm },
  { key: 'action', name: '対応区分', ...oneCodeOf(2, ResponseCode.options), ...required },
  { key: 'actedOn', name: '対応年月日', ...day, ...required },
  // Midnight is a time.
  { key: 'actedAt', name: '対応時刻', ...nine(6), ...required, time: true, keepsZeros: true },
  { key: 'worker', name: '担当者名', ...wide(20), ...typed },
  { key: 'recipient', name: '受給者証番号', ...half(10), form: recipientForm },
  { key: 'reason', name: '理由コード', ...oneCodeOf(3, ReturnReason.options) },
  { key: 'outcome', name: '結果コード', ...oneCodeOf(3, OutcomeCode.options) },
  { key: 'nextContactOn', name: '次回予定年月日', ...day },
  { key: 'message', name: '連絡文', ...wide(100), ...typed },
  { key: 'version', name: '版', ...nine(4) },
  { key: 'externalNumber', name: '外部管理番号', ...half(20), ...required, form: externalNumberForm },
] as const satisfies readonly FixedRecordField[];

export type AnswerKey = (typeof answerLayout)[number]['key'];
/** The values of a row that was judged sound, by name; an optional field that is empty is absent. */
export type AnswerRecord = RecordOf<(typeof answerLayout)[number]>;

const numbers = numbersOf(answerLayout);

/** 1-based place of a field in the record, as results and quarantines name it. */
export function fieldNumber(key: AnswerKey): number {
  return numbers.get(key)!;
}

function municipalityForm(text: string): string | null {
  return isMunicipalityCode(text) ? null : 'E-CD-MUNI';
}
