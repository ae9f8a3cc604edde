// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japanYmd } from '../residents/calendar';
import { inventResident, type Resident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';
import { type ShgIntent, shgRow, type ShgRow } from '../shogai/shg-row';
import type { ShogaiRowVariant, ShogaiVariant } from '../shogai/variants';

/** One record of the first file: whose situation it stands for. */
interface DemoCase {
  readonly person?: Partial<Resident>;
  readonly intent: Partial<ShgIntent>;
  readonly variant?: ShogaiRowVariant;
}

/** 疾病・けが, こころ, 介護, 障害, 子育て, 収入・就労, 家計・債務, 住まい, 暴力, 権利, 健康, その他. 2 presses most. */
const cases: readonly DemoCase[] = [
  // Cannot make ends meet on the pension, and agreed.
  {
    person: { kanji: '見本　三郎', kana: 'ﾐﾎﾝ ｻﾌﾞﾛｳ', sex: '1' },
    intent: { addressee: '4', concerns: '000101200000', note: '家計管理の相談を希望。' },
  },
  // Has come to the age of 介護保険, and agreed.
  {
    person: { kanji: '試験　松代', kana: 'ｼｹﾝ ﾏﾂﾖ', sex: '2' },
    intent: { addressee: '1', concerns: '002100000000', note: '介護保険への移行を相談したいとのこと。' },
  },
  // No consent yet.
  { intent: { addressee: '4', consent: '9', concerns: '000100020000', meeting: '3' } },
  // Is having a child, and agreed that the こども家庭センター hears of it.
  { person: { sex: '2' }, intent: { addressee: '3', concerns: '000120000000', note: '出産後の育児の相談を希望。' } },
  // Born on 平成31年5月1日: this row waits, the others go on.
  { intent: { addressee: '4', concerns: '000100200000' }, variant: 'E-ERA' },
];

/** Residents of the demo have numbers of their own. */
const firstNumber = 401;

/** The records of the first file, relative to the clock. */
export function demoShogaiRows(clock: Date, seed: number): { rows: ShgRow[]; variants: ShogaiVariant[] } {
  const random = new SeededRandom(seed);
  const rows = cases.map(({ person, intent }, index) => {
    const resident = { ...inventResident(firstNumber + index, random, clock), ...person };
    return shgRow(resident, { ...plain, key: demoKey(clock, index), ...intent }, clock);
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
  supportLevel: '23',
  concerns: '',
} as const;

const demoKey = (clock: Date, index: number) => `SHG-${japanYmd(clock)}-${String(index + 1).padStart(4, '0')}`;
