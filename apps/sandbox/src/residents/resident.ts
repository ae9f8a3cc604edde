// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japanYmd } from './calendar';
import { familyNames, givenNames } from './names';
import type { SeededRandom } from './seeded-random';

/** An invented resident of the invented municipality (prefecture 99). */
export interface Resident {
  /** 被保険者番号. */
  readonly insuredNumber: string;
  readonly kanji: string;
  readonly kana: string;
  readonly birthYmd: string;
  readonly sex: '1' | '2';
  readonly address: string;
  readonly telephone: string;
  readonly household: number;
}

/** @param number counts residents; no two of a seed share a 被保険者番号. */
export function inventResident(number: number, random: SeededRandom, clock: Date): Resident {
  const sex = random.pick(['1', '2', '2'] as const);
  const [family, familyKana] = random.pick(familyNames);
  const [given, givenKana] = random.pick(givenNames[sex]);
  const year = Number(japanYmd(clock).slice(0, 4)) - random.between(66, 98);
  return {
    insuredNumber: String(number % 10_000_000_000).padStart(10, '0'),
    kanji: `${family}　${given}`,
    kana: `${familyKana} ${givenKana}`,
    birthYmd: `${year}${twoDigits(random.between(1, 12))}${twoDigits(random.between(1, 28))}`,
    sex,
    address: inventAddress(random),
    telephone: inventTelephone(number),
    household: random.between(1, 4),
  };
}

function inventAddress(random: SeededRandom): string {
  const block = random.pick(['一', '二', '三', '四', '五']);
  return `見本県見本市見本町${block}丁目${fullWidth(random.between(1, 30))}番${fullWidth(random.between(1, 20))}号`;
}

/** 000 is no area code: nobody can be called. */
function inventTelephone(number: number): string {
  const digits = String(number % 100_000_000).padStart(8, '0');
  return `000-${digits.slice(0, 4)}-${digits.slice(4)}`;
}

const twoDigits = (value: number) => String(value).padStart(2, '0');
const fullWidth = (value: number) =>
  [...String(value)].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
