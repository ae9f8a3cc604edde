// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On which days a conference was held: what a change of lead and a つなぎもどし rest on, also once it has ended. */
export class HeldConferences1764780000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table conference add column held_days date[] not null default '{}';
      -- of those before, what was written down is told by the audit; a day to come is one for which members were called
      update conference c set held_days = array[held_on]
        where held_on is not null and state in ('held', 'ended') and held_on <= coalesce(ended_at, now()) at time zone 'Asia/Tokyo'
          and exists (select 1 from audit_entry a where a.object = c.id::text and a.action = 'conference.record');`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
