// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { concernsTo12, concernsTo16 } from './concern-boxes';
import { ConcernFlagsError } from './legacy.errors';

const flags = (count: number, box: number, mark = '1') => [...'0'.repeat(count)].with(box - 1, mark).join('');

describe('concerns of a つなぐシート in the boxes of a 相談受付・申込票', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 12],
    [4, 1],
    [5, 11],
    [6, 3],
    [7, 6],
    [8, 2],
    [9, 14],
    [10, 16],
    [11, 1],
    [12, 16],
  ])('box %d goes to box %d', (from, to) => {
    expect(concernsTo16(flags(12, from))).toBe(flags(16, to));
    expect(concernsTo16(flags(12, from, '2'))).toBe(flags(16, to, '2'));
  });
});

describe('concerns of a 相談受付・申込票 in the boxes of a つなぐシート', () => {
  it.each([
    [1, 1],
    [2, 8],
    [3, 6],
    [4, 7],
    [5, 7],
    [6, 7],
    [7, 6],
    [8, 6],
    [9, 12],
    [10, 12],
    [11, 5],
    [12, 3],
    [13, 12],
    [14, 9],
    [15, 7],
    [16, 12],
  ])('box %d goes to box %d', (from, to) => {
    expect(concernsTo12(flags(16, from))).toBe(flags(12, to));
    expect(concernsTo12(flags(16, from, '2'))).toBe(flags(12, to, '2'));
  });
});

describe('concerns', () => {
  it('keep the strongest of several that meet', () => {
    expect(concernsTo16('120100000010')).toBe('2000000000000000');
    expect(concernsTo12('0001210000000010')).toBe('000000200000');
  });

  it('never grow stronger or weaker than the strongest given', () => {
    const strongest = (text: string) => Math.max(...[...text].map(Number));
    fc.assert(
      fc.property(fc.stringMatching(/^[012]{12}$/), fc.stringMatching(/^[012]{16}$/), (sheet, form) => {
        expect(strongest(concernsTo16(sheet))).toBe(strongest(sheet));
        expect(strongest(concernsTo12(form))).toBe(strongest(form));
      }),
    );
  });

  it.each(['', '0'.repeat(11), '0'.repeat(16), '00000000003 '])('are not %j', (text) => {
    expect(() => concernsTo16(text)).toThrow(ConcernFlagsError);
  });

  it.each(['', '0'.repeat(12), '3'.repeat(16), '0'.repeat(15) + '０'])('nor %j', (text) => {
    expect(() => concernsTo12(text)).toThrow(ConcernFlagsError);
  });
});
