// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A first file is tried to its end, and whoever decides sees at which desks its records would arrive. */
export class FirstFilesWhole1764834000500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- 'goes_on': the host still reads; 'waits': it has read to the end; null: it does not say
      alter table intake_pause add column trial text;
      alter table intake_rehearsal add column to_function uuid;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
