// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { NotFoundError, type Tx } from '../platform';

/** Whom some functions mean by an id, and which of them mean anybody by it. */
export interface Meant {
  readonly person: string;
  /** Those that know this person by this id; for the others it is nobody's. */
  readonly functions: readonly string[];
}

/**
 * Whom these functions mean by this id. A function goes on saying the id by which it knows somebody, whoever was merged into whom
 * since, and an id by which only others know that person means nobody to it: as before.
 */
export async function meantBy(tx: Pick<Tx, 'query'>, id: string, functions: readonly string[]): Promise<Meant> {
  if (functions.length === 0) return { person: id, functions };
  const rows = await tx.query<{ function: string; person: string }>(
    `select f.function, coalesce(k.person, $1) as person
     from unnest($2::uuid[]) f(function) left join person_known_as k on k.function = f.function and k.id = $1
     where k.id is not null or not exists (select 1 from person_known_as o where o.function = f.function and o.person = $1)
     order by k.id is null`,
    [id, functions],
  );
  const person = rows[0]?.person ?? id;
  return { person, functions: rows.filter((r) => r.person === person).map((r) => r.function) };
}

/** Works with whom is meant; once more when that is somebody else by now, because two were merged or put apart meanwhile. */
export async function withMeant<T>(
  tx: Pick<Tx, 'query'>,
  id: string,
  functions: readonly string[],
  work: (meant: Meant) => Promise<T>,
): Promise<T> {
  const meant = await meantBy(tx, id, functions);
  try {
    return await work(meant);
  } catch (error) {
    if (!(error instanceof NotFoundError) || (await meantBy(tx, id, functions)).person === meant.person) throw error;
  }
  return withMeant(tx, id, functions, work);
}

/**
 * By which id each of these functions knows each of these persons: its own for the person where it has known the person by that, else the
 * first.
 */
export async function knownToAs(
  tx: Pick<Tx, 'query'>,
  pairs: readonly { readonly function: string; readonly person: string }[],
): Promise<(desk: string, person: string) => string> {
  if (pairs.length === 0) return (_, person) => person;
  const rows = await tx.query<{ function: string; person: string; id: string }>(
    `select distinct on (k.function, k.person) k.function, k.person, k.id
     from unnest($1::uuid[], $2::uuid[]) p(function, person) join person_known_as k on k.function = p.function and k.person = p.person
     order by k.function, k.person, k.id <> k.person, k.id`,
    [pairs.map((p) => p.function), pairs.map((p) => p.person)],
  );
  const ids = new Map(rows.map((r) => [`${r.function} ${r.person}`, r.id]));
  return (desk, person) => ids.get(`${desk} ${person}`) ?? person;
}
