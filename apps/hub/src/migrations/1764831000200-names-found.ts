// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * By what the names in a referral are found, which stay sealed: keyed tokens, made by the hub. What waits for its tokens stands in
 * a list of its own, whoever wrote it; all that is there already waits from the start.
 */
export class NamesFound1764831000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table name_index (
        referral uuid primary key references referral,
        tokens text[] not null
      );
      create index name_index_tokens on name_index using gin (tokens);
      create table name_due (referral uuid primary key);
      create function name_is_due() returns trigger language plpgsql as $$ begin
        -- locks what waits already: whoever is at it has not read this yet, or it waits anew
        insert into name_due values (new.id) on conflict (referral) do update set referral = excluded.referral;
        return null;
      end $$;
      create trigger name_is_due after insert on referral for each row execute function name_is_due();
      -- what was corrected, or goes to another desk, is found by other tokens
      create trigger name_is_due_again after update on referral for each row
        when (old.content_version is distinct from new.content_version or old.from_function is distinct from new.from_function
          or old.to_function is distinct from new.to_function) execute function name_is_due();
      insert into name_due select id from referral;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
