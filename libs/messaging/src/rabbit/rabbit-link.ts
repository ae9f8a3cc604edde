// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { connect, type Channel, type ChannelModel, type ConsumeMessage } from 'amqplib';
import type { QueueDepth } from '../courier';
import { codeOf, CourierError } from '../courier.errors';
import { limits } from '../limits';
import type { Delivery, DeliveryListener, Link, LinkConsumer, Outgoing } from '../link';
import type { MessagingLog } from '../log';
import { policyOfQueue } from '../topology';
import { within } from '../within';
import { ConfirmPublisher } from './confirm-publisher';
import { asCourierError } from './rabbit-errors';
import { declareExclusive, declareQueue, declareShared } from './rabbit-topology';

export interface RabbitLinkOptions {
  readonly url: string;
  readonly account: string;
  readonly heartbeatSeconds: number;
  readonly log: MessagingLog;
}

/** AMQP's reply code when a broker fails inside. */
const internalError = 541;

const ignore = (): void => undefined;

/** One connection to RabbitMQ. */
export class RabbitLink implements Link {
  readonly gone: Promise<void>;
  private readonly publisher: ConfirmPublisher;
  /** The broker failed inside and closed the connection; what was under way did it. */
  private failedInside = false;

  private constructor(
    private readonly model: ChannelModel,
    private readonly account: string,
    private readonly log: MessagingLog,
  ) {
    this.gone = new Promise((resolve) => {
      model.on('close', () => resolve());
    });
    // Without a listener an error event would end the process; `close` follows it.
    model.on('error', (error) => {
      this.failedInside = (error as { code?: unknown }).code === internalError;
      log({ level: 'warn', code: 'CONNECTION_ERROR', account, reason: error.message });
    });
    model.on('handler-error', ignore);
    this.publisher = new ConfirmPublisher(model, account, log);
  }

  static async dial(options: RabbitLinkOptions): Promise<RabbitLink> {
    const url = new URL(options.url);
    // The broker would close the channel at the first message, whose user-id must be the account that has logged in.
    const user = decodeURIComponent(url.username);
    if (user !== options.account) {
      throw new CourierError(
        'ACCESS_REFUSED',
        `The URL logs in as ${user || 'guest'}: account ${options.account} is needed`,
      );
    }
    url.searchParams.set('heartbeat', String(options.heartbeatSeconds));
    const clientProperties = { connection_name: options.account };
    try {
      const model = await connect(url.href, {
        noDelay: true,
        keepAlive: true,
        timeout: limits.requestTimeoutMs,
        clientProperties,
      });
      const link = new RabbitLink(model, options.account, options.log);
      // A connection that was closed before we listened cannot open it: nobody would tell us otherwise.
      await link.publisher.ready().catch(async (error: unknown) => {
        await link.close();
        throw error;
      });
      return link;
    } catch (error) {
      throw asCourierError(error, options.account);
    }
  }

  publish(message: Outgoing, signal: AbortSignal): Promise<void> {
    return this.publisher.publish(message, signal);
  }

  async consume(queue: string, prefetch: number, listener: DeliveryListener): Promise<LinkConsumer> {
    const channel = await this.openChannel();
    channel.on('close', () => listener.lost('channel closed'));
    const onMessage = (message: ConsumeMessage | null) => {
      if (message) listener.delivered(deliveryOf(message, channel));
      else listener.lost('cancelled by the broker');
    };
    const { consumerTag } = await this.request(channel, `consume ${queue}`, async () => {
      // Counts per consumer; the global form is gone in RabbitMQ 4.
      await channel.prefetch(prefetch);
      return channel.consume(queue, onMessage, { noAck: false });
    });
    return {
      stop: () => this.request(channel, `cancel ${queue}`, () => channel.cancel(consumerTag)).then(ignore, ignore),
      release: () => this.closeChannel(channel),
    };
  }

  async declareShared(plugins: readonly string[]): Promise<void> {
    await this.briefly('declare topology', (channel) => declareShared(channel, plugins));
  }

  async probe(queue: string): Promise<void> {
    if (!policyOfQueue(queue)?.singleActiveConsumer) {
      const consumer = await this.consume(queue, 1, { delivered: ignore, lost: ignore });
      return consumer.release();
    }
    // Whoever reads it has it alone, so a single message cannot be fetched: the queue itself says so, when it works.
    const refused = (error: unknown) => {
      if (codeOf(error) !== 'QUEUE_LOCKED') throw error;
    };
    await this.briefly(`probe ${queue}`, (channel) => channel.get(queue)).then(ignore, refused);
  }

  async remakeShared(queue: string): Promise<void> {
    await this.briefly(`remake ${queue}`, async (channel) => {
      // Five seconds for a queue without a leader.
      await channel.deleteQueue(queue);
      await declareQueue(channel, queue);
    });
  }

  async declareExclusive(queue: string): Promise<void> {
    await this.briefly(`declare ${queue}`, (channel) => declareExclusive(channel, queue));
  }

  depth(queue: string): Promise<QueueDepth> {
    return this.briefly(`look at ${queue}`, async (channel) => {
      const { messageCount, consumerCount } = await channel.checkQueue(queue);
      return { messages: messageCount, consumers: consumerCount };
    });
  }

  async close(): Promise<void> {
    const closed = this.model.close().catch(ignore);
    await within(limits.requestTimeoutMs, closed, () => new Error('no answer')).catch(() => this.destroySocket());
  }

  /** Does something on a channel of its own: an error closes a channel, with everything else that is under way on it. */
  private async briefly<T>(what: string, task: (channel: Channel) => Promise<T>): Promise<T> {
    const channel = await this.openChannel();
    const result = await this.request(channel, what, () => task(channel));
    void this.closeChannel(channel);
    return result;
  }

  private async openChannel(): Promise<Channel> {
    const { account, log } = this;
    try {
      const opening = this.model.createChannel();
      const channel = await within(limits.requestTimeoutMs, opening, () => frozen());
      channel.on('error', (error) => log({ level: 'warn', code: 'CHANNEL_CLOSED', account, reason: error.message }));
      channel.on('handler-error', ignore);
      return channel;
    } catch (error) {
      throw asCourierError(error, 'open a channel');
    }
  }

  private async request<T>(channel: Channel, what: string, task: () => Promise<T>): Promise<T> {
    try {
      return await within(limits.requestTimeoutMs, task(), () => timedOut(what));
    } catch (error) {
      void this.closeChannel(channel);
      if (this.failedInside) throw new CourierError('QUEUE_BROKEN', `${what}: the broker failed`, { cause: error });
      throw asCourierError(error, what);
    }
  }

  /** Its acks are written before it closes; what it did not settle goes back to the queue. */
  private async closeChannel(channel: Channel): Promise<void> {
    try {
      await within(limits.requestTimeoutMs, channel.close(), () => timedOut('close a channel'));
    } catch {
      // Closed before, or the connection is on its way out.
    }
  }

  /** For a broker that does not even answer a goodbye. */
  private destroySocket(): void {
    (this.model.connection as unknown as { stream?: { destroy(): void } }).stream?.destroy();
  }
}

/** Opening a channel is no queue's business. */
const frozen = () => new CourierError('UNREACHABLE', `open a channel: no answer in ${limits.requestTimeoutMs} ms`);

const timedOut = (what: string) => new CourierError('TIMED_OUT', `${what}: no answer in ${limits.requestTimeoutMs} ms`);

function deliveryOf(message: ConsumeMessage, channel: Channel): Delivery {
  const { userId, messageId, headers } = message.properties as {
    userId?: string;
    messageId?: string;
    headers?: Record<string, unknown>;
  };
  let settled = false;
  // A second ack would close the channel and with it the connection, and bring everything in hand back.
  const once = (settle: () => void) => () => {
    if (settled) return;
    settled = true;
    try {
      settle();
    } catch {
      // The channel is lost: the message is not ours any more and comes again.
    }
  };
  return {
    content: message.content,
    account: userId,
    messageId,
    redelivered: message.fields.redelivered,
    death: headers?.['x-first-death-queue'] === undefined ? undefined : deathOf(headers),
    ack: once(() => channel.ack(message)),
    bury: once(() => channel.nack(message, false, false)),
  };
}

const deathOf = (headers: Record<string, unknown>) => ({
  queue: text(headers['x-first-death-queue']),
  reason: text(headers['x-first-death-reason']),
});

const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
