// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueDepth } from './courier';

/**
 * One live connection of a broker, with no memory and no second try: what the reconnecting courier needs of RabbitMQ and of
 * the in-process broker. Its errors are `CourierError`s.
 */
export interface Link {
  /** Resolves when the connection has gone, for whatever reason. */
  readonly gone: Promise<void>;
  /** Resolves when confirmed and routed. An aborted signal means nobody waits any more: what is not written yet stays so. */
  publish(message: Outgoing, signal: AbortSignal): Promise<void>;
  consume(queue: string, prefetch: number, listener: DeliveryListener): Promise<LinkConsumer>;
  /** Declares what must be there (idempotent); only the hub's account may. */
  declareShared(plugins: readonly string[]): Promise<void>;
  /** Resolves when the queue works; takes nothing out of it. Rejects with TIMED_OUT or QUEUE_BROKEN when it does not. */
  probe(queue: string): Promise<void>;
  /** Deletes a shared queue and declares it anew; what lay in it is gone. */
  remakeShared(queue: string): Promise<void>;
  /** Declares the queue that belongs to this connection. */
  declareExclusive(queue: string): Promise<void>;
  depth(queue: string): Promise<QueueDepth>;
  /** Never rejects and never takes long. */
  close(): Promise<void>;
}

export type Dial = () => Promise<Link>;

export interface Outgoing {
  readonly queue: string;
  readonly type: string;
  readonly messageId: string;
  readonly account: string;
  readonly content: Buffer;
  /** Gone from its queue after so long, when nobody has taken it. */
  readonly expiresMs?: number | undefined;
}

export interface DeliveryListener {
  delivered(delivery: Delivery): void;
  /** The broker took the consumer away (queue deleted, channel or connection lost). What was in hand comes again. */
  lost(reason: string): void;
}

export interface LinkConsumer {
  /** No more deliveries; what is in hand may still be settled. */
  stop(): Promise<void>;
  /** Gives back what is not settled, and goes. */
  release(): Promise<void>;
}

export interface Delivery {
  readonly content: Buffer;
  readonly account: string | undefined;
  readonly messageId: string | undefined;
  readonly redelivered: boolean;
  readonly death: { readonly queue: string | undefined; readonly reason: string | undefined } | undefined;
  /** Without effect when its consumer has been lost: the broker hands the message out again. */
  ack(): void;
  bury(): void;
}
