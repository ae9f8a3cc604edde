// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ERA_DIGITS_FROM_TAISHO, ERA_LETTERS, formatEraDate } from '@tsunagi/legacy';
import { toFullWidthKana } from '@tsunagi/text';
import { japanYmd } from '../residents/calendar';
import type { Resident } from '../residents/resident';
import type { SeededRandom } from '../residents/seeded-random';

/** What a caseworker enters about one consultation; everything else is about the resident. */
export interface ConsultationIntent {
  /** sodan_id. */
  readonly id: string;
  /** つなぎ先分野; null: the office helps alone. */
  readonly target: '1' | '2' | '3' | '4' | '5' | '6' | null;
  /** 同意. */
  readonly consent: '1' | '2' | '3' | '9';
  /** 16 boxes. */
  readonly boxes: string;
  /** 主訴. */
  readonly complaint: string;
  readonly visitor: '0' | '1' | '2';
  readonly work: string;
  readonly home: string;
}

/** A row of T_SODAN as far as the 相談受付・申込票 fills it. */
export interface Consultation {
  readonly sodan_id: string;
  readonly uketsuke_ymd: string | null;
  readonly tantosha: string;
  readonly shimei: string;
  readonly furigana: string;
  readonly seibetsu: string;
  readonly seinen_gengo: string | null;
  readonly seinen_ymd: string;
  readonly yubin_no: string;
  readonly jusho: string;
  readonly tel: string;
  readonly tel_keitai: string | null;
  readonly raidan_kankei: string;
  readonly sodan_naiyo: string;
  readonly sodan_keiro: string;
  readonly shigoto: string;
  readonly jukyo: string;
  readonly shuso: string;
  readonly tsunagi_bunya: string | null;
  readonly doi_kbn: string;
}

export const consultationColumns: readonly (keyof Consultation)[] = [
  'sodan_id',
  'uketsuke_ymd',
  'tantosha',
  'shimei',
  'furigana',
  'seibetsu',
  'seinen_gengo',
  'seinen_ymd',
  'yubin_no',
  'jusho',
  'tel',
  'tel_keitai',
  'raidan_kankei',
  'sodan_naiyo',
  'sodan_keiro',
  'shigoto',
  'jukyo',
  'shuso',
  'tsunagi_bunya',
  'doi_kbn',
];

/** One 相談受付・申込票, received yesterday. */
export function consultationOf(person: Resident, intent: ConsultationIntent, clock: Date): Consultation {
  const birth = formatEraDate(isoDay(person.birthYmd), ERA_DIGITS_FROM_TAISHO);
  return {
    sodan_id: intent.id,
    uketsuke_ymd: inDots(isoDay(japanYmd(clock, -1))),
    tantosha: '相談員　一',
    shimei: person.kanji,
    furigana: toHiragana(toFullWidthKana(person.kana)),
    seibetsu: person.sex,
    seinen_gengo: birth?.gengo ?? null,
    seinen_ymd: birth?.yymmdd ?? '999999',
    yubin_no: '999-0001',
    jusho: intent.home === '6' ? '住所不定' : person.address,
    tel: person.telephone,
    tel_keitai: null,
    raidan_kankei: intent.visitor,
    sodan_naiyo: intent.boxes,
    sodan_keiro: '01',
    shigoto: intent.work,
    jukyo: intent.home,
    shuso: intent.complaint,
    tsunagi_bunya: intent.target,
    doi_kbn: intent.consent,
  };
}

/** What an ordinary month looks like: half of those who come need no other department. */
export function inventIntent(number: number, random: SeededRandom, clock: Date): ConsultationIntent {
  return {
    id: `KS-${japanYmd(clock).slice(2)}-${String(number).padStart(9, '0')}`,
    target: random.pickWeighted<ConsultationIntent['target']>([
      [null, 5],
      ['1', 3],
      ['2', 2],
      ['3', 1],
      ['6', 1],
    ]),
    consent: random.pickWeighted<ConsultationIntent['consent']>([
      ['1', 7],
      ['9', 1],
      ['3', 1],
      ['2', 1],
    ]),
    boxes: inventBoxes(random),
    complaint: random.pick([
      '年金だけでは暮らせない。',
      '膝が悪く、買い物に行けない。',
      '家賃が三か月遅れている。',
      '長男が十五年、家から出ていない。',
    ]),
    visitor: random.pick(['0', '0', '1']),
    work: random.pick(['2', '5', '6']),
    home: random.pickWeighted([
      ['1', 3],
      ['2', 4],
      ['3', 2],
      ['6', 1],
    ]),
  };
}

const isoDay = (ymd: string) => `${ymd.slice(0, 4)}-${ymd.slice(4, 6)}-${ymd.slice(6, 8)}`;

/** 和暦 in dots, such as `R08.11.27`. */
function inDots(day: string): string {
  const { gengo = '', yymmdd = '' } = formatEraDate(day, ERA_LETTERS) ?? {};
  return `${gengo}${yymmdd.slice(0, 2)}.${yymmdd.slice(2, 4)}.${yymmdd.slice(4, 6)}`;
}

/** The form says ふりがな. */
const toHiragana = (katakana: string) =>
  katakana.replace(/[ァ-ヶ]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x60));

function inventBoxes(random: SeededRandom): string {
  const flags = Array.from({ length: 16 }, (): string => (random.next() < 0.15 ? '1' : '0'));
  flags[random.between(0, 15)] = '2';
  return flags.join('');
}
