// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from '@tsunagi/domain';
import { subjectOf, type ReferralRecord } from './referral.record';
import { closeLedger, enterLedger, markGone, type DisclosableReferral } from '../disclosure';
import type { Tx } from '../platform';

/** A desk sees the content in the hub, with this delivery: the disclosure is entered in the ledger and is done. */
export async function discloseOnScreen(
  tx: Tx,
  referral: ReferralRecord & DisclosableReferral,
  on: { readonly delivery: string; readonly decision: string; readonly permit: Permit; readonly again?: boolean },
  now: Date,
): Promise<void> {
  const { fromFunction: senderFunction, toFunction: recipientFunction, members, id } = referral;
  const line = {
    ...on,
    // A sheet has its line since it was handed out.
    again: on.again === true,
    referral: id,
    person: subjectOf(referral),
    members,
    senderFunction,
    recipientFunction,
  };
  await enterLedger(tx, [line], now);
  markGone(tx, [line], now);
  closeLedger(tx, [on.delivery], 'written');
  await tx.query(
    `update delivery set state = 'read', decision = $2, content_version = $4, go_at = $3, receipted_at = $3 where id = $1`,
    [on.delivery, on.decision, now, referral.contentVersion],
  );
}
