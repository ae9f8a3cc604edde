// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes from a plugin is watched: from when, how much, and that it comes at all. */
export class WatchedIntake1764464400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table plugin_intake (
        plugin text primary key references plugin,
        -- the start date, unless the settings name one
        first_enabled_at timestamptz(3),
        enabled_at timestamptz(3),
        -- a person has looked at what the first file would do
        confirmed_at timestamptz(3),
        -- until then a person lets through more than the limit of an hour
        hour_free_until timestamptz(3),
        last_file_at timestamptz(3)
      );
      -- What has worked already goes on: it began when it was registered, and its first file came long ago.
      insert into plugin_intake (plugin, first_enabled_at, enabled_at, confirmed_at)
        select p.id, case when p.enabled or s.first is not null then c.at end, case when p.enabled then c.at end, s.first
        from plugin p left join plugin_config_version c on c.plugin = p.id and c.version = 1
        cross join lateral (select min(received_at) as first from submission where sender = 'plugin:' || p.id) s;

      -- a row: nothing more is taken from the plugin until a person has looked
      create table intake_pause (
        plugin text primary key references plugin,
        id uuid not null,
        reason text not null,
        file text,
        made int not null,
        most int,
        at timestamptz(3) not null
      );

      -- what would become of the records of a first file; gone once a person has looked. No value, and no name of a record
      create table intake_rehearsal (
        plugin text not null references plugin,
        item_hash text not null,
        file text,
        outcome text not null,
        code text,
        begins boolean not null,
        primary key (plugin, item_hash)
      );

      -- new referrals by file and by hour; rows nobody has counted on for days are removed
      create table intake_count (
        plugin text not null references plugin,
        scope text not null,
        made int not null,
        -- a person lets more through
        allowed boolean not null default false,
        at timestamptz(3) not null,
        primary key (plugin, scope)
      );
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
