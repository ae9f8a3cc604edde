// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS_FROM_TAISHO } from '@tsunagi/plugin-sdk';
import { eraAsItStands, type KitFile, type KitPerson } from '@tsunagi/plugin-sdk/verify';
import type { ConsultationRow } from '../consultations/consultation-row';

/** Settings of the suite's office, beside those that lead to its database. */
export const officeSettings = { functionCode: '9900000041', formVersion: 'J-2026-1' } as const;
export const secretName = 'konkyu-database-url';

/** A man out of work asks for care, and agreed; each row states what it turns on. */
export function wholeRow(row: Partial<ConsultationRow> = {}): ConsultationRow {
  return {
    renban: '101',
    koshin_dt: '2026-11-20 09:31:00.123456',
    sakujo_flg: '0',
    sodan_id: 'S-2026-0101',
    uketsuke_ymd: 'R08.11.19',
    uketsuke_sha: '相談員　一',
    shimei: '見本　次郎',
    furigana: 'みほん　じろう',
    seibetsu: '1',
    seinen_gengo: '2',
    seinen_ymd: '291103',
    yubin_no: '999-0001',
    jusho: '見本県見本市見本町一丁目１番１号',
    tel_jitaku: '000-0000-0101',
    tel_keitai: '000-1111-0101',
    raidan_kankei: '0',
    sodan_naiyo: '1020000000010000',
    sodan_keiro: '01',
    shigoto: '6',
    jukyo: '2',
    shuso: '膝が悪く、仕事が続かない。',
    tsunagi_bunya: '1',
    doi_kbn: '1',
    plan_no: null,
    ...row,
  };
}

/** The input of the suite: rows of the view, as they would be taken out of it. */
export const rowsOf = (people: readonly KitPerson[]): KitFile => ({
  name: 'V_HUB_SODAN.json',
  bytes: Buffer.from(JSON.stringify(people.map(rowOf))),
});

function rowOf({ number, name, kana, birthDate, note }: KitPerson): Partial<ConsultationRow> {
  const era = birthDate === undefined ? undefined : eraAsItStands(birthDate, ERA_DIGITS_FROM_TAISHO);
  return {
    renban: String(number),
    koshin_dt: '2026-11-20 09:00:00',
    sodan_id: `S-VERIFY-${number}`,
    shimei: name,
    furigana: kana,
    seinen_gengo: era?.gengo ?? null,
    seinen_ymd: era?.yymmdd ?? '999999',
    shuso: note,
  };
}

/** What is no list of rows never was in a table. */
export function rowsIn(bytes: Uint8Array): Partial<ConsultationRow>[] {
  try {
    const rows: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return Array.isArray(rows) ? (rows as Partial<ConsultationRow>[]) : [];
  } catch {
    return [];
  }
}

/** Columns that hold as many characters as these, in which anything may stand. */
const loose = { sodan_id: 20, shimei: 60, furigana: 60, jusho: 200, seinen_ymd: 6, sodan_naiyo: 16, shuso: 2000 };

let junkRows = 1000;

/** A row whose texts are those bytes; a database itself knows no text with a zero in it. */
export function junkRow(bytes: Buffer): Partial<ConsultationRow> {
  junkRows += 1;
  let text = bytes.toString('latin1').replaceAll('\0', ' ');
  const cut = Object.entries(loose).map(([column, most]) => {
    const value = text.slice(0, Math.min(most, Math.ceil(text.length / 2)));
    text = text.slice(value.length);
    return [column, value];
  });
  const texts = Object.fromEntries(cut) as Partial<ConsultationRow>;
  return { renban: String(junkRows), koshin_dt: '2026-11-20 09:00:00', ...texts };
}

/** What the plugin has inserted, under the key of the row. */
export const writtenRow = (key: readonly unknown[], row: object): KitFile => ({
  name: key.map(String).join(' '),
  bytes: Buffer.from(JSON.stringify(row)),
});
