// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has made which settings, and the versions of a plugin's code that have said hello. */
export class VersionsOfPlugins1764800000210 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- null: of before this was kept; the audit has it
      alter table plugin_config_version add column actor text, add column returned_to int;
      create table plugin_version (
        plugin text not null references plugin,
        version text not null,
        sdk text not null,
        sdk_range text not null,
        since timestamptz(3) not null,
        primary key (plugin, version, sdk)
      );
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
