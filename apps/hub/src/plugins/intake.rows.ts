// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PauseReason, Trial } from '@tsunagi/contracts';
import type { ItemOutcome } from '@tsunagi/domain';
import { newId, type Row, type Tx } from '../platform';

type Reader = Pick<Tx, 'query'>;

/** A plugin with the settings that hold now and what is known of its intake. */
export interface IntakeRow {
  plugin: string;
  enabled: boolean;
  config: Row;
  config_version: number;
  first_enabled_at: Date | null;
  enabled_at: Date | null;
  confirmed_at: Date | null;
  hour_free_until: Date | null;
  last_file_at: Date | null;
  /** Of the host that holds it. */
  untaken_since: Date | null;
  paused_since: Date | null;
  pause: PauseRow | null;
  /** Days of which the numbers differ from the legacy system's, and IT staff are told. */
  differing: { day: string; since: string }[];
}

export interface PauseRow {
  id: string;
  reason: PauseReason;
  file: string | null;
  made: number;
  most: number | null;
  at: string;
  /** Of a first file: whether its host reads on, or has read to the end; null: it does not say. */
  trial: Trial | null;
}

export const readIntakes = (reader: Reader, plugin?: string) =>
  reader.query<IntakeRow>(
    `select p.id as plugin, p.enabled, coalesce(c.config, '{}') as config, p.config_version,
       i.first_enabled_at, i.enabled_at, i.confirmed_at, i.hour_free_until, i.last_file_at, h.untaken_since, h.paused_since,
       to_jsonb(w) as pause,
       array(select jsonb_build_object('day', d.day, 'since', d.differs_since) from plugin_day d
         where d.plugin = p.id and d.told order by d.day) as differing
     from plugin p
     left join plugin_config_version c on c.plugin = p.id and c.version = p.config_version
     left join plugin_intake i on i.plugin = p.id
     left join intake_pause w on w.plugin = p.id
     left join plugin_host h on h.plugin = p.id and h.holds
     where $1::text is null or p.id = $1 order by p.id`,
    [plugin ?? null],
  );

/** Whatever waits for a person is begun and ended under this lock. */
export async function lockIntake(tx: Tx, plugin: string): Promise<IntakeRow | undefined> {
  await tx.query('select 1 from plugin_intake where plugin = $1 for update', [plugin]);
  return (await readIntakes(tx, plugin))[0];
}

export function insertIntake(tx: Tx, plugin: string, enabledAt: Date | undefined): void {
  const at = enabledAt?.toISOString() ?? null;
  tx.insert('plugin_intake', [{ plugin, first_enabled_at: at, enabled_at: at }], 'on conflict do nothing');
}

export async function noteEnabled(tx: Tx, plugin: string, now: Date): Promise<void> {
  await tx.query(
    'update plugin_intake set first_enabled_at = coalesce(first_enabled_at, $2), enabled_at = $2 where plugin = $1',
    [plugin, now],
  );
}

/** A host's clock may be wrong: nothing has come in the future. */
export async function noteFile(tx: Tx, plugin: string, said: Date, now: Date): Promise<void> {
  await tx.query(
    'update plugin_intake set last_file_at = $2 where plugin = $1 and (last_file_at is null or last_file_at < $2)',
    [plugin, said < now ? said : now],
  );
}

/** Whatever was asked is no question any more: other rules hold, or the plugin was switched. It is found anew. */
export async function forgetPause(tx: Tx, plugin: string): Promise<void> {
  await lockIntake(tx, plugin);
  await tx.query('delete from intake_pause where plugin = $1', [plugin]);
  await tx.query('delete from intake_rehearsal where plugin = $1', [plugin]);
}

/** True when this begins a pause; false when it stands already. */
export async function insertPause(
  tx: Tx,
  plugin: string,
  pause: Omit<PauseRow, 'id' | 'at' | 'trial'>,
  now: Date,
): Promise<boolean> {
  const begun = await tx.query(
    `insert into intake_pause (plugin, id, reason, file, made, most, at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict do nothing returning id`,
    [plugin, newId(now), pause.reason, pause.file, pause.made, pause.most, now],
  );
  return begun.length > 0;
}

export async function noteTrial(tx: Tx, plugin: string, trial: Trial): Promise<void> {
  await tx.query(
    `update intake_pause set trial = $2 where plugin = $1 and reason = 'FIRST_FILE' and trial is distinct from $2`,
    [plugin, trial],
  );
}

/** A record as it was tried. */
export interface Rehearsed {
  readonly itemHash: string;
  readonly file: string | undefined;
  readonly outcome: ItemOutcome;
  readonly code: string | undefined;
  /** A desk function. */
  readonly to: string | undefined;
  readonly begins: boolean;
}

export function insertRehearsed(tx: Tx, plugin: string, items: readonly Rehearsed[]): void {
  tx.insert(
    'intake_rehearsal',
    items.map(({ itemHash, file, outcome, code, to, begins }) => ({
      plugin,
      item_hash: itemHash,
      file: file ?? null,
      outcome,
      code: code ?? null,
      to_function: to ?? null,
      begins,
    })),
    'on conflict do nothing',
  );
}

/** How many of these records were tried before. */
export async function countRehearsed(reader: Reader, plugin: string, itemHashes: readonly string[]): Promise<number> {
  const [row] = await reader.query<{ n: number }>(
    'select count(*)::int as n from intake_rehearsal where plugin = $1 and item_hash = any($2::text[])',
    [plugin, itemHashes],
  );
  return row?.n ?? 0;
}

export interface RehearsedCount {
  file: string | null;
  outcome: ItemOutcome;
  code: string | null;
  /** Name of the desk function to which they would go. */
  desk: string | null;
  count: number;
  begins: number;
}

export const readRehearsed = (reader: Reader, plugin: string) =>
  reader.query<RehearsedCount>(
    `select r.file, r.outcome, r.code, f.name as desk, count(*)::int as count, (count(*) filter (where r.begins))::int as begins
     from intake_rehearsal r left join desk_function f on f.id = r.to_function
     where r.plugin = $1 group by r.file, r.outcome, r.code, f.id order by count(*) desc, r.outcome, r.code, f.name`,
    [plugin],
  );

export const scopeOfFile = (file: string) => `file ${file}`;
/** Hours of the clock: up to twice the limit may pass around one, and no row of every referral is needed. */
export const scopeOfHour = (now: Date) => `hour ${now.toISOString().slice(0, 13)}`;

/** Which of these files a person lets through whole. */
export async function allowedFiles(reader: Reader, plugin: string, files: readonly string[]): Promise<Set<string>> {
  if (files.length === 0) return new Set();
  const rows = await reader.query<{ scope: string }>(
    'select scope from intake_count where plugin = $1 and allowed and scope = any($2::text[])',
    [plugin, files.map(scopeOfFile)],
  );
  const allowed = new Set(rows.map((r) => r.scope));
  return new Set(files.filter((file) => allowed.has(scopeOfFile(file))));
}

export async function allowFiles(tx: Tx, plugin: string, files: readonly string[], now: Date): Promise<void> {
  await tx.query(
    `insert into intake_count (plugin, scope, made, allowed, at)
     select $1, scope, 0, true, $3 from unnest($2::text[]) scope order by scope
     on conflict (plugin, scope) do update set allowed = true, at = excluded.at`,
    [plugin, files.map(scopeOfFile), now],
  );
}

/** So long after its last new referral a file is not looked for any more. */
const forgetAfterMs = 7 * 86_400_000;

/**
 * Adds to the counts and gives back what they are now. The rows stay locked until the transaction ends, so that two hubs
 * cannot both stay below a limit; they are taken in order, and last of all locks.
 */
export async function addToCounts(
  tx: Tx,
  plugin: string,
  added: ReadonlyMap<string, number>,
  now: Date,
): Promise<Map<string, number>> {
  const rows = await tx.query<{ scope: string; made: number }>(
    `insert into intake_count (plugin, scope, made, at)
     select $1, scope, made, $4 from unnest($2::text[], $3::int[]) as added (scope, made) order by scope
     on conflict (plugin, scope) do update set made = intake_count.made + excluded.made, at = excluded.at
     returning scope, made`,
    [plugin, [...added.keys()], [...added.values()], now],
  );
  // Once an hour is enough.
  if (rows.some(({ scope, made }) => scope === scopeOfHour(now) && made === added.get(scope)))
    await tx.query(
      `delete from intake_count where plugin = $1 and scope in
         (select scope from intake_count where plugin = $1 and at < $2 for update skip locked)`,
      [plugin, new Date(now.getTime() - forgetAfterMs)],
    );
  return new Map(rows.map(({ scope, made }) => [scope, made]));
}

export async function freeTheHour(tx: Tx, plugin: string, now: Date): Promise<void> {
  await tx.query('update plugin_intake set hour_free_until = $2 where plugin = $1', [
    plugin,
    new Date(now.getTime() + 3_600_000),
  ]);
}

export async function noteConfirmed(tx: Tx, plugin: string, now: Date): Promise<void> {
  await tx.query('update plugin_intake set confirmed_at = $2 where plugin = $1', [plugin, now]);
}
