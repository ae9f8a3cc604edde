// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** Our own short list: the usual form, then the forms that municipal ledgers also hold for the same name. */
const VARIANTS = [
  '高髙',
  '崎﨑嵜碕',
  '浜濵濱',
  '辺邉邊',
  '斉齊斎齋',
  '吉𠮷',
  '徳德',
  '恵惠',
  '広廣',
  '沢澤',
  '島嶋嶌',
  '真眞',
  '瀬瀨',
  '橋槗',
  '柳栁',
  '富冨',
  '桜櫻',
  '国國',
  '関關',
  '寿壽',
  '栄榮',
  '実實',
  '竜龍',
  '弥彌',
  '万萬',
  '条條',
  '蔵藏',
  '曽曾',
  '峰峯',
  '桧檜',
  '館舘',
  '凛凜',
  '槙槇',
  '薮藪',
];
const USUAL_FORM = new Map(
  VARIANTS.flatMap((group) => {
    const [usual = '', ...others] = group;
    return others.map((other) => [other, usual] as const);
  }),
);
const VARIATION_SELECTORS = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu;

/** Variant kanji of names as their usual form (髙 → 高), without variation selectors. For comparing only. */
export function foldVariantKanji(text: string): string {
  return [...text.replace(VARIATION_SELECTORS, '')].map((char) => USUAL_FORM.get(char) ?? char).join('');
}

/**
 * Name as a key to find people by: NFKC, variants folded, no spaces. Never a value to store or show —
 * it also turns 神 (U+FA19) into 神 (U+795E) — and never alone a reason to call two people one.
 */
export function nameMatchKey(text: string): string {
  return foldVariantKanji(text.normalize('NFKC')).replace(/\s/g, '');
}
