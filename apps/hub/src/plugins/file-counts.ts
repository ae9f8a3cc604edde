// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FileCounts } from '@tsunagi/contracts';
import type { ItemOutcome } from '@tsunagi/domain';
import type { Tx } from '../platform';

/** So many row numbers are asked for at once; a file has no gaps as large as that. */
const step = 2_000;

/**
 * What became of the rows of a file, each counted once: of a row that was let through, what it came to. A row that was
 * sent is `<file>/<row>`, so that the index of item ids finds it.
 */
export async function countsOfFile(reader: Pick<Tx, 'query'>, plugin: string, file: string): Promise<FileCounts> {
  const counts: Record<ItemOutcome | 'quarantined' | 'closed', number> = {
    ...{ accepted: 0, held: 0, denied: 0, duplicate: 0, conflict: 0, no_referral: 0, unrouted: 0, draft: 0 },
    ...{ rejected: 0, quarantined: 0, closed: 0 },
  };
  const waited = await reader.query<Waited>(
    'select item_id, row, state, outcome from quarantined_row where plugin = $1 and file = $2 and row > 0',
    [plugin, file],
  );
  const decided = new Map<number, keyof typeof counts>();
  for (const { item_id, row, state, outcome } of waited) {
    if (state === 'waiting') decided.set(row, 'quarantined');
    // What a row asks for beside the first thing is named beside it: the row is what it first comes to.
    else if (!decided.has(row) && !item_id.endsWith(`/${file}/${row}`))
      // Its record came with another file: of this one it is a row that nothing was made of.
      decided.set(row, state === 'released' && outcome !== null ? outcome : 'closed');
  }
  for (const what of decided.values()) counts[what] += 1;
  for (let from = 1; ; from += step) {
    const rows = await reader.query<{ item_id: string; outcome: ItemOutcome }>(
      `select item_id, outcome from submission where sender = $1
         and item_id = any(array(select $2 || '/' || n from generate_series($3::int, $4::int) n))`,
      [`plugin:${plugin}`, file, from, from + step - 1],
    );
    if (rows.length === 0 && !waited.some(({ row }) => row >= from)) break;
    for (const { item_id, outcome } of rows) if (!decided.has(numberOf(item_id))) counts[outcome] += 1;
  }
  // What was refused before rows waited in this list has no line in it.
  const { rejected, conflict, quarantined, ...others } = counts;
  const told = { ...others, quarantined: quarantined + rejected + conflict };
  return { read: Object.values(told).reduce((sum, n) => sum + n, 0), ...told };
}

interface Waited {
  item_id: string;
  row: number;
  state: string;
  outcome: ItemOutcome | null;
}

const numberOf = (itemId: string) => Number(itemId.split('/').at(-1));
