// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Belongings } from './moving';
import type { Tx } from '../platform';

export type SinceThen = Pick<Belongings, 'facts' | 'units'>;

/** What functions have of a person whom they know by none but another's id: it is about that one, though written since. */
export async function ownSince(tx: Tx, person: string, functions: ReadonlySet<string>): Promise<SinceThen> {
  const [row] = await tx.query<SinceThen>(
    `select array(select id from person_fact where person = $1 and function = any($2::uuid[]) order by id) as facts,
       array(select m.id from unit_member m join support_unit u on u.id = m.unit
             where m.person = $1 and u.known_to && $2::uuid[] and u.known_to <@ $2::uuid[] order by m.id) as units`,
    [person, [...functions]],
  );
  return row ?? { facts: [], units: [] };
}

/** Units since then that others know as well were of both: nobody knows of whom else. */
export async function bothInUnits(
  tx: Tx,
  { person, kept, since }: { readonly person: string; readonly kept: string; readonly since: Date },
  functions: ReadonlySet<string>,
): Promise<void> {
  await tx.query(
    `insert into unit_member (id, unit, person) select gen_random_uuid(), u.id, $2 from unit_member k join support_unit u on u.id = k.unit
     where k.person = $1 and k.moved_to is null and u.known_to && $3::uuid[] and u.created_at >= $4 on conflict (unit, person) do nothing`,
    [kept, person, [...functions], since],
  );
}
