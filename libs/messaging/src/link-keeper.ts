// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { CourierError, codeOf } from './courier.errors';
import { backoffMs, backoffs } from './limits';
import type { Dial, Link } from './link';
import type { MessagingLog } from './log';
import type { Pause } from './pause';

export interface LinkKeeperOptions {
  readonly account: string;
  readonly dial: Dial;
  /** Brings a new link into service (topology). A link that cannot be prepared is given up, and another one dialled. */
  readonly prepare: (link: Link) => Promise<void>;
  readonly pause: Pause;
  readonly log: MessagingLog;
}

/** Errors that another try will not heal: at the first connection they end the start. */
const final = new Set(['ACCESS_REFUSED', 'TOPOLOGY_MISMATCH']);

/** Keeps one link up, for ever: dials, prepares, waits until it has gone, dials again with back-off. */
export class LinkKeeper {
  current: Link | undefined;

  private readonly closing = new AbortController();
  private readonly waiters = new Set<(link: Link | undefined) => void>();
  private readonly listeners: ((link: Link) => void)[] = [];
  private running: Promise<void> = Promise.resolve();
  private refused: ((error: Error) => void) | undefined;

  constructor(private readonly options: LinkKeeperOptions) {}

  /** Resolves with the first link. Rejects when the broker refuses us, or after `timeoutMs`. */
  async start(timeoutMs: number): Promise<void> {
    let lastError: unknown;
    const first = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(
          new CourierError('UNREACHABLE', `${this.options.account}: no broker within ${timeoutMs} ms`, {
            cause: lastError,
          }),
        );
      }, timeoutMs);
      this.waiters.add(() => (clearTimeout(timer), resolve()));
      this.refused = (error) => {
        lastError = error;
        if (!final.has(codeOf(error) ?? '')) return;
        clearTimeout(timer);
        reject(error);
      };
    });
    this.running = this.keepUp();
    try {
      await first;
    } catch (error) {
      void this.close();
      throw error;
    } finally {
      this.refused = undefined;
    }
  }

  /** The link, as soon as there is one; undefined when the signal is aborted or the keeper closed before. */
  up(signal: AbortSignal): Promise<Link | undefined> {
    if (this.current) return Promise.resolve(this.current);
    if (signal.aborted || this.closing.signal.aborted) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const settle = (link: Link | undefined) => {
        this.waiters.delete(settle);
        signal.removeEventListener('abort', giveUp);
        resolve(link);
      };
      const giveUp = () => settle(undefined);
      this.waiters.add(settle);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Called with every new link, the first included. */
  onUp(listener: (link: Link) => void): void {
    this.listeners.push(listener);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.current?.close();
    await this.running;
  }

  private async keepUp(): Promise<void> {
    const { account, log, pause } = this.options;
    for (let attempt = 0; !this.closing.signal.aborted;) {
      const link = await this.open(++attempt);
      if (link) {
        attempt = 0;
        await this.serve(link);
        if (!this.closing.signal.aborted) log({ level: 'warn', code: 'CONNECTION_LOST', account });
      }
      await pause(backoffMs(backoffs.reconnect, Math.max(1, attempt)), this.closing.signal);
    }
    for (const settle of [...this.waiters]) settle(undefined);
  }

  private async open(attempt: number): Promise<Link | undefined> {
    let link: Link | undefined;
    try {
      link = await this.options.dial();
      await this.options.prepare(link);
      return link;
    } catch (error) {
      if (error instanceof Error) this.refused?.(error);
      if (!this.closing.signal.aborted) {
        const reason = error instanceof Error ? error.message : undefined;
        this.options.log({
          level: 'warn',
          code: 'CONNECT_FAILED',
          account: this.options.account,
          cause: codeOf(error),
          attempt,
          reason,
        });
      }
      await link?.close();
      return undefined;
    }
  }

  private async serve(link: Link): Promise<void> {
    if (this.closing.signal.aborted) return link.close();
    this.current = link;
    for (const settle of [...this.waiters]) settle(link);
    this.waiters.clear();
    for (const listener of this.listeners) listener(link);
    await link.gone;
    this.current = undefined;
  }
}
