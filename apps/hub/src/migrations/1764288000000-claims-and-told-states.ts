// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A delivery knows which claim of it may be written, the ledger has one line per claim, a referral knows what its sender
 * was told of its state and which version of its content it holds, and members other than the subject are found by their person.
 */
export class ClaimsAndToldStates1764288000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table delivery
        -- new at every claim; only the message that carries it may be written
        add column claim uuid,
        -- feedback that the last claim of a status let through
        add column feedback text,
        -- the version of the content that the last claim was built from
        add column content_version int;
      -- What was under way is claimed anew: its messages name no claim yet.
      update delivery set state = 'queued' where state in ('claimed', 'sent');

      alter table disclosure drop constraint disclosure_delivery_key;
      alter table disclosure add column go_at timestamptz(3), add unique (delivery, decision);
      update disclosure l set go_at = d.go_at from delivery d where d.id = l.delivery;
      update disclosure l set members = (
        select coalesce(jsonb_agg(m || jsonb_build_object('person', coalesce(
          (select k->>'person' from jsonb_array_elements(r.members) k where k->>'ref' = m->>'ref'), l.person::text))), '[]')
        from jsonb_array_elements(l.members) m)
      from referral r where r.id = l.referral;
      create index disclosure_of_others on disclosure using gin (members jsonb_path_ops) where jsonb_array_length(members) > 1;

      alter table referral add column told_state text, add column content_version int not null default 1;
      -- Whoever wanted nothing to flow back: the sender was told that it was sent.
      update referral r set told_state = case
        when r.state in ('received', 'accepted', 'in_progress', 'on_hold', 'completed')
          and (select d.feedback from disclosure_decision d where d.id = r.decision) is not distinct from 'none' then 'sent'
        else r.state end;
      alter table referral_event add column told boolean not null default true;
      alter table referral alter column told_state set not null;
      create index referral_of_others on referral using gin (members jsonb_path_ops) where jsonb_array_length(members) > 1;

      -- the newest code 2, 3 or 9 of a function's system: an older record asserts nothing any more
      create table assertion_end (
        person uuid not null references person,
        function uuid not null references desk_function,
        at timestamptz(3) not null,
        file_serial int not null,
        row int not null,
        primary key (person, function)
      );

      -- where the record that asserts it stands among those of its system
      alter table consent add column assertion_at timestamptz(3), add column assertion_serial int, add column assertion_row int;
      alter table todo add column done_by text;
      create index on disclosure (referral);
      create index on recall (referral);
      create index on referral (from_function, told_state, id);
      create index delivery_ready on delivery (plugin, not_before) where state = 'queued';
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
