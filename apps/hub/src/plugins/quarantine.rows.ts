// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { releasedOf, type ItemOrigin } from '@tsunagi/contracts';
import type { ItemOutcome } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

type Reader = Pick<Tx, 'query'>;

/** From which place of its plugin a message came. */
export interface Place {
  readonly source?: string | undefined;
  readonly fileName?: string | undefined;
}
export type CameFrom = Place & { readonly plugin: string };

/** An item that cannot go on. */
export interface Waiting {
  readonly itemId: string;
  readonly origin: ItemOrigin;
  readonly code: string;
  readonly field?: number | undefined;
}

/** An item that was taken, or known already. */
export interface CameRight {
  readonly itemId: string;
  readonly outcome: ItemOutcome;
  readonly origin: ItemOrigin;
  /** Key of the submission. */
  readonly key?: string | undefined;
}

export interface WaitingRowOnFile {
  id: string;
  plugin: string;
  item_id: string;
  source: string | null;
  file: string | null;
  row: number;
  code: string;
  field: number | null;
  state: 'waiting' | 'released' | 'corrected' | 'closed';
  outcome: ItemOutcome | null;
  at: Date;
  releases: number;
  release_command: string | null;
  release_code: string | null;
}

const columns =
  'id, plugin, item_id, source, file, row, code, field, state, outcome, at, releases, release_command, release_code';
export const keyHashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/**
 * Rows that wait from now on. One that a person has let be read again and that cannot go on this time either is the row
 * that waits already.
 */
export async function keepWaiting(tx: Tx, from: CameFrom, rows: readonly Waiting[], now: Date): Promise<void> {
  const { plugin, source, fileName } = from;
  for (const { itemId, code, field } of rows) {
    const before = releasedOf(itemId);
    if (before !== undefined)
      await tx.query(
        `update quarantined_row set code = $3, field = $4, release_code = $3
         where plugin = $1 and item_id = $2 and state = 'waiting'`,
        [plugin, before, code, field ?? null],
      );
  }
  tx.insert(
    'quarantined_row',
    rows
      .filter(({ itemId }) => releasedOf(itemId) === undefined)
      .map(({ itemId, origin: { file, row, keyHash }, code, field }) => ({
        id: newId(now),
        plugin,
        item_id: itemId,
        source: source ?? null,
        file: file ?? null,
        file_name: fileName ?? null,
        row,
        key_hash: keyHash ?? null,
        code,
        field: field ?? null,
        state: 'waiting',
        at: now.toISOString(),
      })),
    'on conflict (plugin, item_id) do nothing',
  );
}

/**
 * What was waited for is there: the row itself, let through by a person; a later record of the same name, from another file
 * or from the same row of the view or a later one; or, of a file that was refused whole, one of the same name that was read.
 * @param again rows that wait themselves: they say no more than that their file was read, and their view's row written anew
 */
export async function settleWaiting(
  tx: Tx,
  { plugin, source, fileName }: CameFrom,
  items: readonly CameRight[],
  again: readonly Waiting[],
  now: Date,
): Promise<void> {
  const released = items.flatMap(({ itemId, outcome }) => {
    const row = releasedOf(itemId);
    return row === undefined ? [] : [{ row, outcome }];
  });
  if (released.length > 0)
    await tx.query(
      `update quarantined_row q set state = 'released', outcome = r.outcome, settled_at = $4
       from unnest($2::text[], $3::text[]) as r (item, outcome)
       where q.plugin = $1 and q.item_id = r.item and q.state = 'waiting'`,
      [plugin, released.map((r) => r.row), released.map((r) => r.outcome), now],
    );
  const right = items.filter(({ itemId }) => releasedOf(itemId) === undefined);
  const fresh = again.filter(({ itemId }) => releasedOf(itemId) === undefined);
  if (right.length + fresh.length === 0) return;
  const named = right.flatMap(({ key, origin: { file, row, keyHash } }) =>
    [key === undefined ? undefined : keyHashOf(key), keyHash].flatMap((hash) =>
      hash === undefined ? [] : [{ hash, file, row }],
    ),
  );
  const seen = [...right, ...fresh];
  const files = [...new Set(seen.flatMap(({ origin }) => origin.file ?? []))];
  const rows = [...new Set(seen.flatMap(({ origin }) => (origin.file === undefined ? origin.row : [])))];
  await tx.query(
    `update quarantined_row q set state = 'corrected', settled_at = $10
     where q.plugin = $1 and q.state = 'waiting' and not q.item_id = any($9::text[]) and q.id in (
       select w.id from unnest($2::text[], $3::text[], $4::int[]) as n (hash, file, row), quarantined_row w
       where w.plugin = $1 and w.state = 'waiting' and w.key_hash = n.hash
         and (w.file is distinct from n.file or w.file is null and w.row <= n.row)
       union all
       select w.id from quarantined_row w
       where w.plugin = $1 and w.state = 'waiting' and w.file is null and w.row > 0 and w.row = any($5::int[])
         and w.source = $6
       union all
       select w.id from quarantined_row w
       where w.plugin = $1 and w.state = 'waiting' and w.row = 0 and w.source = $6 and w.file_name = $7
         and not w.file = any($8::text[]))`,
    [
      plugin,
      ...[named.map((n) => n.hash), named.map((n) => n.file ?? null), named.map((n) => n.row)],
      ...[rows, source ?? null, fileName ?? null, files],
      fresh.map(({ itemId }) => itemId),
      now,
    ],
  );
}

export interface WaitingFilter {
  readonly file?: string | undefined;
  readonly code?: string | undefined;
  readonly cursor?: string | undefined;
}

export const readWaiting = (reader: Reader, plugin: string, { file, code, cursor }: WaitingFilter, limit: number) =>
  reader.query<WaitingRowOnFile>(
    `select ${columns} from quarantined_row
     where plugin = $1 and state = 'waiting' and ($2::text is null or file = $2) and ($3::text is null or code = $3)
       and ($4::uuid is null or id > $4) order by id limit $5`,
    [plugin, file ?? null, code ?? null, cursor ?? null, limit],
  );

export async function readRow(reader: Reader, plugin: string, id: string): Promise<WaitingRowOnFile | undefined> {
  const rows = await reader.query<WaitingRowOnFile>(
    `select ${columns} from quarantined_row where plugin = $1 and id = $2`,
    [plugin, id],
  );
  return rows[0];
}

export async function lockRow(tx: Tx, plugin: string, id: string): Promise<WaitingRowOnFile | undefined> {
  const rows = await tx.query<WaitingRowOnFile>(
    `select ${columns} from quarantined_row where plugin = $1 and id = $2 for update`,
    [plugin, id],
  );
  return rows[0];
}

/** A person lets it be read again; how often that was, is part of the name under which it comes. */
export async function noteRelease(tx: Tx, id: string, command: string): Promise<number> {
  const [row] = await tx.query<{ releases: number }>(
    `update quarantined_row set releases = releases + 1, release_command = $2, release_code = null where id = $1
     returning releases`,
    [id, command],
  );
  return row?.releases ?? 1;
}

/** The host could not send it. */
export async function noteReleaseRefused(tx: Tx, plugin: string, command: string, code: string): Promise<void> {
  await tx.query(`update quarantined_row set release_code = $3 where plugin = $1 and release_command = $2`, [
    plugin,
    command,
    code,
  ]);
}

export async function closeWaiting(tx: Tx, id: string, now: Date): Promise<void> {
  await tx.query(`update quarantined_row set state = 'closed', settled_at = $2 where id = $1`, [id, now]);
}

/** More than this is not counted. */
const countTo = 10_000;

/** Rows that wait where they came from; of these files, when they are named. */
export async function countWaiting(reader: Reader, plugin: string, files?: readonly string[]): Promise<number> {
  const [row] = await reader.query<{ n: number }>(
    `select count(*)::int as n from (select 1 from quarantined_row
     where plugin = $1 and state = 'waiting' and ($2::text[] is null or file = any($2::text[])) limit $3) w`,
    [plugin, files ?? null, countTo],
  );
  return row?.n ?? 0;
}
