// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberIdentifier } from '@tsunagi/domain';
import { newId, type Tx } from '../platform';

/** Under this a number stands in what `personsByIdentifier` finds. */
export const keyOf = (identifier: MemberIdentifier) => `${identifier.system}\n${identifier.value}`;

export interface FoundPersons {
  /** One for each list of identifiers, in order. */
  readonly persons: readonly string[];
  /** Those that nobody has known before: nothing else in the database speaks of them. */
  readonly made: ReadonlySet<string>;
}

/**
 * The persons behind these lists of identifiers: found by an identifier of the same system, or made. Equal names are no
 * match. Whoever has no identifier becomes a new person.
 */
export function findOrMakePersons(
  tx: Tx,
  wanted: readonly (readonly MemberIdentifier[])[],
  known: ReadonlyMap<string, string>,
): FoundPersons {
  const all = [...new Map(wanted.flat().map((i) => [keyOf(i), i])).values()];

  const given = new Map<string, string>();
  const persons = wanted.map((identifiers) => {
    const first = identifiers.map((i) => known.get(keyOf(i)) ?? given.get(keyOf(i))).find((id) => id !== undefined);
    const person = first ?? newId();
    for (const i of identifiers) if (!known.has(keyOf(i)) && !given.has(keyOf(i))) given.set(keyOf(i), person);
    return person;
  });
  const knownIds = new Set(known.values());
  const made = new Set(persons.filter((id) => !knownIds.has(id)));
  const newPersons = [...made].map((id) => ({ id }));
  // Always in the same order, so that two households that meet wait for each other instead of against.
  const newIdentifiers = all.filter((i) => given.has(keyOf(i))).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  tx.insert('person', newPersons);
  // Not "on conflict": when a recipient's answer names the same number at this moment, the whole is done once more.
  tx.insert(
    'person_identifier',
    newIdentifiers.map((i) => ({ ...i, person: given.get(keyOf(i)) })),
  );
  return { persons, made };
}

/** Adds an identifier that a recipient's system reported. One that already belongs to somebody else is left alone. */
export function addIdentifiers(tx: Tx, person: string, identifiers: readonly MemberIdentifier[]): void {
  tx.insert(
    'person_identifier',
    identifiers.map((i) => ({ ...i, person })),
    'on conflict do nothing',
  );
}

/**
 * The lock under which everything about a person is decided: intake, claim, go-ahead, consent, refusal, withdrawal.
 * Always taken in id order, before any other row lock but that of a person's new identifiers. From whom somebody was put apart is
 * locked as well: who waited for that lock meanwhile holds no other.
 */
export async function lockPersons(tx: Tx, persons: Iterable<string>): Promise<void> {
  const ids = [...new Set(persons)];
  if (ids.length === 0) return;
  await tx.query(lockingPersons('select unnest($1::uuid[])'), [ids]);
}

/** SQL: the same of those whom `persons` finds. */
export const lockingPersons = (persons: string) =>
  `select id from person where id = any(array(
     with p(id) as materialized (${persons})
     select id from p union select o.apart_from from p join person o using (id) where o.apart_from is not null))
   order by id for no key update`;

/** Who is known by these identifiers, for `findOrMakePersons`. */
export async function personsByIdentifier(
  tx: Tx,
  identifiers: readonly MemberIdentifier[],
): Promise<Map<string, string>> {
  if (identifiers.length === 0) return new Map();
  const rows = await tx.query<{ system: string; value: string; person: string }>(
    `select system, value, person from unnest($1::text[], $2::text[]) as w(system, value) join person_identifier i using (system, value)`,
    [identifiers.map((i) => i.system), identifiers.map((i) => i.value)],
  );
  return new Map(rows.map((r) => [keyOf(r), r.person]));
}

/**
 * Do these numbers belong to others than `personsByIdentifier` said? Asked by whoever had to wait for the persons' lock: a merge or a
 * split may have come first.
 */
export async function haveMoved(
  tx: Tx,
  identifiers: readonly MemberIdentifier[],
  known: ReadonlyMap<string, string>,
): Promise<boolean> {
  const now = await personsByIdentifier(
    tx,
    identifiers.filter((i) => known.has(keyOf(i))),
  );
  return [...known].some(([key, person]) => now.get(key) !== person);
}

/**
 * The numbers by which systems know persons, by person.
 *
 * @param of.known SQL of the hub that finds pairs of person and system behind `ids`, when these are not all of persons
 */
export async function identifiersOf(
  tx: Tx,
  ids: readonly string[],
  of: { readonly known: string } = {
    known: 'select person, system from person_identifier where person = any($1::uuid[])',
  },
): Promise<Map<string, MemberIdentifier[]>> {
  if (ids.length === 0) return new Map();
  const rows = await tx.query<{ person: string; system: string; value: string }>(
    `select distinct person, system, value from (${of.known}) as k(person, system) join person_identifier i using (person, system)
     order by person, system, value`,
    [ids],
  );
  const found = new Map<string, MemberIdentifier[]>();
  for (const { person, ...identifier } of rows) found.set(person, [...(found.get(person) ?? []), identifier]);
  return found;
}

/** These persons, and whoever was merged into them: what was written under the other id speaks of them as well. */
export async function withMerged(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<string[]> {
  return [...new Set([...(await mergedInto(tx, persons)).values()].flat())];
}

/** SQL of the ids under which this one person is and was known. */
export const knownAs = (person: string) =>
  `(with recursive known(id) as (
     select ${person} union select l.merged from known join person_link l on l.kept = known.id where l.moved is not null and l.undone_at is null
   ) select id from known)`;

/** The same for each of them. */
export async function mergedInto(
  tx: Pick<Tx, 'query'>,
  persons: readonly string[],
): Promise<Map<string, readonly string[]>> {
  const rows = await tx.query<{ person: string; ids: string[] }>(
    `with recursive p(person, id) as (
       select w.id, w.id from unnest($1::uuid[]) w(id)
       union select p.person, l.merged from p join person_link l on l.kept = p.id where l.moved is not null and l.undone_at is null
     ) select person, array_agg(id) as ids from p group by person`,
    [persons],
  );
  return new Map(rows.map((r) => [r.person, r.ids]));
}

/** Are these one person, as the hub knows or as somebody has confirmed? */
export async function areOne(tx: Pick<Tx, 'query'>, one: string, other: string): Promise<boolean> {
  if (one === other) return true;
  const rows = await tx.query(
    `select 1 from person_link where (kept, merged) in (($1::uuid, $2::uuid), ($2::uuid, $1::uuid)) and undone_at is null limit 1`,
    [one, other],
  );
  return rows.length > 0;
}

/** SQL: this fact says that somebody has died, and was not taken back. */
export const saysDeath = (fact: string) => `(${fact}.kind = 'deceased' and not ${fact}.in_error
  and not exists (select 1 from person_fact n where n.supersedes = ${fact}.id))`;

/** Of these persons, those whose death is recorded and was not taken back. */
export async function diedAmong(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<ReadonlySet<string>> {
  if (persons.length === 0) return new Set();
  const rows = await tx.query<{ person: string }>(
    `select person from person_fact f where person = any($1::uuid[]) and ${saysDeath('f')}`,
    [persons],
  );
  return new Set(rows.map((r) => r.person));
}
