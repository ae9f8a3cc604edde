// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type GaijiTable, resolveGaiji } from '@tsunagi/legacy';

/** A 外字 that the table does not know; what has come in UTF-8 may have others than CP932 has a place for. */
const unknownGaiji = /\p{Co}/gu;

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
  if (text.search(unknownGaiji) === -1) return gaiji.length === 0 ? { text } : { text, warning: 'W-GAIJI-MAPPED' };
  return { text: key === 'kanji' ? '' : text.replace(unknownGaiji, '〓'), warning: 'W-GAIJI' };
}
