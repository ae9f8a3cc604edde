// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Dangers are taken back by two, as seals are; what lapses and who must not see something is found by key. */
export class Protection1764710800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- taken away by two as well: a danger that is none any more
      alter table person_unseal alter column seal drop not null,
        add column danger uuid references person_danger,
        add constraint person_unseal_of_one check (num_nonnulls(seal, danger) = 1);
      create index on person_unseal (danger) where danger is not null;
      create trigger person_unseal_danger_stands before update of danger on person_unseal for each statement execute function person_unseal_stands();

      create index consent_excluding_staff on consent (person) where excluded_staff <> '{}';
      create index person_seal_lapsing on person_seal (valid_to) where valid_to is not null;
      create index person_danger_of_someone on person_danger (from_person, person) where ended_at is null;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
