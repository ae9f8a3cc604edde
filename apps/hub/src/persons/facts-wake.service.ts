// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { japaneseDay } from '@tsunagi/domain';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { diedAmong } from '../people';
import { Clock, Database, HUB_CONFIG, Log, Sweep } from '../platform';
import { remindOfPersons } from '../referrals';

/** Looked at in one transaction. */
const batch = 50;

/**
 * Whoever is in hospital or a facility is asked after on the day that was set: a to-do of the function that recorded it.
 * The day stands in the fact's own row, so it survives every restart; of several instances the later finds it done.
 */
@Injectable()
export class FactsWake extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('facts', { clock, log, config });
  }

  protected turn(): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const woken = await tx.query<{ function: string; person: string }>(
        `with due as (select id from person_fact where not woken and wake_on <= $1 order by wake_on, id limit ${batch} for update skip locked),
           woken as (update person_fact f set woken = true from due where f.id = due.id returning f.function, f.person)
         select function, person from woken`,
        [japaneseDay(now)],
      );
      const dead = await diedAmong(
        tx,
        woken.map((w) => w.person),
      );
      const due = woken.filter((w) => !dead.has(w.person));
      remindOfPersons(
        tx,
        due.map((d) => ({ ...d, role: 'caseworker', kind: 'whereabouts_due', at: now })),
      );
      audit(
        tx,
        due.map(({ function: desk, person }) => ({
          at: now,
          actor: 'core',
          function: desk,
          action: 'person.reminded',
          objectKind: 'person',
          object: person,
          details: { todos: ['whereabouts_due'] },
        })),
      );
      return woken.length > 0;
    });
  }
}
