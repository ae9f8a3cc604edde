// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { accountOf, hubAccount, type CloudEvent } from '@tsunagi/contracts';
import type { BrokerAccount } from './broker-accounts';
import { codeOf, CourierError } from './courier.errors';
import { writeEvent } from './envelope';
import type { Outgoing } from './link';
import type { LinkKeeper } from './link-keeper';
import { exchange, routingKeyOf } from './topology';

/**
 * The message to send, or the error that says why this account may not. The broker refuses the same, but by closing the
 * channel, which leaves every message on it in doubt.
 */
export function outgoing(queue: string, event: CloudEvent, rights: BrokerAccount): Outgoing {
  const { account } = rights;
  if (accountOf(event.source) !== account) {
    throw new CourierError('FORGED_SOURCE', `Account ${account} may not speak as ${event.source}`);
  }
  if (!mayPublish(rights, queue, event.type)) {
    throw new CourierError('ACCESS_REFUSED', `Account ${account} may not publish to ${queue}`);
  }
  return { queue, type: event.type, messageId: event.id, account, content: writeEvent(event) };
}

function mayPublish({ account, topics }: BrokerAccount, queue: string, type: string): boolean {
  if (account === hubAccount) return true;
  const topic = topics.find((each) => each.exchange === exchange);
  return topic !== undefined && new RegExp(topic.write).test(routingKeyOf(queue, type));
}

/** Publishes on the link there is, or on the next one when it comes within the time. */
export class Publishing {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly keeper: LinkKeeper,
    private readonly timeoutMs: number,
    /** The broker is there but does not confirm, or refuses, a message to this queue. */
    private readonly suspect: (queue: string) => void,
  ) {}

  send(message: Outgoing): Promise<void> {
    const sending = this.confirmed(message).finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
    return sending;
  }

  /** When everything under way has been confirmed or given up; its own time-out bounds it. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.underWay);
  }

  private confirmed(message: Outgoing): Promise<void> {
    const ending = new AbortController();
    const link = this.keeper.current;
    return new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        ending.abort();
        if (link && this.keeper.current === link) this.suspect(message.queue);
        reject(new CourierError('NOT_CONFIRMED', `${message.queue}: not confirmed within ${this.timeoutMs} ms`));
      }, this.timeoutMs);
      const sent = link ? link.publish(message, ending.signal) : this.onNextLink(message, ending.signal);
      const failed = (error: Error) => {
        if (codeOf(error) === 'NOT_CONFIRMED' && this.keeper.current === link) this.suspect(message.queue);
        reject(error);
      };
      sent.then(resolve, failed).finally(() => clearTimeout(timer));
    });
  }

  private async onNextLink(message: Outgoing, signal: AbortSignal): Promise<void> {
    const link = await this.keeper.up(signal);
    if (!link) throw new CourierError('CLOSED', `${message.queue}: this courier is closed`);
    await link.publish(message, signal);
  }
}

/** Runs `task` on each, at most `width` at a time, and returns how each ended, in order. */
export async function settleAll<T>(
  items: readonly T[],
  width: number,
  task: (item: T) => Promise<void>,
): Promise<PromiseSettledResult<void>[]> {
  const results: PromiseSettledResult<void>[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length) {
      const index = next++;
      results[index] = await task(items[index]!).then(
        (value) => ({ status: 'fulfilled', value }) as const,
        (reason: unknown) => ({ status: 'rejected', reason }) as const,
      );
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return results;
}
