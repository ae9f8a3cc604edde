// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cp932Length, encodableOrNull } from '@tsunagi/legacy';
import { toFullWidthKana } from '@tsunagi/text';
import { type Fitted, fits, leftOut, type Replacements } from './fitted';

/**
 * Text for a 漢字 field: 2-byte characters only, so half-width ones and line ends become full-width. What CP932 has no
 * character for, or what is too long, leaves the field blank: half a name or half an address would be a wrong one.
 */
export function kanjiField(text: string, maxBytes: number, replacements: Replacements): Fitted {
  const wide = toEncodable(text, replacements);
  if (wide === null) return leftOut('W-UNENCODABLE');
  return cp932Length(wide) <= maxBytes ? fits(wide) : leftOut('W-LENGTH');
}

/** The same for a label, which ends visibly in … where it is too long. */
export function labelField(text: string, maxBytes: number, replacements: Replacements): Fitted {
  const wide = toEncodable(text, replacements);
  if (wide === null) return leftOut('W-UNENCODABLE');
  if (cp932Length(wide) <= maxBytes) return fits(wide);
  return { value: `${[...wide].slice(0, maxBytes / 2 - 1).join('')}…`, flaw: 'W-LENGTH' };
}

/** A replacement may be typed in half width. */
function toEncodable(text: string, replacements: Replacements): string | null {
  const encodable = encodableOrNull(toFullWidth(text), replacements);
  return encodable === null ? null : toFullWidth(encodable);
}

function toFullWidth(text: string): string {
  return toFullWidthKana(text.trim())
    .replace(/\r\n|[\t\n\r ]/g, '　')
    .replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}
