// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Beside the state that a sender was told stand its version, since when, and by when: what it was not told moves none of
 * them. And a sender may ask for what it can no longer take back by itself.
 */
export class ToldVersions1764663000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral
        add column told_version int not null default 1,
        add column told_at timestamptz(3) not null default now(),
        add column told_due_on date,
        -- the day on which somebody who said no may be asked again
        add column ask_again_on date,
        -- the sender would take it back after 引受, which is the recipient's to say
        add column withdrawal_asked boolean not null default false;
      -- A 通報・通告 that woke by itself had told its sender so. What stands in the history stays; the state does not.
      update referral set told_state = 'received' where kind = 'notification' and told_state in ('accepted', 'in_progress', 'on_hold', 'completed');
      update referral r set
        told_version = case when told_state = state and kind <> 'notification' then version
          else greatest(1, (select count(*) from referral_event e where e.referral = r.id and e.told)) end,
        told_at = case when told_state = state and kind <> 'notification' then state_at else coalesce(sent_at, created_at) end,
        told_due_on = case when told_state = state and kind <> 'notification' then due_on end;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
