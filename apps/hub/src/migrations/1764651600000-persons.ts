// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Persons outlive their referrals: what is known of them, and who is one. */
export class Persons1764651600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table person_fact (
        id uuid primary key,
        person uuid not null references person,
        kind text not null,
        valid_from date,
        valid_to date,
        wake_on date,
        -- the to-do of that day was written, or is not needed any more
        woken boolean not null default false,
        recorded_by text not null,
        recorded_at timestamptz(3) not null,
        function uuid not null references desk_function,
        -- one fact is replaced once
        supersedes uuid unique references person_fact,
        -- it takes that one back: it was never so
        in_error boolean not null default false,
        -- names and places, sealed
        body bytea
      );
      create index on person_fact (person);
      create index person_fact_wakes on person_fact (wake_on) where not woken and wake_on is not null;
      create function person_facts_stand() returns trigger language plpgsql as $$ begin raise exception 'a person_fact is replaced, never changed'; end $$;
      create trigger person_facts_stand before update of kind, valid_from, valid_to, wake_on, recorded_by, recorded_at, function, supersedes, in_error, body
        on person_fact for each statement execute function person_facts_stand();

      create index todo_of_person on todo (person) where person is not null and done_at is null;

      -- two persons are one; with 'moved', what spoke of the second speaks of the first since
      create table person_link (
        id uuid primary key,
        kept uuid not null references person,
        merged uuid not null references person check (merged <> kept),
        at timestamptz(3) not null,
        linked_by text not null,
        function uuid not null references desk_function,
        -- what agreed
        agreed text[] not null,
        moved jsonb,
        undone_at timestamptz(3)
      );
      create index on person_link (kept);
      create index on person_link (merged);

      alter table incident add column details jsonb not null default '{}';
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
