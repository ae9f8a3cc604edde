// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Danger, PersonSeal, Protection, SealGround } from '@tsunagi/domain';
import { audit } from '../audit';
import type { Tx } from '../platform';

/** SQL: nobody has taken this seal away; a lapsed one stands, it only asks. */
export const sealStands = (seal: string) =>
  `not exists (select 1 from person_unseal u where u.seal = ${seal}.id and u.confirmed_at is not null)`;

/** SQL: somebody among these members is recorded to be protected. */
export const isProtectedSql = (members: string) =>
  `exists (select 1 from jsonb_array_elements(${members}) m
     where exists (select 1 from person_seal s where s.person = (m->>'person')::uuid and ${sealStands('s')})
       or exists (select 1 from person_danger d where d.person = (m->>'person')::uuid and d.ended_at is null))`;

/** Of these persons, those who are sealed. */
export async function sealedAmong(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<ReadonlySet<string>> {
  if (persons.length === 0) return new Set();
  const rows = await tx.query<{ person: string }>(
    `select person from person_seal s where person = any($1::uuid[]) and ${sealStands('s')}`,
    [persons],
  );
  return new Set(rows.map((r) => r.person));
}

/** What is recorded to protect these persons, by whoever recorded it. */
export async function protectionOf(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<Protection> {
  if (persons.length === 0) return {};
  const [row] = await tx.query<{ seals: PersonSeal[]; dangers: Danger[] }>(
    `select
       (select coalesce(json_agg(json_build_object('id', id, 'person', person)), '[]')
        from person_seal s where person = any($1::uuid[]) and ${sealStands('s')}) as seals,
       (select coalesce(json_agg(json_build_object('person', person, 'from', coalesce(from_person::text, 'household'))), '[]')
        from person_danger where person = any($1::uuid[]) and ended_at is null) as dangers`,
    [persons],
  );
  return row ?? {};
}

/** Is anybody, or the household, recorded as a danger to one of these? */
export async function isEndangered(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from person_danger where person = any($1::uuid[]) and ended_at is null limit 1',
    [persons],
  );
  return rows.length > 0;
}

/** Does one of these endanger another of them? */
export async function endangerEachOther(tx: Pick<Tx, 'query'>, persons: readonly string[]): Promise<boolean> {
  const rows = await tx.query(
    'select 1 from person_danger where person = any($1::uuid[]) and from_person = any($1::uuid[]) and ended_at is null limit 1',
    [persons],
  );
  return rows.length > 0;
}

/** Whoever must not be found, as a desk or the record of a system says. */
export interface NewSeal {
  readonly id: string;
  readonly person: string;
  readonly ground: SealGround;
  readonly from: string;
  readonly until?: string | undefined;
  readonly provisional?: true | undefined;
  /** The seal of whom this person has fled along with. */
  readonly along?: string | undefined;
}

export function writeSeals(
  tx: Tx,
  seals: readonly NewSeal[],
  by: { readonly actor: string; readonly function: string; readonly at: Date },
): void {
  tx.insert(
    'person_seal',
    seals.map((s) => ({
      id: s.id,
      person: s.person,
      ground: s.ground,
      valid_from: s.from,
      valid_to: s.until ?? null,
      provisional: s.provisional ?? false,
      along: s.along ?? null,
      function: by.function,
      recorded_by: by.actor,
      recorded_at: by.at.toISOString(),
    })),
  );
  audit(
    tx,
    seals.map(({ id, person }) => ({
      at: by.at,
      actor: by.actor,
      function: by.function,
      action: 'person.sealed',
      objectKind: 'person',
      object: person,
      details: { id },
    })),
  );
}
