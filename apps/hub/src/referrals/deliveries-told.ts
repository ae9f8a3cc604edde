// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryTold, DeliveryTrouble } from '@tsunagi/contracts';
import type { Feedback } from '@tsunagi/domain';
import { feedbackNow, type Looking } from './looking';
import type { ReferralRecord } from './referral.record';
import type { Viewpoint } from './viewpoint';
import { toSystems, type TriedDelivery } from '../delivery';

/** What the hub and the hosts write down, as whoever waits for it is told; what a plugin says of its own stays with IT. */
const troubles: Readonly<Record<string, DeliveryTrouble>> = {
  RECEIPT_MISSING: 'no_answer',
  NO_OUTCOME: 'no_answer',
  NOT_ANSWERED: 'no_answer',
  KILLED_HOST: 'no_answer',
  MAYBE_WRITTEN: 'unsure',
  OVERTAKEN: 'changed',
  MESSAGE_TOO_LARGE: 'too_large',
};

/** What was decided and not tried: the history and the decisions say it. */
const neverTried: ReadonlySet<string | null> = new Set(['AUTHORITY_MISSING', 'HUB_ONLY', 'REFERRAL_UNROUTED']);

/**
 * How far the content is on its way to the recipient's system, for whoever may know. That it has arrived is feedback: a
 * sender to whom nothing may go back hears, as in its to-dos, only of what needs somebody.
 */
export async function deliveriesTold(
  referral: ReferralRecord,
  viewpoint: Viewpoint,
  looking: Looking,
): Promise<DeliveryTold[]> {
  const isWhole = viewpoint.whole('deliveries');
  if (!isWhole && !viewpoint.has('deliveries', 'told')) return [];
  const told = (await toSystems(looking.tx, referral.id)).flatMap(asTold);
  if (isWhole || told.length === 0) return told;
  const mayHear = await hears(referral, await feedbackNow(referral, looking), looking);
  return mayHear ? told : told.filter(({ state }) => state === 'given_up');
}

/** What was told once is no secret afterwards. */
async function hears({ id }: ReferralRecord, feedback: Feedback, { tx }: Looking): Promise<boolean> {
  if (feedback !== 'none') return true;
  const rows = await tx.query(
    `select 1 from referral_event where referral = $1 and action = 'deliver' and told limit 1`,
    [id],
  );
  return rows.length > 0;
}

function asTold(d: TriedDelivery): DeliveryTold[] {
  const state = stateOf(d);
  if (state === undefined) return [];
  const isOff = !d.enabled && (state === 'waiting' || state === 'again');
  const waitsFor =
    d.unapproved && state !== 'given_up' && state !== 'arrived' ? 'approval' : isOff ? 'plugin' : undefined;
  return [
    {
      brings: d.kind === 'supplement' ? 'supplement' : 'referral',
      state,
      failures: d.attempts,
      ...(waitsFor && { waitsFor }),
      ...(d.claimed_at && { triedAt: d.claimed_at.toISOString() }),
      ...(d.error !== null && { trouble: troubles[d.error] ?? ('not_written' as const) }),
      // What waits for somebody goes when that one has acted, not when the pause is over.
      ...(state === 'again' && waitsFor === undefined && { nextAt: d.not_before.toISOString() }),
      ...(state === 'arrived' && d.receipted_at && { arrivedAt: d.receipted_at.toISOString() }),
    },
  ];
}

/** What was taken back is on its way no more. */
function stateOf({ state, attempts, error }: TriedDelivery): DeliveryTold['state'] | undefined {
  if (state === 'queued') return attempts > 0 ? 'again' : 'waiting';
  if (state === 'claimed' || state === 'sent') return 'under_way';
  if (state === 'delivered' || state === 'read') return 'arrived';
  return state === 'parked' && !neverTried.has(error) ? 'given_up' : undefined;
}
