// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may speak for a child is changed over HTTP, at a version; and an old text asks its sender before it leaves. */
export class AgeRulesAndOldTexts1764790000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table age_rule add column version int not null default 1;
      -- what has not left is looked at once, and the clock finds its next moment
      update referral set clock_at = now() where state in ('draft', 'awaiting_authority')
        and jsonb_path_exists(members, '$[*].narrativeOn');`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
