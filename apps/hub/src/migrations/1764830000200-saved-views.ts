// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Views of the queue under a name: of a function or of one person. What they ask for is ids and codes. */
export class SavedViews1764830000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table saved_view (
        id uuid primary key,
        version int not null,
        name text not null,
        query jsonb not null,
        function uuid references desk_function,
        -- staff:<id>
        owner text,
        created_at timestamptz(3) not null,
        check ((function is null) <> (owner is null))
      );
      create index on saved_view (function) where function is not null;
      create index on saved_view (owner) where owner is not null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
