// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { hiddenKinds, type ReferralState } from '@tsunagi/domain';
import { isThere, knownAs } from '../people';
import type { Tx } from '../platform';

/** One function and one person in one referral that has gone out. */
export interface TakingPart {
  readonly person: string;
  readonly referral: string;
  readonly ref: string;
  readonly sender: string;
  readonly recipient: string;
  readonly sentAt: Date;
  /** Everybody in that referral. */
  readonly members: readonly { readonly ref: string; readonly person: string }[];
}

/** SQL of the referrals of this person that have gone out. A notification is none of them: nobody else learns of it, nor who notified. */
export const goneOutAbout = (person: string) =>
  `(select id, from_function, to_function, state, channel, ever_received, ever_accepted, misdirected, sent_at, members from referral
    where (subject = ${person} or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', ${person}::text))))
      and sent_at is not null and state <> 'entered_in_error' and kind <> all('{${hiddenKinds.join(',')}}'))`;

/** In these its recipient takes part no more. */
const givenUp: readonly ReferralState[] = ['withdrawn', 'revoked', 'declined'];
/** Somebody who took part in a referral may take part no more, now that it is in this state. */
export const endsPart = (state: ReferralState): boolean => state === 'entered_in_error' || givenUp.includes(state);

/**
 * SQL: this function takes part in such a referral with the person: as its sender, or as a recipient that was shown this
 * very person and may keep what it has. The ledger says under which id something was disclosed.
 */
export const takesPart = (referral: string, desk: string, person: string) =>
  `(${referral}.from_function = ${desk}
    or (${referral}.to_function = ${desk} and ${referral}.state not in (${givenUp.map((s) => `'${s}'`).join(', ')}) and not ${referral}.misdirected and ${isThere(referral)}
      and exists (
        select 1 from disclosure d
        where d.referral = ${referral}.id and d.recipient_function = ${desk} and d.delivery is not null and (d.go_at is not null or d.state = 'written')
          and exists (select 1 from ${knownAs(person)} a where d.members @> jsonb_build_array(jsonb_build_object('person', a.id::text)))
          and not exists (select 1 from recall c where c.cancels = d.delivery))))`;

/** Where this function takes part with these persons. Everything it sees of a unit is computed from these alone. */
export async function takingPart(tx: Tx, desk: string, persons: readonly string[]): Promise<TakingPart[]> {
  if (persons.length === 0) return [];
  const rows = await tx.query<Omit<TakingPart, 'sentAt' | 'ref'> & { sent_at: Date }>(
    `select w.person, r.id as referral, r.from_function as sender, r.to_function as recipient, r.sent_at, r.members
     from unnest($2::uuid[]) as w(person) cross join lateral ${goneOutAbout('w.person')} r
     where ${takesPart('r', '$1::uuid', 'w.person')}
     order by r.sent_at, r.id`,
    [desk, persons],
  );
  return rows.map(({ sent_at: sentAt, ...row }) => ({
    ...row,
    sentAt,
    ref: row.members.find((m) => m.person === row.person)?.ref ?? '',
  }));
}

/** All functions that take part with one of these persons: for whoever finds a lead, and for nobody else's eyes. */
export async function allTakingPart(tx: Tx, persons: readonly string[]): Promise<Set<string>> {
  if (persons.length === 0) return new Set();
  const rows = await tx.query<{ function: string }>(
    `select distinct f.function from unnest($1::uuid[]) as w(person) cross join lateral ${goneOutAbout('w.person')} r
       cross join lateral (values (r.from_function), (r.to_function)) f(function)
     where ${takesPart('r', 'f.function', 'w.person')}`,
    [persons],
  );
  return new Set(rows.map((r) => r.function));
}
