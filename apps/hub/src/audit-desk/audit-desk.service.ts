// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import type {
  AuditCheckpoint,
  AuditCheckpointQuery,
  AuditCheckpoints,
  AuditLine,
  AuditPage,
  AuditQuery,
} from '@tsunagi/contracts';
import { detailsShown, groups, isShownTo } from './shown-lines';
import type { Caller } from '../access';
import { audit, checkpointOf, keysOf, Sealer, signatureOf, type CheckpointKeys } from '../audit';
import { Clock, Database, HUB_KEYS, type HubKeys } from '../platform';

const usual = 50;

interface LineRow {
  readonly id: string;
  readonly at: Date;
  readonly actor: string;
  readonly function: string | null;
  readonly action: string;
  readonly object_kind: string;
  readonly object: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What those who audit read. That they did is a line itself. */
@Injectable()
export class AuditDesk {
  private readonly keys: CheckpointKeys;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sealer: Sealer,
    @Inject(HUB_KEYS) keys: HubKeys,
  ) {
    this.keys = keysOf(keys.audit);
  }

  async lines(caller: Caller, query: AuditQuery): Promise<AuditPage> {
    const { cursor, limit = usual, ...wanted } = query;
    const filters = filtersOf({ ...wanted, cursor });
    const shown = isShownTo(caller, filters.parameters.length + 1);
    const rows = await this.database.transaction(async (tx) => {
      const found = await tx.query<LineRow>(
        `select e.id, e.at, e.actor, e.function, e.action, e.object_kind, e.object, e.details from audit_entry e
         where ${[...filters.where, shown.sql].join(' and ')} order by e.id desc limit ${limit + 1}`,
        [...filters.parameters, ...shown.parameters],
      );
      // A page further on is the same reading.
      if (cursor === undefined)
        audit(tx, {
          ...{ at: this.clock.now(), actor: caller.actor, function: caller.acting, action: 'audit.read' },
          ...{ objectKind: 'audit', object: wanted.object ?? 'lines', details: { ...wanted } },
        });
      return found;
    });
    const shownRows = rows.slice(0, limit);
    const names = await this.namesOf(shownRows.map((row) => row.actor));
    const items = shownRows.map((row) => lineOf(row, names.get(row.actor)));
    const last = items.at(-1);
    return { items, ...(rows.length > limit && last && { next: String(last.line) }) };
  }

  async checkpoints({ cursor, limit = usual }: AuditCheckpointQuery): Promise<AuditCheckpoints> {
    const [[chain], [newest], rows] = await Promise.all([
      this.database.query<{ up_to: string; written: Date | null }>(
        `with last as (select coalesce(max(up_to), 0) as up_to from audit_seal)
         select up_to, (select e.at from audit_entry e where e.id > last.up_to order by e.id limit 1) as written from last`,
      ),
      this.database.query('select * from audit_checkpoint order by seal desc limit 1'),
      this.database.query(
        `select * from audit_checkpoint where $1::bigint is null or seal < $1::bigint order by seal desc limit ${limit + 1}`,
        [cursor ?? null],
      ),
    ]);
    const items = rows.slice(0, limit).map((row) => this.shown(row));
    const last = items.at(-1);
    const written = chain?.written?.getTime();
    return {
      chain: {
        sealedUpTo: Number(chain?.up_to ?? 0),
        lagSeconds: written === undefined ? 0 : Math.max(0, (this.clock.now().getTime() - written) / 1_000),
        ...(newest && { lastCheckpoint: this.shown(newest) }),
        secondPlace: this.sealer.reachesSecondPlace ? 'ok' : 'failing',
      },
      items,
      ...(rows.length > limit && last && { next: String(last.seal) }),
    };
  }

  /** A line has ids alone: what they are called today is looked up, once for a page. */
  private async namesOf(actors: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.database.query<{ actor: string; name: string }>(
      `select * from (
         select 'staff:' || id as actor, name from staff union all select 'plugin:' || id, title from plugin
       ) called where actor = any($1::text[])`,
      [[...new Set(actors)]],
    );
    return new Map(rows.map(({ actor, name }) => [actor, name]));
  }

  private shown(row: Record<string, unknown>): AuditCheckpoint {
    const checkpoint = checkpointOf(row);
    return { ...checkpoint, verified: signatureOf(checkpoint, this.keys) };
  }
}

/** What is asked for, as conditions on a line `e`. */
function filtersOf({ group, action, actor, objectKind, object, from, to, cursor }: Omit<AuditQuery, 'limit'>): {
  readonly where: string[];
  readonly parameters: unknown[];
} {
  const asked: readonly [sql: (n: string) => string, value: unknown][] = [
    // Those who look are people; of their lines there is an index.
    [(n) => `e.action = any(${n}::text[]) and e.actor like 'staff:%'`, group && groups[group]],
    [(n) => `e.action = ${n}`, action],
    [(n) => `e.actor = ${n}${actor?.startsWith('staff:') === true ? ` and e.actor like 'staff:%'` : ''}`, actor],
    [(n) => `e.object_kind = ${n}`, objectKind],
    [(n) => `e.object = ${n}`, object],
    [(n) => `e.at >= ${n}::date::timestamp at time zone 'Asia/Tokyo'`, from],
    [(n) => `e.at < (${n}::date + 1)::timestamp at time zone 'Asia/Tokyo'`, to],
    [(n) => `e.id < ${n}::bigint`, cursor],
  ];
  const given = asked.filter(([, value]) => value !== undefined);
  return { where: given.map(([sql], n) => sql(`$${n + 1}`)), parameters: given.map(([, value]) => value) };
}

const lineOf = (row: LineRow, actorName: string | undefined): AuditLine => ({
  line: Number(row.id),
  at: row.at.toISOString(),
  actor: row.actor,
  ...(actorName !== undefined && { actorName }),
  ...(row.function !== null && { function: row.function }),
  action: row.action,
  objectKind: row.object_kind,
  object: row.object,
  details: detailsShown(row.details),
});
