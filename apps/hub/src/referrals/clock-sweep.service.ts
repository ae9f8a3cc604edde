// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { stepOfClock, takeStep, todosOf } from '@tsunagi/domain';
import { AuthorityChanges } from './authority-changes.service';
import { Changes } from './changes';
import { inTime, timesOf, waitsForAuthority } from './in-time';
import { referralsById, referralsWhere, type ReferralRecord } from './referral.record';
import { Relay } from '../delivery';
import type { HubConfig } from '../hub.config';
import { Directory } from '../organizations';
import { lockPersons } from '../people';
import { Clock, Database, HUB_CONFIG, HUB_KEYS, Log, Sweep, type HubKeys, type Tx } from '../platform';

/** Looked at in one transaction: their persons stay locked that long. */
const batch = 50;
/** What fails is left alone for so long, so that it does not stand in the way of the others. */
const failedPauseMs = 60_000;

const core = { actor: 'core' };

/**
 * What time alone brings about: what sleeps wakes, what is late is put on the lists of worker, supervisor and
 * coordinator, and what is late twice is talked about. Nothing is accepted or closed by silence.
 *
 * The moment stands in the referral's own row (`clock_at`), so it survives every restart. Whoever sweeps locks the
 * persons, as every step does, reads the moment again, and writes effect and next moment in one transaction: of several
 * instances the later finds it done, and what was cut off never happened.
 */
@Injectable()
export class ClockSweep extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly directory: Directory,
    private readonly authority: AuthorityChanges,
    private readonly relay: Relay,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
    @Inject(HUB_KEYS) private readonly keys: HubKeys,
  ) {
    super('clock', { clock, log, config });
  }

  protected async turn(): Promise<boolean> {
    const due = await this.database.query<Due>(
      `select id, array(select (m->>'person')::uuid from jsonb_array_elements(members) m) as persons
       from referral where clock_at <= $1 order by clock_at limit ${batch}`,
      [this.clock.now()],
    );
    if (due.length === 0) return false;
    await this.strikeAll(due);
    this.relay.wake();
    return true;
  }

  /** All in one transaction; when that fails, each in its own, so that one does not hold up the rest. */
  private async strikeAll(due: readonly Due[]): Promise<void> {
    try {
      await this.strikeTogether(due);
    } catch (error) {
      if (due.length > 1) for (const one of due) await this.strikeAll([one]);
      else await this.postpone(due, error);
    }
  }

  private strikeTogether(due: readonly Due[]): Promise<void> {
    const now = this.clock.now();
    return this.database.transaction(async (tx: Tx) => {
      await lockPersons(
        tx,
        due.flatMap((d) => d.persons),
      );
      const still = await referralsWhere(tx, 'id = any($1::uuid[]) and clock_at <= $2', [due.map((d) => d.id), now], {
        content: false,
      });
      const changes = new Changes(
        { sealing: this.keys.sealing, directory: this.directory, legal: this.config.legal },
        now,
      );
      for (const referral of still) this.strike(changes, referral);
      await changes.save(tx);
      // A consent may begin on this day.
      const waiting = still.filter(waitsForAuthority).map((r) => r.id);
      await this.authority.dayHasCome(tx, [...(await referralsById(tx, waiting)).values()]);
    });
  }

  private strike(changes: Changes, referral: ReferralRecord): void {
    const times = timesOf(referral, this.directory);
    const seen = inTime(referral, this.directory);
    const step = stepOfClock(seen, times, changes.now);
    if (step) {
      changes.move(referral, takeStep(referral, { action: step, by: 'core', facts: {} }), core);
      return;
    }
    changes.look(referral);
    const before = new Date((referral.clockAt ?? changes.now).getTime() - 1);
    const known = new Set(todosOf(seen, times, before).map((t) => `${t.role}:${t.kind}`));
    const told = todosOf(seen, times, changes.now)
      .map((t) => `${t.role}:${t.kind}`)
      .filter((t) => !known.has(t));
    if (told.length > 0)
      changes.audit({
        actor: 'core',
        action: 'referral.reminded',
        objectKind: 'referral',
        object: referral.id,
        details: { todos: told },
      });
  }

  private async postpone(due: readonly Due[], error: unknown): Promise<void> {
    this.log.failure('clock', error);
    const until = new Date(this.clock.now().getTime() + failedPauseMs);
    await this.database.transaction((tx) =>
      tx.change('referral', 'update referral set clock_at = $2 where id = any($1::uuid[]) and clock_at < $2', [
        due.map((d) => d.id),
        until,
      ]),
    );
  }
}

interface Due {
  readonly id: string;
  readonly persons: readonly string[];
}
