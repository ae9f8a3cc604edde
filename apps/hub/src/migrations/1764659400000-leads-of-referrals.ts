// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who leads the support unit of a referral stands in its row, so that its queue is read from an index; and whoever was
 * merged is in the units as the person that he or she is. The ledger has a line for what is seen without a delivery.
 */
export class LeadsOfReferrals1764659400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- what those who coordinate have seen was delivered to nobody
      alter table disclosure alter column delivery drop not null;

      -- where it is not the sender
      alter table referral add column lead uuid references desk_function;
      create index referral_led on referral (lead, state, id) where lead is not null;

      update person_link l set moved = l.moved || jsonb_build_object('units', coalesce(u.units, '[]'))
      from (with recursive p(link, person) as (
              select id, merged from person_link where moved is not null
              union select p.link, k.merged from p join person_link k on k.kept = p.person where k.moved is not null and k.undone_at is null
            )
            select p.link, jsonb_agg(m.id) filter (where m.id is not null) as units
            from p left join unit_member m on m.person = p.person group by p.link) u
      where u.link = l.id;
      -- one merge after the other, as they were made
      do $$ begin loop
        update unit_member m set person = n.kept
        from (select distinct on (m.unit, l.kept) m.id, l.kept from unit_member m join person_link l on l.merged = m.person
              where l.moved is not null and l.undone_at is null
                and not exists (select 1 from unit_member o where o.unit = m.unit and o.person = l.kept)) n
        where n.id = m.id;
        exit when not found;
      end loop; end $$;

      update referral r set lead = nullif(n.lead, r.from_function)
      from (select f.id, (select l.function from unit_member m
              join support_unit u on u.id = m.unit join lead l on l.unit = u.id and l.until_at is null
              where m.person = f.subject and f.from_function = any(u.known_to)
                and not exists (select 1 from support_unit g where g.id = m.moved_to and f.from_function = any(g.known_to))
              order by u.created_at, u.id limit 1) as lead
            from referral f where f.sent_at is not null and f.subject in (select person from unit_member)) n
      where n.id = r.id and n.lead <> r.from_function;
    `);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}
