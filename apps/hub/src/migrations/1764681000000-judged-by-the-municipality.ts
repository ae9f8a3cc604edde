// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Desks say that two persons are one, or one is two, and the municipality judges. What desks had linked before waits for
 * nobody. The lists of the few who do something for the whole municipality, and the leads that may be missing, are found by
 * an index.
 */
export class JudgedByTheMunicipality1764681000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table person_doubt (
        id uuid primary key,
        person uuid not null references person,
        at timestamptz(3) not null,
        asked_by text not null,
        function uuid not null references desk_function,
        -- what is said to be somebody else's: ids, and numbers of the desk's own system
        body jsonb not null,
        done_at timestamptz(3)
      );
      create index person_doubted on person_doubt (person) where done_at is null;

      -- a recall of a web desk is there with its to-do; what no lane carries stands in no lane's order
      update delivery d set state = case when r.acknowledged_at is null then 'delivered' else 'read' end
      from recall r where r.delivery = d.id and d.kind = 'recall' and d.plugin is null and d.state = 'queued';
      drop index delivery_in_order;
      create index delivery_in_order on delivery (person, plugin, seq) where plugin is not null and state in ('queued', 'claimed', 'sent');

      create index todo_of_municipality on todo (role, (not escalated), id) where done_at is null and role in ('approver', 'privacy_officer');
      create index lead_handed_over on lead (seq) where until_at is null and reason <> 'first_sender';
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
