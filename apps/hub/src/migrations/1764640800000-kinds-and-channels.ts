// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every kind of referral with its rules, the channels of delivery, and 利用勧奨, which is no referral. */
export class KindsAndChannels1764640800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- kinds that go only to functions which are flagged for them
      alter table desk_function add column kinds text[] not null default '{}';

      alter table referral
        -- how this one goes, where its sender chose; null = as its recipient's function does
        add column channel text,
        -- the law that a 通報・通告 names
        add column statute text;

      alter table delivery
        -- null = by the plugin, or where there is none to the web desk
        add column channel text,
        -- what stands on the sheet: whoever enters it has the sheet
        add column sheet_code text;
      create unique index delivery_sheet on delivery (sheet_code) where sheet_code is not null;

      -- Those who oversee see every kind but 通報・通告: asked of the index alone.
      create index referral_overseen on referral (state, id) include (kind);
      drop index referral_state_id_idx;

      create table recommendation (
        id uuid primary key,
        function uuid not null references desk_function,
        -- the noticing desk's own number of the matter, who told and how; sealed
        content bytea not null,
        told_at timestamptz(3) not null,
        answer text,
        ask_again_on date,
        accompaniment_offered boolean,
        -- what the person wanted to be opened
        referral uuid references referral,
        version int not null,
        created_by text not null,
        created_at timestamptz(3) not null,
        answered_at timestamptz(3)
      );
      create index on recommendation (function, id);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
