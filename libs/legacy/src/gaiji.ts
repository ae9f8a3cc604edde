// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/**
 * What one municipality's own characters (外字, CP932 F040–F9FC) stand for: code such as `F040` to replacement text,
 * or null where the character is known and nothing can replace it.
 */
export type GaijiTable = ReadonlyMap<string, string | null>;

/** One 外字 met while reading. */
export interface GaijiHit {
  /** Where it stands: in bytes when read from bytes, in UTF-16 units when read from text. */
  readonly offset: number;
  readonly code: string;
  /** What now stands in the text; null when the table has nothing and the private-use character was kept. */
  readonly replacement: string | null;
}

/** U+E000–U+E757: where Windows puts F040–F9FC, 188 to each lead byte. Refused by the encoder. */
const GAIJI = /[\ue000-\ue757]/gu;

/** `U+E000` → `F040` … `U+E757` → `F9FC`. */
export function gaijiCode(char: string): string {
  const index = char.charCodeAt(0) - 0xe000;
  const trail = (index % 188) + 0x40;
  const lead = 0xf0 + Math.floor(index / 188);
  return ((lead << 8) | (trail < 0x7f ? trail : trail + 1)).toString(16).toUpperCase();
}

/** The same for text that was decoded elsewhere, such as a database column. */
export function resolveGaiji(text: string, table: GaijiTable = new Map()): { text: string; gaiji: GaijiHit[] } {
  const gaiji: GaijiHit[] = [];
  const resolved = text.replace(GAIJI, (char, offset: number) => {
    const code = gaijiCode(char);
    const replacement = table.get(code) ?? null;
    gaiji.push({ offset, code, replacement });
    return replacement ?? char;
  });
  return { text: resolved, gaiji };
}
