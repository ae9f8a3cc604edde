// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isReturnedTooOften, takeStep, type Journey } from '@tsunagi/domain';
import type { Changes } from './changes';
import type { ReferralRecord } from './referral.record';
import type { Tx } from '../platform';

/** Who has had the matter in hand so far; what never left its sender has come to nobody. */
export async function journeyOf(tx: Tx, { journey, fromFunction }: ReferralRecord): Promise<Journey> {
  const rows = await tx.query<{ from_function: string; to_function: string | null; ever_accepted: boolean }>(
    'select from_function, to_function, ever_accepted from referral where journey = $1 and sent_at is not null',
    [journey],
  );
  return {
    visited: new Set([
      fromFunction,
      ...rows.flatMap((r) => (r.to_function === null ? r.from_function : [r.from_function, r.to_function])),
    ]),
    accepted: rows.some((r) => r.ever_accepted),
  };
}

/** A return was proposed; when the matter has been returned too often, the desks talk instead (たらい回し). */
export async function afterProposal(tx: Tx, changes: Changes, proposed: ReferralRecord): Promise<ReferralRecord> {
  const journey = await journeyOf(tx, proposed);
  const accepted = journey.accepted || proposed.everAccepted === true;
  if (isReturnedTooOften(proposed, { accepted })) return letDesksTalk(changes, proposed);
  return proposed;
}

/** The hub itself brings the desks together. */
export function letDesksTalk(changes: Changes, referral: ReferralRecord): ReferralRecord {
  const step = takeStep(referral, { action: 'coordinate', by: 'core', facts: {} });
  return changes.move(referral, step, { actor: 'core' });
}
