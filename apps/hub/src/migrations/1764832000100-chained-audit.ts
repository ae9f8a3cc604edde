// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The audit is chained, and its state signed (ADR 28). */
export class ChainedAudit1764832000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Before a line takes its number, its transaction has one: so every line below one that is seen belongs to a transaction
      -- that is older than any which begins now.
      create function audit_takes_its_turn() returns trigger language plpgsql as $$ begin perform pg_current_xact_id(); return null; end $$;
      create trigger audit_takes_its_turn before insert on audit_entry for each statement execute function audit_takes_its_turn();

      create table audit_seal (
        seal bigint primary key check (seal > 0),
        -- the last line it covers; the first is the one after the seal before
        up_to bigint not null unique,
        -- the SHA-256 of each line, one after the other
        leaves bytea not null,
        -- SHA-256 of the hash before and the leaves
        hash bytea not null
      );
      alter table audit_seal alter column leaves set storage external;

      create table audit_checkpoint (
        seal bigint primary key,
        up_to bigint not null,
        hash bytea not null,
        at timestamptz(3) not null,
        kid text not null,
        signature bytea not null
      );

      -- Whoever seals holds this row.
      create table audit_sealer (id int primary key check (id = 1));
      insert into audit_sealer values (1);

      create or replace function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$;
      create trigger seals_are_append_only before update or delete or truncate on audit_seal for each statement execute function audit_is_append_only();
      create trigger checkpoints_are_append_only before update or delete or truncate on audit_checkpoint for each statement execute function audit_is_append_only();

      do $$
      declare granted record;
      begin
        for granted in
          select distinct table_schema, table_name, grantee from information_schema.role_table_grants
          where table_schema = current_schema() and table_name in ('audit_entry', 'audit_seal', 'audit_checkpoint')
            and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE') and grantee not in (current_user, 'PUBLIC')
        loop
          execute format('revoke update, delete, truncate on %I.%I from %I', granted.table_schema, granted.table_name, granted.grantee);
        end loop;
      end $$;

      -- For whoever reads it: what people did, who of them, and when. What systems bring in costs nothing more.
      create index audit_by_action on audit_entry (action, id) where actor like 'staff:%';
      create index audit_by_actor on audit_entry (actor, id) where actor like 'staff:%';
      create index audit_by_time on audit_entry using brin (at);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
