// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import fc from 'fast-check';
import { hiraganaToKatakana, kanaMatchKey, toFullWidthKana, toHalfWidthKana } from './kana';

describe('kana in two widths', () => {
  it.each([
    ['ミホン　ハナコ', 'ﾐﾎﾝ ﾊﾅｺ'],
    ['ジロウ', 'ｼﾞﾛｳ'],
    ['パピプペポ', 'ﾊﾟﾋﾟﾌﾟﾍﾟﾎﾟ'],
    ['ヴ', 'ｳﾞ'],
    ['シャーロット', 'ｼｬｰﾛｯﾄ'],
    ['「ァ、ィ」。・', '｢ｧ､ｨ｣｡･'],
    ['ヷヺ', 'ﾜﾞｦﾞ'],
  ])('writes %s as %s', (full, half) => {
    expect(toHalfWidthKana(full)).toBe(half);
    expect(toFullWidthKana(half)).toBe(full.replace('\u3000', ' '));
  });

  it.each(['ひらがな', '漢字', 'ABC', 'ヰヱヵヶヮ', '〜', 'か\u3099'])(
    'leaves %s, which has no half-width form',
    (text) => {
      expect(toHalfWidthKana(text)).toBe(text);
    },
  );

  it('joins a letter and its combining mark', () => {
    expect(toHalfWidthKana('カ\u3099')).toBe('ｶﾞ');
  });

  it('keeps a mark that has no letter to join', () => {
    expect(toFullWidthKana('ｱﾞﾟ')).toBe('ア゛゜');
  });

  it('comes back from half width unchanged', () => {
    const letters = [...'。「」、・ヲァィゥェォャュョッーアイウエオカキクケコガギグゲゴハバパヴンヷ'];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters)), (kana) => {
        expect(toFullWidthKana(toHalfWidthKana(kana.join('')))).toBe(kana.join(''));
      }),
    );
  });

  it('leaves kanji that normalisation would change', () => {
    expect(toHalfWidthKana('\ufa19ガ')).toBe('\ufa19ｶﾞ');
    expect(toFullWidthKana('\ufa19ｶﾞ㈱')).toBe('\ufa19ガ㈱');
  });
});

describe('hiragana', () => {
  it('becomes katakana, with ゔ and iteration marks', () => {
    expect(hiraganaToKatakana('みほん ゔぁゝゞ漢字カナ')).toBe('ミホン ヴァヽヾ漢字カナ');
  });
});

describe('a reading as a match key', () => {
  it.each(['みほん はなこ', 'ミホン　ハナコ', 'ﾐﾎﾝﾊﾅｺ', ' ミホン ハナコ '])('is the same for %j', (reading) => {
    expect(kanaMatchKey(reading)).toBe('ミホンハナコ');
  });

  it.each(['が', 'ガ', 'ｶﾞ', 'カ\u3099', 'カ゛'])('composes %j', (reading) => {
    expect(kanaMatchKey(reading)).toBe('ガ');
  });

  it('is stable', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(kanaMatchKey(kanaMatchKey(text))).toBe(kanaMatchKey(text));
      }),
    );
  });
});
