// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** U+FF61 … U+FF9F, in order, as their full-width forms. */
const FULL_WIDTH =
  '。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜';
const HALF_WIDTH_OF = new Map([...FULL_WIDTH].map((kana, index) => [kana, String.fromCharCode(0xff61 + index)]));
HALF_WIDTH_OF.set('\u3099', 'ﾞ').set('\u309a', 'ﾟ').set('\u3000', ' ');

/**
 * Katakana, their marks and the full-width space in half width; ガ becomes two characters, ｶﾞ.
 * Whatever has no half-width form (hiragana, kanji, ヮヰヱヵヶ) stays as it is, so nothing is lost unseen.
 */
export function toHalfWidthKana(text: string): string {
  return text.replace(/[\u3000-\u30ff][\u3099\u309a]?/g, (char) => {
    const halves = [...char.normalize('NFD')].map((part) => HALF_WIDTH_OF.get(part));
    return halves.includes(undefined) ? char : halves.join('');
  });
}

/** Half-width katakana and their marks in full width, with ﾞ and ﾟ composed into the letter before (ｳﾞ → ヴ). */
export function toFullWidthKana(text: string): string {
  return text.replace(/[\uff61-\uff9f]+/g, (run) =>
    // A mark with no letter to join would otherwise stay a combining character.
    run.normalize('NFKC').replaceAll('\u3099', '゛').replaceAll('\u309a', '゜'),
  );
}

/** Hiragana, with ゔ and the iteration marks ゝゞ, as katakana. */
export function hiraganaToKatakana(text: string): string {
  return text.replace(/[\u3041-\u3096\u309d\u309e]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0x60));
}

/** Reading as a key to find people by: full-width katakana without spaces. Never a value to store or show. */
export function kanaMatchKey(text: string): string {
  return hiraganaToKatakana(text.normalize('NFKC')).replace(/\s/g, '').normalize('NFC');
}
