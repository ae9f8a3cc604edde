// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kaiRow, type KaiIntent, type KaiRow } from '../kaigo/kai-row';
import type { KaigoVariant } from '../kaigo/variants';
import { japanYmd } from '../residents/calendar';
import { inventResident, type Resident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';

/** One record of the first file: whose situation it stands for. */
interface DemoCase {
  readonly person?: Partial<Resident>;
  readonly intent: Partial<KaiIntent>;
  readonly variant?: Extract<KaigoVariant, { row: number }>['kind'];
}

/** 疾病・けが, こころ, 介護, 障害, 子育て, 収入・就労, 家計・債務, 住まい, 暴力, 権利, 健康, その他. 2 presses most. */
const cases: readonly DemoCase[] = [
  // S1: the mother of an 8050 household, in arrears with the rent.
  {
    person: { kanji: '見本　花子', kana: 'ﾐﾎﾝ ﾊﾅｺ', sex: '2', household: 2 },
    intent: { concerns: '001001210000', note: '家賃滞納あり。同居の長男は仕事をしていない。', meeting: '1' },
  },
  // S2: no consent yet; the person comes to the desk.
  {
    person: { kanji: '試験　梅子', kana: 'ｼｹﾝ ｳﾒｺ', sex: '2' },
    intent: { concerns: '000000200000', consent: '9', meeting: '3', note: '家計の相談をすすめた。' },
  },
  { intent: { concerns: '000002100000', meeting: '4', note: '年金だけでは足りないとのこと。' } },
  // The insurer's check digit is wrong: this row waits, the others go on.
  { intent: { concerns: '000000200000', meeting: '1' }, variant: 'E-CD-HOKENSHA' },
  // A name with a character of the municipality's own.
  {
    person: { kana: 'ｶﾞｲｼﾞ ﾊﾅｺ', sex: '2' },
    intent: { concerns: '000000020000', meeting: '2', note: '立ち退きを求められている。' },
    variant: 'W-GAIJI',
  },
  { intent: { concerns: '000000210000', meeting: '4', note: '電気料金の支払いが遅れている。' } },
  // Needs no other desk: no referral is made.
  { intent: { concerns: '002000000000', addressee: '1' } },
  // Her daughter at home needs the help of 障害福祉, and she agreed.
  { intent: { concerns: '000200000000', addressee: '2', meeting: '1', note: '同居の娘の通所先をさがしている。' } },
  // Consent was not given.
  { intent: { concerns: '000001200000', consent: '3', meeting: '4' } },
];

/** Residents of the demo have numbers of their own. */
const firstNumber = 201;

/** The records of the first file, relative to the clock. */
export function demoRows(clock: Date, seed: number): { rows: KaiRow[]; variants: KaigoVariant[] } {
  const random = new SeededRandom(seed);
  const rows = cases.map(({ person, intent }, index) => {
    const resident = { ...inventResident(firstNumber + index, random, clock), ...person };
    return kaiRow(resident, { ...plain, key: demoKey(clock, index), ...intent }, clock);
  });
  const variants = cases.flatMap(({ variant }, index) => (variant ? [{ kind: variant, row: index + 1 }] : []));
  return { rows, variants };
}

const plain = {
  change: '1',
  addressee: '4',
  consent: '1',
  note: '',
  meeting: '4',
  careLevel: '22',
  concerns: '',
} as const;

const demoKey = (clock: Date, index: number) => `KAI-${japanYmd(clock)}-${String(index + 1).padStart(4, '0')}`;
