// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS } from '@tsunagi/plugin-sdk';
import {
  alphanumeric,
  date,
  externalNumberForm,
  kanji,
  oneOf,
  type RecordField,
  type RecordOf,
  required,
  typed,
} from '@tsunagi/plugin-sdk/records';

/** GYYMMDD of a birth: a day after the end of its era is no birthday. */
const birth = { attribute: 'code', maxBytes: 7, era: { table: ERA_DIGITS, overrun: 'refuse' } } as const;

/** `HOGnnnnn.CSV`: a record that asks for another department. `typed`: somebody may have typed a 個人番号 there. */
export const eventLayout = [
  { key: 'caseNumber', name: 'ケース番号', ...alphanumeric, maxBytes: 10, ...required, form: externalNumberForm },
  { key: 'changedOn', name: '異動年月日', ...date, ...required },
  { key: 'change', name: '異動区分', ...oneOf('1', '2', '3'), ...required },
  { key: 'kana', name: '氏名カナ', ...alphanumeric, maxBytes: 25, ...required, ...typed },
  { key: 'kanji', name: '氏名漢字', ...kanji, maxBytes: 40, ...typed },
  // Blank: 不詳. No day is made of it.
  { key: 'birthDate', name: '生年月日', ...birth },
  { key: 'sex', name: '性別', ...oneOf('1', '2') },
  { key: 'address', name: '住所', ...kanji, maxBytes: 80, ...typed },
  { key: 'telephone', name: '電話番号', ...alphanumeric, maxBytes: 15, ...typed },
  { key: 'target', name: 'つなぎ先分野', ...oneOf('1', '2', '3', '4', '5', '6'), ...required },
  { key: 'consent', name: '同意', ...oneOf('1', '2', '3', '9'), ...required },
  { key: 'message', name: '連絡文', ...kanji, maxBytes: 200, ...typed },
] as const satisfies readonly RecordField[];

export type EventRecord = RecordOf<(typeof eventLayout)[number]>;

/** What the case system knows its record by; comes back with every status. */
export const caseNumberForm = /^[A-Z0-9-]{1,10}$/;
