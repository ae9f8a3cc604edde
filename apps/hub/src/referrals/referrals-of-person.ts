// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { personsOf, referralsById, referralsWhere, type ReferralRecord } from './referral.record';
import { lockPersons, withMerged } from '../people';
import type { Tx } from '../platform';

/**
 * The referrals of these persons, with everybody in them locked. When one comes in between reading and locking, its
 * members are locked late and out of order; should that ever deadlock, the database says so and the call is tried again.
 * Whoever was merged into one of them is locked as well: who waited for that lock meanwhile holds no other.
 */
export async function lockReferralsOf(tx: Tx, persons: readonly string[]): Promise<ReferralRecord[]> {
  const locked = new Set<string>();
  for (;;) {
    const found = await referralsWhere(
      tx,
      `id = any(array(
         select r.id from unnest($1::uuid[]) p(id) join referral r on r.subject = p.id
         union select r.id from unnest($1::uuid[]) p(id) join referral r
           on jsonb_array_length(r.members) > 1 and r.members @> jsonb_build_array(jsonb_build_object('person', p.id::text)))) order by id`,
      [persons],
    );
    const all = await withMerged(tx, [...new Set([...persons, ...found.flatMap(personsOf)])]);
    const missing = all.filter((p) => !locked.has(p));
    if (missing.length === 0) return found;
    await lockPersons(tx, missing);
    for (const p of missing) locked.add(p);
  }
}

/**
 * The same of whoever is in this referral, which is among them. Who became one with another one, or two again, while this waited, is
 * looked for anew.
 */
export async function lockReferralsBeside(tx: Tx, id: string): Promise<ReferralRecord[]> {
  for (;;) {
    const before = (await referralsById(tx, [id])).get(id);
    if (!before) return [];
    const found = await lockReferralsOf(tx, personsOf(before));
    const now = found.find((r) => r.id === id);
    if (now && personsOf(now).join() === personsOf(before).join()) return found;
  }
}
