// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The overview reads the steps of a month, whatever there was before; new ones come in at the end. */
export class EventsOfFlows1764833000100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index event_of_flows on referral_event (action, at) include (referral)
        where action in ('send', 'accept', 'complete', 'agree-return', 'redirect', 'decline', 'withdraw', 'revoke')
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
