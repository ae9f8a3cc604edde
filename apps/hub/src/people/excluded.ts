// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ofJudgeOnly, type Excluded } from '@tsunagi/domain';
import { sealStands } from './protection';
import type { Database } from '../platform';

const isIn = (referral: string, person: string) =>
  `(${referral}.subject = ${person} or (jsonb_array_length(${referral}.members) > 1
     and ${referral}.members @> jsonb_build_array(jsonb_build_object('person', ${person}::text))))`;

/** SQL: it went by itself when this one, who does not work at that desk, approved for the municipality what was recorded there. */
const ratified = (event: string, staff: string) =>
  `(${event}.action = 'send' and exists (select 1 from ground g where g.referral = ${event}.referral and g.decided_by = ${event}.actor)
     and not exists (select 1 from membership m where m.staff = ${staff} and m.function = ${event}.function))`;

/** Of a household that endangers somebody everybody does who is in one referral with that person, but who is protected as well. */
const fromHousehold = `
  select d.person, m.person as feared, d.recorded_by from person_danger d
    join referral r on ${isIn('r', 'd.person')} cross join lateral (select (e->>'person')::uuid as person from jsonb_array_elements(r.members) e) m
  where d.ended_at is null and d.from_household and m.person <> d.person
    and not exists (select 1 from person_seal s where s.person = m.person and ${sealStands('s')})
    and not exists (select 1 from person_danger o where o.person = m.person and o.from_household and o.ended_at is null)`;

/**
 * From what each of these members of staff is shut out by name (ADR 17): whoever acted on a referral of somebody dangerous learns
 * nothing of whom that one endangers, and whoever the person has excluded in a consent nothing of the person, until a newer word
 * of that person replaces it: to withdraw a consent lets nobody in. Who recorded the danger
 * works with her, whatever else she or he does; and who judges who is who, or approves for the
 * municipality, is nobody's worker.
 */
export async function excludedFrom(
  database: Pick<Database, 'query' | 'ask'>,
  staff: readonly string[],
): Promise<ReadonlyMap<string, Excluded>> {
  if (staff.length === 0 || !(await isAnybodyNamed(database))) return new Map();
  const rows = await database.query<{ staff: string; person: string; referrals: string[] }>(
    `with feared as (
       select person, from_person as feared, recorded_by from person_danger where ended_at is null and from_person is not null
       union ${fromHousehold}
     ), shut as (
       select s.id as staff, f.person, f.feared from feared f join unnest($1::uuid[]) s(id) on f.recorded_by <> 'staff:' || s.id
       where exists (select 1 from referral r join referral_event e on e.referral = r.id
                     where r.subject = f.feared and e.actor = 'staff:' || s.id and e.action <> all($2::text[]) and not ${ratified('e', 's.id')}
                     -- Looked for at each of the few who are feared, never the other way round through all that happened.
                     offset 0)
       union
       select s.id, c.person, null from consent c join unnest($1::uuid[]) s(id) on s.id = any(c.excluded_staff)
       where c.excluded_staff <> '{}' and c.superseded_by is null and (c.status = 'active' or not exists (
         select 1 from consent n where n.person = c.person and n.given_to = c.given_to and n.granted_at > c.granted_at))
     )
     select staff, person, array(select r.id from referral r where ${isIn('r', 'shut.person')} and r.subject is distinct from shut.feared) as referrals
     from shut`,
    [staff, [...ofJudgeOnly]],
  );
  const excluded = new Map<string, { persons: Set<string>; referrals: Set<string> }>();
  for (const { staff: id, person, referrals } of rows) {
    const one = excluded.get(id) ?? { persons: new Set(), referrals: new Set() };
    one.persons.add(person);
    for (const referral of referrals) one.referrals.add(referral);
    excluded.set(id, one);
  }
  return excluded;
}

/** Mostly nobody is, and this is asked at every request of staff: the question above takes longer to plan than to answer. */
async function isAnybodyNamed(database: Pick<Database, 'ask'>): Promise<boolean> {
  const [row] = await database.ask<{ named: boolean }>(
    `select exists (select 1 from person_danger where ended_at is null)
       or exists (select 1 from consent where excluded_staff <> '{}' and superseded_by is null) as named`,
  );
  return row?.named === true;
}
