// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { japaneseDay } from '@tsunagi/domain';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { lockPersons, sealStands } from '../people';
import { Clock, Database, HUB_CONFIG, Log, Sweep } from '../platform';
import { remindOfPersons } from '../referrals';

/** Looked at in one transaction. */
const batch = 50;

/**
 * A 支援措置 that has lapsed asks the function that recorded it, and stands (DOMAIN §6). Its days are in its own row and its
 * version says that it has asked, so it survives every restart; of several instances the later finds it done.
 */
@Injectable()
export class LapsedSeals extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('seals', { clock, log, config });
  }

  protected async turn(): Promise<boolean> {
    const now = this.clock.now();
    const due = await this.database.query<{ id: string; person: string }>(
      `select id, person from person_seal s where valid_to < $1 and version = 1 and ${sealStands('s')} order by valid_to, id limit ${batch}`,
      [japaneseDay(now)],
    );
    return due.length > 0 && (await this.ask(due, now));
  }

  private ask(due: readonly { readonly id: string; readonly person: string }[], now: Date): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      // Whoever ends or renews it takes the same locks: one that was first has left nothing to ask.
      await lockPersons(
        tx,
        due.map((d) => d.person),
      );
      const lapsed = await tx.query<{ function: string; person: string; renewed: boolean }>(
        `with asked as (
           update person_seal s set version = 2 from unnest($2::uuid[], $3::uuid[]) d(id, person)
           where s.id = d.id and s.person = d.person and s.version = 1 and ${sealStands('s')} returning s.id, s.function, s.person)
         select a.function, a.person, exists (
           select 1 from person_seal o where o.person = a.person and o.function = a.function and o.id <> a.id
             and (o.valid_to is null or o.valid_to >= $1) and ${sealStands('o')}) as renewed
         from asked a`,
        [japaneseDay(now), due.map((d) => d.id), due.map((d) => d.person)],
      );
      const asking = lapsed.filter((l) => !l.renewed);
      remindOfPersons(
        tx,
        asking.map(({ function: desk, person }) => ({
          ...{ function: desk, person, role: 'caseworker', kind: 'seal_lapsed', at: now },
        })),
      );
      audit(
        tx,
        asking.map(({ function: desk, person }) => ({
          ...{ at: now, actor: 'core', function: desk, action: 'person.reminded' },
          ...{ objectKind: 'person', object: person, details: { todos: ['seal_lapsed'] } },
        })),
      );
      return lapsed.length > 0;
    });
  }
}
