// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Database } from '../platform';

/** One relay owns a lane for the time of its lease; the epoch proves it at every claim. Database time throughout. */
export class Lane {
  private constructor(
    readonly plugin: string,
    readonly owner: string,
    readonly epoch: string,
  ) {}

  /** Takes the lane if nobody holds it. What the last owner claimed and did not mark goes out again, freshly decided. */
  static acquire(database: Database, plugin: string, owner: string, leaseMs: number): Promise<Lane | undefined> {
    return database.transaction(async (tx) => {
      await tx.query('insert into lane (plugin) values ($1) on conflict do nothing', [plugin]);
      const [row] = await tx.query<{ epoch: string }>(
        `with taken as (
           update lane set owner = $2, epoch = epoch + 1, lease_until = now() + $3 * interval '1 millisecond'
           where plugin = $1 and (owner is null or owner = $2 or lease_until < now()) returning epoch
         ) select epoch from taken`,
        [plugin, owner, leaseMs],
      );
      if (!row) return undefined;
      await tx.query(`update delivery set state = 'queued' where plugin = $1 and state = 'claimed'`, [plugin]);
      return new Lane(plugin, owner, row.epoch);
    });
  }

  async renew(database: Database, leaseMs: number): Promise<boolean> {
    const rows = await database.query(
      `with kept as (
         update lane set lease_until = now() + $4 * interval '1 millisecond' where plugin = $1 and owner = $2 and epoch = $3 returning plugin
       ) select plugin from kept`,
      [this.plugin, this.owner, this.epoch, leaseMs],
    );
    return rows.length > 0;
  }

  async release(database: Database): Promise<void> {
    await database.query(
      'update lane set owner = null, lease_until = null where plugin = $1 and owner = $2 and epoch = $3',
      [this.plugin, this.owner, this.epoch],
    );
  }
}
