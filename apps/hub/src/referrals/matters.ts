// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberIdentifier, Permit } from '@tsunagi/domain';
import { referralsWhere, type ReferralRecord } from './referral.record';
import { noWishes, wishesOf, type Wishes } from '../consents';
import { permitsWhere } from '../disclosure';
import { identifiersOf } from '../people';
import type { Tx } from '../platform';

/** Everything on which deliveries are decided, at the moment after their locks. */
export interface Matters {
  readonly referrals: ReadonlyMap<string, ReferralRecord>;
  readonly wishes: Wishes;
  /** What the referrals went out on, and what the deliveries were claimed on. */
  readonly permits: ReadonlyMap<string, Permit>;
  /** How the recipients' own systems know the persons, where content goes to them; only read with the content. */
  readonly numbers: ReadonlyMap<string, readonly MemberIdentifier[]>;
}

const ofDeliveries = 'delivery d join referral r on r.id = d.referral';

/** Reads it for these deliveries, by what the database knows of them: it is asked for together with the locks. */
export async function mattersOf(
  tx: Tx,
  deliveries: readonly string[],
  { content = false }: { readonly content?: boolean } = {},
): Promise<Matters> {
  if (deliveries.length === 0)
    return { referrals: new Map(), wishes: noWishes(), permits: new Map(), numbers: new Map() };
  const [referrals, wishes, permits, numbers] = await Promise.all([
    referralsWhere(tx, 'id = any(array(select referral from delivery where id = any($1::uuid[])))', [deliveries], {
      content,
    }),
    wishesOf(tx, deliveries, {
      persons: `select (m->>'person')::uuid from ${ofDeliveries}, jsonb_array_elements(r.members) m where d.id = any($1::uuid[])`,
    }),
    permitsWhere(
      tx,
      `id = any(array(select unnest(array[d.decision, r.decision]) from ${ofDeliveries} where d.id = any($1::uuid[])))`,
      [deliveries],
    ),
    content
      ? identifiersOf(tx, deliveries, {
          known: `select (m->>'person')::uuid, f.system
            from ${ofDeliveries} join desk_function f on f.id = r.to_function, jsonb_array_elements(r.members) m
            where d.id = any($1::uuid[]) and d.kind in ('referral', 'supplement')`,
        })
      : new Map<string, MemberIdentifier[]>(),
  ]);
  return { referrals: new Map(referrals.map((r) => [r.id, r])), wishes, permits, numbers };
}
