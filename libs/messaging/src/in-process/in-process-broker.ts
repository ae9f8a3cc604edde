// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Courier, CourierRole } from '../courier';
import { CourierError } from '../courier.errors';
import { limits } from '../limits';
import { noLog, type MessagingLog } from '../log';
import { pause, type Pause } from '../pause';
import { ReconnectingCourier } from '../reconnecting-courier';
import { InProcessLink } from './in-process-link';
import { MemoryQueues } from './memory-queues';

export interface InProcessBrokerOptions {
  readonly log?: MessagingLog;
  /** @default real time */
  readonly pause?: Pause;
  readonly confirmTimeoutMs?: number;
  readonly drainMs?: number;
}

export interface InProcessConnectOptions extends InProcessBrokerOptions {
  /** Plugins whose queues the hub asserts from the start. */
  readonly plugins?: readonly string[];
}

/**
 * RabbitMQ's twin inside one process, for the embedded start and for tests: the same couriers on links of its own. It passes
 * the same contract. What it holds ends with the process, so the database is the record here as well.
 */
export class InProcessBroker {
  private readonly queues = new MemoryQueues();
  private readonly links = new Set<InProcessLink>();
  private reachable = true;

  constructor(private readonly options: InProcessBrokerOptions = {}) {}

  connect(account: string, role: CourierRole, more: InProcessConnectOptions = {}): Promise<Courier> {
    const options = { ...this.options, ...more };
    return ReconnectingCourier.connect({
      account,
      role,
      dial: async () => this.dial(account),
      pause: options.pause ?? pause,
      log: options.log ?? noLog,
      confirmTimeoutMs: options.confirmTimeoutMs ?? limits.confirmTimeoutMs,
      firstConnectMs: limits.firstConnectMs,
      drainMs: options.drainMs ?? limits.drainMs,
      plugins: options.plugins ?? [],
    });
  }

  /** Cuts every connection, or those of one account; couriers come back by themselves. */
  dropConnections(account?: string): void {
    for (const link of [...this.links]) if (account === undefined || link.account === account) link.drop();
  }

  /** Takes the consumers of a queue away, as a broker does whose queue moves or ends. */
  cancelConsumers(queue: string): void {
    this.queues.get(queue)?.dismiss('cancelled by the broker');
  }

  /** Deletes a queue with all that lies in it. */
  deleteQueue(queue: string): void {
    this.queues.delete(queue);
  }

  /** Loses everything, as a broker whose disk was erased. */
  wipe(): void {
    this.dropConnections();
    this.queues.clear();
  }

  /** Unreachable, with all it holds, until `resume()`. */
  suspend(): void {
    this.reachable = false;
    this.dropConnections();
  }

  resume(): void {
    this.reachable = true;
  }

  /** Puts bytes into a queue as an account would that does not keep to any rule. */
  inject(queue: string, content: Buffer, account: string, messageId = ''): void {
    this.queues.get(queue)?.put({ content, account, messageId, returned: 0 });
  }

  private dial(account: string): InProcessLink {
    if (!this.reachable) throw new CourierError('UNREACHABLE', 'The in-process broker is suspended');
    const link = new InProcessLink(this.queues, account, (gone) => this.links.delete(gone));
    this.links.add(link);
    return link;
  }
}
