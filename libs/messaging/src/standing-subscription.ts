// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Subscription } from './courier';
import { CourierError, codeOf } from './courier.errors';
import { backoffMs, backoffs } from './limits';
import type { Delivery, Link } from './link';
import type { LinkKeeper } from './link-keeper';
import type { MessagingLog } from './log';
import type { Pause } from './pause';
import { meansBroken } from './queue-repair';

export interface StandingSubscriptionOptions {
  readonly queue: string;
  readonly prefetch: number;
  /** The next consumer must not begin before this one has ended: the queue hands out in order to one at a time. */
  readonly inOrder: boolean;
  readonly keeper: LinkKeeper;
  /** Makes sure the queue is there, as far as this account may. */
  readonly prepare: (link: Link, again: boolean) => Promise<void>;
  readonly handle: (delivery: Delivery, ending: AbortSignal) => Promise<void>;
  /** The queue seems not to work. */
  readonly suspect: (queue: string) => void;
  readonly pause: Pause;
  readonly log: MessagingLog;
  readonly drainMs: number;
}

/** At the first try these are a mistake of ours; later they pass (the lock of a connection that the broker still believes in). */
const final = new Set(['ACCESS_REFUSED', 'QUEUE_LOCKED', 'TOPOLOGY_MISMATCH']);

/** A consumer that comes back: after a reconnect, after the broker cancelled it, and when its queue appears. */
export class StandingSubscription implements Subscription {
  /** The link on which the broker counts this consumer. */
  private liveOn: Link | undefined;
  private readonly liveListeners = new Set<(link: Link | undefined) => void>();
  private readonly stopping = new AbortController();
  private readonly inHand = new Set<Promise<void>>();
  private running: Promise<void> = Promise.resolve();
  private cancelled: Promise<void> | undefined;

  constructor(private readonly options: StandingSubscriptionOptions) {}

  get queue(): string {
    return this.options.queue;
  }

  get live(): boolean {
    return this.liveOn !== undefined;
  }

  /** Resolves after the first try, live or waiting. */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.running = this.keepSubscribed((error) => {
        if (error && final.has(codeOf(error) ?? '')) {
          this.stopping.abort();
          reject(error);
        } else resolve();
      });
    });
  }

  /** Resolves when the broker counts this consumer on that link, or when it is not wanted any more. */
  whenLiveOn(link: Link): Promise<void> {
    if (this.liveOn === link || this.stopping.signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const check = (live: Link | undefined) => {
        if (live !== link && !this.stopping.signal.aborted) return;
        this.liveListeners.delete(check);
        resolve();
      };
      this.liveListeners.add(check);
    });
  }

  cancel(): Promise<void> {
    this.stopping.abort();
    this.cancelled ??= this.running;
    return this.cancelled;
  }

  private async keepSubscribed(triedOnce: (error?: Error) => void): Promise<void> {
    const { keeper, pause, log, queue, suspect } = this.options;
    const { signal } = this.stopping;
    for (let failures = 0; !signal.aborted;) {
      if (!keeper.current) triedOnce();
      const link = await keeper.up(signal);
      if (!link) break;
      try {
        await this.serve(link, failures > 0, () => {
          failures = 0;
          triedOnce();
        });
      } catch (error) {
        triedOnce(error instanceof Error ? error : undefined);
        if (meansBroken(error)) suspect(queue);
        if (!signal.aborted) {
          const reason = error instanceof Error ? error.message : undefined;
          log({ level: 'warn', code: 'NOT_SUBSCRIBED', queue, cause: codeOf(error), attempt: failures + 1, reason });
        }
      }
      await pause(backoffMs(backoffs.resubscribe, ++failures), signal);
    }
    triedOnce(new CourierError('CLOSED', `${queue}: closed before it was subscribed`));
    this.setLive(undefined);
  }

  /** Consumes on this link until the consumer is lost or not wanted any more. */
  private async serve(link: Link, again: boolean, subscribed: () => void): Promise<void> {
    const { queue, prefetch, inOrder, prepare, handle, log } = this.options;
    const { signal } = this.stopping;
    const ending = new AbortController();
    const endOfThis = new Promise<void>((resolve) => {
      ending.signal.addEventListener('abort', () => resolve(), { once: true });
      signal.addEventListener('abort', () => ending.abort(), { signal: ending.signal });
      if (signal.aborted) ending.abort();
    });
    try {
      await prepare(link, again);
      const consumer = await link.consume(queue, prefetch, {
        delivered: (delivery) => {
          // What arrives while we stop is left in the broker's hands.
          if (ending.signal.aborted) return;
          const work = handle(delivery, ending.signal)
            .catch(() => log({ level: 'error', code: 'INTERNAL_ERROR', queue, messageId: delivery.messageId }))
            .finally(() => this.inHand.delete(work));
          this.inHand.add(work);
        },
        lost: (reason) => {
          if (!ending.signal.aborted) log({ level: 'warn', code: 'CONSUMER_LOST', queue, reason });
          ending.abort();
        },
      });
      if (!ending.signal.aborted) this.setLive(link);
      subscribed();
      await endOfThis;
      this.setLive(undefined);
      // Cancelling would activate the next consumer at once, with messages that come after those in our hands.
      if (!inOrder) await consumer.stop();
      if (signal.aborted) await this.drain();
      await consumer.release();
    } finally {
      ending.abort();
    }
  }

  private async drain(): Promise<void> {
    const { pause, drainMs, log, queue } = this.options;
    const drained = new AbortController();
    const all = Promise.allSettled(this.inHand).then(() => drained.abort());
    await Promise.race([all, pause(drainMs, drained.signal)]);
    if (this.inHand.size > 0) log({ level: 'warn', code: 'DRAIN_TIMED_OUT', queue, attempt: this.inHand.size });
  }

  private setLive(link: Link | undefined): void {
    this.liveOn = link;
    for (const listener of [...this.liveListeners]) listener(link);
  }
}
