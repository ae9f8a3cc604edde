// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { TooManyAttemptsError } from './access.errors';

export interface SlowWorkLimits {
  /** At the same time. Each holds one of the four threads that file and name look-ups need as well. */
  readonly running: number;
  /** Waiting behind them; at a quarter of a second each, nobody waits for longer than a few seconds. */
  readonly waiting: number;
  /** Of one address, so that a flood from one place leaves room for the others. */
  readonly ofOne: number;
}

/** Bounds what comparing passwords may cost: whoever is one too many is refused before anything is computed. */
export class SlowWork {
  private running = 0;
  private readonly queue: (() => void)[] = [];
  private readonly ofEach = new Map<string, number>();

  constructor(private readonly limits: SlowWorkLimits) {}

  /** @throws {TooManyAttemptsError} */
  async run<T>(whose: string, work: () => Promise<T>): Promise<T> {
    const own = this.ofEach.get(whose) ?? 0;
    const isFull = this.running >= this.limits.running && this.queue.length >= this.limits.waiting;
    if (isFull || own >= this.limits.ofOne) throw new TooManyAttemptsError(1);
    this.ofEach.set(whose, own + 1);
    try {
      await this.place();
      return await work().finally(() => this.leave());
    } finally {
      const left = (this.ofEach.get(whose) ?? 1) - 1;
      if (left > 0) this.ofEach.set(whose, left);
      else this.ofEach.delete(whose);
    }
  }

  private async place(): Promise<void> {
    if (this.running < this.limits.running) this.running += 1;
    else await new Promise<void>((go) => this.queue.push(go));
  }

  /** To the one who has waited longest, if anybody has. */
  private leave(): void {
    const next = this.queue.shift();
    if (next) next();
    else this.running -= 1;
  }
}
