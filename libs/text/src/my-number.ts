// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { pointerTo } from './json-pointer';
import { typedHyphen } from './typed-signs';

/** Where a possible 個人番号 stands in a text, in UTF-16 units; `end` is behind its last character. Never the digits. */
export interface MyNumberSpan {
  readonly start: number;
  readonly end: number;
}

/** What people type between digits: spaces, hyphens of any kind, and what nobody sees. */
const BETWEEN_DIGITS = new RegExp(`^[\\s\\p{Cf}${typedHyphen}]+$`, 'u');

/** Has this text of 12 ASCII digits the check digit of an 個人番号 (総務省令85号5条)? One in ten random numbers has. */
export function isMyNumber(digits: string): boolean {
  if (!/^[0-9]{12}$/.test(digits)) return false;
  let sum = 0;
  for (let n = 1; n <= 11; n += 1) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
  const remainder = sum % 11;
  return Number(digits[11]) === (remainder <= 1 ? 0 : 11 - remainder);
}

/**
 * Possible 個人番号 in a text, however typed: full-width, or with spaces, line ends and hyphens between the digits.
 * A candidate is a row of whole digit groups that make 12 digits together, so `1234 5678 9018 2024` is found and the
 * 13 digits of a 法人番号 are not.
 */
export function findMyNumber(text: string): MyNumberSpan[] {
  return candidates(text).map((characters) => ({ start: characters[0]!.start, end: characters.at(-1)!.end }));
}

/** The text with each digit of a possible 個人番号 as ＊ and everything else as it was. */
export function maskMyNumber(text: string): string {
  const hidden = new Map(candidates(text).flatMap((characters) => characters.map(({ start, end }) => [start, end])));
  let masked = '';
  let kept = 0;
  for (const [start, end] of [...hidden].sort(([a], [b]) => a - b)) {
    masked += `${text.slice(kept, start)}＊`;
    kept = end;
  }
  return masked + text.slice(kept);
}

const MY_NUMBER_KEYS = new Set([
  'mynumber',
  'マイナンバー',
  '個人番号',
  'kojinbango',
  'kojinbangou',
  'individualnumber',
]);

/** Is this the name of a column or property for an 個人番号? Case, width, spaces, `_` and `-` make no difference. */
export function isMyNumberKey(name: string): boolean {
  return MY_NUMBER_KEYS.has(
    name
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_-]/g, ''),
  );
}

/** Where a field is named like a マイナンバー, as a JSON pointer. */
export function myNumberFieldIn(value: unknown, at = ''): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const place = pointerTo(at, key);
    const found = isMyNumberKey(key) ? place : myNumberFieldIn(inner, place);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Digits of any script, width and shape, ① among them; texts without are not looked at more closely. */
const digit = /\p{N}/u;
/**
 * Nearly all that people write is of these: ASCII, kana, kanji and their signs, without digits. The list of all digits is long,
 * and of a long text each character would be looked for in it.
 */
const unusual = /[^\s!-/:-~\u3001-\u3006\u3008-\u3020\u3040-\u30ff\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff9f]/;
export const hasDigit = (text: string): boolean => unusual.test(text) && digit.test(text);

export interface WhereToLook {
  /** Where the value itself stands, as a JSON pointer. */
  readonly at?: string;
  /** Fields, at whatever depth, in which 12 digits are a number of something else. */
  readonly but?: ReadonlySet<string>;
  /** Is this text a number of something else? Asked only of what may be a マイナンバー. */
  readonly isOther?: (text: string) => boolean;
}

/** Where a text may hold a マイナンバー, as a JSON pointer. */
export function myNumberTextIn(value: unknown, { at = '', but, isOther }: WhereToLook = {}): string | undefined {
  const found = placeIn(value, but, isOther);
  return found === undefined ? undefined : at + found;
}

/** The same from here on. Hardly anything is ever found: the pointer is made on the way back. */
function placeIn(value: unknown, but: WhereToLook['but'], isOther: WhereToLook['isOther']): string | undefined {
  if (typeof value === 'string')
    return hasDigit(value) && findMyNumber(value).length > 0 && isOther?.(value) !== true ? '' : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = but?.has(key) === true ? undefined : placeIn(inner, but, isOther);
    if (found !== undefined) return pointerTo('', key) + found;
  }
  return undefined;
}

/** One character that stands for one or, as ⑫ does, for several digits. */
interface DigitCharacter {
  readonly start: number;
  readonly end: number;
}

/** Digits that touch. */
interface DigitGroup {
  value: string;
  readonly characters: DigitCharacter[];
}

/** 12 digits have no room in it. Most texts with digits are such: dates and telephone numbers. */
const plainAndShort = /^[ -~]{0,11}$/;

function candidates(text: string): DigitCharacter[][] {
  if (plainAndShort.test(text)) return [];
  const groups = digitGroups(text);
  return groups.flatMap((_, first) => {
    let value = '';
    let characters: DigitCharacter[] = [];
    for (const group of groups.slice(first, first + 12)) {
      if (value.length + group.value.length > 12) break;
      const last = characters.at(-1);
      if (last && !BETWEEN_DIGITS.test(text.slice(last.end, group.characters[0]!.start))) break;
      value += group.value;
      characters = characters.concat(group.characters);
    }
    return isMyNumber(value) ? [characters] : [];
  });
}

/** Each character is folded alone, so that its place in the text is not lost. */
function digitGroups(text: string): DigitGroup[] {
  const groups: DigitGroup[] = [];
  for (const { 0: char, index: start } of text.matchAll(/\p{N}/gu)) {
    const isPlain = char >= '0' && char <= '9';
    const value = isPlain ? char : char.normalize('NFKC');
    if (!isPlain && !/^[0-9]+$/.test(value)) continue;
    const last = groups.at(-1);
    const group = last?.characters.at(-1)?.end === start ? last : { value: '', characters: [] };
    if (group !== last) groups.push(group);
    group.value += value;
    group.characters.push({ start, end: start + char.length });
  }
  return groups;
}
