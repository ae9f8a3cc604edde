// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hiddenKinds, type Viewer } from '@tsunagi/domain';
import { isThere } from './is-there';
import type { Tx } from '../platform';

/**
 * Did one of these functions take part with this person? As sender of a referral that speaks of the person, or as its
 * recipient, once it was disclosed and as long as it was not taken back. Of a 通報・通告 no program knows, and whoever is shut out
 * by name has taken part in nothing.
 *
 * @param only.released a referral that is still held for its sender does not count
 */
export async function tookPart(
  tx: Pick<Tx, 'query'>,
  person: string,
  { kind, excluded }: Pick<Viewer, 'kind' | 'excluded'>,
  functions: readonly string[],
  only: { readonly released: boolean } = { released: false },
): Promise<boolean> {
  if (functions.length === 0 || excluded?.persons.has(person)) return false;
  const rows = await tx.query(
    `select 1 from referral r
     where (subject = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text))))
       and kind <> all($4::text[])
       and ((from_function = any($2::uuid[]) and (sent_at is not null or not $3))
         or ${isThere('r')} and exists (select 1 from disclosure d, jsonb_array_elements(r.members) m
                    where d.referral = r.id and d.recipient_function = any($2::uuid[]) and d.delivery is not null and (d.go_at is not null or d.state = 'written')
                      and m->>'person' = $1::text and d.members @> jsonb_build_array(jsonb_build_object('ref', m->>'ref'))
                      and not exists (select 1 from recall c where c.cancels = d.delivery)))
     limit 1`,
    [person, functions, only.released, kind === 'staff' ? [] : hiddenKinds],
  );
  return rows.length > 0;
}
