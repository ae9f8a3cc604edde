// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each legacy system holds of a day beside what the hub has taken and brought, in numbers. */
export class DailyCounts1764820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plugin_day (
        plugin text not null references plugin,
        -- in Japan, YYYY-MM-DD
        day text not null,
        -- when it is to be counted next; null: it is settled
        next_at timestamptz(3),
        -- the question that waits for its answer
        command uuid,
        counted_at timestamptz(3),
        -- why the last question led to no count
        code text,
        counts jsonb,
        differs_since timestamptz(3),
        told boolean not null default false,
        primary key (plugin, day)
      );
      create index on plugin_day (next_at) where next_at is not null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
