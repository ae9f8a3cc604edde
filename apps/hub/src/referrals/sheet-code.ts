// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomInt } from 'node:crypto';

/** Crockford base32: nothing that is mistaken for something else when it is read aloud or typed. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: short enough to type, and nobody guesses one who may open only what goes to the own desk. */
const length = 10;

/** A code for one sheet. It says nothing of anybody. */
export const newSheetCode = (): string => Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');

/** As a person types it: small letters, hyphens and spaces, O for 0, I and L for 1. `undefined` when it is none. */
export function readSheetCode(typed: string): string | undefined {
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}−ー]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');
  return code.length === length && [...code].every((c) => alphabet.includes(c)) ? code : undefined;
}
