// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { openStates } from '@tsunagi/domain';
import { subjectOf, type ReferralRecord } from './referral.record';
import type { Tx } from '../platform';

const matterOf = (r: ReferralRecord) => `${subjectOf(r)}/${r.fromFunction}/${r.toFunction}`;

/** Referrals of one person between the same two desks: at most one is under way. The person is locked. */
export class Twins {
  private readonly sentHere = new Set<string>();

  /** Is another one under way, in the database or sent a moment ago in this transaction? */
  async isOpen(tx: Tx, referral: ReferralRecord): Promise<boolean> {
    if (this.sentHere.has(matterOf(referral))) return true;
    const rows = await tx.query(
      `select 1 from referral where subject = $1 and from_function = $2 and to_function = $3 and id <> $4 and state = any($5::text[]) limit 1`,
      [subjectOf(referral), referral.fromFunction, referral.toFunction, referral.id, [...openStates]],
    );
    return rows.length > 0;
  }

  add(referral: ReferralRecord): void {
    this.sentHere.add(matterOf(referral));
  }
}
