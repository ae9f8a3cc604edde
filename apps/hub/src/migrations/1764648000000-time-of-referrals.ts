// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Time has its say: dues that stand still, pauses that end, reminders, and to-do lists that follow from the state. */
export class TimeOfReferrals1764648000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral
        -- working days of the recipient that are left while its clock stands still
        add column due_left int,
        add column wake_on date,
        add column follow_up_on date,
        -- 'authority', 'asserted_after_withdrawal' or 'twin': why it waits at its sender's
        add column waits_for text,
        -- a system wants to give it back; the supervisor has not said so yet
        add column return_asked boolean not null default false,
        -- 103 定員・体制: it waits for room
        add column short_of_capacity boolean not null default false,
        -- until when the consent that it goes out on is valid
        add column authority_until timestamptz(3),
        -- when time alone changes something about it next
        add column clock_at timestamptz(3);

      update referral r set authority_until = d.not_after
        from disclosure_decision d where d.id = r.decision and d.authority = 'consent';
      update referral set return_asked = true
        where id in (select referral from todo where kind = 'confirm_return' and done_at is null);
      update referral r set waits_for = case t.kind when 'authority_needed' then 'authority' when 'twin_open' then 'twin' else t.kind end
        from todo t where t.referral = r.id and t.done_at is null and t.kind in ('authority_needed', 'twin_open', 'asserted_after_withdrawal');
      -- The day on which it was to go on was kept sealed; nothing sleeps longer than sixty days.
      update referral set due_on = null where state in ('in_progress', 'on_hold');
      update referral set wake_on = (state_at at time zone 'Asia/Tokyo')::date + 60 where state = 'on_hold';
      -- The clock looks at each of them once, and then knows.
      update referral set clock_at = state_at
        where state not in ('declined', 'redirected', 'closed', 'withdrawn', 'revoked', 'entered_in_error');
      create index referral_clock on referral (clock_at) where clock_at is not null;

      -- Time has run out: it stands before the others.
      alter table todo add column escalated boolean not null default false;
      create index todo_of_desk on todo (function, role, (not escalated), id) where done_at is null;
      create index todo_of_coordinator on todo ((not escalated), id) where done_at is null and role = 'coordinator';

      -- { weekdays, holidays, closed }; null = as the municipality
      alter table desk_function add column if not exists calendar jsonb;

      -- days and limits of its own that a function, or (null) the municipality, has set
      create table due_rule (
        function uuid references desk_function,
        -- a state with days for 通常 and 急, or a limit of the clock with one number
        name text not null,
        normal int not null,
        urgent int,
        unique nulls not distinct (function, name)
      );

      -- how far the clock of a demo is ahead; no row: not at all
      create table demo_clock (only_one boolean primary key default true check (only_one), ahead_ms bigint not null);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
