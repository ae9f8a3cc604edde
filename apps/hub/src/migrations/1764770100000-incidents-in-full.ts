// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents have notes, and those opened before say whose items had come to whom, and have their days. */
export class IncidentsInFull1764770100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table incident_note (
        id uuid primary key,
        incident uuid not null references incident,
        -- for which function; null = the 個人情報保護担当
        function uuid,
        actor text not null,
        at timestamptz(3) not null,
        body bytea not null
      );
      create index on incident_note (incident);

      -- what was known when they were opened: the lines of the ledger up to then
      with went as (
        select i.id, l.recipient_function, m->>'person' as person, c as category
        from incident i join referral r on r.id = i.referral join disclosure l on l.referral = i.referral
          cross join jsonb_array_elements(l.members) m cross join jsonb_array_elements_text(m->'categories') c
        where i.persons = '[]' and l.look is null and l.at <= i.opened_at and (l.go_at is not null or l.state = 'written')
          and l.recipient_function <> r.from_function
          and (i.details->>'disclosure' is null or l.id::text = i.details->>'disclosure')
      ), affected as (
        select id, jsonb_agg(jsonb_build_object('person', person, 'categories', categories)) as persons,
          bool_or(categories && array['disability', 'health', 'criminal', 'origin', 'care_level', 'public_assistance', 'abuse', 'narrative']) as sensitive
        from (select id, person, array_agg(distinct category) as categories from went group by id, person) p group by id
      ), had as (select id, array_agg(distinct recipient_function) as recipients from went group by id)
      update incident i set persons = a.persons, sensitive = a.sensitive, recipients = h.recipients
      from affected a join had h on h.id = a.id where i.id = a.id;

      update incident i set
        first_report_due = coalesce(first_report_due, d.noticed + ${days("'first_report'")}),
        final_report_due = coalesce(final_report_due, d.noticed + ${days("case i.kind when 'crime' then 'final_report_of_a_crime' else 'final_report' end")}),
        tell_by = coalesce(tell_by, d.noticed + ${days("'tell_person'")})
      from (select id, (noticed_at at time zone 'Asia/Tokyo')::date as noticed from incident) d
      where d.id = i.id and i.closed_at is null;`);
  }

  /** Migrations only go forward. */
  down(): Promise<void> {
    return Promise.reject(new Error('migrations only go forward'));
  }
}

/** Of the rules of the day on which it was noticed the shortest, as for one that is opened now. */
const days = (name: string) => `(select min(u.days) from incident_rule u where u.active and u.name = ${name}
  and u.valid_from <= d.noticed and (u.valid_to is null or d.noticed <= u.valid_to) and jsonb_array_length(i.persons) >= coalesce(u.from_persons, 0))`;
