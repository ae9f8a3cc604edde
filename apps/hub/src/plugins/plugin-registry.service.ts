// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  hostQueueOf,
  ownSettings,
  pluginConfig,
  type MessageData,
  type PluginCommand,
  type PluginHeartbeat,
  type PluginHello,
  type PluginResult,
} from '@tsunagi/contracts';
import type { Courier } from '@tsunagi/messaging';
import {
  insertConfig,
  lockPlugin,
  noteVersion,
  readCheckpoints,
  readConfig,
  readHosts,
  readPlugin,
  readPlugins,
  releaseOthers,
  upsertHost,
  upsertPlugin,
  type HostRow,
  type PluginRow,
} from './plugin.rows';
import { insertIntake, noteFile } from './intake.rows';
import { noteReleaseRefused } from './quarantine.rows';
import { audit } from '../audit';
import { defaultTimings, type HubConfig } from '../hub.config';
import { Clock, COURIER, Database, HUB_CONFIG, hubEvent, Log, newId, type Tx } from '../platform';

type Command = PluginCommand['command'];
type Beat = PluginHeartbeat['plugins'][number];

/** A host that was not heard of for so many stale periods is forgotten. */
const forgetAfter = 20;

/**
 * Which plugins there are, who runs them and whether they may. The database knows; every instance of the hub answers alike.
 * One host at a time holds a plugin; the lock on the plugin's row decides who.
 */
@Injectable()
export class PluginRegistry implements OnModuleInit {
  private readonly hostStale: number;
  /** Plugins whose queues this instance keeps declared; the courier repeats it whenever the broker comes back. */
  private readonly declared = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(COURIER) private readonly courier: Courier,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    this.hostStale = config.timings?.hostStale ?? defaultTimings.hostStale;
  }

  /** A broker may have lost its disk while the hub was down; hosts that run on do not say hello again. */
  async onModuleInit(): Promise<void> {
    for (const { id } of await readPlugins(this.database)) await this.declareQueues(id);
  }

  /** Plugins to which deliveries may go: enabled, and run by a host that was heard of lately. */
  async openLanes(): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      `select p.id from plugin p join plugin_host h on h.plugin = p.id and h.holds
       where p.enabled and h.running and h.last_seen > $1 order by p.id`,
      [this.freshSince()],
    );
    return rows.map((r) => r.id);
  }

  /** Every plugin of which a host has said hello once. */
  async known(): Promise<string[]> {
    return (await readPlugins(this.database)).map((p) => p.id);
  }

  /** A host of it has said hello once. */
  async isKnown(plugin: string): Promise<boolean> {
    return (await readPlugin(this.database, plugin)) !== undefined;
  }

  /** A host offers to run a plugin: it gets the settings, or waits. */
  async greet(hello: PluginHello): Promise<void> {
    const now = this.clock.now();
    const { first, command } = await this.database.transaction(async (tx) => {
      // Two hellos of a plugin that nobody knows come one after the other: there is no row yet that one could wait for.
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`plugin\n${hello.plugin}`]);
      const known = await lockPlugin(tx, hello.plugin);
      if (!known) await this.register(tx, hello, now);
      else await upsertPlugin(tx, hello, { enabled: known.enabled });
      await noteVersion(tx, hello, now);
      const plugin = (await lockPlugin(tx, hello.plugin)) as PluginRow;
      const host: HostRow = { ...freshHost(hello), last_seen: now };
      return { first: !known, command: await this.offer(tx, plugin, host) };
    });
    if (first) this.log.info('plugin registered', { plugin: hello.plugin });
    await this.declareQueues(hello.plugin);
    await this.send(hello.hostId, hello.plugin, command);
  }

  /**
   * A host is alive. It is told what it should do when that differs from what it does: a command may have been lost, and a
   * host that waits takes over here once the holder has gone silent. What its machine's clock said shows what it is worth.
   */
  async hear(hostId: string, beat: Beat, clockAheadMs: number): Promise<void> {
    const now = this.clock.now();
    const command = await this.database.transaction(async (tx): Promise<Command | undefined> => {
      const plugin = await lockPlugin(tx, beat.plugin);
      // Only a hello says what it is.
      if (!plugin) return undefined;
      const hosts = await readHosts(tx, beat.plugin);
      const me = hosts.find((h) => h.host_id === hostId);
      const host: HostRow = {
        host_id: hostId,
        plugin: beat.plugin,
        last_seen: now,
        holds: me?.holds ?? false,
        running: beat.running,
        in_hand: beat.inHand,
        code: beat.code ?? null,
        clock_ahead_ms: String(Math.round(clockAheadMs)),
        untaken_since: beat.untakenSince === undefined ? null : earlierOf(new Date(beat.untakenSince), now),
        paused_since: beat.pausedSince === undefined ? null : earlierOf(new Date(beat.pausedSince), now),
      };
      // It has the plugin and cannot run it: whoever waits, and can, takes over.
      if (beat.configVersion === undefined && beat.code !== undefined && !beat.running) {
        await upsertHost(tx, { ...host, holds: false });
        return undefined;
      }
      if (!host.holds) {
        const command = await this.offer(tx, plugin, host);
        return command.name === 'wait' && !beat.running ? undefined : command;
      }
      await upsertHost(tx, host);
      if (beat.lastFileAt !== undefined) await noteFile(tx, beat.plugin, new Date(beat.lastFileAt), now);
      if (beat.configVersion !== undefined && beat.configVersion !== plugin.config_version)
        return settingsOf(tx, plugin);
      if (plugin.enabled && !beat.running && beat.code === undefined) return { name: 'enable' };
      return !plugin.enabled && beat.running ? { name: 'disable' } : undefined;
    });
    // Another instance may have taken the hello.
    await this.declareQueues(beat.plugin);
    if (command) await this.send(hostId, beat.plugin, command);
  }

  /** What a command led to: why a row could not be read again, or what a check found. Only the answer to the check asked for last counts, and only from the host that holds the plugin. */
  async takeResult(result: PluginResult): Promise<void> {
    const now = this.clock.now();
    await this.database.transaction(async (tx) => {
      const plugin = await lockPlugin(tx, result.plugin);
      if (!plugin) return;
      if (!result.ok) await noteReleaseRefused(tx, result.plugin, result.commandId, result.code ?? 'FAILED');
      if (plugin.check_command !== result.commandId) return;
      if ((await this.heldBy(result.plugin, tx)) !== result.hostId) return;
      const findings = result.findings ?? [];
      const ok = result.ok && findings.every((f) => f.ok);
      await tx.query(
        `update plugin set check_command = null, checked_at = $2, check_ok = $3, findings = $4::jsonb, checked_config = $5,
           checked_version = version where id = $1`,
        [result.plugin, now, ok, JSON.stringify(findings), result.configVersion ?? plugin.config_version],
      );
      audit(tx, {
        actor: `plugin:${result.plugin}`,
        action: 'plugin.checked',
        objectKind: 'plugin',
        object: result.plugin,
        details: { ok, ...(result.code !== undefined && { code: result.code }), commandId: result.commandId },
        at: now,
      });
    });
  }

  /** The host that runs the plugin gets the settings that hold now; one that misses them, with its next heartbeat. */
  async giveSettings(plugin: string): Promise<void> {
    const holder = await this.holderOf(plugin);
    if (!holder) return;
    const command = await this.database.transaction(async (tx) => {
      const row = await lockPlugin(tx, plugin);
      return row && settingsOf(tx, row);
    });
    if (command) await this.send(holder.host_id, plugin, command);
  }

  /** The host that holds this plugin and was heard of lately. */
  async holderOf(plugin: string): Promise<HostRow | undefined> {
    const [holder] = await readHosts(this.database, plugin);
    return holder?.holds && this.isFresh(holder) ? holder : undefined;
  }

  /** The host that holds this plugin, be it heard of or not. */
  async heldBy(plugin: string, reader: Pick<Tx, 'query'> = this.database): Promise<string | undefined> {
    const [holder] = await readHosts(reader, plugin);
    return holder?.holds ? holder.host_id : undefined;
  }

  isFresh(host: Pick<HostRow, 'last_seen'>): boolean {
    return host.last_seen > this.freshSince();
  }

  /** Sends a command to a host. A host that has gone is no failure: what it missed stands in the database. */
  async send(hostId: string, plugin: string, command: Command, commandId = newId()): Promise<boolean> {
    const data: MessageData<'plugin.command.v1'> = { commandId, plugin, command };
    try {
      await this.courier.publish(hostQueueOf(hostId), hubEvent('plugin.command.v1', data));
      return true;
    } catch (error) {
      this.log.failure('plugin command', error, { plugin, host: hostId, command: command.name });
      return false;
    }
  }

  /** Takes the plugin for this host when nobody else holds it, and says what the host shall do. */
  private async offer(tx: Tx, plugin: PluginRow, host: HostRow): Promise<Command> {
    const hosts = await readHosts(tx, plugin.id);
    const holder = hosts.find((h) => h.holds);
    if (holder && holder.host_id !== host.host_id && this.isFresh(holder)) {
      await upsertHost(tx, { ...host, holds: false, running: false });
      return { name: 'wait' };
    }
    const forgottenBefore = new Date(host.last_seen.getTime() - forgetAfter * this.hostStale);
    await releaseOthers(tx, plugin.id, host.host_id, forgottenBefore);
    // Not running until it says so: it has yet to get its settings.
    await upsertHost(tx, { ...host, holds: true, running: false });
    if (holder?.host_id !== host.host_id)
      audit(tx, {
        actor: `plugin:${plugin.id}`,
        action: 'plugin.host_changed',
        objectKind: 'plugin',
        object: plugin.id,
        details: { host: host.host_id, before: holder?.host_id ?? null },
        at: host.last_seen,
      });
    return settingsOf(tx, plugin);
  }

  /** A plugin nobody knows starts switched off, unless the demo municipality brings its settings. */
  private async register(tx: Tx, hello: PluginHello, now: Date): Promise<void> {
    const demo = this.config.demo ? this.config.demoPlugins?.[hello.plugin] : undefined;
    await upsertPlugin(tx, hello, { enabled: demo !== undefined });
    await insertConfig(tx, {
      ...{ plugin: hello.plugin, version: 1, config: demo ?? {}, at: now },
      actor: `plugin:${hello.plugin}`,
    });
    insertIntake(tx, hello.plugin, demo && now);
    audit(tx, {
      actor: `plugin:${hello.plugin}`,
      action: 'plugin.registered',
      objectKind: 'plugin',
      object: hello.plugin,
      details: { version: hello.version, enabled: demo !== undefined },
      at: now,
    });
  }

  private async declareQueues(plugin: string): Promise<void> {
    if (this.declared.has(plugin)) return;
    await this.courier.declarePlugin(plugin);
    this.declared.add(plugin);
  }

  private freshSince(): Date {
    return new Date(this.clock.now().getTime() - this.hostStale);
  }
}

/** Everything a host needs to run the plugin; what the hub keeps to itself of the settings is not among it. */
async function settingsOf(tx: Tx, plugin: PluginRow): Promise<Command> {
  return {
    name: 'configure',
    config: ownSettings(pluginConfig.parse(await readConfig(tx, plugin))),
    configVersion: plugin.config_version,
    enabled: plugin.enabled,
    checkpoints: await readCheckpoints(tx, plugin.id),
  };
}

const freshHost = (hello: PluginHello): Omit<HostRow, 'last_seen'> => ({
  host_id: hello.hostId,
  plugin: hello.plugin,
  holds: false,
  running: false,
  in_hand: 0,
  code: null,
  clock_ahead_ms: null,
  untaken_since: null,
  paused_since: null,
});

/** A host's clock may be wrong: nothing has happened in the future. */
const earlierOf = (said: Date, now: Date) => (said < now ? said : now);
