// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import {
  answersQueueOf,
  deliveriesQueueOf,
  hostQueueOf,
  hubQueueOf,
  pluginAccount,
  pluginSource,
  repliesQueueOf,
  type CheckFinding,
  type CloudEvent,
  type DeliveryReceipt,
  type ControlCount,
  type ItemAnswer,
  type MessageData,
  type MessageToHub,
  type PluginCommand,
  type PluginRehearsed,
  type ReferralSubmission,
} from '@tsunagi/contracts';
import { hostIdOf, type Courier } from '@tsunagi/messaging';
import { waitFor } from '@tsunagi/testing';
import type { Broker } from './set-ups';

type DryRun = Extract<PluginCommand['command'], { name: 'dry-run' }>;
type DeliveryType = 'referral.sent.v1' | 'referral.supplemented.v1' | 'referral.recalled.v1' | 'referral.status.v1';

/** A plugin host played by a spec: it says what a host says, and shows what the hub sent. */
export class AHost {
  readonly deliveries: CloudEvent[] = [];
  readonly answers = new Map<string, ItemAnswer>();
  /** Of items that the hub has only tried, their names. */
  readonly onlyTried = new Set<string>();
  private readonly goes = new Map<string, boolean>();
  /** The claim of the last message of each delivery. */
  private readonly claims = new Map<string, string>();
  private beating: NodeJS.Timeout | undefined;
  /** Days that the hub has asked for, and what the legacy system holds of them; a code: it does not answer. */
  readonly counted: string[] = [];
  holds: readonly ControlCount[] | string | (() => readonly ControlCount[]) = [];
  /** What its check finds; undefined: it does not answer. */
  finds: readonly CheckFinding[] | undefined;
  /** What it finds where a row that waits came from, when it is told to read it again. */
  rereads: ((row: number) => ReferralSubmission) | undefined;
  /** Settings and files that it was to try, and what it makes of them, part by part; undefined: it does not answer. */
  readonly tried: DryRun[] = [];
  tries: ((asked: DryRun) => readonly Partial<PluginRehearsed>[]) | undefined;
  /** Since when its legacy system has left something lying, as it says with every beat. */
  untakenSince: Date | undefined;
  /** Since when one of its sources waits for a person, as it says with every beat; told to look now, it waits no longer. */
  pausedSince: Date | undefined;
  private configVersion = 1;

  private constructor(
    readonly plugin: string,
    private readonly courier: Courier,
    private readonly hostId: string,
  ) {}

  /** Says hello, is configured, and beats. */
  static async start(
    broker: Broker,
    plugin: string,
    domain: 'kaigo' | 'konkyu',
    configSchema: MessageData<'plugin.hello.v1'>['configSchema'] = {},
  ): Promise<AHost> {
    const hostId = hostIdOf(plugin, 'spec');
    const courier = await broker.connect(pluginAccount(plugin), { hostId, plugin });
    const host = new AHost(plugin, courier, hostId);
    let configured = false;
    await courier.consume(hostQueueOf(hostId), {}, async ({ event }) => {
      const { command, commandId } = event.data as MessageData<'plugin.command.v1'>;
      if (command.name === 'configure') {
        configured = true;
        host.configVersion = command.configVersion;
      }
      if (command.name === 'poll') host.pausedSince = undefined;
      if (command.name === 'count') await host.count(command.day, { hostId, commandId });
      if (command.name === 'check') await host.check(commandId);
      if (command.name === 'release') await host.reread(command);
      if (command.name === 'dry-run') await host.try(commandId, command);
    });
    await waitFor(
      async () => {
        await host.say('plugin.hello.v1', {
          hostId,
          plugin,
          domain,
          title: plugin,
          version: '0.1.0',
          sdk: '0.1.0',
          sdkRange: '^0.1.0',
          configSchema,
        });
        await new Promise((r) => setTimeout(r, 30));
        return configured;
      },
      { what: 'the plugin to be configured' },
    );
    await courier.consume(deliveriesQueueOf(plugin), {}, async ({ event }) => host.take(event));
    await courier.consume(answersQueueOf(plugin), {}, async ({ event }) => host.hear(event));
    const beat = () => {
      const lies = host.untakenSince && { untakenSince: host.untakenSince.toISOString() };
      const waits = host.pausedSince && { code: 'TOO_MANY_ROWS', pausedSince: host.pausedSince.toISOString() };
      const beat = { plugin, running: true, inHand: 0, ...lies, ...waits };
      return host.say('plugin.heartbeat.v1', { hostId, plugins: [beat] });
    };
    await beat();
    host.beating = setInterval(() => void beat().catch(() => undefined), 200);
    return host;
  }

  /** Beats no more, and hears and answers as before. */
  fallSilent(): void {
    clearInterval(this.beating);
  }

  async stop(): Promise<void> {
    this.fallSilent();
    await this.courier.close();
  }

  say<T extends MessageToHub>(type: T, data: MessageData<T>): Promise<void> {
    return this.publish(hubQueueOf[type], type, data);
  }

  private publish(queue: string, type: string, data: unknown): Promise<void> {
    return this.courier.publish(queue, {
      specversion: '1.0',
      id: randomUUID(),
      source: pluginSource(this.plugin),
      type,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    });
  }

  /** Sends items and waits for their answers. */
  async send<T extends 'referral.submitted.v1' | 'referral.response.v1' | 'recall.acknowledged.v1'>(
    type: T,
    items: MessageData<T>['items'],
  ): Promise<ItemAnswer[]> {
    for (const item of items) this.answers.delete(item.itemId);
    await this.say(type, { items } as unknown as MessageData<T>);
    return waitFor(
      () => {
        const answers = items.flatMap((i) => this.answers.get(i.itemId) ?? []);
        return answers.length === items.length && answers;
      },
      { what: 'answers to all items' },
    );
  }

  /** The next delivery of this type, not seen before; of this referral, where one is named. */
  next(type: DeliveryType, referralId?: string): Promise<CloudEvent> {
    return waitFor(
      () => {
        const found = this.deliveries.findIndex(
          (d) => d.type === type && (referralId === undefined || d.subject === referralId),
        );
        return found >= 0 && this.deliveries.splice(found, 1)[0];
      },
      { what: `a delivery ${type}` },
    );
  }

  /** Asks for the go-ahead, for the last message of this delivery unless another claim is named. */
  async mayWrite(deliveryId: string, claim = this.claimOf(deliveryId)): Promise<boolean> {
    this.goes.delete(deliveryId);
    await this.say('deliveries.check.v1', { deliveries: [{ deliveryId, claim }] });
    await waitFor(() => this.goes.has(deliveryId), { what: 'the go-ahead' });
    return this.goes.get(deliveryId) === true;
  }

  receipt(
    deliveryId: string,
    outcome: DeliveryReceipt['outcome'] = 'delivered',
    more: Partial<DeliveryReceipt> = {},
  ): Promise<void> {
    const claim = this.claimOf(deliveryId);
    return this.say('delivery.receipt.v1', { receipts: [{ deliveryId, claim, outcome, ...more }] });
  }

  /** Takes the next delivery like a host whose table takes it at once. */
  async takeNext(type: DeliveryType, referralId?: string): Promise<CloudEvent> {
    const event = await this.next(type, referralId);
    const { deliveryId } = event.data as { deliveryId: string };
    if (!(await this.mayWrite(deliveryId))) throw new Error('no go-ahead');
    await this.receipt(deliveryId);
    return event;
  }

  claimOf(deliveryId: string): string {
    return this.claims.get(deliveryId) ?? randomUUID();
  }

  private async count(day: string, asked: { readonly hostId: string; readonly commandId: string }): Promise<void> {
    const { plugin } = this;
    const holds = typeof this.holds === 'function' ? this.holds() : this.holds;
    const found = typeof holds === 'string' ? { ok: false, code: holds } : { ok: true, counts: [...holds] };
    await this.say('plugin.result.v1', { ...asked, plugin, ...found, at: new Date().toISOString() });
    this.counted.push(day);
  }

  private async check(commandId: string): Promise<void> {
    const { finds, hostId, plugin, configVersion } = this;
    if (!finds) return;
    const findings = [...finds];
    const ok = findings.every((finding) => finding.ok);
    await this.say('plugin.result.v1', {
      ...{ commandId, hostId, plugin, ok, findings, configVersion },
      at: new Date().toISOString(),
    });
  }

  /** What nobody asked for is answered as well. */
  async try(commandId: string, command: DryRun, more: Partial<PluginRehearsed> = {}): Promise<void> {
    const { hostId, plugin } = this;
    this.tried.push(command);
    for (const part of this.tries?.(command) ?? []) {
      const own = { commandId, hostId, plugin, part: 1, parts: 1, ok: true, at: new Date().toISOString() };
      await this.publish(repliesQueueOf(command.replyTo), 'plugin.rehearsed.v1', { ...own, ...part, ...more });
    }
  }

  private async reread({ as, file, row }: Extract<PluginCommand['command'], { name: 'release' }>): Promise<void> {
    const submission = this.rereads?.(row);
    if (submission)
      await this.say('referral.submitted.v1', {
        items: [{ itemId: as, submission, origin: { row, ...(file !== undefined && { file }) } }],
      });
  }

  private async take(event: CloudEvent): Promise<void> {
    const { deliveryId, claim } = event.data as { deliveryId: string; claim: string };
    this.claims.set(deliveryId, claim);
    this.deliveries.push(event);
  }

  private async hear(event: CloudEvent): Promise<void> {
    if (event.type === 'items.answered.v1') {
      const { answers, tried = [] } = event.data as MessageData<'items.answered.v1'>;
      for (const a of answers) this.answers.set(a.itemId, a);
      for (const itemId of tried) this.onlyTried.add(itemId);
    }
    if (event.type === 'deliveries.checked.v1')
      for (const a of (event.data as MessageData<'deliveries.checked.v1'>).answers) this.goes.set(a.deliveryId, a.go);
  }
}
