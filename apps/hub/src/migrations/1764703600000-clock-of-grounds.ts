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
      -- exceptions are counted by the two functions and the month
      create index on ground (function, recorded_at);`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
