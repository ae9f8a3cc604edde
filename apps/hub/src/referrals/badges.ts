// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { badgeOf, limitOf, type AuthorityBadge, type AuthorityCode } from '@tsunagi/domain';
import { toldOfIt, wentOnIt } from './decided-for';
import type { ReferralRecord } from './referral.record';
import { asShown, type Viewpoint } from './viewpoint';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

interface Seen {
  readonly referral: ReferralRecord;
  readonly viewpoint: Viewpoint;
}

interface LastPermit {
  readonly referral: string;
  readonly authority: AuthorityCode;
  readonly not_after: Date | null;
  readonly lost: boolean;
}

/**
 * The authority of each in one word, for whoever is shown its decisions (`Decisions.of`), and of nothing that is not shown
 * there: the recipient's says what something went on, and a sender's nothing that was decided behind its back.
 */
export async function badgesOf(
  tx: Pick<Tx, 'query'>,
  seen: readonly Seen[],
  directory: Directory,
  now: Date,
): Promise<ReadonlyMap<string, AuthorityBadge>> {
  const knowing = seen.filter(({ viewpoint }) => viewpoint.whole('decision') || viewpoint.has('decision', 'permitted'));
  if (knowing.length === 0) return new Map();
  const permits = await lastPermits(tx, knowing);
  const badges = new Map<string, AuthorityBadge>();
  for (const { referral, viewpoint } of knowing) {
    const last = permits.get(referral.id);
    const { state } = asShown(referral, viewpoint);
    const renewalDays = limitOf('renewal_days', directory.ownTimes(referral.fromFunction).limits);
    const badge = badgeOf(last && { ...last, until: endOf(last, referral, viewpoint) }, { state, renewalDays, now });
    if (badge !== undefined) badges.set(referral.id, badge);
  }
  return badges;
}

/** Whoever has asked for the consent hears when it was renewed, by the to-do that stands by the same date; its recipient, when something new comes. */
const endOf = ({ authority, not_after: until }: LastPermit, referral: ReferralRecord, viewpoint: Viewpoint) =>
  (viewpoint.whole('decision') && authority === 'consent' ? referral.authorityUntil : undefined) ?? until ?? undefined;

async function lastPermits(tx: Pick<Tx, 'query'>, seen: readonly Seen[]): Promise<ReadonlyMap<string, LastPermit>> {
  const rows = await tx.query<LastPermit>(
    `select a.id as referral, p.authority, p.not_after,
       exists (select 1 from referral_event e where e.referral = a.id and e.action in ('authority_lost', 'revoke')
         and e.at >= p.decided_at and (e.told or a.all_steps)) as lost
     from unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::boolean[]) as a(id, recipient, all_decisions, all_steps)
       cross join lateral (
         select d.authority, d.not_after, d.decided_at from disclosure_decision d
         where d.referral = a.id and d.outcome = 'permit' and d.direction = 'referral'
           and (a.all_steps or ${toldOfIt('d')}) and (a.all_decisions or ${wentOnIt('d', 'a.recipient')})
         order by d.decided_at desc, d.id desc limit 1) p`,
    [
      seen.map(({ referral }) => referral.id),
      seen.map(({ referral }) => referral.toFunction ?? null),
      seen.map(({ viewpoint }) => viewpoint.whole('decision')),
      seen.map(({ viewpoint }) => viewpoint.whole('line')),
    ],
  );
  return new Map(rows.map((row) => [row.referral, row]));
}
