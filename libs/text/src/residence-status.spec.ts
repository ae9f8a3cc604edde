// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { speaksOfResidenceStatus } from './residence-status';

describe('a text that speaks of a 在留資格', () => {
  it.each([
    '在留資格は特定活動。',
    '在 留\n資 格が切れる。',
    'ザイリュウではなく在留カードを見せてもらった。',
    '就労ビザの期限が近い。',
    '配偶者ビザ',
    'ﾋﾞｻﾞの更新に行く。',
    '永住権を申請中。',
    '特別永住者証明書を持っている。',
    '技能実習生として来た。',
    '技能実習２号',
    '仮放免中で働けない。',
    '難民申請をしている。',
    '番号はAB12345678CDです。',
    'カードの番号 ＡＢ１２３４５６７８ＣＤ',
    'ab12345678cd',
    'AB 1234 5678 CD',
    'AB-12345678-CD',
    'AB‐1234‐5678‐CD',
    'AB−1234−5678−CD',
    'ABー1234ー5678ーCD',
    'AB1234\n5678CD',
    'AB1234\u200b5678CD',
    '在留\u200b資格が切れる。',
  ])('is known: %s', (text) => expect(speaksOfResidenceStatus(text)).toBe(true));

  it.each([
    '',
    '現在留守がちで、存在留意の要る世帯。',
    '現在留学中の子がいる。',
    'ピザを買って帰る。',
    'この町に永住するつもりで家を買った。',
    '職業訓練で技能実習をした。',
    '移住した定住者の集まりに出る。',
    'ネットカフェ難民、買い物難民になりかけている。',
    'ベトナム国籍。ベトナム語の通訳が要る。',
    '外国人の子ども。日本語学校に通う留学生。',
    'VISAカードの支払いが遅れている。',
    '被保険者番号0000123456、電話012-345-6789',
    '荷物の番号 EE123456789JP',
    'XAB12345678CDY',
    '2026-01-02T10:00:00Z',
    'トルコのビザンチン美術が好き。',
  ])('is not taken for one: %s', (text) => expect(speaksOfResidenceStatus(text)).toBe(false));
});
