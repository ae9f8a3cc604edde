// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { personalTraceIn } from './personal-traces';

describe('what in a text points at somebody', () => {
  it.each([
    ['name', '見本 花子の家賃について'],
    ['name', '見本　花子の家賃について'],
    ['name', '先日、見本さんから電話がありました'],
    ['name', '森さんの件です'],
    ['name', 'ミホン ハナコの件です'],
    ['name', 'ミホン様より'],
    ['address', '見本町一丁目１番１号にお住まいです'],
    ['address', '二丁目の方です'],
    ['address', '見本ハイツ203号室'],
    ['address', '〒999−0001'],
    ['address', '見本県見本市見本町の方'],
    ['telephone', '０９９−１２３−４５６７へ'],
    ['telephone', '09912345678'],
    ['mail', 'hanako@example.jp あて'],
    ['number', '被保険者番号 1234567'],
    ['number', '１２３４ ５６７８ ９０１２'],
    ['birth_date', '昭和15年1月5日の方'],
    ['birth_date', '1940-01-05 生まれ'],
  ])('is a %s in %s', (trace, text) => {
    expect(personalTraceIn(text)).toBe(trace);
  });

  it.each([
    '八十代のお母さんと五十代の息子さんの世帯で、収入がありません。',
    'ひきこもりの方への関わり方を教えてください。相談者さんは三人暮らしです。',
    '11月20日の会議までに、どの制度が使えるかを知りたいです。',
    '見本市の高齢の方で、要介護2、家賃の滞納が3か月、月に12万円の収入です。',
    '民生委員さんや地域の皆さんと、どう分担すればよいでしょうか。',
    'Aさんは、アルバイト 学校 のどちらも続きません。',
  ])('is nothing in: %s', (text) => {
    expect(personalTraceIn(text)).toBeUndefined();
  });

  it('never throws, and answers at once, whatever is written', () => {
    for (const text of ['', '\ud800', '0'.repeat(5000), '見 '.repeat(2000), '県市'.repeat(1000), 'ア'.repeat(5000)])
      expect(() => personalTraceIn(text)).not.toThrow();
  });
});
