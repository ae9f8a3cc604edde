// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

type Name = readonly [kanji: string, kana: string];

/** Words for "sample", "test" and the like: nobody is called so. */
export const familyNames: readonly Name[] = [
  ['見本', 'ﾐﾎﾝ'],
  ['試験', 'ｼｹﾝ'],
  ['例示', 'ﾚｲｼﾞ'],
  ['模擬', 'ﾓｷﾞ'],
  ['架空', 'ｶｸｳ'],
  ['練習', 'ﾚﾝｼﾕｳ'],
  ['雛形', 'ﾋﾅｶﾞﾀ'],
  ['仮想', 'ｶｿｳ'],
];

export const givenNames: Readonly<Record<'1' | '2', readonly Name[]>> = {
  '1': [
    ['一郎', 'ｲﾁﾛｳ'],
    ['次郎', 'ｼﾞﾛｳ'],
    ['三郎', 'ｻﾌﾞﾛｳ'],
    ['太郎', 'ﾀﾛｳ'],
    ['正', 'ﾀﾀﾞｼ'],
    ['実', 'ﾐﾉﾙ'],
  ],
  '2': [
    ['花子', 'ﾊﾅｺ'],
    ['月子', 'ﾂｷｺ'],
    ['雪子', 'ﾕｷｺ'],
    ['桜', 'ｻｸﾗ'],
    ['梅子', 'ｳﾒｺ'],
    ['松代', 'ﾏﾂﾖ'],
  ],
};
