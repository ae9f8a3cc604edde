// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When something about a ground changes by time alone stands in its own row (ADR 10). */
export class ClockOfGrounds1764703600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- its sender and its approvers hear then that it ends
      alter table ground add column clock_at timestamptz(3);
      create index on ground (clock_at) where clock_at is not null;
      -- for this recipient, wherever the referral goes later
      alter table ground add column recipient uuid references desk_function;
      update ground g set recipient = r.to_function from referral r where r.id = g.referral;
      create trigger ground_recipient_stands before update of recipient on ground for each statement execute function ground_stands();
      -- exceptions are counted by the two functions and the month
      create index on ground (function, recorded_at);`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
