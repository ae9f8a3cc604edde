// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { codeToUuid, inGroups, uuidToCode } from './code-on-paper';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const id = '01903f5e-8a3b-7c4d-9e6f-123456789abc';
const code = fc.uuid().map(uuidToCode);
const place = fc.nat({ max: 26 });

describe('a code on paper', () => {
  it('is the 26 characters of the id and a check digit, all of letters that nobody mistakes', () => {
    expect(uuidToCode(id)).toMatch(/^01J0ZNX2HVFH6SWVRJ6HB7H6NW[0-9A-HJKMNP-TV-Z]$/);
    expect(uuidToCode('00000000-0000-0000-0000-000000000000')).toBe('0'.repeat(27));
  });

  it('is told from one with any one character wrong', () => {
    fc.assert(
      fc.property(code, place, fc.constantFrom(...alphabet), (whole, at, other) => {
        fc.pre(whole[at] !== other);
        expect(codeToUuid(whole.slice(0, at) + other + whole.slice(at + 1))).toBeUndefined();
      }),
    );
  });

  it('is told from one with any two characters exchanged, side by side or far apart', () => {
    fc.assert(
      fc.property(code, place, place, (whole, one, other) => {
        fc.pre(whole[one] !== whole[other]);
        const signs = [...whole];
        [signs[one], signs[other]] = [signs[other] ?? '', signs[one] ?? ''];
        expect(codeToUuid(signs.join(''))).toBeUndefined();
      }),
    );
  });

  it('is no code with a character too many or too few, whatever stands there', () => {
    fc.assert(
      fc.property(code, place, (whole, at) => {
        expect(codeToUuid(whole.slice(0, at) + (whole[at] ?? '') + whole.slice(at))).toBeUndefined();
        expect(codeToUuid(whole.slice(0, 25))).toBeUndefined();
      }),
    );
  });

  it.each(['', 'what', '7K2M9Q4XV8', '*'.repeat(27), 'U'.repeat(27), '\u0000', "' or 1=1 --", '0'.repeat(40)])(
    'is none: %j',
    (typed) => expect(codeToUuid(typed)).toBeUndefined(),
  );

  it('comes back the same as a person types it, and without its check digit', () => {
    fc.assert(
      fc.property(fc.uuid(), (uuid) => {
        const whole = uuidToCode(uuid);
        const grouped = inGroups(whole);
        const wide = [...whole].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0)).join('');
        const mistaken = whole.replaceAll('0', 'O').replace(/1/g, 'l');
        for (const typed of [
          whole,
          grouped,
          grouped.toLowerCase(),
          ` ${grouped.replaceAll('-', 'ー ')}`,
          wide,
          mistaken,
        ])
          expect(codeToUuid(typed)).toBe(uuid);
        expect(codeToUuid(whole.slice(0, 26))).toBe(uuid);
      }),
    );
  });

  it('stands in groups of five', () => {
    expect(inGroups('ABCDEFGHJKM')).toBe('ABCDE-FGHJK-M');
  });
});
