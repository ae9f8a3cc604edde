// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A check counts for the settings it was made with. And a hub that works under a role of its own, as `tsunagi init`
 * makes it, cannot even try to change what is append-only.
 */
export class CheckedSettings1764374400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table plugin
        -- version of the settings that the last check was made with
        add column checked_config int;
      update plugin set checked_config = config_version where checked_at is not null;

      do $$
      declare granted record;
      begin
        for granted in
          select distinct table_schema, table_name, grantee from information_schema.role_table_grants
          where table_schema = current_schema() and table_name in ('audit_entry', 'referral_event')
            and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee not in (current_user, 'PUBLIC')
        loop
          execute format('revoke update, delete, truncate on %I.%I from %I', granted.table_schema, granted.table_name, granted.grantee);
        end loop;
      end $$;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
