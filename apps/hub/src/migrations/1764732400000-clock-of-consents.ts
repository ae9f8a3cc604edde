// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a word of a person asks something of its desk by time alone stands in its own row (ADR 10). */
export class ClockOfConsents1764732400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table consent add column clock_at timestamptz(3);
      alter table refusal add column clock_at timestamptz(3);
      -- what was said before is looked at once, and the clock finds its next moment
      update consent set clock_at = now() where status = 'active' and superseded_by is null and entitled
        and (manner = 'asserted_by_system' and confirmed_at is null or entitled_until is not null);
      update refusal set clock_at = now() where ask_again_on is not null;
      create index on consent (clock_at) where clock_at is not null;
      create index on refusal (clock_at) where clock_at is not null;`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
