// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a person carries permits what is on the sheet and nothing that is written later, and its desk knows of it when it
 * has come. What waits for an authority is looked at when a consent begins.
 */
export class WhatHasArrived1764673800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- its recipient has had it in hand
      alter table referral add column arrived boolean not null default false;
      update referral r set arrived = true
      where exists (select 1 from referral_event e where e.referral = r.id and e.to_state in ('received', 'accepted'));

      -- of a content that has changed since nobody knows any more what the sheet says
      update referral r set members = jsonb_set(members, '{0,onSheet}', case when r.content_version = 1 then members->0->'present' else '[]' end)
      where sent_at is not null and channel = 'carried_by_person';

      update referral r set clock_at = least(r.clock_at, c.begins)
      from (select person, min((scope->>'from')::date)::timestamp at time zone 'Asia/Tokyo' as begins from consent
            where status = 'active' and superseded_by is null and (scope->>'from')::date > (now() at time zone 'Asia/Tokyo')::date group by person) c
      where c.person = r.subject and (r.state = 'awaiting_authority' or r.waits_for = 'authority');
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
