// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who takes a word back and how, what stands on a form, and the record behind an assertion. */
export class ConsentInFull1764707200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table refusal add column how text;

      alter table consent_form
        -- やさしい日本語
        add column plain_wording text,
        add column drafted_by text,
        add column retired_by text;

      -- the file of the record that asserts it, beside its row
      alter table consent add column assertion_file text;
      create index on consent (giver_person) where giver_person is not null;
      create index on refusal (giver_person) where giver_person is not null;`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
