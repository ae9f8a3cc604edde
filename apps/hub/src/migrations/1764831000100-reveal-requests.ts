// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The name of somebody who is protected is shown in a list when a second person agrees. */
export class RevealRequests1764831000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table reveal_request (
        id uuid primary key,
        referral uuid not null references referral,
        function uuid not null references desk_function,
        purpose text not null,
        -- sealed
        reason bytea not null,
        asked_by text not null,
        asked_at timestamptz(3) not null,
        decided_by text check (decided_by <> asked_by),
        decided_at timestamptz(3),
        approved boolean,
        -- whoever has asked may see it so long
        until timestamptz(3)
      );
      create unique index reveal_request_waits on reveal_request (referral, asked_by) where decided_at is null;
      create index on reveal_request (referral, asked_by, until) where approved;
      create index on reveal_request (function) where decided_at is null;
      create index on reveal_request (asked_by, decided_at);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
