// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type EraTable,
  type FieldWarning,
  type GaijiTable,
  hiraganaToKatakana,
  toFullWidthKana,
} from '@tsunagi/plugin-sdk';
import { homeWords, sexes, type Visitor, visitors, workWords } from './consultation-codes';
import { type ConsultationColumn, consultationColumns } from './consultation-row';
import { gaijiText } from './gaiji-text';
import { type Birth, birthOf, receptionDay } from './japanese-day';
import { ColumnFault, type Columns, type TextLimits } from '../database/columns';

/** What the settings say about reading a row. */
export interface ReadingRules {
  readonly gaiji: GaijiTable;
  /** Codes of 仕事 and 住居 beside those of the form. */
  readonly shigoto: Readonly<Record<string, string>>;
  readonly jukyo: Readonly<Record<string, string>>;
  /** Codes of `seinen_gengo`. @default those of this interface */
  readonly eras?: EraTable | undefined;
  /** A person lets the row go on in spite of this fault: E-ERA, a day of an era that had ended. @default none */
  readonly override?: string | undefined;
}

/** What a row says of the person who is to be helped. */
export interface PersonOfConsultation {
  readonly receivedOn: string | undefined;
  readonly receiver: string | undefined;
  readonly name: string | undefined;
  readonly kana: string | undefined;
  readonly sex: (typeof sexes)[keyof typeof sexes] | undefined;
  readonly birth: Birth;
  readonly postalCode: string | undefined;
  readonly address: string | undefined;
  readonly telephone: string | undefined;
  readonly mobile: string | undefined;
  readonly visitor: Visitor | undefined;
  /** 16 boxes: 0, 1 or, most pressing, 2. */
  readonly boxes: string | undefined;
  readonly work: string | undefined;
  readonly home: string | undefined;
  /** 主訴. */
  readonly complaint: string | undefined;
}

/** Texts that leave the office, and in which somebody may have typed an 個人番号. */
export const textColumns = [
  'uketsuke_sha',
  'shimei',
  'furigana',
  'jusho',
  'tel_jitaku',
  'tel_keitai',
  'shuso',
] as const satisfies readonly ConsultationColumn[];

/** The columns in the order of the view, so that the first fault is the one that is told. */
export function readPerson(
  columns: Columns<ConsultationColumn>,
  rules: ReadingRules,
  warnings: FieldWarning[],
): PersonOfConsultation {
  const warn = (code: string, column: ConsultationColumn) =>
    warnings.push({ code, field: consultationColumns.indexOf(column) + 1 });
  const text = (column: ConsultationColumn, limits: TextLimits, { isName = false } = {}): string | undefined => {
    const written = columns.text(column, limits);
    if (written === undefined) return undefined;
    const { text, warning } = gaijiText(written, rules.gaiji, { isName });
    if (warning) warn(warning, column);
    // A replacement may be longer than what it stands for.
    if (text !== undefined && text.length > (limits.units ?? limits.characters))
      throw new ColumnFault('E-LENGTH', column);
    return text;
  };
  /** A code nobody knows keeps no referral back: the item is left out, and flagged. */
  const word = (column: ConsultationColumn, words: Readonly<Record<string, string>>): string | undefined => {
    const code = columns.filled(column);
    if (code === undefined) return undefined;
    if (!Object.hasOwn(words, code)) warn('W-CODE', column);
    return Object.hasOwn(words, code) ? words[code] : undefined;
  };

  const received = columns.filled('uketsuke_ymd');
  const overrun = rules.override === 'E-ERA' ? 'convert' : 'refuse';
  const ended = (column: ConsultationColumn) => () => warn('W-ERA-OVERRUN', column);
  const receivedOn =
    received === undefined ? undefined : receptionDay(received, { overrun, onOverrun: ended('uketsuke_ymd') });
  const receiver = text('uketsuke_sha', { characters: 40, units: 60 });
  const name = text('shimei', { characters: 60, units: 100 }, { isName: true });
  const kana = text('furigana', { characters: 60, units: 100 });
  const sex = columns.oneOf('seibetsu', ['1', '2', '3']);
  const birth = birthOf(
    columns.filled('seinen_gengo'),
    columns.filled('seinen_ymd'),
    { overrun, onOverrun: ended('seinen_ymd') },
    rules.eras,
  );
  const postalCode = text('yubin_no', { characters: 8 });
  const address = text('jusho', { characters: 200 });
  const telephone = text('tel_jitaku', { characters: 15 });
  const mobile = text('tel_keitai', { characters: 15 });
  const visitor = columns.oneOf('raidan_kankei', visitors);
  const boxes = columns.filled('sodan_naiyo');
  if (boxes !== undefined && !/^[012]{16}$/.test(boxes)) throw new ColumnFault('E-CODE', 'sodan_naiyo');
  const work = word('shigoto', { ...workWords, ...rules.shigoto });
  const home = word('jukyo', { ...homeWords, ...rules.jukyo });
  const complaint = text('shuso', { characters: 2000, lines: true });
  return {
    receivedOn,
    receiver,
    name,
    kana: kana && katakana(kana),
    sex: sex && sexes[sex],
    birth,
    postalCode,
    address,
    telephone,
    mobile,
    visitor,
    boxes,
    work,
    home,
    complaint,
  };
}

/** The common schema writes readings in full-width katakana, whatever the office types. */
function katakana(reading: string): string {
  return hiraganaToKatakana(toFullWidthKana(reading.normalize('NFC')));
}
