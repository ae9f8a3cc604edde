// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, isMunicipalityCode } from '@tsunagi/plugin-sdk';
import { externalNumberForm, matching, numbersOf, type RecordOf, required, typed } from '@tsunagi/plugin-sdk/records';
import {
  day,
  type FixedRecordField,
  half,
  kana,
  nine,
  oneOf,
  recipientForm,
  recordHead,
  wide,
} from '../layout/fixed-record-field';

const births = { table: ERA_DIGITS, overrun: 'refuse' } as const;

/**
 * `SHGnnnnn.DAT`, データ種別 SHG: one record of 500 bytes; what follows the last field is 予備. The layout is this hub's own,
 * not that of a real system. 障害支援区分コード and the grades are flagged, not refused, where they are others: their lists are
 * to be confirmed with the system of a site.
 */
export const eventLayout = [
  ...recordHead,
  { key: 'municipality', name: '市町村番号', ...nine(6), ...required, form: municipalityForm },
  { key: 'recipient', name: '受給者証番号', ...half(10), ...required, form: recipientForm },
  { key: 'resident', name: '宛名番号', ...half(15) },
  { key: 'changedOn', name: '異動年月日', ...day, ...required },
  { key: 'change', name: '異動区分', ...oneOf('1', '2', '3'), ...required },
  { key: 'kana', name: '氏名カナ', ...kana(30), ...required, ...typed },
  { key: 'kanji', name: '氏名漢字', ...wide(40), ...typed },
  { key: 'sex', name: '性別', ...oneOf('1', '2'), ...required },
  { key: 'birthDate', name: '生年月日', ...nine(7), ...required, era: births },
  { key: 'address', name: '住所', ...wide(80), ...typed },
  { key: 'kinds', name: '障害種別フラグ', ...half(5), form: matching(/^[01]{5}$/, 'E-CODE') },
  { key: 'physicalGrade', name: '身体障害者手帳等級', ...oneOf('1', '2', '3', '4', '5', '6', '7'), lenient: true },
  { key: 'intellectualGrade', name: '療育手帳程度', ...half(2), form: matching(/^[A-Z0-9-]+$/, 'E-ATTR') },
  { key: 'mentalGrade', name: '精神手帳等級', ...oneOf('1', '2', '3'), lenient: true },
  {
    key: 'supportLevel',
    name: '障害支援区分コード',
    ...half(2),
    codes: ['21', '22', '23', '24', '25', '26', '99'],
    form: matching(/^[A-Z0-9]{2}$/, 'E-CODE'),
    lenient: true,
  },
  { key: 'validFrom', name: '区分有効期間開始', ...day },
  { key: 'validTo', name: '区分有効期間終了', ...day },
  { key: 'service', name: '決定サービスコード', ...half(6), form: matching(/^[A-Z0-9]{6}$/, 'E-CODE') },
  { key: 'office', name: '計画相談支援事業所番号', ...half(10) },
  {
    key: 'targetAndConsent',
    name: 'つなぎ先分野・同意',
    ...nine(2),
    ...required,
    form: matching(/^[1-6][1239]$/, 'E-CODE'),
  },
  { key: 'concerns', name: '相談事由フラグ', ...half(12), ...required, form: matching(/^[012]{12}$/, 'E-CODE') },
  { key: 'message', name: '連絡文', ...wide(120), ...typed },
  { key: 'externalNumber', name: '外部管理番号', ...half(20), ...required, form: externalNumberForm },
  { key: 'telephone', name: '電話番号', ...half(15), ...typed },
  { key: 'householdSize', name: '世帯人数', ...nine(2) },
  { key: 'meeting', name: '会い方', ...oneOf('1', '2', '3', '4') },
] as const satisfies readonly FixedRecordField[];

export type EventKey = (typeof eventLayout)[number]['key'];
/** The values of a row that was judged sound, by name and with days as `YYYYMMDD`; an optional field that is empty is absent. */
export type EventRecord = RecordOf<(typeof eventLayout)[number]>;

/** What every change record has, however its system writes it; whatever else it says, it may as well not say. */
type Needed = 'municipality' | 'recipient' | 'externalNumber' | 'changedOn' | 'change' | 'targetAndConsent';
export type ChangeRecord = Pick<EventRecord, Needed> & Partial<Omit<EventRecord, Needed>>;

type EventField = FixedRecordField & { readonly key: EventKey };

/** 区分有効期間 in eras: an end printed before an era's own is a day all the same, a beginning is not. */
const eraOf: Partial<Record<EventKey, FixedRecordField['era']>> = {
  validFrom: births,
  validTo: { table: ERA_DIGITS, overrun: 'convert' },
};
const layouts: Record<'ymd' | 'gyymmdd', readonly EventField[]> = {
  ymd: eventLayout,
  gyymmdd: eventLayout.map((field: EventField) => {
    const era = eraOf[field.key];
    return era === undefined ? field : { key: field.key, name: field.name, ...nine(8), era };
  }),
};

export function layoutFor({ validityDates }: { readonly validityDates: 'ymd' | 'gyymmdd' }): readonly EventField[] {
  return layouts[validityDates];
}

/** With a day of an era that had ended read as what it is in the calendar, and flagged. */
export function convertingEras<F extends FixedRecordField>(field: F): F {
  return field.era === undefined ? field : { ...field, era: { ...field.era, overrun: 'convert' } };
}

const numbers = numbersOf(eventLayout);

/** 1-based place of a field in the record, as results and quarantines name it. */
export function fieldNumber(key: EventKey): number {
  return numbers.get(key)!;
}

function municipalityForm(text: string): string | null {
  return isMunicipalityCode(text) ? null : 'E-CD-MUNI';
}
