// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS, formatEraDate, hasResidentNumberCheckDigit } from '@tsunagi/legacy';
import { japanYmd } from '../residents/calendar';
import type { Resident } from '../residents/resident';
import type { SeededRandom } from '../residents/seeded-random';
import { type Cell, municipality } from './records';

/** The fields of a data record behind 区分 and 連番, in the order of the layout. */
export type ShgRow = readonly Cell[];

/** What a sender decides about one record; everything else is about the resident. */
export interface ShgIntent {
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
  /** 障害支援区分コード. */
  readonly supportLevel: string;
}

/** One 異動 record, dated yesterday, with a running 支援区分. */
export function shgRow(person: Resident, intent: ShgIntent, clock: Date): ShgRow {
  return [
    municipality,
    person.insuredNumber,
    residentNumber(person.insuredNumber),
    japanYmd(clock, -1),
    intent.change ?? '1',
    person.kana,
    person.kanji,
    person.sex,
    eraDay(person.birthYmd),
    person.address,
    '10000',
    '2',
    '',
    '',
    intent.supportLevel,
    japanYmd(clock, -150),
    japanYmd(clock, 215),
    '111000',
    '9930000012',
    `${intent.addressee}${intent.consent}`,
    intent.concerns,
    intent.note,
    intent.key,
    person.telephone,
    String(person.household),
    intent.meeting,
  ];
}

/** What the records of an ordinary night look like: two in five want a referral and may have it. */
export function inventShgIntent(number: number, random: SeededRandom, clock: Date): ShgIntent {
  const flags = Array.from({ length: 12 }, (): string => (random.next() < 0.2 ? '1' : '0'));
  flags[random.between(0, 11)] = '2';
  return {
    change: random.pickWeighted([
      ['1', 8],
      ['2', 1],
      ['3', 1],
    ]),
    concerns: flags.join(''),
    addressee: random.pickWeighted([
      ['4', 3],
      ['1', 3],
      ['2', 2],
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
      '家計管理の相談を希望。',
      '介護保険への移行を相談したいとのこと。',
      '通所先をさがしている。',
    ]),
    key: `SHG-${japanYmd(clock).slice(2)}-${String(number).padStart(9, '0')}`,
    meeting: random.pickWeighted([
      ['1', 3],
      ['4', 4],
      ['2', 1],
      ['3', 1],
    ]),
    supportLevel: random.pick(['21', '22', '23', '24', '25', '26']),
  };
}

/** `GYYMMDD`. Residents are born after 明治 began. */
function eraDay(ymd: string): string {
  const era = formatEraDate(`${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6)}`, ERA_DIGITS);
  return era === null ? '' : era.gengo + era.yymmdd;
}

/** 宛名番号 with its check digit; of one in eleven numbers none is known, and the field stays empty. */
function residentNumber(number: string): string {
  const base = number.padStart(14, '0');
  const check = [...'0123456789'].find((digit) => hasResidentNumberCheckDigit(base + digit) === true);
  return check === undefined ? '' : base + check;
}
