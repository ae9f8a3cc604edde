// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { typedHyphen } from './typed-signs';

/** Two letters, eight digits, two letters: the number of a 在留カード or a 特別永住者証明書, also in groups or over lines. */
const cardNumber = /(?<![A-Z0-9])[A-Z]{2}[\s-]*\d{4}[\s-]*\d{4}[\s-]*[A-Z]{2}(?![A-Z0-9])/u;
const hyphens = new RegExp(`[${typedHyphen}]`, 'gu');

/**
 * Words that speak of somebody's 在留資格 and hardly of anything else. Nationality, language and 「留学生」 are none; nor is
 * 「在留」 alone (現在留守), 「永住」 of a town, 「技能実習」 of a training, 「定住者」 of whoever moved to the country.
 */
const words = new RegExp(
  [
    '在留(?:資格|カード|期間|期限|許可|更新|特別|番号|状況|外国人|申請|手続|届|認定)',
    '(?<![ァ-ヶー])ビザ(?![ァ-ヶー])',
    '査証',
    '永住(?:者|権|許可|資格)',
    '特定活動|特定技能|技能実習(?:生|\\d号)|家族滞在|資格外活動',
    '不法(?:滞在|残留|就労)|オーバーステイ|仮放免|退去強制|強制送還',
    '難民(?:認定|申請)|補完的保護|外国人登録証',
  ].join('|'),
);

/** Beside ASCII, kana and kanji, of which nearly all is written, there may be what nobody sees. */
const unusual = /[^\s!-~\u3001-\u30ff\u4e00-\u9fff]/;

/**
 * Does the text speak of a 在留資格 or name the number of a 在留カード? They are not collected (DOMAIN §6 `origin`). However
 * wide or broken over lines it is written, and whatever stands there that nobody sees.
 */
export function speaksOfResidenceStatus(text: string): boolean {
  const folded = text.normalize('NFKC');
  const same = unusual.test(folded) ? folded.replace(/\p{Cf}/gu, '') : folded;
  if (words.test(same.replace(/\s+/gu, ''))) return true;
  const upper = same.toUpperCase();
  return /[A-Z]{2}/.test(upper) && cardNumber.test(upper.replace(hyphens, '-'));
}
