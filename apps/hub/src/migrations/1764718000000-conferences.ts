// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a conference said goes with its end, its reason too; on which day its review was asked for; and how they are found. */
export class Conferences1764718000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table conference
        alter column reason drop not null,
        -- its host is its 事務局; how it is attended is each member's own
        drop column secretariat_function,
        drop column mode,
        -- the day of the review for which the 事務局 was reminded
        add column review_asked date;
      create index conference_of_host on conference (host_function, id);
      create index conference_of_chair on conference (chair, id);
      create index conference_to_review on conference (review_on, id) where review_asked is distinct from review_on;
      create index referral_of_conference on referral (conference) where conference is not null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
