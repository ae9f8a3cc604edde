// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cp932Length } from '@tsunagi/legacy';
import { hiraganaToKatakana, toHalfWidthKana } from '@tsunagi/text';
import { type Fitted, fits, leftOut, type Replacements } from './fitted';

/**
 * A reading for an 英数 field: half-width kana, capitals, digits, space and hyphen. ヰ, ヱ, ヮ, ヵ and ヶ have no half-width
 * form; like every other sign that the field does not know they need a registered replacement, or the field stays blank.
 */
export function kanaField(text: string, maxBytes: number, replacements: Replacements): Fitted {
  const narrow = [...toNarrow(text)].map((sign) => (isAllowed(sign) ? sign : toNarrow(replacements.get(sign) ?? sign)));
  const value = narrow.join('');
  if (!isAllowed(value)) return leftOut('W-UNENCODABLE');
  return cp932Length(value) <= maxBytes ? fits(value) : leftOut('W-LENGTH');
}

function isAllowed(text: string): boolean {
  return /^[A-Z0-9｡-ﾟ -]*$/.test(text);
}

function toNarrow(text: string): string {
  return toHalfWidthKana(hiraganaToKatakana(text))
    .replace(/[！-～]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .toUpperCase()
    .trim();
}
