// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who answers a recall by when, and when time alone asks somebody more, stand in the recall's own row (ADR 10). */
export class DeadlinesOfRecalls1764760000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table recall
        -- who was asked: a referral may go elsewhere later
        add column recipient uuid references desk_function,
        add column clock_at timestamptz(3),
        drop column note,
        drop column reminded_at;
      update recall c set recipient = r.to_function from referral r where r.id = c.referral and c.cancels is not null;
      update recall c set recipient = d.recipient_function from disclosure d where d.id = c.line;
      -- what waits already is looked at once, and the clock finds its day
      update recall set clock_at = now() where acknowledged_at is null and recipient is not null;
      create index on recall (clock_at) where clock_at is not null;`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
