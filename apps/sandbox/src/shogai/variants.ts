// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readVariant, type Spoiled } from '../files/variants';
import type { Cell } from './records';
import type { ShgRow } from './shg-row';

/** Bad inputs of one row, named by the code the reader has to find. */
export const shogaiRowVariants = [
  'E-ERA',
  'E-CD-MUNI',
  'E-DUP-DIFF',
  'E-ATTR',
  'E-DATE',
  'E-REQUIRED',
  'E-CODE',
  'S-MYNUMBER',
  'W-CD-ATENA',
  'W-CODE',
  'W-GAIJI',
] as const;
export type ShogaiRowVariant = (typeof shogaiRowVariants)[number];

/** Bad inputs of the file. A repeated 送信連番 is a copy and needs no variant. */
export const shogaiFileVariants = ['E-RECLEN', 'E-CD-MUNI', 'E-HASH', 'E-COUNT', 'E-NO-END'] as const;
export type ShogaiFileVariant = (typeof shogaiFileVariants)[number];

export type ShogaiVariant = Spoiled<ShogaiRowVariant, ShogaiFileVariant>;

export const asShogaiVariant = (text: string): ShogaiVariant | null =>
  readVariant(text, { rows: shogaiRowVariants, files: shogaiFileVariants });

/** The municipality's number with the check digit of an insurer. */
export const insurersDigit = '990010';

/** 1-based places in the record, 区分 and 連番 among them. */
const field = {
  municipality: 3,
  recipient: 4,
  resident: 5,
  change: 7,
  kana: 8,
  kanji: 9,
  birth: 11,
  supportLevel: 17,
  validTo: 19,
  targetAndConsent: 22,
  note: 24,
  key: 25,
};
/** F040, the first of the municipality's own characters, in front of an ordinary name. */
const gaijiName = Uint8Array.of(0xf0, 0x40, 0x81, 0x40, 0x89, 0xd4, 0x8e, 0x71);

/** The same record with exactly one thing wrong with it. */
export function spoilShogaiRow(row: ShgRow, kind: ShogaiRowVariant, before: ShgRow | undefined): ShgRow {
  const over = (number: number, value: Cell) => row.with(number - 3, value);
  switch (kind) {
    case 'E-ERA':
      // 平成31年5月1日.
      return over(field.birth, '4310501');
    case 'E-CD-MUNI':
      return over(field.municipality, insurersDigit);
    case 'E-DUP-DIFF':
      // The key of the record before with this record's content.
      return over(field.change, '1').with(field.key - 3, before?.[field.key - 3] ?? '');
    case 'E-ATTR':
      return over(field.kanji, 'ABC');
    case 'E-DATE':
      return over(field.validTo, '20270229');
    case 'E-REQUIRED':
      return over(field.kana, '');
    case 'E-CODE':
      return over(field.targetAndConsent, '15');
    case 'S-MYNUMBER':
      // The number of the specification's own example: check digit right, issued to nobody.
      return over(field.note, '番号は１２３４５６７８９０１８です。');
    case 'W-CD-ATENA':
      return over(field.resident, '000000000001230');
    case 'W-CODE':
      return over(field.supportLevel, '27');
    case 'W-GAIJI':
      return over(field.kanji, gaijiName);
  }
}
