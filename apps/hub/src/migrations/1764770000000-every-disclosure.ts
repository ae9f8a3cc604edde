// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger has a line for everything that comes to somebody's eyes, and says how and to whose. */
export class EveryDisclosure1764770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table disclosure
        -- whoever answers for the ledger reads for no function
        alter column sender_function drop not null,
        alter column recipient_function drop not null,
        -- what was read or printed
        add column what text,
        -- of several looks of a day at the same there is one line
        add column look text;
      create unique index disclosure_look on disclosure (look) where look is not null;

      update disclosure l set
        way = case when d.kind = 'status' then 'feedback' when d.plugin is not null then 'message'
          when d.channel in ('paper', 'carried_by_person') then 'sheet' else 'screen' end,
        viewer = case when d.plugin is not null then 'plugin:' || d.plugin
          else (select e.actor from referral_event e where e.referral = l.referral and e.action = 'receive' and e.function = l.recipient_function
                and l.state = 'written' order by e.version limit 1) end
      from delivery d where d.id = l.delivery;
      update disclosure l set way = case when d.direction = 'coordination' then 'sight' else 'words' end
      from disclosure_decision d where d.id = l.decision and l.delivery is null;
      alter table disclosure alter column way set not null;`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
