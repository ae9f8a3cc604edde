// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the later steps of a referral's life leave behind: where it came from and goes on, promises, days, incidents. */
export class WholeLife1764637200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral
        -- the one that was redirected, or completed with 013, and goes on in this one
        add column parent uuid references referral,
        -- the one that had ended and begins anew in this one
        add column reopens uuid references referral,
        -- the other one of the same matter, when it was given back as a duplicate (105)
        add column duplicate_of uuid references referral,
        -- 即日: the sender has telephoned; somebody at the recipient's has confirmed it
        add column phoned boolean not null default false,
        add column phone_confirmed boolean not null default false,
        -- it waits for capacity (103), and not longer than this day
        add column waits_until date,
        -- days of the follow-ups that are still to be made
        add column follow_ups date[] not null default '{}',
        -- R11: until when a side still has to tell the person
        add column sender_informs_by date,
        add column recipient_informs_by date,
        -- 誤送付: its recipient must not use it
        add column misdirected boolean not null default false;
      create index referral_journey on referral (journey);

      create table incident (
        id uuid primary key,
        referral uuid not null references referral,
        kind text not null,
        opened_at timestamptz(3) not null,
        opened_by text not null,
        closed_at timestamptz(3)
      );
      create index on incident (referral);
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
