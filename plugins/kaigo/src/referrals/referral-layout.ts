// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  alphanumeric,
  date,
  digits,
  kanji,
  matching,
  numbersOf,
  oneOf,
  type RecordField,
  required,
} from '@tsunagi/plugin-sdk/records';

/**
 * `KARnnnnn.CSV`: a referral arriving at the care system. Required is what stands in every record, a recall among them,
 * which has nothing else. The layout is this hub's own, not that of a 国保連 record.
 */
export const referralLayout = [
  { key: 'exchangeId', name: '交換情報識別番号', ...alphanumeric, maxBytes: 4, ...required, codes: ['Z113'] },
  { key: 'recordKind', name: 'レコード種別コード', ...oneOf('01'), ...required },
  { key: 'referralId', name: 'ハブ紹介ID', ...alphanumeric, maxBytes: 26, ...required },
  { key: 'deliveryId', name: '配送ID', ...alphanumeric, maxBytes: 26, ...required },
  { key: 'cancel', name: '取消区分', ...oneOf('1', '2', '3'), ...required },
  { key: 'kind', name: '種類コード', ...oneOf('01', '02', '04', '06', '07', '08', '09') },
  { key: 'fromDomain', name: '送付元分野', ...oneOf('1', '2', '3', '4', '5', '6') },
  { key: 'fromOffice', name: '送付元機関名', ...kanji, maxBytes: 40 },
  { key: 'fromWorker', name: '送付元担当者名', ...kanji, maxBytes: 20 },
  { key: 'authority', name: '根拠コード', ...digits(2) },
  { key: 'insured', name: '被保険者番号', ...alphanumeric, maxBytes: 10 },
  { key: 'kana', name: '氏名カナ', ...alphanumeric, maxBytes: 25 },
  { key: 'kanji', name: '氏名漢字', ...kanji, maxBytes: 40 },
  { key: 'birthDate', name: '生年月日', ...date },
  { key: 'sex', name: '性別コード', ...oneOf('1', '2') },
  { key: 'address', name: '住所', ...kanji, maxBytes: 80 },
  { key: 'telephone', name: '電話番号', ...alphanumeric, maxBytes: 15 },
  { key: 'concerns', name: '相談事由フラグ', ...alphanumeric, maxBytes: 12, form: matching(/^[012]{12}$/, 'E-CODE') },
  { key: 'householdSize', name: '世帯人数', ...digits(2) },
  { key: 'message', name: '連絡文', ...kanji, maxBytes: 200 },
  { key: 'urgency', name: '緊急度', ...oneOf('1', '2', '3') },
  { key: 'acceptBy', name: '引受期限', ...date },
  { key: 'mask', name: '提供項目マスク', ...digits(24), form: matching(/^[01]{24}$/, 'E-CODE') },
  { key: 'sentOn', name: '送付年月日', ...date, ...required },
] as const satisfies readonly RecordField[];

export type ReferralKey = (typeof referralLayout)[number]['key'];

const numbers = numbersOf(referralLayout);

/** 1-based place of a field in the record. */
export function fieldNumber(key: ReferralKey): number {
  return numbers.get(key)!;
}

/** Bytes that a field has room for. */
export function widthOf(key: ReferralKey): number {
  return referralLayout[fieldNumber(key) - 1]!.maxBytes;
}
