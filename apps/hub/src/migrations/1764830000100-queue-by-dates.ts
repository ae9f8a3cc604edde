// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The queue by due date, and the views that no state finds. What has ended has no date, and stands in none of these; an ordinary
 * つなぎ as files bring it costs the three of the first sort for as long as somebody must answer it.
 */
export class QueueByDates1764830000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_due_overseen on referral (state, due_on, id) where due_on is not null;
      create index referral_due_received on referral (to_function, state, due_on, id) where due_on is not null;
      create index referral_due_sent on referral (from_function, told_state, told_due_on, id) where told_due_on is not null;

      create index referral_handed_on on referral (state, id) where hops > 0;
      create index referral_handed_on_due on referral (state, due_on, id) where hops > 0 and due_on is not null;
      create index referral_handed_on_sent on referral (from_function, told_state, id) where hops > 0;
      create index referral_handed_on_sent_due on referral (from_function, told_state, told_due_on, id) where hops > 0 and told_due_on is not null;
      create index referral_unrouted on referral (state, id) where to_function is null;
      create index referral_unassigned on referral (to_function, state, id) where worker is null and state in ('accepted', 'in_progress', 'on_hold');
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
