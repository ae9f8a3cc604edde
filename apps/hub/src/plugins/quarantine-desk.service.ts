// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import {
  releasedItemId,
  releaseOf,
  type FileCounts,
  type ReleasedRow,
  type WaitingPage,
  type WaitingQuery,
  type WaitingRow,
  type AuditAction,
} from '@tsunagi/contracts';
import { countsOfFile } from './file-counts';
import { PluginRegistry } from './plugin-registry.service';
import {
  HostAwayError,
  PluginOffError,
  ReleaseUnansweredError,
  RowChangedError,
  RowGoneError,
  RowNotReleasableError,
  RowNotWaitingError,
} from './plugin.errors';
import { readPlugin } from './plugin.rows';
import {
  closeWaiting,
  countWaiting,
  lockRow,
  noteRelease,
  readRow,
  readWaiting,
  type WaitingRowOnFile,
} from './quarantine.rows';
import type { Caller } from '../access';
import { audit } from '../audit';
import { Clock, Database, newId, NotFoundError, textOf, type Tx } from '../platform';

const pageSize = 100;
/** So long a host and the hub may take; a browser and a proxy wait longer. */
const releaseMs = 10_000;
/** The answer may arrive at another instance, so the row is asked. */
const askEveryMs = 100;

/** What IT staff see of the rows that wait, and decide. */
@Injectable()
export class QuarantineDesk {
  constructor(
    private readonly database: Database,
    private readonly registry: PluginRegistry,
    private readonly clock: Clock,
  ) {}

  async list(plugin: string, query: WaitingQuery): Promise<WaitingPage> {
    if (!(await readPlugin(this.database, plugin))) throw new NotFoundError();
    const rows = await readWaiting(this.database, plugin, query, pageSize + 1);
    const shown = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? shown.at(-1) : undefined;
    const counts: FileCounts | undefined =
      query.file === undefined ? undefined : await countsOfFile(this.database, plugin, query.file);
    return {
      // Those of one message came at one moment: in the order of their file.
      items: [...shown].sort((a, b) => a.at.getTime() - b.at.getTime() || a.row - b.row).map(viewOf),
      ...(last && { next: last.id }),
      waiting: await countWaiting(this.database, plugin, query.file === undefined ? undefined : [query.file]),
      ...(counts && { counts }),
    };
  }

  /**
   * Lets the host read the row again where it came from, and waits for what becomes of it.
   * @throws {RowGoneError} @throws {RowChangedError} and whatever keeps it from being asked
   */
  async release(plugin: string, id: string, caller: Caller): Promise<ReleasedRow> {
    const found = await readPlugin(this.database, plugin);
    if (!found) throw new NotFoundError();
    const command = newId();
    const holder = await this.registry.holderOf(plugin);
    const asked = await this.database.transaction(async (tx) => {
      const row = await this.lockWaiting(tx, plugin, id);
      const how = row.row === 0 ? undefined : releaseOf(row.code);
      if (!how) throw new RowNotReleasableError();
      if (!found.enabled) throw new PluginOffError();
      if (!holder) throw new HostAwayError();
      const time = await noteRelease(tx, id, command);
      this.note(tx, caller, 'plugin.row_released', row, { code: row.code, time });
      return { row, host: holder.host_id, time, how };
    });
    const { row, host, time, how } = asked;
    const told = await this.registry.send(
      host,
      plugin,
      {
        name: 'release',
        itemId: row.item_id,
        as: releasedItemId(row.item_id, time),
        ...(row.source !== null && { source: row.source }),
        ...(row.file !== null && { file: row.file }),
        row: row.row,
        ...(how.override !== undefined && { override: row.code }),
      },
      command,
    );
    if (!told) throw new HostAwayError();
    return this.whatBecame(plugin, id);
  }

  /** Nobody waits for it any more. */
  async close(plugin: string, id: string, reason: string, caller: Caller): Promise<ReleasedRow> {
    await this.database.transaction(async (tx) => {
      const row = await this.lockWaiting(tx, plugin, id);
      await closeWaiting(tx, id, this.clock.now());
      this.note(tx, caller, 'plugin.row_closed', row, { code: row.code, reason });
    });
    return { id, state: 'closed', says: closedSays };
  }

  private async lockWaiting(tx: Tx, plugin: string, id: string): Promise<WaitingRowOnFile> {
    const row = await lockRow(tx, plugin, id);
    if (!row) throw new NotFoundError();
    if (row.state !== 'waiting') throw new RowNotWaitingError();
    return row;
  }

  private async whatBecame(plugin: string, id: string): Promise<ReleasedRow> {
    const until = Date.now() + releaseMs;
    while (Date.now() < until) {
      await pause(askEveryMs);
      const row = await readRow(this.database, plugin, id);
      if (!row) break;
      if (row.state === 'released' && row.outcome !== null)
        return { id, state: 'released', outcome: row.outcome, says: releasedSays };
      if (row.release_code === 'ROW_GONE') throw new RowGoneError();
      if (row.release_code === 'ROW_CHANGED') throw new RowChangedError();
      if (row.release_code === null) continue;
      const { says, remedy } = textOf(row.release_code);
      return { id, state: 'waiting', code: row.release_code, says, ...(remedy !== undefined && { remedy }) };
    }
    throw new ReleaseUnansweredError();
  }

  private note(tx: Tx, { actor, acting }: Caller, action: AuditAction, row: WaitingRowOnFile, details: object) {
    audit(tx, {
      actor,
      function: acting,
      action,
      objectKind: 'quarantined_row',
      object: row.id,
      details: { plugin: row.plugin, ...details },
      at: this.clock.now(),
    });
  }
}

const releasedSays = '読み直して、受け付けました。';
const closedSays = '取り込まないことにして、一覧から除きました。';

function viewOf(row: WaitingRowOnFile): WaitingRow {
  const { says, remedy } = textOf(row.code);
  const release = row.row === 0 ? undefined : releaseOf(row.code);
  return {
    id: row.id,
    ...(row.source !== null && { source: row.source }),
    ...(row.file !== null && { file: row.file }),
    row: row.row,
    ...(row.field !== null && { field: row.field }),
    ...{ code: row.code, says },
    ...(remedy !== undefined && { remedy }),
    ...(release && { release }),
    since: row.at.toISOString(),
    releases: row.releases,
  };
}
