// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japanYmd } from '../residents/calendar';
import type { Resident } from '../residents/resident';
import type { SeededRandom } from '../residents/seeded-random';

/** 証記載保険者番号 of the invented municipality; its check digit is right. */
export const insurerNumber = '00990010';
const careOffice = '9970100005';

/** A value of a record: text, or bytes that no text stands for. */
export type Cell = string | Uint8Array;
/** The fields of a data record behind `2,<n>`, 25 or 29, in the order of the layout. */
export type KaiRow = readonly Cell[];

/** What a sender decides about one record; everything else is about the resident. */
export interface KaiIntent {
  /** 異動区分. @default '1' */
  readonly change?: '1' | '2' | '3';
  /** 相談事由フラグ. */
  readonly concerns: string;
  /** つなぎ先分野. */
  readonly addressee: '1' | '2' | '3' | '4' | '5' | '6';
  /** 同意. */
  readonly consent: '1' | '2' | '3' | '9';
  /** 連絡文, 2-byte characters only. */
  readonly note: string;
  /** 外部管理番号. */
  readonly key: string;
  /** 会い方. */
  readonly meeting: '1' | '2' | '3' | '4';
  /** 要介護状態区分. */
  readonly careLevel: string;
}

/** One 受給者異動 record, dated yesterday, with a running care approval. */
export function kaiRow(person: Resident, intent: KaiIntent, clock: Date): KaiRow {
  return [
    'Z111',
    '01',
    japanYmd(clock, -1),
    intent.change ?? '1',
    '01',
    insurerNumber,
    person.insuredNumber,
    person.kana,
    person.kanji,
    person.birthYmd,
    person.sex,
    insuredSince(person.birthYmd),
    intent.careLevel,
    '1',
    japanYmd(clock, -150),
    japanYmd(clock, 215),
    '1',
    careOffice,
    '4',
    '3',
    intent.concerns,
    intent.addressee,
    intent.consent,
    intent.note,
    intent.key,
    person.address,
    person.telephone,
    String(person.household),
    intent.meeting,
  ];
}

/** What the records of an ordinary night look like: two in five want a referral and may have it. */
export function inventIntent(number: number, random: SeededRandom, clock: Date): KaiIntent {
  return {
    change: random.pickWeighted([
      ['1', 8],
      ['2', 1],
      ['3', 1],
    ]),
    concerns: inventConcerns(random),
    addressee: random.pickWeighted([
      ['4', 6],
      ['1', 2],
      ['2', 1],
      ['6', 1],
    ]),
    consent: random.pickWeighted([
      ['1', 7],
      ['9', 1],
      ['3', 1],
      ['2', 1],
    ]),
    note: random.pick([
      '',
      '家賃滞納あり。',
      '電気料金の支払いが遅れている。',
      '長男の仕事について相談したいとのこと。',
    ]),
    key: `KAI-${japanYmd(clock).slice(2)}-${String(number).padStart(9, '0')}`,
    meeting: random.pickWeighted([
      ['1', 3],
      ['4', 4],
      ['2', 1],
      ['3', 1],
    ]),
    careLevel: random.pick(['12', '13', '21', '22', '23', '24', '25']),
  };
}

/** 65 is the age at which everybody is insured. */
function insuredSince(birthYmd: string): string {
  return `${Number(birthYmd.slice(0, 4)) + 65}${birthYmd.slice(4)}`;
}

function inventConcerns(random: SeededRandom): string {
  const flags = Array.from({ length: 12 }, (): string => (random.next() < 0.2 ? '1' : '0'));
  flags[random.between(0, 11)] = '2';
  return flags.join('');
}
