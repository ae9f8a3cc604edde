// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a マイナンバー was refused, by way in and day: never what was written, nor by whom. */
export class GuardCounts1764728800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table guard_count (
        way text not null check (length(way) <= 100),
        day date not null,
        times int not null check (times > 0),
        primary key (day, way)
      );
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
