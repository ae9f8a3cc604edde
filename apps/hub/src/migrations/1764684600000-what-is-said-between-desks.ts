// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a sender writes to the other desk may wait there until it is read; what a sender was told beside the true state has a
 * place; what somebody has only looked at can be taken back; and one column says whether something has come.
 */
export class WhatIsSaidBetweenDesks1764684600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral add column note_waits boolean;
      -- was written to nobody so far
      update referral r set note_waits = true
      where sent_at is not null and state in ('sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold', 'return_proposed', 'coordinating')
        and exists (select 1 from referral_event e where e.referral = r.id and e.function = r.from_function and e.action = 'supplement' and e.facts is not null);

      -- its sender knows that it was taken
      alter table referral add column told_accepted boolean;
      update referral set told_accepted = true
      where told_state in ('accepted', 'in_progress', 'completed', 'follow_up')
        or (ever_accepted and told_state = state and state in ('on_hold', 'return_proposed', 'coordinating'));

      -- the state that the sender was told with it, where it is another one
      alter table referral_event add column told_to text;

      -- what was only looked at is taken back by its line in the ledger, without a delivery
      alter table recall alter column cancels drop not null;
      alter table recall add column line uuid unique references disclosure;
      alter table recall add constraint recall_of_something check (num_nonnulls(cancels, line) = 1);

      -- a status that brings worker, next date or note, and no new code
      alter table delivery add column beside boolean;

      -- ever_received or ever_accepted says the same
      update referral set ever_accepted = true where arrived and not ever_received and not ever_accepted;
      alter table referral drop column arrived;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
