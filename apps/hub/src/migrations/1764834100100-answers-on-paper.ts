// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a recipient has written on a sheet is entered by its sender, and both stand in the history. */
export class AnswersOnPaper1764834100100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the function whose desk has entered what "function" wrote on paper; null: that desk did it itself
      alter table referral_event add column entered_by uuid;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
