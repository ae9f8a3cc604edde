// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { newId, NotFoundError, type Tx } from '../platform';

/** A function, and an id that it says. */
export interface Said {
  readonly function: string;
  readonly id: string;
}

/**
 * Functions that may have read this person's id or said it: senders from the first draft, recipients that were shown the
 * person and may keep it, and whoever has recorded something.
 */
export async function knowersOf(tx: Tx, person: string): Promise<string[]> {
  const rows = await tx.query<{ function: string }>(
    `with own as (
       select id, from_function, members from referral
       where subject = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text))))
     select from_function as function from own
     union select d.recipient_function from own r join disclosure d on d.referral = r.id cross join jsonb_array_elements(r.members) m
       where d.delivery is not null and (d.go_at is not null or d.state = 'written') and m->>'person' = $1::text
         and d.members @> jsonb_build_array(jsonb_build_object('ref', m->>'ref'))
         and not exists (select 1 from recall c where c.cancels = d.delivery)
     union select given_to from consent where person = $1
     union select recorded_by from refusal where person = $1
     union select function from person_fact where person = $1
     order by 1`,
    [person],
  );
  return rows.map((r) => r.function);
}

/**
 * Before a merge: who knows the one goes on saying that id, and means the one who stays. Who has both in hand reads the other id from
 * then on, in all that is its own, and may say either. The answer is what a split has to give back.
 */
export async function keepIds(tx: Tx, merged: string, into: string): Promise<Said[]> {
  const [those, others] = [await knowersOf(tx, merged), await knowersOf(tx, into)];
  await know(tx, those, merged);
  await know(
    tx,
    others.filter((f) => those.includes(f)),
    into,
  );
  return tx.query<Said>(
    `with those as (update person_known_as set person = $2 where person = $1 returning function, id) select function, id from those order by 1, 2`,
    [merged, into],
  );
}

/** By the person's own id, unless they know the person by another one. */
async function know(tx: Tx, functions: readonly string[], person: string): Promise<void> {
  await tx.query(
    `insert into person_known_as (function, id, person) select f, $2, $2 from unnest($1::uuid[]) f
     where not exists (select 1 from person_known_as k where k.function = f and k.person = $2)`,
    [functions, person],
  );
}

/** Who was merged into this person, as the function says it. @throws {NotFoundError} */
export async function mergedAs(tx: Tx, kept: string, said: Said): Promise<string> {
  const [link] = await tx.query<{ merged: string }>(
    `select merged from person_link l cross join lateral (select coalesce(l.moved->'ids' @> jsonb_build_array($3::jsonb), false) as said) s
     where kept = $1 and moved is not null and undone_at is null and (s.said or merged = $2) order by not s.said, at limit 1`,
    [kept, said.id, JSON.stringify(said)],
  );
  if (!link) throw new NotFoundError();
  return link.merged;
}

/** Functions that know this person by none but these ids: what they have sent since, they have sent about whom these were. */
export async function knowOnlyBy(tx: Tx, person: string, ids: readonly Said[]): Promise<ReadonlySet<string>> {
  const rows = await tx.query<{ function: string }>(
    `select k.function from person_known_as k left join jsonb_to_recordset($2::jsonb) as s(function uuid, id uuid) using (function, id)
     where k.person = $1 group by k.function having bool_and(s.id is not null)`,
    [person, JSON.stringify(ids)],
  );
  return new Set(rows.map((r) => r.function));
}

/** Before a split: these ids mean again whom they meant. */
export async function giveIdsBack(tx: Tx, ids: readonly Said[], from: string, to: string): Promise<void> {
  await tx.query(
    `update person_known_as k set person = $3 from jsonb_to_recordset($1::jsonb) as s(function uuid, id uuid)
     where k.function = s.function and k.id = s.id and k.person = $2`,
    [JSON.stringify(ids), from, to],
  );
}

/**
 * After a split: of whom all has gone to the other, that function goes on saying the id that it knows. Should it ever meet the
 * one who stays, that is somebody new to it: under an id of its own, since it says the person's own one of the other.
 */
export async function keepIdsApart(tx: Tx, knew: readonly string[], kept: string, person: string): Promise<void> {
  const [still, now] = [await knowersOf(tx, kept), await knowersOf(tx, person)];
  const gone = knew.filter((f) => !still.includes(f) && now.includes(f));
  const rows = await tx.query<{ function: string }>(
    `select f as function from unnest($1::uuid[]) f where not exists (select 1 from person_known_as k where k.function = f and k.person = $2)`,
    [gone, person],
  );
  const moving = rows.map((r) => r.function);
  await know(tx, moving, kept);
  await tx.query('update person_known_as set person = $3 where function = any($1::uuid[]) and person = $2', [
    moving,
    kept,
    person,
  ]);
  tx.insert(
    'person_known_as',
    moving.map((f) => ({ function: f, id: newId(), person: kept })),
  );
}
