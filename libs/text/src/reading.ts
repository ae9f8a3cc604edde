// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kanaMatchKey } from './kana';
import { nameMatchKey } from './variant-kanji';

/** Letters by the vowel in which they end: ー says it once more. */
const VOWELS: readonly (readonly [vowel: string, letters: string])[] = [
  ['ア', 'アカサタナハマヤラワ'],
  ['イ', 'イキシチニヒミリヰ'],
  ['ウ', 'ウクスツヌフムユル'],
  ['エ', 'エケセテネヘメレヱ'],
  ['オ', 'オコソトノホモヨロヲ'],
];
const VOWEL_OF = new Map(VOWELS.flatMap(([vowel, letters]) => [...letters].map((l) => [l, vowel] as const)));
const SMALL = 'ァィゥェォッャュョヮヵヶ';
const LARGE = 'アイウエオツヤユヨワカケ';
const LARGE_OF = new Map([...SMALL].map((small, n) => [small, LARGE[n] ?? small]));

/** One letter of a reading, as it is ordered. */
interface Letter {
  /** Large and without marks; of ー the vowel that it stands for. */
  readonly base: string;
  /** 0 清音, 1 濁音, 2 半濁音 */
  readonly voice: 0 | 1 | 2;
  /** 0 ー, 1 small, 2 large */
  readonly size: 0 | 1 | 2;
}

function lettersOf(reading: string): Letter[] {
  const letters: Letter[] = [];
  for (const char of repeated(kanaMatchKey(reading))) {
    const [plain = '', mark] = char.normalize('NFD');
    const before = letters.at(-1)?.base ?? '';
    const isLong = plain === 'ー';
    letters.push({
      base: isLong ? (VOWEL_OF.get(before) ?? before) : (LARGE_OF.get(plain) ?? plain),
      voice: mark === '\u3099' ? 1 : mark === '\u309a' ? 2 : 0,
      size: isLong ? 0 : LARGE_OF.has(plain) ? 1 : 2,
    });
  }
  return letters;
}

/** ヽ and ヾ are the letter before, once more. */
const repeated = (kana: string): string =>
  kana.replace(/(.)([ヽヾ])/gu, (_, letter: string, sign: string) => {
    const [plain = ''] = letter.normalize('NFD');
    return letter + (sign === 'ヾ' ? `${plain}\u3099`.normalize('NFC') : plain);
  });

/**
 * Reading as a key to find people by whatever they are called exactly: no marks, no small letters, long vowels in one way of
 * writing (コーノ, コウノ, コオノ), ヂヅヲヰヱ as they are spoken. Never a value to store or show.
 */
export function readingKey(text: string): string {
  const spoken = kanaMatchKey(text).replace(/[ヂヅヲヰヱ]/g, (l) => SPOKEN[l] ?? l);
  return lettersOf(spoken)
    .map((l) => l.base)
    .join('')
    .replace(/([エケセテネヘメレ])[イエ]/g, '$1エ')
    .replace(/([オコソトノホモヨロ])[ウオ]/g, '$1オ');
}

const SPOKEN: Readonly<Record<string, string>> = { ヂ: 'ジ', ヅ: 'ズ', ヲ: 'オ', ヰ: 'イ', ヱ: 'エ' };

/** Is it written in kana alone? */
export const isKana = (text: string): boolean => /^[\p{Script=Katakana}ー]+$/u.test(kanaMatchKey(text));

/**
 * By these texts, compared by their code units, readings stand in the order of the 五十音: first by the letters themselves, ー as its
 * vowel; then 清音 before 濁音 before 半濁音; then ー before small before large. The same on every machine.
 */
export function gojuonKey(reading: string): string {
  const letters = lettersOf(reading);
  const weights = (of: (letter: Letter) => number) => letters.map(of).join('');
  return [letters.map((l) => l.base).join(''), weights((l) => l.voice), weights((l) => l.size)].join('\u0000');
}

/** A name as what people type of it must begin with: variants folded, kana as a reading. */
export function nameKey(text: string): string {
  return isKana(text) ? readingKey(text) : kanaMatchKey(nameMatchKey(text));
}
