// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { matching, numbersOf, required } from '@tsunagi/plugin-sdk/records';
import {
  day,
  type FixedRecordField,
  half,
  kana,
  nine,
  oneOf,
  recordHead,
  wide,
  widthsOf,
} from '../layout/fixed-record-field';
import { ERA_DIGITS } from '@tsunagi/plugin-sdk';

/**
 * `SHRnnnnn.DAT`: a referral arriving at the system of 障害福祉, a record of 600 bytes; what follows the last field is 予備.
 * Required is what stands in every record, a recall among them, which has nothing else. The layout is this hub's own.
 */
export const referralLayout = [
  ...recordHead,
  { key: 'municipality', name: '市町村番号', ...nine(6), ...required },
  { key: 'referralId', name: 'ハブ紹介ID', ...half(26), ...required },
  { key: 'deliveryId', name: '配送ID', ...half(26), ...required },
  { key: 'cancel', name: '取消区分', ...oneOf('1', '2', '3'), ...required },
  { key: 'referralKind', name: '種類コード', ...oneOf('01', '02', '04', '06', '07', '08', '09') },
  { key: 'fromDomain', name: '送付元分野', ...oneOf('1', '2', '3', '4', '5', '6') },
  { key: 'fromOffice', name: '送付元機関名', ...wide(40) },
  { key: 'fromWorker', name: '送付元担当者名', ...wide(20) },
  { key: 'authority', name: '根拠コード', ...nine(2) },
  { key: 'recipient', name: '受給者証番号', ...half(10) },
  { key: 'resident', name: '宛名番号', ...half(15) },
  { key: 'kana', name: '氏名カナ', ...kana(30) },
  { key: 'kanji', name: '氏名漢字', ...wide(40) },
  { key: 'birthDate', name: '生年月日', ...nine(7), era: { table: ERA_DIGITS, overrun: 'refuse' } },
  { key: 'sex', name: '性別', ...oneOf('1', '2') },
  { key: 'address', name: '住所', ...wide(80) },
  { key: 'telephone', name: '電話番号', ...half(15) },
  { key: 'concerns', name: '相談事由フラグ', ...half(12), form: matching(/^[012]{12}$/, 'E-CODE') },
  { key: 'householdSize', name: '世帯人数', ...nine(2) },
  { key: 'message', name: '連絡文', ...wide(200) },
  { key: 'urgency', name: '緊急度', ...oneOf('1', '2', '3') },
  { key: 'acceptBy', name: '引受期限', ...day },
  { key: 'mask', name: '提供項目マスク', ...half(24), form: matching(/^[01]{24}$/, 'E-CODE') },
  { key: 'sentOn', name: '送付年月日', ...day, ...required },
] as const satisfies readonly FixedRecordField[];

export type ReferralKey = (typeof referralLayout)[number]['key'];

const numbers = numbersOf(referralLayout);

/** 1-based place of a field in the record. */
export function fieldNumber(key: ReferralKey): number {
  return numbers.get(key)!;
}

/** Bytes that a field has room for. */
export const widthOf = widthsOf<ReferralKey>(referralLayout);
