// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type GaijiTable, resolveGaiji } from '@tsunagi/legacy';

/** U+E000–U+F8FF: a 外字 that the table does not know. */
const unknownGaiji = /[\ue000-\uf8ff]/gu;

/**
 * The text of a field with 外字 from the municipality's table. A name with a character nobody knows is left out, the kana
 * stands for it; in other texts the missing character becomes 〓, the printer's mark for one, so that the rest stays.
 */
export function readableText(
  key: string,
  raw: string,
  table: GaijiTable,
): { text: string; warning?: 'W-GAIJI' | 'W-GAIJI-MAPPED' } {
  const { text, gaiji } = resolveGaiji(raw.trim(), table);
  if (gaiji.length === 0) return { text };
  if (gaiji.every((hit) => hit.replacement !== null)) return { text, warning: 'W-GAIJI-MAPPED' };
  return { text: key === 'kanji' ? '' : text.replace(unknownGaiji, '〓'), warning: 'W-GAIJI' };
}
