// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type GaijiTable, resolveGaiji } from '@tsunagi/plugin-sdk';
import { readable } from '../database/readable';

/**
 * A text with 外字 from the municipality's table. Where the table does not know one, a name is left out, the kana stands
 * for it; in other texts the missing character becomes 〓, so that the rest stays.
 */
export function gaijiText(
  raw: string,
  table: GaijiTable,
  { isName }: { isName: boolean },
): { text: string | undefined; warning?: 'W-GAIJI' | 'W-GAIJI-MAPPED' } {
  const { text, gaiji } = resolveGaiji(raw, table);
  // Also what lies behind the last character that CP932 has a place for.
  const readableForm = readable(text);
  if (readableForm !== text) return { text: isName ? undefined : readableForm, warning: 'W-GAIJI' };
  return gaiji.length === 0 ? { text } : { text, warning: 'W-GAIJI-MAPPED' };
}
