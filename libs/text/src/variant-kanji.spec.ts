// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { foldVariantKanji, nameMatchKey } from './variant-kanji';

describe('variant kanji', () => {
  it.each([
    ['髙', '高'],
    ['﨑', '崎'],
    ['濵濱', '浜浜'],
    ['邉邊', '辺辺'],
    ['齋齊斎', '斉斉斉'],
    ['𠮷', '吉'],
    ['德', '徳'],
    ['惠', '恵'],
    ['廣', '広'],
    ['澤', '沢'],
    ['嶋嶌', '島島'],
    ['眞', '真'],
    ['瀨', '瀬'],
    ['槗', '橋'],
    ['栁', '柳'],
  ])('%s is compared as %s', (variant, usual) => {
    expect(foldVariantKanji(variant)).toBe(usual);
  });

  it('drops variation selectors and nothing else', () => {
    expect(foldVariantKanji('葛\u{e0100}飾 ab')).toBe('葛飾 ab');
  });
});

describe('a name as a match key', () => {
  it('is the same across width, spaces and variants', () => {
    expect(nameMatchKey('髙﨑　眞ｺ')).toBe(nameMatchKey('高崎 真コ'));
  });

  it.each(['\ufa19', '\ufa1b', '\ufa1e', '\ufa10', '\ufa1a', '\ufa25', '\ufa12'])(
    'folds the compatibility kanji %s, which is why it is never stored',
    (kanji) => {
      expect(nameMatchKey(kanji)).not.toBe(kanji);
    },
  );

  it('tells different names apart', () => {
    expect(nameMatchKey('見本 花子')).not.toBe(nameMatchKey('見本 次郎'));
  });
});
