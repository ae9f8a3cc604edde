// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { cp932Length, encodableOrNull, toFullWidthKana } from '@tsunagi/plugin-sdk';

export type KanjiFlaw = 'W-UNENCODABLE' | 'W-LENGTH';

/**
 * Text for a 漢字 field: 2-byte characters only, so half-width ones and line ends become full-width. What CP932 has no
 * character for leaves the field blank, never a `?`; what is too long ends visibly in ….
 */
export function kanjiField(
  text: string,
  maxBytes: number,
  replacements: ReadonlyMap<string, string>,
): { value: string; flaw?: KanjiFlaw } {
  const wide = encodableOrNull(toFullWidth(text), replacements);
  if (wide === null) return { value: '', flaw: 'W-UNENCODABLE' };
  if (cp932Length(wide) <= maxBytes) return { value: wide };
  return { value: `${[...wide].slice(0, maxBytes / 2 - 1).join('')}…`, flaw: 'W-LENGTH' };
}

function toFullWidth(text: string): string {
  return toFullWidthKana(text.trim())
    .replace(/\r\n|[\t\n\r ]/g, '　')
    .replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
}
