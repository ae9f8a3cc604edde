// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** 支援単位 and the ledger of their leads. A unit is made when somebody asks for it, so nothing is made here. */
export class LeadsOfSupportUnits1764655800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table support_unit (
        -- says nothing of when it was made, as do the ids of its members
        id uuid primary key,
        version int not null,
        -- functions that know of it
        known_to uuid[] not null,
        -- made by a split: what went out before does not let its recipient know of it
        apart_since timestamptz(3),
        offered_to uuid references desk_function,
        created_at timestamptz(3) not null
      );

      create table unit_member (
        id uuid primary key,
        unit uuid not null references support_unit,
        person uuid not null references person,
        -- the unit to which the person has gone; null while here
        moved_to uuid references support_unit,
        unique (unit, person)
      );
      create index on unit_member (person);

      create table lead (
        id uuid primary key,
        seq bigint generated always as identity,
        unit uuid not null references support_unit,
        function uuid not null references desk_function,
        -- name of the worker, sealed
        worker bytea,
        from_at timestamptz(3) not null,
        until_at timestamptz(3),
        reason text not null,
        -- the conference, and what the person was told, sealed
        ground bytea
      );
      create index on lead (unit, seq);
      create unique index lead_standing on lead (unit) where until_at is null;
      create index lead_of_function on lead (function) where until_at is null;

      -- たらい回し, 丸投げ and 丸抱え are counted and shown; what goes its way is in none of these
      create index event_of_talks on referral_event (at) where to_state = 'coordinating';
      create index audit_of_dumping on audit_entry (at) where action = 'support_request.dumped';
      create index referral_with_sender on referral (from_function, created_at) where state in ('draft', 'awaiting_authority', 'returned');
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
