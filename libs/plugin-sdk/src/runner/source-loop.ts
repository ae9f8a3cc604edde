// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { BoundSource, Outlet } from '../plugin/bind-source';
import { pause, type Clock } from '../surroundings/clock';
import { errorCode } from '../surroundings/error-code';
import type { Log } from '../surroundings/log';

export interface SourceLoopOptions {
  readonly source: BoundSource;
  readonly everyMs: number;
  readonly outlet: Omit<Outlet, 'asked' | 'signal' | 'fileTaken'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Between two passes of a source that asks for another one soon. */
const againMs = 1_000;

/** Lets one source make its passes, one after the other. */
export class SourceLoop {
  private stopping = new AbortController();
  private poke: (() => void) | undefined;
  private asked = false;
  private running: Promise<void> = Promise.resolve();
  /** What the last pass found wrong; undefined: nothing. */
  code: string | undefined;
  /** When a file last came that is expected every night; undefined: none since this host runs the plugin. */
  lastFileAt: Date | undefined;
  /** As of the last pass that came to an end. */
  untakenSince: Date | undefined;
  /** Since when it waits for a person to ask. */
  pausedSince: Date | undefined;

  constructor(private readonly options: SourceLoopOptions) {}

  start(): void {
    this.stopping = new AbortController();
    this.running = this.run(this.stopping.signal);
  }

  /** The next pass begins now, because a person asked for it. */
  ask(): void {
    this.asked = true;
    // Whoever lets it go on must not be asked again by the beat that comes before the pass has ended.
    if (this.pausedSince) this.code = undefined;
    this.pausedSince = undefined;
    this.poke?.();
  }

  stop(): Promise<void> {
    this.stopping.abort();
    this.poke?.();
    return this.running;
  }

  private async run(signal: AbortSignal): Promise<void> {
    const { clock, everyMs } = this.options;
    while (!signal.aborted) {
      const again = await this.pass(signal);
      if (this.asked || signal.aborted) continue;
      const poked = new AbortController();
      this.poke = () => poked.abort();
      await pause(clock, again ? Math.min(againMs, everyMs) : everyMs, poked.signal);
      this.poke = undefined;
    }
  }

  private async pass(signal: AbortSignal): Promise<boolean> {
    const { source, outlet, clock, log } = this.options;
    const { asked } = this;
    this.asked = false;
    try {
      const {
        code,
        again = false,
        untakenSince,
        pausedSince,
      } = await source.poll({
        // Read at the time of the pass.
        get checkpoint() {
          return outlet.checkpoint;
        },
        asked,
        signal,
        fileTaken: () => (this.lastFileAt = clock.now()),
        send: (items, options) => outlet.send(items, options),
        failpoint: (name) => outlet.failpoint(name),
      });
      this.code = code;
      this.untakenSince = untakenSince;
      this.pausedSince = pausedSince;
      return again;
    } catch (error) {
      if (signal.aborted) return false;
      this.code = errorCode(error, 'SOURCE_FAILED');
      log.error({ source: source.name, code: this.code }, 'pass failed');
      return false;
    }
  }
}
