// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { limits } from '../limits';
import type { Delivery, DeliveryListener } from '../link';
import type { QueuePolicy } from '../topology';

/** A message as it lies in a queue; its content is bytes, so that no reference is shared. */
export interface StoredMessage {
  readonly content: Buffer;
  readonly account: string;
  readonly messageId: string;
  /** Gone then, when nobody has taken it. */
  readonly expiresAt?: number | undefined;
  readonly death?: { readonly queue: string; readonly reason: string };
  /** How often it came back. */
  returned: number;
}

export interface MemoryConsumer {
  readonly listener: DeliveryListener;
  readonly prefetch: number;
  readonly owner: object;
  readonly unacked: Map<StoredMessage, number>;
  stopped: boolean;
}

export type Bury = (message: StoredMessage, queue: string, reason: string) => void;

/** A queue with RabbitMQ's rules: first in first out, given back to the front, counted, buried at the limit. */
export class MemoryQueue {
  private ready: StoredMessage[] = [];
  private consumers: MemoryConsumer[] = [];
  private position = 0;
  private order = 0;
  private pumping = false;

  constructor(
    readonly name: string,
    readonly policy: QueuePolicy,
    /** The connection an exclusive queue belongs to. */
    readonly owner: object | undefined,
    private readonly bury: Bury,
  ) {}

  get depth(): { messages: number; consumers: number } {
    return { messages: this.ready.length, consumers: this.consumers.length };
  }

  put(message: StoredMessage): void {
    this.ready.push(message);
    this.pump();
    if (message.expiresAt === undefined) return;
    // Knows its time and not its message, which would else stay in memory; and keeps no process from ending.
    setTimeout((until: number) => this.expire(until), message.expiresAt - Date.now(), message.expiresAt).unref();
  }

  private expire(until: number): void {
    this.ready = this.ready.filter(({ expiresAt }) => expiresAt === undefined || expiresAt > until);
  }

  attach(owner: object, prefetch: number, listener: DeliveryListener): MemoryConsumer {
    const consumer: MemoryConsumer = { owner, prefetch, listener, unacked: new Map(), stopped: false };
    this.consumers.push(consumer);
    this.pump();
    return consumer;
  }

  /** The consumer gets no more; what it has in hand it may still settle. */
  stop(consumer: MemoryConsumer): void {
    consumer.stopped = true;
    this.consumers = this.consumers.filter((each) => each !== consumer);
    this.pump();
  }

  /** The consumer has gone: what it had in hand returns to where it was, in its order. */
  release(consumer: MemoryConsumer): void {
    this.stop(consumer);
    const returning = [...consumer.unacked].sort(([, a], [, b]) => a - b).map(([message]) => message);
    consumer.unacked.clear();
    this.ready.unshift(...returning.filter((message) => this.mayReturn(message)));
    this.pump();
  }

  /** Takes every consumer away, or those of one connection. */
  dismiss(reason: string, owner?: object): void {
    for (const consumer of this.consumers.filter((each) => owner === undefined || each.owner === owner)) {
      this.release(consumer);
      consumer.listener.lost(reason);
    }
  }

  private mayReturn(message: StoredMessage): boolean {
    message.returned += 1;
    if (!this.policy.deadLetters || message.returned <= limits.deliveryLimit) return true;
    this.bury(message, this.name, 'delivery_limit');
    return false;
  }

  /** Hands out in a later turn, like a broker: nobody is called back inside his own call. */
  private pump(): void {
    if (this.pumping) return;
    this.pumping = true;
    setImmediate(() => {
      this.pumping = false;
      for (let consumer = this.next(); consumer && this.ready.length > 0; consumer = this.next()) {
        this.deliver(this.ready.shift()!, consumer);
      }
    });
  }

  /** Who takes the next message: in turn, or with a single active consumer always the first. */
  private next(): MemoryConsumer | undefined {
    const candidates = this.policy.singleActiveConsumer ? this.consumers.slice(0, 1) : this.consumers;
    for (let step = 0; step < candidates.length; step++) {
      const consumer = candidates[(this.position + step) % candidates.length]!;
      if (consumer.unacked.size >= consumer.prefetch) continue;
      this.position = (this.position + step + 1) % candidates.length;
      return consumer;
    }
    return undefined;
  }

  private deliver(message: StoredMessage, consumer: MemoryConsumer): void {
    consumer.unacked.set(message, this.order++);
    // Settled once: a second time, or after the consumer has gone, nothing is in its hands any more.
    const settle = (then?: () => void) => {
      if (!consumer.unacked.delete(message)) return;
      then?.();
      this.pump();
    };
    const delivery: Delivery = {
      content: message.content,
      account: message.account,
      messageId: message.messageId,
      redelivered: message.returned > 0,
      death: message.death,
      ack: () => settle(),
      bury: () => settle(() => this.bury(message, this.name, 'rejected')),
    };
    consumer.listener.delivered(delivery);
  }
}
