// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PersonProtection } from '@tsunagi/contracts';
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
