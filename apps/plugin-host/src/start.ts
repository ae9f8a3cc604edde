// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import 'reflect-metadata';
import { hostIdOf, type Courier } from '@tsunagi/messaging';
import { errorCode, secretsIn, systemClock, type Clock, type Log, type Plugin } from '@tsunagi/plugin-sdk';
import {
  answersQueueOf,
  deliveriesQueueOf,
  doorsListener,
  hostQueueOf,
  openListener,
  pluginAccount,
  type Door,
  type DoorOf,
  type Lane,
  type RunnerLimits,
} from '@tsunagi/plugin-sdk/host';
import type { RequestListener } from 'node:http';
import { noFailpoint, type Failpoint } from './failpoint';
import { logOf, messagingLog } from './host-log';
import { AnswersController } from './lanes/answers.controller';
import { ControlController } from './lanes/control.controller';
import { DeliveriesController } from './lanes/deliveries.controller';
import { openLane } from './lanes/open-lane';
import type { RefusedPlugin } from './load/check-plugins';
import type { LoadPackage } from './load/load-plugin';
import { loadPlugins } from './load/load-plugins';
import { defaultHeartbeatMs, PluginSession } from './protocol/plugin-session';
import { RefusedHere } from './protocol/refused-here';

export interface PluginHostConfig {
  /** Such as `kaigo`; the packages are `@tsunagi/plugin-<name>`. */
  readonly plugins: readonly string[];
  readonly secretsDir: string;
  readonly stateDir: string;
  /** Letters, digits, hyphen and underscore; different for each host. */
  readonly hostName: string;
  /** Connects with a plugin's account. Called again when it rejects. */
  readonly connect: (account: string, role: { hostId: string; plugin: string }) => Promise<Courier>;
  readonly log: Log;
  /** @default 10000 */
  readonly heartbeatMs?: number | undefined;
  /** In place of what the plugins' sources say. @default the sources' own */
  readonly pollMs?: number | undefined;
  /**
   * Address and port for plugins whose legacy systems call by HTTP; opened only where there is one.
   * @default none: somebody serves {@link PluginHost.doors}
   */
  readonly listen?: { readonly host: string; readonly port: number } | undefined;
  /** @default require */
  readonly load?: LoadPackage | undefined;
  /** @default the system's */
  readonly clock?: Clock | undefined;
  /** For kill tests. @default none */
  readonly failpoint?: Failpoint | undefined;
  readonly limits?: Partial<RunnerLimits> | undefined;
}

export interface PluginHost {
  readonly refused: readonly RefusedPlugin[];
  /** Port of its own listener. */
  readonly port: number | undefined;
  /** Everything below `/plugins/`, for a server that is already there. */
  readonly doors: RequestListener;
  /** Drains for at most 20 s and gives everything back. */
  close(): Promise<void>;
}

/**
 * Starts a host: resolves when each plugin has tried once to reach its queue. One that cannot run is refused alone; one whose
 * broker is away keeps trying.
 */
export async function start(config: PluginHostConfig): Promise<PluginHost> {
  const { log } = config;
  const { accepted, refused } = loadPlugins(config.plugins, config.load);
  for (const { name, code, sentence, hint } of refused) log.error({ plugin: name, code, hint }, sentence);
  const hosted = accepted.map((plugin) => new HostedPlugin(plugin, config));
  const doorOf: DoorOf = (id) => hosted.find((plugin) => plugin.id === id)?.door;
  const listens = accepted.some((plugin) => plugin.listens);
  // Before anything is offered: a port that is taken is told at the start.
  const listener = config.listen && listens ? await openListener({ doorOf, log, ...config.listen }) : undefined;
  // Of a name that stands there twice, the first one runs.
  const silent = refused.filter(({ code }) => code !== 'DOUBLED_ID').map((plugin) => refusedHere(plugin, config));
  await Promise.all([...hosted, ...silent].map((plugin) => plugin.start()));
  return {
    refused,
    port: listener?.port,
    doors: doorsListener(doorOf, log),
    close: async () => {
      await Promise.all([listener?.close(), ...[...hosted, ...silent].map((plugin) => plugin.close())]);
    },
  };
}

function refusedHere({ name: plugin, code }: RefusedPlugin, config: PluginHostConfig): RefusedHere {
  const hostId = hostIdOf(plugin, config.hostName);
  return new RefusedHere({
    ...{ plugin, hostId, code },
    connect: () => config.connect(pluginAccount(plugin), { hostId, plugin }),
    clock: config.clock ?? systemClock,
    log: logOf(config.log, { plugin, hostId }),
    heartbeatMs: config.heartbeatMs ?? defaultHeartbeatMs,
  });
}

const retryMs = 2_000;

/** One plugin with its connection and its session. */
class HostedPlugin {
  private courier: Courier | undefined;
  private session: PluginSession | undefined;
  private control: Lane | undefined;
  private closing = false;
  private cancelRetry: () => void = () => undefined;
  private starting: Promise<void> = Promise.resolve();
  private readonly hostId: string;
  private readonly log: Log;
  private readonly clock: Clock;

  constructor(
    private readonly plugin: Plugin,
    private readonly config: PluginHostConfig,
  ) {
    this.hostId = hostIdOf(plugin.id, config.hostName);
    this.log = logOf(config.log, { plugin: plugin.id, hostId: this.hostId });
    this.clock = config.clock ?? systemClock;
  }

  get id(): string {
    return this.plugin.id;
  }

  get door(): Door | 'closed' | undefined {
    return this.session ? this.session.door : this.plugin.listens ? 'closed' : undefined;
  }

  /** Resolves after the first try; tries again for as long as it takes. */
  start(): Promise<void> {
    this.starting = this.open().catch((error: unknown) => {
      // QUEUE_LOCKED: an earlier incarnation of this host is not gone yet, and must not be doubled.
      this.log.warn({ code: errorCode(error, 'START_FAILED') }, 'plugin not offered yet');
      if (!this.closing) this.cancelRetry = this.clock.after(retryMs, () => void this.start());
    });
    return this.starting;
  }

  async close(): Promise<void> {
    this.closing = true;
    this.cancelRetry();
    await this.starting;
    await this.session?.close();
    await this.control?.cancel();
    await this.courier?.close();
  }

  private async open(): Promise<void> {
    const { config, plugin, hostId, log, clock } = this;
    this.courier ??= await config.connect(pluginAccount(plugin.id), { hostId, plugin: plugin.id });
    const { courier } = this;
    const lane = (queue: string, controller: new (session: PluginSession) => object) =>
      openLane({ queue, controller, session, courier, log: messagingLog(log) });
    const session: PluginSession = new PluginSession({
      plugin,
      hostId,
      courier,
      clock,
      log,
      secrets: secretsIn(config.secretsDir),
      stateDir: config.stateDir,
      heartbeatMs: config.heartbeatMs,
      pollMs: config.pollMs,
      limits: config.limits,
      failpoint: config.failpoint ?? noFailpoint,
      openLane: (name) =>
        name === 'answers'
          ? lane(answersQueueOf(plugin.id), AnswersController)
          : lane(deliveriesQueueOf(plugin.id), DeliveriesController),
    });
    this.control = await lane(hostQueueOf(hostId), ControlController);
    this.session = session;
    if (!this.closing) session.start();
    log.info({ version: plugin.version }, 'plugin offered');
  }
}
