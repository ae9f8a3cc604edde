// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CloudEvent } from '@tsunagi/contracts';

/** Whose connection it is: the hub's, or the one of a host that runs a plugin. */
export type CourierRole = 'hub' | HostRole;
/** `hostId` begins with the plugin it runs (`hostIdOf`): the broker knows by that whose queue it is. */
export interface HostRole {
  readonly hostId: string;
  readonly plugin: string;
}

/** One connection to the courier under one broker account. It reconnects by itself, for ever. */
export interface Courier {
  readonly account: string;
  readonly connected: boolean;

  /**
   * Persistent (but into a queue that goes with its connection), mandatory, confirmed. Resolves only when the broker has confirmed **and** routed the message. Rejects with a
   * `CourierError`: UNROUTABLE, NOT_CONFIRMED (in doubt: treat it as unsent), PAYLOAD_TOO_LARGE, CLOSED, and FORGED_SOURCE or
   * ACCESS_REFUSED when this account may not say that, or not there.
   */
  publish(queue: string, event: CloudEvent, options?: PublishOptions): Promise<void>;
  /** The same for many, pipelined on one channel; one result each, in order; never rejects as a whole. */
  publishAll(messages: readonly OutgoingMessage[]): Promise<PromiseSettledResult<void>[]>;

  /**
   * Handlers start in the order of the queue, at most `prefetch` at a time; the message is acked when its handler has
   * resolved. Resolves when subscribed, or when the queue is not there yet: then the subscription waits for it.
   */
  consume(queue: string, options: ConsumeOptions, handler: MessageHandler): Promise<Subscription>;
  /** Drains the dead letters (hub only). An error of the handler keeps the letter: nothing may fall out of here. */
  consumeDead(handler: (letter: DeadLetter) => Promise<void>): Promise<Subscription>;

  /** Makes the queues of a plugin, now and whenever the topology is asserted again (hub only). */
  declarePlugin(plugin: string): Promise<void>;
  /** Called after every reconnect, when topology and consumers are back. Returns how to unsubscribe. */
  onReconnected(listener: () => void): () => void;
  /** Messages waiting and consumers of a queue, for health. Rejects with QUEUE_MISSING when it is not there. */
  queueDepth(queue: string): Promise<QueueDepth>;
  /** Stops consuming, lets handlers in flight finish and ack (at most 20 s), closes. */
  close(): Promise<void>;
}

export interface PublishOptions {
  /**
   * What nobody has taken by then is gone from its queue: for a question whose asker does not wait any longer. Only into a
   * queue that belongs to one connection; from another it would come to the dead letters.
   * @default it stays until it is taken
   */
  readonly expiresMs?: number | undefined;
}

export interface OutgoingMessage {
  readonly queue: string;
  readonly event: CloudEvent;
}

export interface ConsumeOptions {
  /** @default the queue's own, see `limits.ts` */
  prefetch?: number;
}

export type MessageHandler = (message: ReceivedMessage) => Promise<void>;

export interface ReceivedMessage {
  /** The envelope has been parsed and its source is the account's own; `data` is still unknown. */
  readonly event: CloudEvent;
  readonly redelivered: boolean;
  readonly account: string;
}

/** A message that nobody could handle, as it came. Its body is for the record, never for a log. */
export interface DeadLetter {
  readonly content: Buffer;
  /** The envelope, when there is one. Its source may be forged: compare `account`. */
  readonly event?: CloudEvent | undefined;
  readonly account?: string | undefined;
  readonly messageId?: string | undefined;
  /** Where it died, and what of: `rejected` by us, or `delivery_limit` after killing its consumers. */
  readonly queue?: string | undefined;
  readonly reason?: string | undefined;
}

export interface Subscription {
  readonly queue: string;
  /** The broker counts this consumer now. */
  readonly live: boolean;
  /** Stops, and lets handlers in flight finish. */
  cancel(): Promise<void>;
}

export interface QueueDepth {
  readonly messages: number;
  readonly consumers: number;
}

export type CourierFactory = (account: string) => Promise<Courier>;
