// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Clock } from '../surroundings/clock';

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  private timers: { at: number; callback: () => void }[] = [];
  private time: number;

  /** @default 2026-11-20 09:00 in Japan, a Friday */
  constructor(start: Date | string = '2026-11-20T09:00:00+09:00') {
    this.time = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.time);
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  }

  /** Moves on and calls back what has become due, in its order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((timer) => timer !== due);
      this.time = Math.max(this.time, due.at);
      due.callback();
    }
    this.time = end;
  }
}
