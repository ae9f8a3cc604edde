// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has asked what was disclosed of a person, and what the 個人情報保護担当 has decided. */
export class DisclosureRequests1764833000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table disclosure_request (
        id uuid primary key,
        version int not null default 1,
        person uuid not null references person,
        -- the desk that has recorded it; null = the municipality
        function uuid references desk_function,
        asked_by text not null,
        asked_on date not null,
        identity text not null,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        outcome text,
        answered_on date,
        reason text,
        answered_by text,
        answered_at timestamptz(3)
      );
      create index on disclosure_request (person);
      create index disclosure_request_open on disclosure_request (id) where answered_at is null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
