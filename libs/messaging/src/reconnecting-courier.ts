// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hubAccount, pluginAccount, hostQueueOf, type CloudEvent } from '@tsunagi/contracts';
import { brokerAccounts, accountOfPlugin, type BrokerAccount } from './broker-accounts';
import type {
  ConsumeOptions,
  Courier,
  CourierRole,
  DeadLetter,
  MessageHandler,
  OutgoingMessage,
  PublishOptions,
  QueueDepth,
  Subscription,
} from './courier';
import { CourierError } from './courier.errors';
import { handleDeadLetter, handleDelivery } from './handle-delivery';
import { limits } from './limits';
import type { Delivery, Dial, Link } from './link';
import { LinkKeeper } from './link-keeper';
import { guarded, type MessagingLog } from './log';
import type { Pause } from './pause';
import { outgoing, Publishing, settleAll } from './publishing';
import { QueueRepair } from './queue-repair';
import { StandingSubscription } from './standing-subscription';
import { deadQueue, pluginQueuesOf, policyOfQueue } from './topology';

export interface ReconnectingCourierOptions {
  readonly account: string;
  readonly role: CourierRole;
  readonly dial: Dial;
  readonly pause: Pause;
  readonly log: MessagingLog;
  readonly confirmTimeoutMs: number;
  readonly firstConnectMs: number;
  readonly drainMs: number;
  /** Plugins whose queues the hub asserts from the start. */
  readonly plugins: readonly string[];
}

/** Puts the parts together: the same for RabbitMQ and the in-process broker, which differ in their links only. */
export class ReconnectingCourier implements Courier {
  private readonly keeper: LinkKeeper;
  private readonly publishing: Publishing;
  private readonly repair: QueueRepair;
  private readonly rights: BrokerAccount;
  private readonly plugins: Set<string>;
  private readonly subscriptions = new Set<StandingSubscription>();
  private readonly listeners = new Set<() => void>();
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;
  private firstLink: Link | undefined;

  private constructor(private readonly options: ReconnectingCourierOptions) {
    this.rights = rightsOf(options);
    this.plugins = new Set(options.plugins);
    this.keeper = new LinkKeeper({ ...options, prepare: (link) => this.assertTopology(link) });
    this.repair = new QueueRepair(options.dial, options.log);
    this.publishing = new Publishing(this.keeper, options.confirmTimeoutMs, (queue) => this.suspect(queue));
    this.keeper.onUp((link) => void this.announce(link));
    this.keeper.onUp(() => this.inspect([...this.plugins]));
  }

  static async connect(options: ReconnectingCourierOptions): Promise<Courier> {
    const courier = new ReconnectingCourier({ ...options, log: guarded(options.log) });
    await courier.keeper.start(options.firstConnectMs);
    if (options.role === 'hub') void courier.keepTopology();
    return courier;
  }

  get account(): string {
    return this.options.account;
  }

  get connected(): boolean {
    return this.keeper.current !== undefined;
  }

  async publish(queue: string, event: CloudEvent, { expiresMs }: PublishOptions = {}): Promise<void> {
    this.assertOpen();
    const message = { ...outgoing(queue, event, this.rights), expiresMs };
    try {
      await this.publishing.send(message);
    } catch (error) {
      if (this.isHub && error instanceof CourierError && error.code === 'UNROUTABLE') void this.reassert();
      throw error;
    }
  }

  publishAll(messages: readonly OutgoingMessage[]): Promise<PromiseSettledResult<void>[]> {
    return settleAll(messages, limits.publishWindow, ({ queue, event }) => this.publish(queue, event));
  }

  async consume(queue: string, options: ConsumeOptions, handler: MessageHandler): Promise<Subscription> {
    if (queue === deadQueue) throw new CourierError('ACCESS_REFUSED', `${queue} is drained with consumeDead()`);
    const { log, pause } = this.options;
    return this.subscribe(queue, options.prefetch, (delivery, ending) =>
      handleDelivery(delivery, handler, { queue, pause, log, ending }),
    );
  }

  async consumeDead(handler: (letter: DeadLetter) => Promise<void>): Promise<Subscription> {
    const { log, pause } = this.options;
    return this.subscribe(deadQueue, undefined, (delivery, ending) =>
      handleDeadLetter(delivery, handler, { queue: deadQueue, pause, log, ending }),
    );
  }

  async declarePlugin(plugin: string): Promise<void> {
    this.assertOpen();
    if (!this.isHub) throw new CourierError('ACCESS_REFUSED', `Account ${this.account} may not make queues`);
    const isNew = !this.plugins.has(plugin);
    this.plugins.add(plugin);
    // Without a link they are made together with the rest when there is one.
    await this.keeper.current?.declareShared([plugin]);
    if (isNew) this.inspect([plugin]);
  }

  onReconnected(listener: () => void): () => void {
    // Wrapped, so that the same function given twice counts twice.
    const own = () => listener();
    this.listeners.add(own);
    return () => void this.listeners.delete(own);
  }

  async queueDepth(queue: string): Promise<QueueDepth> {
    this.assertOpen();
    const link = this.keeper.current;
    if (!link) throw new CourierError('UNREACHABLE', `${queue}: not connected`);
    return link.depth(queue);
  }

  close(): Promise<void> {
    this.closed ??= this.shutDown();
    return this.closed;
  }

  private async shutDown(): Promise<void> {
    // Handlers in flight may still publish: only new work is refused.
    await Promise.all([...this.subscriptions].map((subscription) => subscription.cancel()));
    this.closing.abort();
    await this.publishing.settled();
    await Promise.all([this.repair.close(), this.keeper.close()]);
  }

  private async subscribe(
    queue: string,
    prefetch: number | undefined,
    handle: (delivery: Delivery, ending: AbortSignal) => Promise<void>,
  ): Promise<Subscription> {
    this.assertOpen();
    const policy = policyOfQueue(queue);
    if (!policy) throw new CourierError('QUEUE_MISSING', `${queue} is not a queue of this system`);
    if (!mayRead(this.rights, queue)) {
      throw new CourierError('ACCESS_REFUSED', `Account ${this.account} may not read ${queue}`);
    }
    const subscription = new StandingSubscription({
      ...this.options,
      queue,
      prefetch: prefetch ?? policy.prefetch,
      inOrder: policy.singleActiveConsumer,
      keeper: this.keeper,
      handle,
      suspect: (name) => this.suspect(name),
      prepare: async (link, again) => {
        if (policy.exclusive) await link.declareExclusive(queue);
        else if (again) await this.assertTopology(link);
      },
    });
    this.subscriptions.add(subscription);
    try {
      await subscription.start();
    } catch (error) {
      this.subscriptions.delete(subscription);
      throw error;
    }
    return {
      queue,
      get live() {
        return subscription.live;
      },
      cancel: async () => {
        await subscription.cancel();
        this.subscriptions.delete(subscription);
      },
    };
  }

  private get isHub(): boolean {
    return this.options.role === 'hub';
  }

  private async assertTopology(link: Link): Promise<void> {
    if (this.isHub) await link.declareShared([...this.plugins]);
  }

  /** Only the hub may remake a queue; a plugin's host waits for it. */
  private suspect(queue: string): void {
    if (this.isHub && policyOfQueue(queue)?.durable) void this.repair.suspect(queue);
  }

  /** The hub does not read the queues of plugins, so nothing else would tell it. */
  private inspect(plugins: readonly string[]): void {
    if (this.isHub && plugins.length > 0) void this.repair.inspect(plugins.flatMap(pluginQueuesOf));
  }

  /** Something of ours is missing, or may be. Failing is no matter: the next time, or the next link, does it again. */
  private async reassert(): Promise<void> {
    const link = this.keeper.current;
    if (link) await this.assertTopology(link).catch(() => undefined);
  }

  private async keepTopology(): Promise<void> {
    const { pause } = this.options;
    while (!this.closing.signal.aborted) {
      await pause(limits.reassertMs, this.closing.signal);
      if (!this.closing.signal.aborted) await this.reassert();
    }
  }

  /** Tells the listeners when every consumer is back on the new link, unless that has gone again meanwhile. */
  private async announce(link: Link): Promise<void> {
    this.firstLink ??= link;
    if (link === this.firstLink) return;
    const consumers = Promise.all([...this.subscriptions].map((subscription) => subscription.whenLiveOn(link)));
    await Promise.race([consumers, link.gone]);
    if (this.keeper.current !== link) return;
    this.options.log({ level: 'info', code: 'RECONNECTED', account: this.account });
    for (const listener of [...this.listeners]) {
      try {
        listener();
      } catch {
        this.options.log({ level: 'error', code: 'LISTENER_FAILED', account: this.account });
      }
    }
  }

  private assertOpen(): void {
    if (this.closing.signal.aborted) throw new CourierError('CLOSED', `${this.account}: this courier is closed`);
  }
}

/** What the broker grants this account, and a host id that fits it. */
function rightsOf({ account, role }: ReconnectingCourierOptions): BrokerAccount {
  const expected = role === 'hub' ? hubAccount : pluginAccount(role.plugin);
  if (account !== expected) {
    throw new CourierError('ACCESS_REFUSED', `Account ${account} cannot take this role: ${expected} is needed`);
  }
  if (role === 'hub') return brokerAccounts([])[0]!;
  const rights = accountOfPlugin(role.plugin);
  const queue = hostQueueOf(role.hostId);
  if (policyOfQueue(queue)?.exclusive !== true || !new RegExp(rights.configure).test(queue)) {
    throw new CourierError(
      'ACCESS_REFUSED',
      `Host id ${role.hostId} does not belong to plugin ${role.plugin}: make it with hostIdOf('${role.plugin}', instance)`,
    );
  }
  return rights;
}

const mayRead = (rights: BrokerAccount, queue: string): boolean => new RegExp(rights.read).test(queue);
