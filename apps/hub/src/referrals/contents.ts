// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Member } from '@tsunagi/domain';
import { openContent, referralsById } from './referral.record';
import type { Sealing, Tx } from '../platform';

/** Everybody in a referral, and the desks between which it goes. For the hub's own work: nobody is shown any of it. */
export interface WholeContent {
  readonly id: string;
  readonly desks: readonly string[];
  readonly members: readonly (Member & { readonly person: string })[];
}

/** In the order of the ids. */
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
    const { subject, others } = openContent(sealing, referral);
    const desks = [...new Set([fromFunction, ...(toFunction === undefined ? [] : [toFunction])])];
    const members = [subject, ...others].flatMap((member) => {
      const person = referral.members.find((m) => m.ref === member.ref)?.person;
      return person === undefined ? [] : [{ ...member, person }];
    });
    return [{ id, desks, members }];
  });
}
