// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from '@tsunagi/domain';
import { subjectOf, type ReferralRecord } from './referral.record';
import { referralDeliveries } from '../delivery';
import { closeLedger, enterLedger, markGone, type DisclosableReferral, type LedgerLine } from '../disclosure';
import type { Tx } from '../platform';

/** A desk sees the content in the hub, with this delivery: the disclosure is entered in the ledger and is done. */
export async function discloseOnScreen(
  tx: Tx,
  referral: ReferralRecord & DisclosableReferral,
  on: Sent & { readonly delivery: string; readonly viewer?: string; readonly again?: boolean },
  now: Date,
): Promise<void> {
  // What waited for the desk has its line since it was sent.
  const line = lineOf(referral, { ...on, again: on.again === true });
  await enterLedger(tx, [line], now);
  markGone(tx, [line], now);
  closeLedger(tx, [on.delivery], 'written');
  await tx.query(
    `update delivery set state = 'read', decision = $2, content_version = $4, go_at = $3, receipted_at = $3 where id = $1`,
    [on.delivery, on.decision, now, referral.contentVersion],
  );
}

interface Sent {
  readonly decision: string;
  readonly permit: Permit;
}

/**
 * It waits for a desk that works in the hub. The line in the ledger is as old as that, so that its age does not tell the
 * sender when the desk has opened it; what is permitted in the meantime makes it anew.
 */
export function enterWaiting(
  tx: Tx,
  referral: ReferralRecord & DisclosableReferral,
  on: Sent & { readonly delivery: string },
  now: Date,
): Promise<void> {
  return enterLedger(tx, [lineOf(referral, { ...on, again: false })], now);
}

export async function renewWaiting(
  tx: Tx,
  referral: ReferralRecord & DisclosableReferral,
  on: Sent,
  now: Date,
): Promise<void> {
  const waiting = (await referralDeliveries(tx, [referral.id])).filter(
    (d) => d.plugin === null && d.state === 'queued' && d.go_at === null,
  );
  const lines = waiting.map((d) => lineOf(referral, { ...on, delivery: d.id, again: true }));
  await enterLedger(tx, lines, now);
}

function lineOf(
  referral: ReferralRecord & DisclosableReferral,
  on: Sent & { readonly delivery: string; readonly viewer?: string; readonly again: boolean },
): LedgerLine {
  const { id, fromFunction: senderFunction, toFunction: recipientFunction, members } = referral;
  return {
    ...on,
    way: 'screen',
    referral: id,
    person: subjectOf(referral),
    members,
    senderFunction,
    recipientFunction,
  };
}
