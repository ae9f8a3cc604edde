// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who operates a desk function and who works there, all of it dated; what is changed by hand has a version. */
export class DesksAndStaff1764644400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table organization
        add column valid_from date not null default '2000-01-01',
        add column valid_to date,
        add column version int not null default 1;

      alter table desk_function
        -- does it send, does it receive つなぎ about persons
        add column sends boolean not null default true,
        add column receives boolean not null default true,
        -- 日常生活圏域 and the like; null = the whole municipality
        add column area text,
        -- { weekdays, holidays, closed }; null = as the municipality
        add column calendar jsonb,
        add column duty_telephone text,
        add column next_duty_telephone text,
        add column version int not null default 1;

      -- The function stays the same function while the organization that operates it changes.
      create table function_operator (
        id uuid primary key,
        function uuid not null references desk_function,
        organization uuid not null references organization,
        valid_from date not null,
        valid_to date,
        -- what this operator is in law and how things reach it, until the change has been carried out and the function says so
        desk uuid references desk,
        body_kind text,
        channel text,
        system text,
        secrecy_acknowledged_at timestamptz(3),
        secrecy_acknowledged_by text,
        -- open referrals stand on this operator's list
        handed_over_at timestamptz(3),
        -- how far that has come
        handover_cursor uuid,
        -- carried out before: now only the way of reaching it changes
        channel_only boolean not null default false,
        unique (function, valid_from)
      );
      insert into function_operator (id, function, organization, valid_from, valid_to, secrecy_acknowledged_at, secrecy_acknowledged_by, handed_over_at)
        select gen_random_uuid(), f.id, d.organization, f.valid_from, null, now(), 'hub', now()
        from desk_function f join desk d on d.id = f.desk;

      alter table route
        add column function_type text,
        add column valid_from date not null default '2000-01-01',
        add column valid_to date,
        add column version int not null default 1;

      alter table staff
        add column organization uuid references organization,
        add column must_change_password boolean not null default false,
        add column version int not null default 1;
      update staff s set organization = coalesce(
        (select d.organization from membership m join desk_function f on f.id = m.function join desk d on d.id = f.desk
         where m.staff = s.id order by m.valid_from desc, d.organization limit 1),
        (select o.id from organization o order by (o.body_kind = 'agency') desc, o.id limit 1));
      alter table staff alter column organization set not null;

      alter table membership
        add column id uuid,
        add column version int not null default 1;
      update membership set id = gen_random_uuid();
      alter table membership alter column id set not null, add primary key (id);
      -- Somebody may come back: what must not overlap is checked under the lock of the member of staff.
      drop index membership_staff_role_coalesce_idx;
      create index on membership (staff);
      create index on membership (function);

      create table deputy (
        id uuid primary key,
        -- who stands in
        staff uuid not null references staff,
        -- for whom
        acts_for uuid not null references staff,
        valid_from date not null,
        valid_to date not null,
        version int not null default 1
      );
      create index on deputy (staff);

      alter table client
        -- null = the municipality itself
        add column organization uuid references organization,
        add column version int not null default 1;
      update client c set organization = (
        select d.organization from desk_function f join desk d on d.id = f.desk where f.id = any(c.functions) order by d.organization limit 1);

      alter table consent
        -- words that name the organization count for no other that operates the function later
        add column named_organization uuid references organization;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
