// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { personsOf, referralsWhere, type ReferralRecord } from './referral.record';
import { lockPersons } from '../people';
import type { Tx } from '../platform';

/**
 * The referrals of this person, with everybody in them locked. When one comes in between reading and locking, its
 * members are locked late and out of order; should that ever deadlock, the database says so and the call is tried again.
 */
export async function lockReferralsOf(tx: Tx, person: string): Promise<ReferralRecord[]> {
  const locked = new Set<string>();
  let missing = [person];
  for (;;) {
    const found = await referralsWhere(
      tx,
      `(subject = $1 or (jsonb_array_length(members) > 1 and members @> jsonb_build_array(jsonb_build_object('person', $1::text)))) order by id`,
      [person],
    );
    missing = [person, ...found.flatMap(personsOf)].filter((p) => !locked.has(p));
    if (missing.length === 0) return found;
    await lockPersons(tx, missing);
    for (const p of missing) locked.add(p);
  }
}
