// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Rows that wait know from which place of their plugin they came, come right by a later record or by a person's word, and
 * say how. Of a file that was refused whole the hash of its name is kept, as it comes again under it.
 */
export class WaitingRows1764800000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table quarantined_row
        add column source text,
        add column file_name text,
        -- of state: 'waiting', 'released', 'corrected', 'closed'
        add column settled_at timestamptz(3),
        add column outcome text,
        add column releases int not null default 0,
        add column release_command uuid,
        -- why the last release came to nothing
        add column release_code text;
      create index on quarantined_row (plugin, id) where state = 'waiting';
      create index on quarantined_row (plugin, key_hash) where state = 'waiting';
      create index on quarantined_row (plugin, row) where state = 'waiting' and file is null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
