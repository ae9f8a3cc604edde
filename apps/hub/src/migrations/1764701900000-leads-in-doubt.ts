// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a lead is none any more is asked of those that something has happened to since it was asked last, not of all. */
export class LeadsInDoubt1764701900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- another one each time something happens, so that nobody settles what has happened meanwhile
      alter table lead add column doubt uuid;
      update lead set doubt = gen_random_uuid() where until_at is null;
      alter table lead alter column doubt set default gen_random_uuid();
      create index lead_in_doubt on lead (seq) where until_at is null and doubt is not null;
      drop index lead_handed_over;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
