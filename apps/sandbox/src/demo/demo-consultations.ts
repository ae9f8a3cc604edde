// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Consultation, type ConsultationIntent, consultationOf } from '../konkyu/consultation';
import type { SpoiledConsultation } from '../konkyu/consultation-variants';
import { japanYmd } from '../residents/calendar';
import { inventResident, type Resident } from '../residents/resident';
import { SeededRandom } from '../residents/seeded-random';

/** One consultation of the first start: whose situation it stands for. */
interface DemoCase {
  readonly person?: Partial<Resident>;
  readonly intent: Partial<ConsultationIntent>;
  readonly variant?: SpoiledConsultation['kind'];
}

/** 病気・障害, 住まい, 収入, 家賃・ローン, 税・公共料金, 債務, 仕事探し, 仕事, 地域, 家族, 子育て, 介護, ひきこもり, 暴力, 食べるもの, その他. */
const cases: readonly DemoCase[] = [
  // S3: an elderly man who needs care, and agreed.
  {
    person: { kanji: '見本　次郎', kana: 'ﾐﾎﾝ ｼﾞﾛｳ', sex: '1' },
    intent: { boxes: '1010000000020000', complaint: '膝が悪く、買い物にも行けない。' },
  },
  // Whether he agrees is not known yet.
  {
    person: { kanji: '架空　正', kana: 'ｶｸｳ ﾀﾀﾞｼ', sex: '1' },
    intent: { boxes: '0210000000010000', consent: '9', home: '6', complaint: '野宿が続き、足が腫れている。' },
  },
  // Born on 平成31年5月1日: this row waits, the others go on.
  { intent: { boxes: '0000000000020000' }, variant: 'E-ERA' },
  // The office helps alone: the hub never reads it.
  { intent: { target: null, boxes: '0020000000000000', complaint: '電気を止められそう。' } },
];

/** Residents of the demo have numbers of their own. */
const firstNumber = 301;

/** The consultations of the first start, relative to the clock. */
export function demoConsultations(
  clock: Date,
  seed: number,
): { rows: Consultation[]; variants: SpoiledConsultation[]; asking: number } {
  const random = new SeededRandom(seed);
  const rows = cases.map(({ person, intent }, index) => {
    const resident = { ...inventResident(firstNumber + index, random, clock), ...person };
    return consultationOf(resident, { ...plain, id: demoId(clock, index), ...intent }, clock);
  });
  const variants = cases.flatMap(({ variant }, index) => (variant ? [{ kind: variant, row: index + 1 }] : []));
  return { rows, variants, asking: rows.filter(({ tsunagi_bunya }) => tsunagi_bunya !== null).length };
}

const plain = {
  target: '1',
  consent: '1',
  boxes: '',
  complaint: '一人では暮らせない。',
  visitor: '0',
  work: '5',
  home: '2',
} as const;

const demoId = (clock: Date, index: number) => `KS-${japanYmd(clock)}-${String(index + 1).padStart(4, '0')}`;
