// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is rare is found among all that a desk has sent or received without reading it. An ordinary つなぎ of normal urgency,
 * as files bring them, is written to none of these; of the others, each costs two entries.
 */
export class RareAtADesk1764666600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_of_rare_kind_sent on referral (kind, from_function, told_state, id) where kind <> 'referral';
      create index referral_of_rare_kind_received on referral (kind, to_function, state, id) where kind <> 'referral';
      create index referral_of_rare_urgency_sent on referral (urgency, from_function, told_state, id) where urgency <> 'normal';
      create index referral_of_rare_urgency_received on referral (urgency, to_function, state, id) where urgency <> 'normal';
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
