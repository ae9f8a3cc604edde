// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { openContent, referralsById, type ReferralContent, type ReferralRecord } from './referral.record';
import { SealBrokenError, type Sealing, type Tx } from '../platform';

/** Everybody in a referral, and the desks between which it goes. For the hub's own work: nobody is shown any of it. */
export interface WholeContent {
  readonly id: string;
  readonly desks: readonly string[];
  readonly members: readonly (Member & { readonly person: string })[];
}

/** In the order of the ids; without what no key at hand opens, which stops nothing else. */
export async function contentsOf(
  tx: Pick<Tx, 'query'>,
  ids: readonly string[],
  sealing: Sealing,
): Promise<WholeContent[]> {
  const referrals = await referralsById(tx, ids);
  return ids.flatMap((wanted) => {
    const referral = referrals.get(wanted);
    if (!referral) return [];
    const { id, fromFunction, toFunction } = referral;
    const content = opened(sealing, referral);
    if (!content) return [];
    const { subject, others } = content;
    const desks = [...new Set([fromFunction, ...(toFunction === undefined ? [] : [toFunction])])];
    const members = [subject, ...others].flatMap((member) => {
      const person = referral.members.find((m) => m.ref === member.ref)?.person;
      return person === undefined ? [] : [{ ...member, person }];
    });
    return [{ id, desks, members }];
  });
}

function opened(sealing: Sealing, referral: ReferralRecord): ReferralContent | undefined {
  try {
    return openContent(sealing, referral);
  } catch (error) {
    if (error instanceof SealBrokenError) return undefined;
    throw error;
  }
}
