// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether its recipient has had it: what came to the table before that, its desk may still open. */
export class EverReceived1764677400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral add column ever_received boolean not null default false;
      update referral r set ever_received = true
      where r.sent_at is not null
        and exists (select 1 from referral_event e where e.referral = r.id and e.to_state = 'received');
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
