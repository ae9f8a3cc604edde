// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { limitOf, type FeedbackDecision, type Permit } from '@tsunagi/domain';
import type { DisclosableReferral } from '../disclosure';
import type { Directory } from '../organizations';
import type { Tx } from '../platform';

/** The decision that a referral goes out on, and until when the consent behind it is valid. */
export interface Basis {
  readonly decision: string;
  readonly until: Date | undefined;
  /** When its sender is to hear that it ends. */
  readonly renewAt: Date | undefined;
  /** What may come back of it now. */
  readonly back: FeedbackDecision;
}

/** Until when the consent is valid; other bases are not renewed by asking. */
export const untilOf = ({ authority, notAfter }: Permit) =>
  authority === 'consent' && notAfter !== undefined ? new Date(notAfter) : undefined;

export function standing(
  { fromFunction }: DisclosableReferral,
  permit: Permit,
  directory: Directory,
): Pick<Basis, 'until' | 'renewAt'> {
  const until = untilOf(permit);
  const days = limitOf('renewal_days', directory.ownTimes(fromFunction).limits);
  return { until, renewAt: until && new Date(until.getTime() - days * 86_400_000) };
}

/**
 * Their clock looks when the consent nears its end at the latest, and then knows what to say. Of an end that they know it
 * has been wound already: put back for each look at the other desk, it would say the same once more.
 */
export function writeBases(tx: Tx, bases: ReadonlyMap<string, Basis>): void {
  if (bases.size === 0) return;
  const all = [...bases.values()];
  tx.change(
    'referral',
    `update referral r set decision = p.decision, authority_until = p.until,
       clock_at = case when r.authority_until is distinct from p.until then least(r.clock_at, p.renew_at) else r.clock_at end
     from unnest($1::uuid[], $2::uuid[], $3::timestamptz[], $4::timestamptz[]) as p(id, decision, until, renew_at) where r.id = p.id`,
    [
      [...bases.keys()],
      all.map((b) => b.decision),
      all.map((b) => b.until?.toISOString() ?? null),
      all.map((b) => b.renewAt?.toISOString() ?? null),
    ],
  );
}
