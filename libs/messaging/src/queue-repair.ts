// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { codeOf, CourierError } from './courier.errors';
import { limits } from './limits';
import type { Dial, Link } from './link';
import type { MessagingLog } from './log';

/**
 * RabbitMQ 3.10 on one machine: a quorum queue that was declared less than a second or so before the broker was killed can come
 * back without a leader, or without a process. It can still be declared and looked at, but takes no message (time-out, or nack)
 * and hands none out (time-out, or the end of the connection), for ever. The hub makes it anew. What lay in it is lost to the
 * broker, not to us: the database is the record.
 */
export class QueueRepair {
  private readonly underWay = new Set<string>();
  private readonly links = new Set<Link>();
  private closed = false;

  constructor(
    /** Links of its own: a broken queue can take a connection with it. */
    private readonly dial: Dial,
    private readonly log: MessagingLog,
  ) {}

  /** Looks at queues that nobody on this side reads. */
  async inspect(queues: readonly string[]): Promise<void> {
    try {
      await this.onOwnLink(async (link) => {
        for (const queue of queues) await link.probe(queue);
      });
    } catch (error) {
      if (meansBroken(error)) await Promise.all(queues.map((queue) => this.suspect(queue)));
    }
  }

  /** Something did not work with this queue. Looks closer, and makes it anew when it is really broken. */
  async suspect(queue: string): Promise<void> {
    if (this.closed || this.underWay.has(queue)) return;
    this.underWay.add(queue);
    try {
      if (await this.isBroken(queue)) {
        this.log({ level: 'error', code: 'QUEUE_BROKEN', queue });
        await this.onOwnLink((link) => link.remakeShared(queue));
        this.log({ level: 'warn', code: 'QUEUE_REMADE', queue });
      }
    } catch (error) {
      if (!this.closed) this.log({ level: 'error', code: 'QUEUE_NOT_REMADE', queue, cause: codeOf(error) });
    } finally {
      this.underWay.delete(queue);
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([...this.links].map((link) => link.close()));
  }

  private async isBroken(queue: string): Promise<boolean> {
    for (let tries = 0; tries < limits.brokenTries; tries++) {
      try {
        await this.onOwnLink((link) => link.probe(queue));
        return false;
      } catch (error) {
        if (!meansBroken(error)) return false;
      }
    }
    return true;
  }

  private async onOwnLink(task: (link: Link) => Promise<void>): Promise<void> {
    const link = await this.dial();
    this.links.add(link);
    try {
      if (this.closed) throw new CourierError('CLOSED', 'this courier is closed');
      await task(link);
    } finally {
      this.links.delete(link);
      await link.close();
    }
  }
}

/** A readable queue answers at once, however busy it is. A broker that is away or frozen fails in another way. */
export const meansBroken = (error: unknown): boolean => ['TIMED_OUT', 'QUEUE_BROKEN'].includes(codeOf(error) ?? '');
