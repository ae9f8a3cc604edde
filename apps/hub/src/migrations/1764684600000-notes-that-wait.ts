// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a sender writes to the other desk may wait there until it is read; and one column says whether something has come. */
export class NotesThatWait1764684600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral add column note_waits boolean;
      -- was written to nobody so far
      update referral r set note_waits = true
      where sent_at is not null and state in ('sent', 'received', 'questioned', 'accepted', 'in_progress', 'on_hold', 'return_proposed', 'coordinating')
        and exists (select 1 from referral_event e where e.referral = r.id and e.function = r.from_function and e.action = 'supplement' and e.facts is not null);

      -- ever_received or ever_accepted says the same
      update referral set ever_accepted = true where arrived and not ever_received and not ever_accepted;
      alter table referral drop column arrived;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
