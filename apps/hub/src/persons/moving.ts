// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberIdentifier } from '@tsunagi/domain';
import type { Said } from './ids-kept';
import { moveRecorded, recordedOf, type Recorded } from './recorded';
import { NotFoundError, type Tx } from '../platform';
import type { ReferralOfPerson } from '../referrals';

/**
 * What moves with a person beside the referrals. At a merge lines of the ledger and recalls stay: they say what was
 * disclosed, under which id, and whoever stays is known by both. Where an assertion has ended counts for both from then on: a split gives no consent back.
 */
export interface Belongings {
  readonly identifiers: readonly MemberIdentifier[];
  readonly consents: readonly string[];
  readonly refusals: readonly string[];
  readonly facts: readonly string[];
  /** Memberships of support units. */
  readonly units: readonly string[];
  /** Absent in merges from before anything of it was recorded. */
  readonly recorded?: Recorded;
}

/** As `person_link.moved` keeps it, so that a split puts apart what the merge has brought together, and no more. */
export interface Moved extends Belongings {
  readonly referrals: readonly { readonly id: string; readonly refs: readonly string[] }[];
  /** Consents, refusals, seals and dangers that the one who stays had before. */
  readonly stayed?: readonly string[];
  /** What functions say when they mean the one who was merged. */
  readonly ids?: readonly Said[];
}

/** A merge that nobody has undone. */
export interface LinkRow {
  readonly id: string;
  readonly at: Date;
  readonly moved: Moved;
}

/** Merges of the second into the first that nobody has undone. @throws {NotFoundError} */
export async function openLinks(tx: Tx, kept: string, merged: string): Promise<LinkRow[]> {
  const links = await tx.query<LinkRow>(
    'select id, at, moved from person_link where kept = $1 and merged = $2 and moved is not null and undone_at is null order by at',
    [kept, merged],
  );
  if (links.length === 0) throw new NotFoundError();
  return links;
}

export const isOf = (desk: string, referral: ReferralOfPerson) => referral.from === desk || referral.to === desk;

export async function belongingsOf(tx: Tx, person: string): Promise<Belongings> {
  const [row] = await tx.query<Belongings>(
    `select (select coalesce(json_agg(json_build_object('system', system, 'value', value) order by system, value), '[]') from person_identifier where person = $1) as identifiers,
       array(select id from consent where person = $1 order by id) as consents,
       array(select id from refusal where person = $1 order by id) as refusals,
       array(select id from person_fact where person = $1 order by id) as facts,
       array(select id from unit_member where person = $1 order by id) as units`,
    [person],
  );
  const recorded = await recordedOf(tx, person);
  return { ...(row ?? { identifiers: [], consents: [], refusals: [], facts: [], units: [] }), recorded };
}

/** Only what is still where it was taken from. */
export async function moveBelongings(tx: Tx, what: Belongings, from: string, to: string, now: Date): Promise<void> {
  await tx.query(
    `update person_identifier i set person = $4 from unnest($1::text[], $2::text[]) w(system, value)
     where i.system = w.system and i.value = w.value and i.person = $3`,
    [what.identifiers.map((i) => i.system), what.identifiers.map((i) => i.value), from, to],
  );
  for (const [table, ids] of [
    ['consent', what.consents],
    ['refusal', what.refusals],
    ['person_fact', what.facts],
  ] as const)
    await tx.query(`update ${table} set person = $3 where id = any($1::uuid[]) and person = $2`, [ids, from, to]);
  if (what.recorded) await moveRecorded(tx, what.recorded, from, to);
  await moveTodos(tx, what, from, to, now);
  await askAnew(tx, what.consents, from, to, now);
  await moveUnits(tx, what.units, from, to);
}

/**
 * In a unit in which the other one is as well the membership stays where it is: nobody took part with that person any
 * more, so nobody sees it until a split. Where the one has gone since, the other has gone, too.
 */
async function moveUnits(tx: Tx, memberships: readonly string[], from: string, to: string): Promise<void> {
  if (memberships.length === 0) return;
  await tx.query(
    `update unit_member m set person = $3 where m.id = any($1::uuid[]) and m.person = $2
       and not exists (select 1 from unit_member o where o.unit = m.unit and o.person = $3)`,
    [memberships, from, to],
  );
  await tx.query(
    `with recursive gone(unit) as (
       select moved_to from unit_member where id = any($1::uuid[]) and person = $3 and moved_to is not null
       union select k.moved_to from gone join unit_member k on k.unit = gone.unit and k.person = $2 where k.moved_to is not null
     )
     insert into unit_member (id, unit, person, moved_to)
     select gen_random_uuid(), gone.unit, $3, k.moved_to from gone left join unit_member k on k.unit = gone.unit and k.person = $2
     on conflict (unit, person) do nothing`,
    [memberships, from, to],
  );
}

/**
 * What the ledger has of these referrals is about the one who is put apart; it still says `under` which id it was disclosed.
 * Otherwise that person would be shown nothing of it, and the other one all.
 */
export async function moveLines(tx: Tx, referrals: Moved['referrals'], from: string, to: string): Promise<void> {
  await tx.query(
    `update disclosure d set
       person = case when d.person = $2 and r.members->0->>'ref' = any(w.refs) then $3 else d.person end,
       members = (select coalesce(jsonb_agg(
           case when m->>'ref' = any(w.refs) and m->>'person' = $2::text
             then m || jsonb_build_object('person', $3::text, 'under', coalesce(m->'under', m->'person')) else m end order by n), '[]')
         from jsonb_array_elements(d.members) with ordinality e(m, n))
     from jsonb_to_recordset($1::jsonb) as w(id uuid, refs text[]) join referral r on r.id = w.id
     where d.referral = w.id`,
    [JSON.stringify(referrals), from, to],
  );
}

/** What these functions have looked at beside any referral was of the one whom alone they know. */
export async function moveLooks(tx: Tx, functions: ReadonlySet<string>, from: string, to: string): Promise<void> {
  await tx.query(
    `update disclosure d set person = $3::uuid, members = (
       select jsonb_agg(m || jsonb_build_object('person', $3::uuid, 'under', coalesce(m->'under', m->'person')) order by n)
       from jsonb_array_elements(d.members) with ordinality e(m, n))
     where d.person = $2 and d.look is not null and d.referral is null and d.recipient_function = any($1::uuid[])`,
    [[...functions], from, to],
  );
}

/** What has ended for the one has ended for both. */
export async function endAssertions(tx: Tx, merged: string, into: string): Promise<void> {
  await tx.query(
    `insert into assertion_end as e (person, function, at, file_serial, row)
     select $2, function, at, file_serial, row from assertion_end where person = $1
     on conflict (person, function) do update set at = excluded.at, file_serial = excluded.file_serial, row = excluded.row
       where (e.at, e.file_serial, e.row) < (excluded.at, excluded.file_serial, excluded.row)`,
    [merged, into],
  );
}

/** What each of the two desks is asked for because of consents, the clock says from now on. */
async function askAnew(tx: Tx, moved: readonly string[], from: string, to: string, now: Date): Promise<void> {
  if (moved.length === 0) return;
  await tx.query('update consent set clock_at = $3 where person in ($1, $2) and clock_at is not null', [from, to, now]);
}

/** To-dos about the person go with what asks for them; where one stands already, it is enough. */
async function moveTodos(
  tx: Tx,
  { facts, consents, refusals, recorded }: Belongings,
  from: string,
  to: string,
  now: Date,
): Promise<void> {
  const asking = [...facts, ...consents, ...refusals, ...(recorded?.seals ?? []), ...(recorded?.asked ?? [])];
  if (asking.length === 0) return;
  const ofThose = `t.person = $2 and t.done_at is null and t.function = any(array(
    select function from person_fact where id = any($1::uuid[]) union select function from person_seal where id = any($1::uuid[])
    union select given_to from consent where id = any($1::uuid[]) union select recorded_by from refusal where id = any($1::uuid[])
    union select function from disclosure_request where id = any($1::uuid[]) and function is not null))`;
  const twin = `exists (select 1 from todo o where o.person = $3 and o.done_at is null and o.function = t.function and o.role = t.role and o.kind = t.kind)`;
  await tx.query(
    `update todo t set person = case when ${twin} then t.person else $3 end, done_at = case when ${twin} then $4::timestamptz end where ${ofThose}`,
    [asking, from, to, now],
  );
}

/** Items that left through the person since; a state that went back to its sender brought none, and to look again at what has come is no other. */
export interface DisclosedSince {
  readonly id: string;
  readonly referral: string;
  readonly sender_function: string;
  readonly recipient_function: string;
  readonly members: readonly { readonly ref: string; readonly person: string; readonly categories: DataCategory[] }[];
}

/** What another desk has seen of the person at conferences since, of the desk that had brought it. */
export interface ConferredSince {
  readonly conference: string;
  readonly sender_function: string;
  readonly recipient_function: string;
  readonly categories: DataCategory[];
}

export const conferredSince = (tx: Tx, person: string, since: Date): Promise<ConferredSince[]> =>
  tx.query<ConferredSince>(
    `select conference, sender_function, recipient_function, array_agg(distinct c order by c) as categories
     from disclosure d cross join jsonb_array_elements(d.members) m cross join jsonb_array_elements_text(m->'categories') c
     where d.way = 'conference' and d.person = $1 and d.at >= $2 and d.sender_function <> d.recipient_function
     group by conference, sender_function, recipient_function order by min(d.at)`,
    [person, since],
  );

export const disclosedSince = (tx: Tx, person: string, since: Date): Promise<DisclosedSince[]> =>
  tx.query<DisclosedSince>(
    `select id, referral, sender_function, recipient_function, members from disclosure d
     where (person = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text))))
       and jsonb_array_length(members) > 0 and look is null and (go_at is not null or state = 'written') and coalesce(go_at, at) >= $2 order by at, id`,
    [person, since],
  );
