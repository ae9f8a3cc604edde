// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isInsurerNumber } from '@tsunagi/plugin-sdk';
import {
  alphanumeric,
  date,
  digits,
  externalNumberForm,
  kanji,
  matching,
  numbersOf,
  oneOf,
  type RecordField,
  type RecordOf,
  required,
  typed,
} from '@tsunagi/plugin-sdk/records';
import { insuredForm } from '../layout/insured-number';

/**
 * `KAInnnnn.CSV`, データ種別 Z11: what follows record kind and number. A row ends at field 25 or at field 29.
 * The layout is this hub's own, not that of a 国保連 record.
 */
export const eventLayout = [
  { key: 'exchangeId', name: '交換情報識別番号', ...alphanumeric, maxBytes: 4, ...required, codes: ['Z111'] },
  { key: 'recordKind', name: 'レコード種別コード', ...oneOf('01'), ...required },
  { key: 'changedOn', name: '異動年月日', ...date, ...required },
  { key: 'change', name: '異動区分コード', ...oneOf('1', '2', '3'), ...required },
  { key: 'reason', name: '異動事由コード', ...oneOf('01', '02', '03', '04'), lenient: true },
  { key: 'insurer', name: '証記載保険者番号', ...digits(8), ...required, form: insurerForm },
  { key: 'insured', name: '被保険者番号', ...alphanumeric, maxBytes: 10, ...required, form: insuredForm },
  { key: 'kana', name: '氏名カナ', ...alphanumeric, maxBytes: 25, ...required, ...typed },
  { key: 'kanji', name: '氏名漢字', ...kanji, maxBytes: 40, ...typed },
  { key: 'birthDate', name: '生年月日', ...date, ...required },
  { key: 'sex', name: '性別コード', ...oneOf('1', '2'), ...required },
  { key: 'qualifiedOn', name: '資格取得年月日', ...date },
  {
    key: 'careLevel',
    name: '要介護状態区分コード',
    ...oneOf('01', '06', '11', '12', '13', '21', '22', '23', '24', '25'),
  },
  { key: 'application', name: '認定申請区分', ...oneOf('1', '2', '3') },
  { key: 'validFrom', name: '認定有効期間開始', ...date },
  { key: 'validTo', name: '認定有効期間終了', ...date },
  { key: 'planKind', name: '居宅サービス計画作成区分', ...oneOf('1', '2', '3') },
  { key: 'office', name: '居宅介護支援事業所番号', ...alphanumeric, maxBytes: 10 },
  { key: 'physicalIndependence', name: '障害高齢者自立度', ...oneOf('1', '2', '3', '4', '5', '6', '7', '8', '9') },
  { key: 'dementiaIndependence', name: '認知症高齢者自立度', ...oneOf('1', '2', '3', '4', '5', '6', '7', '8') },
  {
    key: 'concerns',
    name: '相談事由フラグ',
    ...alphanumeric,
    maxBytes: 12,
    ...required,
    form: matching(/^[012]{12}$/, 'E-CODE'),
  },
  { key: 'target', name: 'つなぎ先分野', ...oneOf('1', '2', '3', '4', '5', '6'), ...required },
  { key: 'consent', name: '同意', ...oneOf('1', '2', '3', '9'), ...required },
  { key: 'message', name: '連絡文', ...kanji, maxBytes: 200, ...typed },
  { key: 'externalNumber', name: '外部管理番号', ...alphanumeric, maxBytes: 20, ...required, form: externalNumberForm },
  { key: 'address', name: '住所', ...kanji, maxBytes: 80, ...typed },
  { key: 'telephone', name: '電話番号', ...alphanumeric, maxBytes: 15, ...typed },
  { key: 'householdSize', name: '世帯人数', ...digits(2), form: matching(/^(0?[1-9]|[1-9][0-9])$/, 'E-CODE') },
  { key: 'meeting', name: '会い方', ...oneOf('1', '2', '3', '4') },
] as const satisfies readonly RecordField[];

export type EventKey = (typeof eventLayout)[number]['key'];
/** The values of a row that was judged sound, by name; an optional field that is empty or not there is absent. */
export type EventRecord = RecordOf<(typeof eventLayout)[number]>;

/** What every change record has, however its system writes it; whatever else it says, it may as well not say. */
type Needed = 'insurer' | 'insured' | 'externalNumber' | 'changedOn';
export type ChangeRecord = Pick<EventRecord, Needed> & Partial<Omit<EventRecord, Needed>>;

const numbers = numbersOf(eventLayout);

/** 1-based place of a field in the record, as results and quarantines name it. */
export function fieldNumber(key: EventKey): number {
  return numbers.get(key)!;
}

/** A record may end here, or go on to the last field. */
export const shortRecord = fieldNumber('externalNumber');

/** 証記載保険者番号 with its check digit. */
export function insurerForm(text: string): string | null {
  if (!/^00[0-9]{6}$/.test(text)) return 'E-CODE';
  return isInsurerNumber(text) ? null : 'E-CD-HOKENSHA';
}
