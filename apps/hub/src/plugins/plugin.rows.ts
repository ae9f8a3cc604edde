// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Checkpoint, CheckFinding, PluginHello } from '@tsunagi/contracts';
import { newId, type Database, type Row, type Tx } from '../platform';

export interface PluginRow {
  id: string;
  title: string;
  domain: string;
  version: string;
  sdk_range: string;
  config_schema: Record<string, unknown>;
  enabled: boolean;
  config_version: number;
  check_command: string | null;
  checked_at: Date | null;
  /** Version of the settings that the check was made with. */
  checked_config: number | null;
  /** Version of the code that made it. */
  checked_version: string | null;
  check_ok: boolean | null;
  findings: CheckFinding[] | null;
}

export interface HostRow {
  host_id: string;
  plugin: string;
  last_seen: Date;
  holds: boolean;
  running: boolean;
  in_hand: number;
  code: string | null;
  /** Text of a whole number: it may be any. */
  clock_ahead_ms: string | null;
  /** When the oldest record was written that its legacy system has not taken in for too long. */
  untaken_since: Date | null;
  /** Since when a source of it waits for a person, because too much came at once. */
  paused_since: Date | null;
}

type Reader = Pick<Tx, 'query'>;

const pluginColumns =
  'id, title, domain, version, sdk_range, config_schema, enabled, config_version, check_command, checked_at, checked_config, checked_version, check_ok, findings';
const hostColumns =
  'host_id, plugin, last_seen, holds, running, in_hand, code, clock_ahead_ms, untaken_since, paused_since';

export const readPlugins = (reader: Reader) =>
  reader.query<PluginRow>(`select ${pluginColumns} from plugin order by id`);

export async function readPlugin(reader: Reader, id: string): Promise<PluginRow | undefined> {
  return (await reader.query<PluginRow>(`select ${pluginColumns} from plugin where id = $1`, [id]))[0];
}

/** Everything about who holds a plugin is decided under this lock. */
export async function lockPlugin(tx: Tx, id: string): Promise<PluginRow | undefined> {
  return (await tx.query<PluginRow>(`select ${pluginColumns} from plugin where id = $1 for update`, [id]))[0];
}

/** Registers the plugin, or takes over what its newer version says of itself. Settings and switch stay as they are. */
export async function upsertPlugin(tx: Tx, hello: PluginHello, first: { enabled: boolean }): Promise<void> {
  await tx.query(
    `insert into plugin (id, title, domain, version, sdk_range, config_schema, enabled, config_version)
     values ($1, $2, $3, $4, $5, $6::jsonb, $7, 1)
     on conflict (id) do update set title = $2, domain = $3, version = $4, sdk_range = $5, config_schema = $6::jsonb`,
    [
      hello.plugin,
      hello.title,
      hello.domain,
      hello.version,
      hello.sdkRange,
      JSON.stringify(hello.configSchema),
      first.enabled,
    ],
  );
}

export const readHosts = (reader: Reader, plugin?: string) =>
  reader.query<HostRow>(
    `select ${hostColumns} from plugin_host where $1::text is null or plugin = $1 order by plugin, holds desc, host_id`,
    [plugin ?? null],
  );

export async function upsertHost(tx: Tx, host: HostRow): Promise<void> {
  await tx.query(
    `insert into plugin_host (${hostColumns})
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (host_id) do update set last_seen = $3, holds = $4, running = $5, in_hand = $6, code = $7, clock_ahead_ms = $8,
       untaken_since = $9, paused_since = $10`,
    [
      ...[host.host_id, host.plugin, host.last_seen, host.holds, host.running, host.in_hand, host.code],
      ...[host.clock_ahead_ms, host.untaken_since, host.paused_since],
    ],
  );
}

/** Another host takes over; and hosts that went away long ago are forgotten. */
export async function releaseOthers(tx: Tx, plugin: string, hostId: string, forgottenBefore: Date): Promise<void> {
  await tx.query(
    'update plugin_host set holds = false, running = false where plugin = $1 and holds and host_id <> $2',
    [plugin, hostId],
  );
  await tx.query('delete from plugin_host where plugin = $1 and not holds and last_seen < $2', [
    plugin,
    forgottenBefore,
  ]);
}

/** A person lets its sources read on; should one pause again, its host says so. */
export async function forgetPauseOfHost(tx: Tx, plugin: string): Promise<void> {
  await tx.query('update plugin_host set paused_since = null where plugin = $1', [plugin]);
}

export async function readConfig(
  reader: Reader,
  plugin: PluginRow,
): Promise<Record<string, never> | Record<string, unknown>> {
  const [row] = await reader.query<{ config: Record<string, unknown> }>(
    'select config from plugin_config_version where plugin = $1 and version = $2',
    [plugin.id, plugin.config_version],
  );
  return row?.config ?? {};
}

export interface NewConfig {
  readonly plugin: string;
  readonly version: number;
  readonly config: Row;
  readonly at: Date;
  readonly actor: string;
  /** The earlier version whose content this is. */
  readonly returnedTo?: number | undefined;
}

export async function insertConfig(tx: Tx, row: NewConfig) {
  await tx.query(
    `insert into plugin_config_version (plugin, version, config, at, actor, returned_to)
     values ($1, $2, $3::jsonb, $4, $5, $6) on conflict (plugin, version) do nothing`,
    [row.plugin, row.version, JSON.stringify(row.config), row.at, row.actor, row.returnedTo ?? null],
  );
}

/** From now on these settings hold; the earlier ones stay on file. `sameForHost`: a check of those before is one of these. */
export async function replaceConfig(tx: Tx, row: NewConfig, { sameForHost }: { sameForHost: boolean }) {
  await insertConfig(tx, row);
  await tx.query(
    `update plugin set config_version = $2,
       checked_config = case when $3 and checked_config = config_version then $2 else checked_config end
     where id = $1`,
    [row.plugin, row.version, sameForHost],
  );
}

export interface ConfigVersionRow {
  version: number;
  config: Row;
  at: Date;
  actor: string | null;
  name: string | null;
  returned_to: number | null;
}

export const readConfigVersions = (reader: Reader, plugin: string) =>
  reader.query<ConfigVersionRow>(
    `select c.version, c.config, c.at, c.actor, s.name, c.returned_to from plugin_config_version c
     left join staff s on 'staff:' || s.id = c.actor where c.plugin = $1 order by c.version desc`,
    [plugin],
  );

/** Code of this version has said hello; when it did so first stays. */
export async function noteVersion(tx: Tx, { plugin, version, sdk, sdkRange }: PluginHello, now: Date): Promise<void> {
  await tx.query(
    `insert into plugin_version (plugin, version, sdk, sdk_range, since) values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [plugin, version, sdk, sdkRange, now],
  );
}

export const readCodeVersions = (reader: Reader, plugin: string) =>
  reader.query<{ version: string; sdk: string; sdk_range: string; since: Date }>(
    'select version, sdk, sdk_range, since from plugin_version where plugin = $1 order by since desc, version',
    [plugin],
  );

export const readCheckpoints = (reader: Reader, plugin: string) =>
  reader.query<Checkpoint>('select source, value from plugin_checkpoint where plugin = $1 order by source', [plugin]);

/** Commits a watermark together with the items that it completes. */
export async function saveCheckpoint(tx: Tx, plugin: string, checkpoint: Checkpoint): Promise<void> {
  await tx.query(
    `insert into plugin_checkpoint (plugin, source, value) values ($1, $2, $3)
     on conflict (plugin, source) do update set value = excluded.value`,
    [plugin, checkpoint.source, checkpoint.value],
  );
}

export const newCommandId = () => newId();

/** How many deliveries of a plugin wait, and how many were given up; more than this is not counted. */
const countTo = 10_000;

export interface DeliveriesOf {
  waiting: number;
  /** An id of the oldest that waits, which knows its time. */
  oldest: string | null;
  parked: number;
}

export async function deliveriesOf(database: Pick<Database, 'query'>, plugin: string): Promise<DeliveriesOf> {
  const waits = `plugin = $1 and state in ('queued', 'claimed', 'sent')`;
  const [row] = await database.query<DeliveriesOf>(
    `select
       (select count(*)::int from (select 1 from delivery where ${waits} limit $2) w) as waiting,
       (select id from delivery where ${waits} order by seq limit 1) as oldest,
       (select count(*)::int from (select 1 from delivery where plugin = $1 and state = 'parked' limit $2) p) as parked`,
    [plugin, countTo],
  );
  return row ?? { waiting: 0, oldest: null, parked: 0 };
}

/** So far back is looked for what came last from a plugin: there is no index by time and sender, and need not be. */
const lookedBack = 5_000;

/** When something last came from each plugin, as far back as that. */
export async function lastMessages(reader: Reader): Promise<ReadonlyMap<string, Date>> {
  const rows = await reader.query<{ plugin: string; at: Date }>(
    `select substring(sender from 8) as plugin, max(received_at) as at
     from (select sender, received_at from submission order by id desc limit $1) s
     where sender like 'plugin:%' group by sender`,
    [lookedBack],
  );
  return new Map(rows.map(({ plugin, at }) => [plugin, at]));
}
