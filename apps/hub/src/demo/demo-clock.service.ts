// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { ClockView, MoveClock } from '@tsunagi/contracts';
import { ClockNotMovableError, ClockRunsForwardError } from './demo.errors';
import { audit } from '../audit';
import { Clock, Database, DemoClock, Log } from '../platform';

/** Another process's jump arrives here within this time. */
const followMs = 1_000;

/** Puts the clock of a demo forward, for every process on its database. */
@Injectable()
export class DemoClocks implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private following: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    const { clock } = this;
    if (!(clock instanceof DemoClock)) return;
    this.timer = setInterval(() => {
      this.following ??= clock
        .follow(this.database)
        .catch((error: unknown) => this.log.failure('clock', error))
        .finally(() => (this.following = undefined));
    }, followMs);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.following;
  }

  /** @throws {ClockNotMovableError} outside a demo. */
  view(): ClockView {
    const clock = this.movable();
    return { now: clock.now().toISOString(), aheadSeconds: Math.round(clock.ahead / 1_000) };
  }

  /**
   * @throws {ClockNotMovableError} outside a demo.
   * @throws {ClockRunsForwardError} what has happened must not come to lie ahead.
   */
  async move(actor: string, move: MoveClock): Promise<ClockView> {
    const clock = this.movable();
    await this.database.transaction(async (tx) => {
      await tx.query('lock table demo_clock in share row exclusive mode');
      await clock.follow(tx);
      const from = clock.now();
      const by = 'advance' in move ? durationMs(move.advance) : Date.parse(move.jumpTo) - from.getTime();
      if (by <= 0) throw new ClockRunsForwardError();
      await tx.query(
        `insert into demo_clock (ahead_ms) values ($1) on conflict (only_one) do update set ahead_ms = demo_clock.ahead_ms + $1`,
        [by],
      );
      // Who is signed in and which host answers is a matter of machines: it goes on as if nothing had happened.
      for (const moved of ['session set expires_at = expires_at', 'plugin_host set last_seen = last_seen'])
        await tx.query(`update ${moved} + $1 * interval '1 millisecond'`, [by]);
      audit(tx, [
        {
          actor,
          action: 'clock.moved',
          objectKind: 'municipality',
          object: 'demo',
          details: { ms: by },
          at: from,
        },
      ]);
    });
    await clock.follow(this.database);
    return this.view();
  }

  private movable(): DemoClock {
    if (!(this.clock instanceof DemoClock)) throw new ClockNotMovableError();
    return this.clock;
  }
}

const unitMs: Readonly<Record<string, number>> = { W: 604_800_000, D: 86_400_000, H: 3_600_000, M: 60_000 };

/** Of an ISO 8601 duration in whole weeks, days, hours and minutes; the schema has let nothing else in. */
export function durationMs(duration: string): number {
  return [...duration.matchAll(/(\d+)([WDHM])/g)].reduce(
    (sum, [, n, unit]) => sum + Number(n) * (unitMs[unit ?? ''] ?? 0),
    0,
  );
}
