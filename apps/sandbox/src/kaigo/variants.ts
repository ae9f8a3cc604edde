// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readVariant, type Spoiled } from '../files/variants';
import { insurerNumber, type Cell, type KaiRow } from './kai-row';

/** Bad inputs of one row, named by the code the reader has to find. */
export const rowVariants = [
  'E-CD-HOKENSHA',
  'E-DUP-DIFF',
  'E-ATTR',
  'E-DATE',
  'E-REQUIRED',
  'E-CODE',
  'E-LENGTH',
  'E-FIELDS',
  'S-MYNUMBER',
  'W-CODE',
  'W-GAIJI',
] as const;
export type RowVariant = (typeof rowVariants)[number];

/** Bad inputs of the file. A repeated file is a copy and needs no variant. */
export const fileVariants = ['E-COUNT', 'E-NO-END'] as const;
export type FileVariant = (typeof fileVariants)[number];

export type KaigoVariant = Spoiled<RowVariant, FileVariant>;

/** Number of a field, 1-based as in the layout. */
const field = {
  change: 4,
  reason: 5,
  insurer: 6,
  insured: 7,
  kanji: 9,
  birth: 10,
  concerns: 21,
  consent: 23,
  note: 24,
  key: 25,
};
/** F040, the first of the municipality's own characters, in front of an ordinary name. */
const gaijiName = Uint8Array.of(0xf0, 0x40, 0x81, 0x40, 0x89, 0xd4, 0x8e, 0x71);

/** The same record with exactly one thing wrong with it. */
export function spoilRow(row: KaiRow, kind: RowVariant, before: KaiRow | undefined): KaiRow {
  switch (kind) {
    case 'E-CD-HOKENSHA':
      return withField(row, field.insurer, `${insurerNumber.slice(0, -1)}1`);
    case 'E-DUP-DIFF':
      // The key of the record before with this record's content.
      return withField(withField(row, field.change, '1'), field.key, before?.[field.key - 1] ?? '');
    case 'E-ATTR':
      return withField(row, field.insured, 'h000000201');
    case 'E-DATE':
      return withField(row, field.birth, '19390229');
    case 'E-REQUIRED':
      return withField(row, field.insured, '');
    case 'E-CODE':
      return withField(row, field.consent, '5');
    case 'E-LENGTH':
      return withField(row, field.kanji, '見'.repeat(21));
    case 'E-FIELDS':
      return row.slice(0, 27);
    case 'S-MYNUMBER':
      // The number of the specification's own example: check digit right, issued to nobody.
      return withField(row, field.note, '番号は１２３４５６７８９０１８です。');
    case 'W-CODE':
      return withField(row, field.reason, '77');
    case 'W-GAIJI':
      return withField(row, field.kanji, gaijiName);
  }
}

export const asVariant = (text: string): KaigoVariant | null =>
  readVariant(text, { rows: rowVariants, files: fileVariants });

function withField(row: KaiRow, number: number, value: Cell): KaiRow {
  return row.with(number - 1, value);
}
