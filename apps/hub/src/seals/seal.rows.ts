// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { NewSeal, PersonProtection } from '@tsunagi/contracts';
import type { SealGround } from '@tsunagi/domain';
import { sealStands } from '../people';
import type { Tx } from '../platform';

type Seal = Omit<PersonProtection['seals'][number], 'function' | 'lapsed'> & { readonly function: string };

/** The seals of this person that stand, in the order in which they were recorded. */
export async function sealsOf(tx: Pick<Tx, 'query'>, person: string): Promise<Seal[]> {
  const rows = await tx.query<{
    id: string;
    ground: SealGround;
    valid_from: string;
    valid_to: string | null;
    provisional: boolean;
    along: string | null;
    function: string;
    recorded_at: Date;
    asked_at: Date | null;
  }>(
    `select id, ground, valid_from::text, valid_to::text, provisional, along, function, recorded_at,
       (select max(asked_at) from person_unseal u where u.seal = s.id and confirmed_at is null) as asked_at
     from person_seal s where person = $1 and ${sealStands('s')} order by recorded_at, id`,
    [person],
  );
  return rows.map((r) => ({
    id: r.id,
    ground: r.ground,
    from: r.valid_from,
    ...(r.valid_to !== null && { until: r.valid_to }),
    ...(r.provisional && { provisional: true as const }),
    ...(r.along !== null && { along: r.along }),
    function: r.function,
    recordedAt: r.recorded_at.toISOString(),
    ...(r.asked_at && { unsealAsked: r.asked_at.toISOString() }),
  }));
}

/** What these functions recorded of who endangers this person, and stands. */
export async function dangersOf(
  tx: Pick<Tx, 'query'>,
  person: string,
  functions: readonly string[],
): Promise<PersonProtection['dangers']> {
  const rows = await tx.query<{ id: string; from_person: string | null; recorded_at: Date }>(
    `select id, from_person, recorded_at from person_danger
     where person = $1 and function = any($2::uuid[]) and ended_at is null order by recorded_at, id`,
    [person, functions],
  );
  return rows.map((r) => ({
    id: r.id,
    from: r.from_person === null ? 'household' : { person: r.from_person },
    recordedAt: r.recorded_at.toISOString(),
  }));
}

/**
 * Of these persons, by person, what this function has recorded in the very same words and what stands still: of each for itself, or of
 * those who fled along with another one.
 */
export async function standingSeals(
  tx: Pick<Tx, 'query'>,
  desk: string,
  { ground, from, until, provisional }: Omit<NewSeal, 'along'>,
  { persons, along }: { readonly persons: readonly string[]; readonly along?: string },
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ person: string; id: string }>(
    `select distinct on (person) person, id from person_seal s
     where person = any($1::uuid[]) and function = $2 and ground = $3 and valid_from = $4 and valid_to is not distinct from $5::date
       and provisional = $6 and along is not distinct from $7::uuid and ${sealStands('s')} order by person, recorded_at, id`,
    [persons, desk, ground, from, until ?? null, provisional ?? false, along ?? null],
  );
  return new Map(rows.map((r) => [r.person, r.id]));
}

/** The same of who endangers these persons; nobody = the household. */
export async function standingDangers(
  tx: Pick<Tx, 'query'>,
  desk: string,
  feared: string | undefined,
  persons: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ person: string; id: string }>(
    `select distinct on (person) person, id from person_danger
     where person = any($1::uuid[]) and function = $2 and from_person is not distinct from $3::uuid and ended_at is null
     order by person, recorded_at, id`,
    [persons, desk, feared ?? null],
  );
  return new Map(rows.map((r) => [r.person, r.id]));
}
