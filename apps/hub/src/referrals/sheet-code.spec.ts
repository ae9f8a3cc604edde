// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { newSheetCode, readSheetCode } from './sheet-code';

describe('the code of a sheet', () => {
  it('is ten characters that nobody mistakes, another one each time', () => {
    const codes = Array.from({ length: 500 }, newSheetCode);
    expect(codes.every((c) => /^[0-9A-HJKMNP-TV-Z]{10}$/.test(c))).toBe(true);
    expect(new Set(codes).size).toBe(500);
  });

  it('is read as it is typed', () => {
    expect(readSheetCode('7k2m9-q4xv8')).toBe('7K2M9Q4XV8');
    expect(readSheetCode('７Ｋ２Ｍ９ー Ｑ４ＸＶ８')).toBe('7K2M9Q4XV8');
    expect(readSheetCode(' oil00 ab－cde ')).toBe('01100ABCDE');
  });

  it.each(['', '7K2M9Q4XV', '7K2M9Q4XV88', '7K2M9Q4XVU', "' or 1=1 --", '\u0000'])('is none: %j', (typed) => {
    expect(readSheetCode(typed)).toBeUndefined();
  });

  it('read back is itself', () => {
    for (let n = 0; n < 100; n++) {
      const code = newSheetCode();
      expect(readSheetCode(`${code.slice(0, 5)}-${code.slice(5)}`.toLowerCase())).toBe(code);
    }
  });
});
