// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Clock } from './clock';
import type { Tx } from './database';

/** A clock for trying out and training: it may be put forward, never back, and all processes on the database follow. */
export class DemoClock extends Clock {
  private aheadMs = 0;
  private readonly listeners: (() => void)[] = [];

  constructor(private readonly real: Clock) {
    super();
  }

  override now(): Date {
    return new Date(this.real.now().getTime() + this.aheadMs);
  }

  get ahead(): number {
    return this.aheadMs;
  }

  /** Who waits for a time looks again when it was put forward. */
  onJump(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Reads how far ahead it is. */
  async follow(database: Pick<Tx, 'query'>): Promise<void> {
    // bigint arrives as text.
    const [row] = await database.query<{ ahead_ms: string }>('select ahead_ms from demo_clock');
    const ahead = Number(row?.ahead_ms ?? 0);
    if (ahead === this.aheadMs) return;
    this.aheadMs = ahead;
    for (const listener of this.listeners) listener();
  }
}
