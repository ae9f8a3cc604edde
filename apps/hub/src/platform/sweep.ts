// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import type { Clock } from './clock';
import { DemoClock } from './demo-clock';
import type { Log } from './log';
import { defaultTimings, type HubConfig } from '../hub.config';

/** What every sweep needs. */
export interface Swept {
  readonly clock: Clock;
  readonly log: Log;
  readonly config: HubConfig;
}

/**
 * What time alone brings about, looked for again and again (ADR 10), and at once when the clock of a demo was put forward. The
 * moment stands in the row that waits for it, so it survives every restart; whoever takes it out locks it, so that of several
 * instances the later finds it done.
 */
export abstract class Sweep implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> | undefined;
  private again = false;
  private stopped = false;

  /**
   * @param what names it in the log
   * @param every which of the intervals is its own
   */
  constructor(
    private readonly what: string,
    private readonly swept: Swept,
    private readonly every: 'sweep' | 'seal' = 'sweep',
  ) {
    if (swept.clock instanceof DemoClock) swept.clock.onJump(() => this.wake());
  }

  /** Takes out what is due, as much as one transaction may hold. Was there anything? */
  protected abstract turn(): Promise<boolean>;

  onApplicationBootstrap(): void {
    const timings = { ...defaultTimings, ...this.swept.config.timings };
    this.timer = setInterval(() => this.wake(), timings[this.every]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Something may be due. Never throws, never waits; one sweep after the other. */
  wake(): void {
    if (this.stopped) return;
    if (this.sweeping) {
      this.again = true;
      return;
    }
    this.sweeping = this.sweep()
      .catch((error: unknown) => this.swept.log.failure(this.what, error))
      .finally(() => {
        this.sweeping = undefined;
        if (this.again) {
          this.again = false;
          this.wake();
        }
      });
  }

  private async sweep(): Promise<void> {
    while (!this.stopped && (await this.turn()));
  }
}
