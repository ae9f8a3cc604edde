// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import {
  connectionText,
  fileDryRunLimits,
  hostQueueOf,
  messages,
  ownSettings,
  pluginConfig,
  repliesQueueOf,
  type CheckFinding,
  type CloudEvent,
  type PluginCommand,
  type PluginRehearsed,
  type SettingsTried,
  type TryFile,
  type AuditAction,
} from '@tsunagi/contracts';
import { CourierError, type Courier } from '@tsunagi/messaging';
import { judgeSettings } from './judge-settings';
import { PluginRegistry } from './plugin-registry.service';
import {
  CheckUnansweredError,
  DryRunUnansweredError,
  FileNotTriedError,
  FileTooLargeError,
  HostAwayError,
} from './plugin.errors';
import { readConfig, readPlugin } from './plugin.rows';
import type { Caller } from '../access';
import { audit } from '../audit';
import { defaultTimings, type HubConfig } from '../hub.config';
import {
  Clock,
  COURIER,
  Database,
  HUB_CONFIG,
  hubEvent,
  Log,
  newId,
  NotFoundError,
  pluginOfSource,
  type Row,
} from '../platform';

type Asked = Omit<Extract<PluginCommand['command'], { name: 'dry-run' }>, 'name' | 'replyTo'>;
type Rehearsed = Pick<PluginRehearsed, 'ok' | 'code' | 'findings' | 'notJudged'> & {
  readonly rows: NonNullable<PluginRehearsed['rows']>;
};

interface Waiting {
  readonly plugin: string;
  readonly hostId: string;
  readonly parts: Map<number, PluginRehearsed>;
  readonly done: (rehearsed: Rehearsed) => void;
}

/**
 * Has settings or a file tried by the host that runs the plugin, beside its work. Question and answer go through queues of one
 * connection each: nothing of a file is in the database, in a queue that lasts, or in a log. The answer comes to the instance
 * that has asked.
 */
@Injectable()
export class DryRuns implements OnModuleInit {
  private readonly instance = newId();
  private readonly waiting = new Map<string, Waiting>();
  /** So long somebody waits at a screen. What has not been taken by then is gone from the host's queue, too. */
  private readonly fileMs: number;

  constructor(
    private readonly database: Database,
    private readonly registry: PluginRegistry,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(COURIER) private readonly courier: Courier,
    @Inject(HUB_CONFIG) { timings }: HubConfig,
  ) {
    this.fileMs = timings?.trial ?? defaultTimings.trial;
  }

  async onModuleInit(): Promise<void> {
    await this.courier.consume(repliesQueueOf(this.instance), {}, ({ event }) => Promise.resolve(this.hear(event)));
  }

  /**
   * The plugin's check with settings that hold nowhere yet. Secrets stand in them as references, as in those that are saved.
   * @throws NotFoundError, whatever {@link judgeSettings} throws, HostAwayError, CheckUnansweredError or FileTooLargeError
   */
  async checkSettings(id: string, settings: Row, caller: Caller): Promise<SettingsTried> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    judgeSettings(plugin.config_schema, settings);
    await this.note(caller, 'plugin.settings_check_asked', id, {});
    const rehearsed = await this.ask(id, { config: forHost(settings) }, this.fileMs / 2);
    if (!rehearsed) throw new CheckUnansweredError();
    return settingsTriedOf(rehearsed);
  }

  /**
   * The rows of a file as the plugin reads and maps them, with these settings or those that hold. Nothing is judged yet.
   * @throws NotFoundError, whatever {@link judgeSettings} throws, HostAwayError, DryRunUnansweredError, FileTooLargeError or
   * FileNotTriedError
   */
  async readFile(id: string, { name, content, config }: TryFile, caller: Caller): Promise<Rehearsed> {
    const plugin = await readPlugin(this.database, id);
    if (!plugin) throw new NotFoundError();
    if (config) judgeSettings(plugin.config_schema, config);
    const bytes = Buffer.byteLength(content, 'base64');
    if (bytes > fileDryRunLimits.bytes) throw new FileTooLargeError();
    // Not its name: whoever made it may have called it after somebody.
    await this.note(caller, 'plugin.dry_run_asked', id, { bytes, ...(config && { otherSettings: true }) });
    const settings = config ?? (await readConfig(this.database, plugin));
    const rehearsed = await this.ask(id, { config: forHost(settings), file: { name, content } }, this.fileMs);
    if (!rehearsed) throw new DryRunUnansweredError();
    if (rehearsed.ok) return rehearsed;
    throw notTried(rehearsed.code);
  }

  private async ask(plugin: string, asked: Asked, waitMs: number): Promise<Rehearsed | undefined> {
    const holder = await this.registry.holderOf(plugin);
    if (!holder) throw new HostAwayError();
    const commandId = newId();
    const command = { name: 'dry-run', replyTo: this.instance, ...asked } as const;
    let giveUp: NodeJS.Timeout | undefined;
    try {
      const answered = new Promise<Rehearsed | undefined>((resolve) => {
        giveUp = setTimeout(() => resolve(undefined), waitMs);
        this.waiting.set(commandId, { plugin, hostId: holder.host_id, parts: new Map(), done: resolve });
      });
      const event = hubEvent('plugin.command.v1', { commandId, plugin, command });
      await this.courier.publish(hostQueueOf(holder.host_id), event, { expiresMs: waitMs });
      return await answered;
    } catch (error) {
      if (error instanceof CourierError && error.code === 'PAYLOAD_TOO_LARGE') throw new FileTooLargeError();
      this.log.failure('plugin command', error, { plugin, host: holder.host_id, command: command.name });
      throw new HostAwayError();
    } finally {
      clearTimeout(giveUp);
      this.waiting.delete(commandId);
    }
  }

  /** A part of an answer. Of a question that nobody waits for any more, or from anybody else than was asked, nothing is kept. */
  private hear(event: CloudEvent): void {
    const parsed = messages['plugin.rehearsed.v1'].safeParse(event);
    const part = parsed.data?.data;
    const waiting = part && this.waiting.get(part.commandId);
    const asked =
      waiting && waiting.plugin === pluginOfSource(event.source) && part.hostId === waiting.hostId
        ? waiting
        : undefined;
    if (!part || !asked) {
      this.log.warn('dry run answer not awaited', { message: event.id, readable: parsed.success });
      return;
    }
    asked.parts.set(part.part, part);
    const inOrder = [...asked.parts.values()].sort((one, other) => one.part - other.part);
    const [first] = inOrder;
    if (!first || inOrder.length < first.parts) return;
    const rows = inOrder.flatMap((each) => each.rows ?? []);
    if (rows.length > fileDryRunLimits.rows) return asked.done({ ok: false, code: 'TOO_MANY_ROWS', rows: [] });
    const { ok, code, findings, notJudged } = first;
    asked.done({ ok, code, findings, notJudged, rows });
  }

  private note({ actor, acting }: Caller, action: AuditAction, plugin: string, details: Row): Promise<void> {
    return this.database.transaction((tx) => {
      const at = this.clock.now();
      audit(tx, { actor, function: acting, action, objectKind: 'plugin', object: plugin, details, at });
      return Promise.resolve();
    });
  }
}

/** What the hub keeps to itself of the settings is no plugin's. */
const forHost = (settings: Row) => ownSettings(pluginConfig.parse(settings));

function notTried(code: string | undefined): FileTooLargeError | FileNotTriedError {
  if (code === 'TOO_MANY_ROWS') return new FileTooLargeError();
  return new FileNotTriedError(code === 'FILE_NOT_TAKEN' || code === 'READS_NO_FILES' ? code : 'DRY_RUN_FAILED');
}

/** In one sentence what is wrong first; the rest stands in the findings. */
export function settingsTriedOf({
  ok,
  code,
  findings = [],
}: Pick<Rehearsed, 'ok' | 'code' | 'findings'>): SettingsTried {
  const wrong: CheckFinding | undefined = findings.find((finding) => !finding.ok);
  if (ok && !wrong) return { ok, says: 'この設定で、業務システムとつながりました。まだ保存していません。', findings };
  // Wrong settings have codes of the schema in their places; what they are together, the answer says.
  const { says, remedy } = connectionText(code === 'BAD_CONFIG' ? { code, hint: wrong?.hint } : (wrong ?? { code }));
  return {
    ok: false,
    says: wrong ? `${wrong.name}: ${says}` : says,
    ...(remedy !== undefined && { remedy }),
    findings,
  };
}
