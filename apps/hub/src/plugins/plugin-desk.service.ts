// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { setTimeout as pause } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import {
  connectionText,
  deliveriesQueueOf,
  ownSettings,
  pluginConfig,
  type ConfigVersions,
  type ConfirmIntake,
  type EnablePlugin,
  type IntakeView,
  type PluginCheck,
  type PluginConfigJudged,
  type PluginDetail,
  type PluginHostView,
  type PluginView,
  type SettleCounts,
  type AuditAction,
} from '@tsunagi/contracts';
import { Domain } from '@tsunagi/domain';
import type { Courier } from '@tsunagi/messaging';
import { z } from 'zod';
import { DailyCounts } from './daily-counts.service';
import { readDays } from './day-counts.rows';
import { dayView } from './day-view';
import { IntakeDesk } from './intake-desk.service';
import { IntakeGuard } from './intake-guard.service';
import { forgetPause, noteEnabled } from './intake.rows';
import { judgeSettings, withHubSettings } from './judge-settings';
import { PluginRegistry } from './plugin-registry.service';
import {
  CheckNeededError,
  CheckUnansweredError,
  HostAwayError,
  PluginOffError,
  SettingsChangedError,
} from './plugin.errors';
import {
  lockPlugin,
  readCodeVersions,
  readConfig,
  readConfigVersions,
  deliveriesOf,
  lastMessages,
  readHosts,
  readPlugin,
  readPlugins,
  replaceConfig,
  type HostRow,
  type PluginRow,
} from './plugin.rows';
import { countWaiting } from './quarantine.rows';
import { settingChanges } from './setting-changes';
import type { Caller } from '../access';
import { audit } from '../audit';
import { Directory } from '../organizations';
import { Clock, COURIER, Database, newId, NotFoundError, timeOfId, type Row, type Tx } from '../platform';

/** So long a check may take; a browser and a proxy wait longer. */
const checkMs = 10_000;
/** The answer may arrive at another instance, so the row is asked. */
const askEveryMs = 100;

/** A week. */
const shownDays = 7;

/** What IT staff do with plugins. */
@Injectable()
export class PluginDesk {
  constructor(
    private readonly database: Database,
    private readonly registry: PluginRegistry,
    private readonly intake: IntakeDesk,
    private readonly guard: IntakeGuard,
    private readonly counts: DailyCounts,
    private readonly directory: Directory,
    private readonly clock: Clock,
    @Inject(COURIER) private readonly courier: Courier,
  ) {}

  async list(): Promise<PluginView[]> {
    const plugins = await readPlugins(this.database);
    const hosts = await readHosts(this.database);
    const open = new Set(await this.registry.openLanes());
    const intakes = await this.intake.views();
    const last = await lastMessages(this.database);
    return Promise.all(
      plugins.map((p) =>
        this.view(
          p,
          hosts.filter((h) => h.plugin === p.id),
          open,
          intakes.get(p.id),
          last.get(p.id),
        ),
      ),
    );
  }

  /** @throws {NotFoundError} */
  async show(id: string): Promise<PluginDetail> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    const hosts = await readHosts(this.database, id);
    const open = new Set(await this.registry.openLanes());
    const intake = (await this.intake.views(id)).get(id);
    return {
      ...(await this.view(plugin, hosts, open, intake, (await lastMessages(this.database)).get(id))),
      sdkRange: plugin.sdk_range,
      configSchema: z.record(z.string(), z.json()).parse(withHubSettings(plugin.config_schema)),
      config: pluginConfig.parse(await readConfig(this.database, plugin)),
      codeVersions: (await readCodeVersions(this.database, id)).map(({ version, sdk, sdk_range: sdkRange, since }) => ({
        ...{ version, sdk, sdkRange },
        since: since.toISOString(),
      })),
      hosts: hosts.map((h) => this.hostView(h)),
      days: (await readDays(this.database, id, shownDays)).map(dayView),
      functions: this.directory.servedByPlugin(id).map(({ id, code, name }) => ({ id, code, name })),
    };
  }

  /** What {@link configure} would do, without doing it. */
  async judge(id: string, settings: Row): Promise<PluginConfigJudged> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    judgeSettings(plugin.config_schema, settings);
    const changed = !isDeepStrictEqual(settings, await readConfig(this.database, plugin));
    return { configVersion: plugin.config_version + (changed ? 1 : 0), changed };
  }

  /**
   * New settings, at once given to the host that runs the plugin. An enabled plugin stays enabled: what IT staff see of it
   * is that its check is of older settings, unless only the hub's own part differs. Enabling asks for a check of these.
   * What the intake waits for is judged anew by them.
   */
  configure(id: string, version: number, settings: Row, caller: Caller): Promise<PluginDetail> {
    return this.replace(id, version, settings, caller);
  }

  /**
   * Settings of an earlier version hold again, as a new one: judged by the schema of today.
   * @throws {NotFoundError} also when there was no such version
   */
  async returnTo(id: string, version: number, earlier: number, caller: Caller): Promise<PluginDetail> {
    const plugin = await readPlugin(this.database, id);
    if (plugin && plugin.config_version !== version) throw new SettingsChangedError();
    const settings = (await readConfigVersions(this.database, id)).find((v) => v.version === earlier)?.config;
    if (!settings) throw new NotFoundError();
    return this.replace(id, version, settings, caller, earlier);
  }

  async versions(id: string): Promise<ConfigVersions> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    const rows = await readConfigVersions(this.database, id);
    return {
      items: rows.map(({ version, config, at, actor, name, returned_to: returnedTo }, index) => ({
        ...{ version, at: at.toISOString() },
        ...(actor !== null && { by: { actor, ...(name !== null && { name }) } }),
        ...(returnedTo !== null && { returnedTo }),
        current: version === plugin.config_version,
        changes: settingChanges(rows[index + 1]?.config ?? {}, config),
      })),
    };
  }

  private async replace(
    id: string,
    version: number,
    settings: Row,
    caller: Caller,
    returnedTo?: number,
  ): Promise<PluginDetail> {
    await this.database.transaction(async (tx) => {
      const plugin = await lockPlugin(tx, id);
      if (!plugin) throw new NotFoundError();
      if (plugin.config_version !== version) throw new SettingsChangedError();
      judgeSettings(plugin.config_schema, settings);
      const before = await readConfig(tx, plugin);
      if (isDeepStrictEqual(settings, before)) return;
      const sameForHost = isDeepStrictEqual(ownSettings(settings), ownSettings(before));
      const at = this.clock.now();
      const row = { plugin: id, version: version + 1, config: settings, at, actor: caller.actor, returnedTo };
      await replaceConfig(tx, row, { sameForHost });
      await forgetPause(tx, id);
      this.note(tx, caller, 'plugin.configured', id, {
        configVersion: version + 1,
        ...(returnedTo !== undefined && { returnedTo }),
      });
    });
    this.guard.reread();
    await this.registry.giveSettings(id);
    return this.show(id);
  }

  /** Lets the running host check everything it needs, with the calls it would use at work. */
  async check(id: string, caller: Caller): Promise<PluginCheck> {
    if (!(await readPlugin(this.database, id))) throw new NotFoundError();
    const holder = await this.registry.holderOf(id);
    if (!holder) throw new HostAwayError();
    const commandId = newId();
    await this.database.transaction(async (tx) => {
      await tx.query('update plugin set check_command = $2 where id = $1', [id, commandId]);
      this.note(tx, caller, 'plugin.check_asked', id, { commandId });
    });
    if (!(await this.registry.send(holder.host_id, id, { name: 'check' }, commandId))) throw new HostAwayError();

    const until = Date.now() + checkMs;
    while (Date.now() < until) {
      await pause(askEveryMs);
      const now = await readPlugin(this.database, id);
      if (!now || now.check_command === commandId) continue;
      const check = checkOf(now);
      if (check) return check;
    }
    throw new CheckUnansweredError();
  }

  async enable(id: string, how: EnablePlugin, caller: Caller): Promise<PluginDetail> {
    await this.database.transaction(async (tx) => {
      const plugin = await lockPlugin(tx, id);
      if (!plugin) throw new NotFoundError();
      const forced = how.force === true;
      const passed = plugin.check_ok === true && !isOutdated(plugin);
      if (!passed && !forced) throw new CheckNeededError();
      await this.turn(tx, plugin, true, caller, { forced, ...(forced && { reason: how.reason }) });
    });
    return this.tell(id, 'enable');
  }

  async disable(id: string, caller: Caller): Promise<PluginDetail> {
    await this.database.transaction(async (tx) => {
      const plugin = await lockPlugin(tx, id);
      if (!plugin) throw new NotFoundError();
      await this.turn(tx, plugin, false, caller, {});
    });
    return this.tell(id, 'disable');
  }

  /** Its sources look now, instead of when their time has come; a source that paused itself goes on. */
  async poll(id: string, caller: Caller): Promise<PluginDetail> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    if (!plugin.enabled) throw new PluginOffError();
    const holder = await this.registry.holderOf(id);
    if (!holder) throw new HostAwayError();
    await this.database.transaction(async (tx) => this.note(tx, caller, 'plugin.poll_asked', id, {}));
    if (!(await this.registry.send(holder.host_id, id, { name: 'poll' }))) throw new HostAwayError();
    return this.show(id);
  }

  /** What the intake waits for may come in. */
  async confirm(id: string, { reason }: ConfirmIntake, caller: Caller): Promise<PluginDetail> {
    const holder = await this.registry.holderOf(id);
    if ((await this.intake.confirm(id, reason, caller, holder !== undefined)) === 'to_be_told') {
      // A host that misses it says with its next beat that it waits still.
      if (!holder || !(await this.registry.send(holder.host_id, id, { name: 'poll' }))) throw new HostAwayError();
    }
    return this.show(id);
  }

  /** Numbers of a day differ, and may. */
  async settleCounts(id: string, day: SettleCounts, caller: Caller): Promise<PluginDetail> {
    if (!(await readPlugin(this.database, id))) throw new NotFoundError();
    await this.counts.settle(id, day, caller);
    return this.show(id);
  }

  private async turn(tx: Tx, plugin: PluginRow, to: boolean, caller: Caller, details: Record<string, unknown>) {
    if (plugin.enabled === to) return;
    await tx.query('update plugin set enabled = $2 where id = $1', [plugin.id, to]);
    if (to) await noteEnabled(tx, plugin.id, this.clock.now());
    await forgetPause(tx, plugin.id);
    this.note(tx, caller, to ? 'plugin.enabled' : 'plugin.disabled', plugin.id, details);
  }

  /** The running host learns it at once; when it misses this, its next heartbeat brings it up again. */
  private async tell(id: string, name: 'enable' | 'disable'): Promise<PluginDetail> {
    const holder = await this.registry.holderOf(id);
    if (holder) await this.registry.send(holder.host_id, id, { name });
    return this.show(id);
  }

  private note(tx: Tx, caller: Caller, action: AuditAction, plugin: string, details: Record<string, unknown>) {
    const { actor, acting } = caller;
    audit(tx, {
      actor,
      function: acting,
      action,
      objectKind: 'plugin',
      object: plugin,
      details,
      at: this.clock.now(),
    });
  }

  private async view(
    plugin: PluginRow,
    hosts: readonly HostRow[],
    open: ReadonlySet<string>,
    intake: IntakeView = { guard: 'off' },
    last?: Date,
  ): Promise<PluginView> {
    const holder = hosts.find((h) => h.holds) ?? hosts.find((h) => h.code !== null && this.registry.isFresh(h));
    const check = checkOf(plugin);
    // A broker that does not answer must not hide the rest.
    const { waiting, oldest, parked } = await deliveriesOf(this.database, plugin.id);
    const depth = await this.courier.queueDepth(deliveriesQueueOf(plugin.id)).catch(() => undefined);
    return {
      id: plugin.id,
      title: plugin.title,
      domain: Domain.parse(plugin.domain),
      version: plugin.version,
      enabled: plugin.enabled,
      laneOpen: open.has(plugin.id),
      configVersion: plugin.config_version,
      ...(check && { check }),
      ...(holder && { host: this.hostView(holder) }),
      ...(depth && { queueDepth: depth.messages }),
      waiting,
      ...(oldest !== null && { waitingSince: timeOfId(oldest).toISOString() }),
      parked,
      quarantined: await countWaiting(this.database, plugin.id),
      ...(last && { lastMessageAt: last.toISOString() }),
      ...(holder?.untaken_since && { untakenSince: holder.untaken_since.toISOString() }),
      intake,
    };
  }

  private hostView(host: HostRow): PluginHostView {
    return {
      id: host.host_id,
      lastSeen: host.last_seen.toISOString(),
      fresh: this.registry.isFresh(host),
      holds: host.holds,
      running: host.running,
      inHand: host.in_hand,
      ...(host.code !== null && { code: host.code, ...connectionText({ code: host.code }) }),
      ...(host.clock_ahead_ms !== null && { clockAheadMs: Number(host.clock_ahead_ms) }),
    };
  }
}

function checkOf(plugin: PluginRow): PluginCheck | undefined {
  if (!plugin.checked_at || plugin.check_ok === null) return undefined;
  return {
    at: plugin.checked_at.toISOString(),
    ok: plugin.check_ok,
    findings: plugin.findings ?? [],
    ...(isOutdated(plugin) && { outdated: true }),
  };
}

const isOutdated = (plugin: PluginRow) =>
  plugin.checked_config !== plugin.config_version || plugin.checked_version !== plugin.version;
