// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is rare is found in the whole receipt book without reading it; what is usual is not written there. */
export class QueueFilters1764655200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_of_rare_kind on referral (kind, state, id) where kind <> 'referral';
      create index referral_of_rare_urgency on referral (urgency, state, id) where urgency <> 'normal';
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
