// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { japaneseDay } from '@tsunagi/domain';
import { audit } from '../audit';
import { defaultTimings, type HubConfig } from '../hub.config';
import { Clock, Database, DemoClock, HUB_CONFIG, Log } from '../platform';
import { remindOfConference } from '../referrals';

/** Looked at in one transaction. */
const batch = 50;

/**
 * A case in a conference is looked at again on the day that was set: a to-do of the 事務局, once for each such day. The day
 * stands in the conference's own row, so it survives every restart; of several instances the later finds it done.
 */
@Injectable()
export class ConferenceReviews implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    @Inject(HUB_CONFIG) private readonly config: HubConfig,
  ) {
    if (clock instanceof DemoClock) clock.onJump(() => this.wake());
  }

  onApplicationBootstrap(): void {
    const { sweep } = { ...defaultTimings, ...this.config.timings };
    this.timer = setInterval(() => this.wake(), sweep);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** Never throws, never waits; one after the other. */
  wake(): void {
    this.sweeping = this.sweeping
      .then(() => this.sweep())
      .catch((error: unknown) => this.log.failure('conferences', error));
  }

  private async sweep(): Promise<void> {
    let asked = batch;
    while (!this.stopped && asked === batch) asked = await this.turn();
  }

  private turn(): Promise<number> {
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
      return due.length;
    });
  }
}
