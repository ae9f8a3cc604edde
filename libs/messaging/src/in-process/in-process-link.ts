// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueDepth } from '../courier';
import { CourierError } from '../courier.errors';
import type { DeliveryListener, Link, LinkConsumer, Outgoing } from '../link';
import type { MemoryQueues } from './memory-queues';

/** One connection to the in-process broker. */
export class InProcessLink implements Link {
  readonly gone: Promise<void>;
  private open = true;
  private goneNow!: () => void;

  constructor(
    private readonly queues: MemoryQueues,
    readonly account: string,
    private readonly onGone: (link: InProcessLink) => void,
  ) {
    this.gone = new Promise((resolve) => (this.goneNow = resolve));
  }

  async publish(message: Outgoing): Promise<void> {
    this.assertOpen('NOT_CONFIRMED');
    if (message.account !== this.account) {
      throw new CourierError('FORGED_SOURCE', `Account ${this.account} may not publish as ${message.account}`);
    }
    const { content, account, messageId, expiresMs } = message;
    const expiresAt = expiresMs === undefined ? undefined : Date.now() + expiresMs;
    const routed = this.queues.get(message.queue);
    routed?.put({ content: Buffer.from(content), account, messageId, expiresAt, returned: 0 });
    // The confirm comes later; a connection lost before it leaves the message in doubt.
    await new Promise<void>((resolve) => setImmediate(resolve));
    if (!routed) throw new CourierError('UNROUTABLE', `${message.queue}: no queue took it`);
    this.assertOpen('NOT_CONFIRMED');
  }

  async consume(queue: string, prefetch: number, listener: DeliveryListener): Promise<LinkConsumer> {
    this.assertOpen('UNREACHABLE');
    const target = this.queues.accessible(queue, this);
    const consumer = target.attach(this, prefetch, listener);
    return {
      stop: async () => target.stop(consumer),
      release: async () => target.release(consumer),
    };
  }

  async declareShared(plugins: readonly string[]): Promise<void> {
    this.assertOpen('UNREACHABLE');
    this.queues.declareShared(plugins);
  }

  async probe(queue: string): Promise<void> {
    this.assertOpen('UNREACHABLE');
    this.queues.accessible(queue, this);
  }

  async remakeShared(queue: string): Promise<void> {
    this.assertOpen('UNREACHABLE');
    this.queues.delete(queue);
    this.queues.declareShared([]);
  }

  async declareExclusive(queue: string): Promise<void> {
    this.assertOpen('UNREACHABLE');
    this.queues.declareExclusive(queue, this);
  }

  async depth(queue: string): Promise<QueueDepth> {
    this.assertOpen('UNREACHABLE');
    return this.queues.accessible(queue, this).depth;
  }

  async close(): Promise<void> {
    this.drop();
  }

  /** Ends as a cut cable does. */
  drop(): void {
    if (!this.open) return;
    this.open = false;
    this.queues.forget(this);
    this.onGone(this);
    this.goneNow();
  }

  private assertOpen(code: 'NOT_CONFIRMED' | 'UNREACHABLE'): void {
    if (!this.open) throw new CourierError(code, `${this.account}: connection lost`);
  }
}
