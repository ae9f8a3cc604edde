// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has one person in hand goes on reading the id that it knows, whatever others bring together or put apart (ADR 13). */
export class KnownAs1764701800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- where there is no row a function knows a person by the person's own id
      create table person_known_as (
        function uuid not null references desk_function,
        -- what the function reads and says
        id uuid not null,
        -- who that is now
        person uuid not null references person,
        primary key (function, id)
      );
      create index person_known_by on person_known_as (person, function);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
