// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Checkpoint, ItemAnswer, QuarantinedRow } from '@tsunagi/contracts';
import { Clock, countGuarded, Database, isGuarded, newId } from '../platform';
import { saveCheckpoint } from '../plugins';

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
  ): Promise<ItemAnswer[]> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const known = await tx.query<{ item_id: string }>(
        'select item_id from quarantined_row where plugin = $1 and item_id = any($2::text[])',
        [plugin, items.map((i) => i.itemId)],
      );
      const isKnown = new Set(known.map((k) => k.item_id));
      const refused = items.filter(({ itemId, row }) => isGuarded(row.code) && !isKnown.has(itemId));
      tx.insert(
        'quarantined_row',
        items.map(({ itemId, row }) => ({
          id: newId(now),
          plugin,
          item_id: itemId,
          file: row.file ?? null,
          row: row.row,
          key_hash: row.keyHash ?? null,
          code: row.code,
          field: row.field ?? null,
          state: 'waiting',
          at: now.toISOString(),
        })),
        'on conflict (plugin, item_id) do nothing',
      );
      await countGuarded(tx, `plugin:${plugin}/row`, refused.length, now);
      if (checkpoint) await saveCheckpoint(tx, plugin, checkpoint);
    });
    return items.map(({ itemId, row }) => ({ itemId, outcome: 'rejected', codes: [row.code] }));
  }
}
