// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { BadConfigError, errorCode, sdkVersion, type Plugin } from '@tsunagi/plugin-sdk';
import {
  HubLine,
  hubSource,
  messages,
  type CloudEvent,
  type Door,
  type PluginCommand,
  type PluginHello,
  type PluginResult,
} from '@tsunagi/plugin-sdk/host';
import { findingsOf, partsOf, rehearse } from '../dry-run/rehearsal';
import { configSchemaOf } from '../load/config-schema';
import { PluginAtWork, type HostSurroundings } from './plugin-at-work';

export interface PluginSessionOptions extends HostSurroundings {
  readonly plugin: Plugin;
  readonly hostId: string;
  /** @default 10000 */
  readonly heartbeatMs?: number | undefined;
  /** Between two hellos that nobody has answered. @default 3000 */
  readonly helloMs?: number | undefined;
}

type Configure = Extract<PluginCommand['command'], { name: 'configure' }>;
type DryRun = Extract<PluginCommand['command'], { name: 'dry-run' }>;
type Result = Pick<PluginResult, 'ok' | 'code' | 'findings' | 'counts'>;

/** How often a host says how a plugin is. */
export const defaultHeartbeatMs = 10_000;

/** Nobody waits longer for what was tried: the hub has answered that it heard nothing. */
const replyMs = 20_000;

/**
 * One plugin on one host as the hub sees it. It offers itself until the hub says `configure` or `wait`; then it does what it
 * is told, one thing after the other, and says every few seconds how it is.
 */
export class PluginSession {
  private work: PluginAtWork | undefined;
  /** Settings as last given; undefined: not configured, or another host has the plugin. */
  private settings: Configure | undefined;
  private waiting = false;
  /** Why it does not work, though it was configured. */
  private trouble: string | undefined;
  private closed = false;
  private turn: Promise<void> = Promise.resolve();
  /** Settings and files that are tried, one after the other. */
  private trials: Promise<void> = Promise.resolve();
  private cancelTimer: () => void = () => undefined;
  private stopListening: () => void = () => undefined;
  private readonly line: HubLine;
  private readonly configSchema: PluginHello['configSchema'];

  constructor(private readonly options: PluginSessionOptions) {
    this.line = new HubLine(options.plugin.id, options.courier, options.clock);
    this.configSchema = configSchemaOf(options.plugin) ?? {};
  }

  /** Begins to offer the plugin. */
  start(): void {
    this.stopListening = this.line.onReconnected(() => {
      this.hello();
      if (this.settings) this.heartbeat();
    });
    this.beat();
  }

  /** Where its legacy system calls: `closed` until it works here. */
  get door(): Door | 'closed' | undefined {
    return this.options.plugin.listens ? (this.work?.door ?? 'closed') : undefined;
  }

  /** A message of the plugin's own queues. */
  async receive(event: CloudEvent): Promise<void> {
    if (!this.work) throw new NotAtWorkError();
    await this.work.runner.receive(event);
  }

  /** Resolves when the command is done and its result is said. Never throws: what goes wrong is a result. */
  command(event: CloudEvent): Promise<void> {
    const parsed = messages['plugin.command.v1'].safeParse(event);
    if (!parsed.success || event.source !== hubSource || parsed.data.data.plugin !== this.options.plugin.id) {
      this.options.log.error({ messageId: event.id, code: 'MESSAGE_INVALID' }, 'command not understood');
      return Promise.resolve();
    }
    const { commandId, command } = parsed.data.data;
    // Not waited for: files of a whole day take their time, and whoever is switched off need not.
    if (command.name === 'count') {
      void this.count(command.day).then((result) => this.sayResult(commandId, command, result));
      return Promise.resolve();
    }
    if (command.name === 'dry-run') {
      const asked = this.options.clock.now().getTime();
      this.trials = this.trials.then(() => this.dryRun(commandId, command, asked));
      return Promise.resolve();
    }
    return this.inTurn(async () => {
      const result = await this.obey(command);
      this.sayResult(commandId, command, result);
      if (this.settings) this.heartbeat();
    });
  }

  /** Drains and gives everything back. The last thing said. */
  close(): Promise<void> {
    this.closed = true;
    this.cancelTimer();
    this.stopListening();
    return this.inTurn(() => this.putDown());
  }

  private sayResult(commandId: string, { name: command }: PluginCommand['command'], result: Result | undefined): void {
    this.options.log.info({ command, ok: result?.ok, code: result?.code }, 'command done');
    if (result) this.say('plugin.result.v1', { commandId, ...this.name, ...result, ...this.version, at: this.now() });
  }

  /** What the legacy system holds of a day. Never throws. */
  private async count(day: string): Promise<Result> {
    if (!this.work) return this.notConfigured();
    try {
      return { ok: true, counts: [...(await this.work.runner.countDay(day))] };
    } catch (error) {
      return { ok: false, code: errorCode(error, 'COUNT_FAILED') };
    }
  }

  /** Beside the work, which goes on with the settings that hold. Never throws. */
  private async dryRun(commandId: string, command: DryRun, asked: number): Promise<void> {
    const { plugin, clock, log } = this.options;
    if (clock.now().getTime() - asked > replyMs) return;
    const rehearsal = this.closed
      ? ({ ok: false, code: 'HOST_CLOSING' } as const)
      : await rehearse(plugin, command, this.options);
    log.info({ command: command.name, ok: rehearsal.ok, code: rehearsal.code }, 'command done');
    try {
      for (const part of partsOf(rehearsal)) {
        const answer = { commandId, ...this.name, ...part, at: this.now() };
        await this.line.reply(command.replyTo, 'plugin.rehearsed.v1', answer, replyMs);
      }
    } catch (error) {
      log.warn({ type: 'plugin.rehearsed.v1', code: errorCode(error, 'PUBLISH_FAILED') }, 'not said');
    }
  }

  private async obey(
    command: Exclude<PluginCommand['command'], { name: 'count' | 'dry-run' }>,
  ): Promise<Result | undefined> {
    if (this.closed) return { ok: false, code: 'HOST_CLOSING' };
    switch (command.name) {
      case 'wait':
        await this.putDown();
        this.waiting = true;
        return undefined;
      case 'configure':
        return this.configure(command);
      case 'enable':
        return this.switchTo(true);
      case 'disable':
        return this.switchTo(false);
      case 'poll':
        this.work?.runner.poll();
        return this.work ? { ok: true } : this.notConfigured();
      case 'check':
        return this.check();
      case 'release': {
        if (!this.work) return this.notConfigured();
        const code = await this.work.runner.release(command);
        return code === undefined ? { ok: true } : { ok: false, code };
      }
    }
  }

  /** The same settings again only switch: a hello after a reconnect leads to that. */
  private async configure(settings: Configure): Promise<Result> {
    this.waiting = false;
    if (this.work && this.settings?.configVersion === settings.configVersion) {
      return this.switchTo(settings.enabled);
    }
    await this.putDown();
    this.settings = settings;
    return this.setToWork();
  }

  private async setToWork(): Promise<Result> {
    const { settings, options } = this;
    if (!settings) return this.notConfigured();
    try {
      this.work = await PluginAtWork.connect(options.plugin, settings.config, settings.checkpoints, options);
      if (settings.enabled) await this.work.runner.start();
      this.trouble = undefined;
      return { ok: true };
    } catch (error) {
      await this.work?.close().catch(() => undefined);
      this.work = undefined;
      this.trouble = errorCode(error, 'CONNECT_FAILED');
      options.log.error({ code: this.trouble }, 'plugin not connected');
      return {
        ok: false,
        code: this.trouble,
        ...(error instanceof BadConfigError ? { findings: findingsOf(error) } : {}),
      };
    }
  }

  private async switchTo(enabled: boolean): Promise<Result> {
    if (!this.settings) return this.notConfigured();
    this.settings = { ...this.settings, enabled };
    if (!this.work) return this.setToWork();
    try {
      await (enabled ? this.work.runner.start() : this.work.runner.stop());
      return { ok: true };
    } catch (error) {
      return { ok: false, code: errorCode(error, 'SWITCH_FAILED') };
    }
  }

  /** A plugin that could not be connected is tried once more: people check after they have repaired something. */
  private async check(): Promise<Result> {
    if (!this.settings) return this.notConfigured();
    if (!this.work) {
      const result = await this.setToWork();
      if (!this.work) {
        return { findings: [{ name: '接続', ok: false, code: result.code }], ...result };
      }
    }
    const findings = (await this.work.runner.check()).slice(0, 40);
    return { ok: findings.every(({ ok }) => ok), findings: [...findings] };
  }

  private notConfigured(): Result {
    return { ok: false, code: 'NOT_CONFIGURED' };
  }

  private async putDown(): Promise<void> {
    const { work } = this;
    this.settings = undefined;
    this.trouble = undefined;
    try {
      await work?.close();
    } catch (error) {
      this.options.log.error({ code: errorCode(error, 'CLOSE_FAILED') }, 'plugin not closed cleanly');
    }
    this.work = undefined;
  }

  /** Says how it is, or offers itself, and comes back in time. */
  private beat(): void {
    if (this.closed) return;
    const { clock, heartbeatMs = defaultHeartbeatMs, helloMs = 3_000 } = this.options;
    if (this.settings) {
      this.heartbeat();
      if (!this.work && this.trouble !== 'BAD_CONFIG') this.tryAgain();
    } else this.hello();
    const nextMs = this.settings || this.waiting ? heartbeatMs : Math.min(helloMs, heartbeatMs);
    this.cancelTimer = clock.after(nextMs, () => this.beat());
  }

  /** A database or share that was away may be back. */
  private tryAgain(): void {
    void this.inTurn(async () => {
      if (this.settings && !this.work && !this.closed) await this.setToWork();
    });
  }

  private hello(): void {
    const { plugin } = this.options;
    this.say('plugin.hello.v1', {
      ...this.name,
      domain: plugin.domain,
      title: plugin.title,
      version: plugin.version,
      sdk: sdkVersion,
      sdkRange: plugin.sdk,
      configSchema: this.configSchema,
    });
  }

  private heartbeat(): void {
    const { hostId, plugin } = this.options;
    const runner = this.work?.runner;
    const code = this.trouble ?? runner?.code;
    this.say('plugin.heartbeat.v1', {
      hostId,
      plugins: [
        {
          plugin: plugin.id,
          running: runner?.running ?? false,
          inHand: runner?.inHand ?? 0,
          ...(code === undefined ? {} : { code }),
          ...this.version,
          ...(runner?.lastFileAt && { lastFileAt: runner.lastFileAt.toISOString() }),
          ...(runner?.untakenSince && { untakenSince: runner.untakenSince.toISOString() }),
          ...(runner?.pausedSince && { pausedSince: runner.pausedSince.toISOString() }),
        },
      ],
    });
  }

  /** What is lost here is said again with the next beat, or asked for again by the hub. */
  private say(...[type, data]: Parameters<typeof this.line.say>): void {
    this.line.say(type, data).catch((error: unknown) => {
      this.options.log.warn({ type, code: errorCode(error, 'PUBLISH_FAILED') }, 'not said');
    });
  }

  private get name() {
    return { hostId: this.options.hostId, plugin: this.options.plugin.id };
  }

  /** Which settings it was given last. */
  private get version(): Pick<PluginResult, 'configVersion'> {
    return this.settings ? { configVersion: this.settings.configVersion } : {};
  }

  private now(): string {
    return this.options.clock.now().toISOString();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work).catch((error: unknown) => {
      this.options.log.error({ code: errorCode(error, 'SESSION_FAILED') }, 'command failed');
    });
    this.turn = done;
    return done;
  }
}

/** A message for a plugin that is being switched off: it stays in its queue. */
export class NotAtWorkError extends Error {
  readonly code = 'NOT_AT_WORK';
  readonly retryable = true;

  constructor() {
    super('the plugin is not at work');
    this.name = 'NotAtWorkError';
  }
}
