// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FunctionOutline } from '@tsunagi/contracts';
import { personsOf, type ReferralRecord } from './referral.record';
import type { Viewpoint } from './viewpoint';
import type { Directory } from '../organizations';
import { besideReferral, namesBeside } from '../people';
import type { Tx } from '../platform';

type Sides = Pick<ReferralRecord, 'kind' | 'fromFunction' | 'toFunction' | 'lead' | 'members'>;

/** How a desk of a referral is named to whoever looks at it from there. */
export type DeskNames = (
  referral: Sides,
  viewpoint: Pick<Viewpoint, 'sender' | 'recipient' | 'lead' | 'oversees'> | undefined,
  desk: string,
) => FunctionOutline;

/**
 * Its own people read the name of a desk that gives the town away, and those who coordinate or oversee; other desks do not.
 *
 * @param also desks that have done something there beside the two, and who leads
 */
export async function deskNames(
  tx: Pick<Tx, 'query'>,
  referrals: readonly Sides[],
  directory: Directory,
  also: readonly string[] = [],
): Promise<DeskNames> {
  const named = await namesBeside(
    tx,
    directory,
    referrals.map((r) => ({ desks: [r.fromFunction, r.toFunction, r.lead, ...also], persons: personsOf(r) })),
  );
  return (referral, viewpoint, desk) => {
    const { sender = false, recipient = false, lead = false, oversees = false } = viewpoint ?? {};
    const mine = [
      sender ? referral.fromFunction : undefined,
      recipient ? referral.toFunction : undefined,
      lead ? referral.lead : undefined,
    ];
    const own = oversees && !sender && !recipient ? 'all' : mine.flatMap((f) => f ?? []);
    return named(desk, { ...besideReferral(referral.kind, personsOf(referral)), own });
  };
}
