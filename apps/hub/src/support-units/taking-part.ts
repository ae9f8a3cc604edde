// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hiddenKinds } from '@tsunagi/domain';
import { isThere, mergedInto } from '../people';
import type { Tx } from '../platform';

/** One function and one person in one referral that has gone out. */
export interface TakingPart {
  readonly person: string;
  readonly referral: string;
  readonly ref: string;
  readonly sender: string;
  readonly sentAt: Date;
  /** Everybody in that referral. */
  readonly members: readonly { readonly ref: string; readonly person: string }[];
}

/**
 * Where this function took part with these persons: as the sender of what has gone out, or as a recipient that was shown
 * this very person and may keep what it has. Everything a function sees of a unit is computed from these alone. A
 * notification is none of it: nobody else learns of it, nor who notified.
 */
export async function takingPart(tx: Tx, desk: string, persons: readonly string[]): Promise<TakingPart[]> {
  if (persons.length === 0) return [];
  // The ledger says under which id something was disclosed.
  const ids = [...(await mergedInto(tx, persons))].flatMap(([person, all]) => all.map((id) => ({ person, id })));
  const rows = await tx.query<Omit<TakingPart, 'sentAt' | 'ref'> & { sent_at: Date }>(
    `select w.person, r.id as referral, r.from_function as sender, r.sent_at, r.members
     from unnest($2::uuid[]) as w(person) cross join lateral (
       select id, from_function, state, channel, ever_received, ever_accepted, misdirected, sent_at, members from referral
       where (subject = w.person or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', w.person::text))))
         and sent_at is not null and state <> 'entered_in_error' and kind <> all($3::text[])
     ) r
     where r.from_function = $1
       or (r.state not in ('withdrawn', 'revoked', 'declined') and not r.misdirected and ${isThere('r')} and exists (
         select 1 from disclosure d
         where d.referral = r.id and d.recipient_function = $1 and d.delivery is not null and (d.go_at is not null or d.state = 'written')
           and exists (select 1 from unnest($4::uuid[], $5::uuid[]) a(person, id)
             where a.person = w.person and d.members @> jsonb_build_array(jsonb_build_object('person', a.id::text)))
           and not exists (select 1 from recall c where c.cancels = d.delivery)))
     order by r.sent_at, r.id`,
    [desk, persons, hiddenKinds, ids.map((a) => a.person), ids.map((a) => a.id)],
  );
  return rows.map(({ sent_at: sentAt, ...row }) => ({
    ...row,
    sentAt,
    ref: row.members.find((m) => m.person === row.person)?.ref ?? '',
  }));
}
