// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { OutcomeCode, ResponseCode, ReturnReason } from '@tsunagi/plugin-sdk';
import {
  alphanumeric,
  date,
  externalNumberForm,
  hubIdForm,
  kanji,
  numbersOf,
  oneOf,
  type RecordField,
  type RecordOf,
  required,
  time,
  typed,
} from '@tsunagi/plugin-sdk/records';
import { insuredForm } from '../layout/insured-number';

const oneCodeOf = <C extends string>(maxBytes: number, codes: readonly C[]) =>
  ({ attribute: 'code', maxBytes, codes }) as const;
const hubId = { ...alphanumeric, maxBytes: 26, form: hubIdForm } as const;

/**
 * `KASnnnnn.CSV`: what the care desk did about a referral of a `KAR` file. Answers are matched by 配送ID; 版 is read and
 * not used. The layout is this hub's own, not that of a 国保連 record.
 */
export const answerLayout = [
  { key: 'exchangeId', name: '交換情報識別番号', ...alphanumeric, maxBytes: 4, ...required, codes: ['Z114'] },
  { key: 'recordKind', name: 'レコード種別コード', ...oneOf('01'), ...required },
  { key: 'referralId', name: 'ハブ紹介ID', ...hubId },
  { key: 'deliveryId', name: '配送ID', ...hubId, ...required },
  { key: 'action', name: '対応区分', ...oneCodeOf(2, ResponseCode.options), ...required },
  { key: 'actedOn', name: '対応年月日', ...date, ...required },
  { key: 'actedAt', name: '対応時刻', ...time, ...required },
  { key: 'worker', name: '担当者名', ...kanji, maxBytes: 20, ...typed },
  { key: 'insured', name: '被保険者番号', ...alphanumeric, maxBytes: 10, form: insuredForm },
  { key: 'reason', name: '理由コード', ...oneCodeOf(3, ReturnReason.options) },
  { key: 'outcome', name: '結果コード', ...oneCodeOf(3, OutcomeCode.options) },
  { key: 'nextContactOn', name: '次回予定年月日', ...date },
  { key: 'message', name: '連絡文', ...kanji, maxBytes: 200, ...typed },
  { key: 'version', name: '版', attribute: 'number', maxBytes: 4 },
  { key: 'externalNumber', name: '外部管理番号', ...alphanumeric, maxBytes: 20, ...required, form: externalNumberForm },
] as const satisfies readonly RecordField[];

export type AnswerKey = (typeof answerLayout)[number]['key'];
/** The values of a row that was judged sound, by name; an optional field that is empty is absent. */
export type AnswerRecord = RecordOf<(typeof answerLayout)[number]>;

const numbers = numbersOf(answerLayout);

/** 1-based place of a field in the record, as results and quarantines name it. */
export function fieldNumber(key: AnswerKey): number {
  return numbers.get(key)!;
}
