// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { base32ToUuid, InvalidIdError, uuidToBase32 } from './crockford';
import { typedHyphen } from './typed-signs';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const idLength = 26;

/**
 * What is left of the characters, read as a polynomial over GF(32), at a root of x⁵ + x² + 1. A wrong character changes it, and so do two
 * that have changed places, near or far: no two of fewer than 31 places weigh the same. ISO 7064 on these 32 letters would
 * need a sign of its own beside them, or let some exchanges pass.
 */
const remainder = (characters: string): number =>
  [...characters].reduce((left, character) => timesRoot(left) ^ alphabet.indexOf(character), 0);

const timesRoot = (value: number): number => (value < 16 ? value << 1 : (value << 1) ^ 0b100101);

/** An id as it stands on paper: its 26 characters of Crockford base32, and one more by which a slip is noticed. */
export function uuidToCode(uuid: string): string {
  const characters = uuidToBase32(uuid);
  return characters + alphabet.charAt(timesRoot(remainder(characters)));
}

/** In groups that an eye can follow. */
export const inGroups = (code: string): string => code.match(/.{1,5}/g)?.join('-') ?? '';

/**
 * Back to the UUID, as a person types it or a scanner reads it: small or wide letters, hyphens and spaces, O for 0, I and L for 1; with
 * the check digit, or without it. `undefined` = there is a slip in it.
 */
export function codeToUuid(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(new RegExp(`[\\s${typedHyphen}]`, 'gu'), '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  const isChecked = code.length === idLength + 1;
  if (isChecked && ![...code].every((character) => alphabet.includes(character))) return undefined;
  if (isChecked && remainder(code) !== 0) return undefined;
  try {
    return base32ToUuid(isChecked ? code.slice(0, idLength) : code);
  } catch (error) {
    if (error instanceof InvalidIdError) return undefined;
    throw error;
  }
}
