// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { kindRules, type FeedbackDecision } from '@tsunagi/domain';
import { feedbackLine, feedbackRow } from './feedback.rows';
import { isRouted, type ReferralRecord } from './referral.record';
import { enterFeedback, permitById } from '../disclosure';
import type { Tx } from '../platform';

/** What a sender on screen has been told: no delivery brings it, so its decision and its line are written at once. */
export async function enterOnScreen(
  tx: Tx,
  told: readonly { readonly referral: ReferralRecord; readonly back: FeedbackDecision }[],
  legal: string,
  now: Date,
): Promise<void> {
  const ofPersons = told.flatMap(({ referral, back }) =>
    isRouted(referral) && kindRules[referral.kind].persons === 'some' ? [{ referral, back }] : [],
  );
  if (ofPersons.length === 0) return;
  const permits = await permitById(tx, [...new Set(ofPersons.flatMap(({ referral: r }) => r.decision ?? []))]);
  for (const { referral, back } of ofPersons) {
    const permit = permits.get(referral.decision ?? '');
    if (!permit) continue;
    const row = feedbackRow(referral, permit, back, legal, now);
    tx.insert('disclosure_decision', [row]);
    enterFeedback(tx, feedbackLine(referral, permit, row.id), now);
  }
}
