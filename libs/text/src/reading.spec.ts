// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { gojuonKey, nameKey, readingKey } from './reading';

const kana =
  'アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴャュョッァィゥェォー';
const aReading = fc.array(fc.constantFrom(...kana), { minLength: 1, maxLength: 12 }).map((l) => l.join(''));
const inOrder = (one: string, other: string) =>
  gojuonKey(one) < gojuonKey(other) ? -1 : gojuonKey(one) > gojuonKey(other) ? 1 : 0;

describe('a reading to find people by', () => {
  it.each([
    ['ヤマザキ', 'やまさき'],
    ['ﾐﾎﾝ ﾊﾅｺ', 'ミホン　ハナコ'],
    ['ハットリ', 'ハツトリ'],
    ['ショウコ', 'シヨーコ'],
    ['コーノ', 'コウノ'],
    ['オオノ', 'オーノ'],
    ['ユーコ', 'ユウコ'],
    ['ケーコ', 'ケイコ'],
    ['チヅコ', 'チズコ'],
    ['ヲノ', 'オノ'],
    ['ミスヾ', 'ミスズ'],
  ])('%s is found by %s', (written, typed) => {
    expect(readingKey(typed)).toBe(readingKey(written));
  });

  it.each([
    ['ミホン', 'ミモン'],
    ['ハナ', 'ハナコ'],
    ['アオキ', 'アキ'],
  ])('%s is not found by %s', (written, typed) => {
    expect(readingKey(typed)).not.toBe(readingKey(written));
  });

  it('is stable', () => {
    fc.assert(fc.property(aReading, (text) => expect(readingKey(readingKey(text))).toBe(readingKey(text))));
  });
});

describe('a name to find people by', () => {
  it.each([
    ['髙﨑　花子', '高崎花子'],
    ['𠮷田', '吉田'],
    ['渡邊', '渡辺'],
    ['冨田', '富田'],
    ['サクラ', 'さくら'],
    ['田中 さくら', '田中サクラ'],
  ])('%s is found by %s', (written, typed) => {
    expect(nameKey(typed)).toBe(nameKey(written));
  });
});

describe('the order of the 五十音', () => {
  it.each([
    ['アオキ', 'イトウ'],
    ['カトウ', 'ガトウ'],
    ['ハヤシ', 'バヤシ'],
    ['バヤシ', 'パヤシ'],
    // 濁点 counts only where the letters are the same.
    ['ガトウ', 'カナイ'],
    ['ハツトリ', 'ハナダ'],
    ['ハットリ', 'ハツトリ'],
    // ー is its vowel.
    ['オーノ', 'オカダ'],
    ['オーノ', 'オオノ'],
    ['ミホン', 'ミホンギ'],
  ])('%s stands before %s', (first, second) => {
    expect(inOrder(first, second)).toBe(-1);
  });

  it('is one order, in whatever way a reading is written', () => {
    const halves = fc.tuple(aReading, aReading, aReading);
    fc.assert(
      fc.property(halves, ([a, b, c]) => {
        expect(inOrder(a, b)).toBe(-inOrder(b, a) + 0);
        if (inOrder(a, b) <= 0 && inOrder(b, c) <= 0) expect(inOrder(a, c)).toBeLessThanOrEqual(0);
        expect(gojuonKey(a.normalize('NFD'))).toBe(gojuonKey(a));
      }),
    );
  });

  it('is that of the letters before that of their marks', () => {
    fc.assert(
      fc.property(aReading, aReading, (a, b) => {
        const [first = '', second = ''] = [gojuonKey(a).split('\u0000')[0], gojuonKey(b).split('\u0000')[0]];
        if (first !== second) expect(inOrder(a, b)).toBe(first < second ? -1 : 1);
      }),
    );
  });
});
