// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Checkpoint, ItemAnswer, QuarantinedRow } from '@tsunagi/contracts';
import { Clock, countGuarded, Database, isGuarded } from '../platform';
import { keepWaiting, saveCheckpoint, settleWaiting, type Place } from '../plugins';

/** Rows that wait where they came from. The hub keeps where and why, never a value. */
@Injectable()
export class Quarantine {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async take(
    plugin: string,
    items: readonly { itemId: string; row: QuarantinedRow }[],
    checkpoint?: Checkpoint,
    place: Place = {},
  ): Promise<ItemAnswer[]> {
    const now = this.clock.now();
    const from = { ...place, plugin };
    await this.database.transaction(async (tx) => {
      const known = await tx.query<{ item_id: string }>(
        'select item_id from quarantined_row where plugin = $1 and item_id = any($2::text[])',
        [plugin, items.map((i) => i.itemId)],
      );
      const isKnown = new Set(known.map((k) => k.item_id));
      const refused = items.filter(({ itemId, row }) => isGuarded(row.code) && !isKnown.has(itemId));
      const rows = items.map(({ itemId, row: { code, field, file, row, keyHash } }) => ({
        ...{ itemId, code, field },
        origin: { ...(file !== undefined && { file }), row, ...(keyHash !== undefined && { keyHash }) },
      }));
      // Where a row of a file waits, the file as a whole was read; a row of a view that was written anew waits anew.
      const read = rows.filter(({ origin }) => origin.row > 0);
      await settleWaiting(tx, from, [], read, now);
      await keepWaiting(tx, from, rows, now);
      await countGuarded(tx, `plugin:${plugin}/row`, refused.length, now);
      if (checkpoint) await saveCheckpoint(tx, plugin, checkpoint);
    });
    return items.map(({ itemId, row }) => ({ itemId, outcome: 'rejected', codes: [row.code] }));
  }
}
