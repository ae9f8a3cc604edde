// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CourierError } from '../courier.errors';
import { deadQueue, policyOfQueue, sharedQueues, type QueuePolicy } from '../topology';
import { MemoryQueue, type StoredMessage } from './memory-queue';

/** The queues of one in-process broker. */
export class MemoryQueues {
  private readonly queues = new Map<string, MemoryQueue>();

  get(name: string): MemoryQueue | undefined {
    return this.queues.get(name);
  }

  /** The queue, for a connection that wants to read it. */
  accessible(name: string, owner: object): MemoryQueue {
    const queue = this.queues.get(name);
    if (!queue) throw new CourierError('QUEUE_MISSING', `${name}: there is no such queue`);
    if (queue.owner && queue.owner !== owner) {
      throw new CourierError('QUEUE_LOCKED', `${name}: another connection has it exclusively`);
    }
    return queue;
  }

  declareShared(plugins: readonly string[]): void {
    for (const name of sharedQueues(plugins)) {
      const policy = policyOfQueue(name);
      if (policy && !this.queues.has(name)) this.add(name, policy, undefined);
    }
  }

  declareExclusive(name: string, owner: object): void {
    const policy = policyOfQueue(name);
    if (!policy?.exclusive) throw new CourierError('ACCESS_REFUSED', `${name} is no queue of one connection`);
    if (this.queues.has(name)) this.accessible(name, owner);
    else this.add(name, policy, owner);
  }

  /** A connection has gone: its consumers with it, what they had in hand comes back, its own queues end. */
  forget(owner: object): void {
    for (const queue of [...this.queues.values()]) {
      queue.dismiss('connection lost', owner);
      if (queue.owner === owner) this.queues.delete(queue.name);
    }
  }

  delete(name: string): void {
    const queue = this.queues.get(name);
    this.queues.delete(name);
    queue?.dismiss('queue deleted');
  }

  clear(): void {
    for (const name of [...this.queues.keys()]) this.delete(name);
  }

  private add(name: string, policy: QueuePolicy, owner: object | undefined): void {
    this.queues.set(name, new MemoryQueue(name, policy, owner, (...dead) => this.bury(...dead)));
  }

  /** Where a queue has no dead letters the message ends: in `dead` itself, and in a host's own queue. */
  private bury(message: StoredMessage, queue: string, reason: string): void {
    if (!policyOfQueue(queue)?.deadLetters) return;
    this.queues.get(deadQueue)?.put({ ...message, death: { queue, reason }, returned: 0 });
  }
}
