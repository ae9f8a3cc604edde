// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable } from '@nestjs/common';
import { japaneseDay } from '@tsunagi/domain';
import { audit } from '../audit';
import type { HubConfig } from '../hub.config';
import { Clock, Database, HUB_CONFIG, Log, Sweep } from '../platform';
import { remindOfConference } from '../referrals';

/** Looked at in one transaction. */
const batch = 50;

/**
 * A case in a conference is looked at again on the day that was set: a to-do of the 事務局, once for each such day. The day
 * stands in the conference's own row, so it survives every restart; of several instances the later finds it done.
 */
@Injectable()
export class ConferenceReviews extends Sweep {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    log: Log,
    @Inject(HUB_CONFIG) config: HubConfig,
  ) {
    super('conferences', { clock, log, config });
  }

  protected turn(): Promise<boolean> {
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const due = await tx.query<{ id: string; function: string }>(
        `with due as (select id from conference where review_asked is distinct from review_on and review_on <= $1
                        and state in ('called', 'open', 'held') order by review_on, id limit ${batch} for update skip locked),
           asked as (update conference c set review_asked = c.review_on from due where c.id = due.id returning c.id, c.host_function)
         select id, host_function as function from asked`,
        [japaneseDay(now)],
      );
      for (const { id, function: desk } of due)
        remindOfConference(tx, { function: desk, kind: 'conference_review', conference: id, at: now });
      audit(
        tx,
        due.map(({ id, function: desk }) => ({
          at: now,
          actor: 'core',
          function: desk,
          action: 'conference.reminded',
          objectKind: 'conference',
          object: id,
          details: { todos: ['conference_review'] },
        })),
      );
      return due.length > 0;
    });
  }
}
