// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FeedbackDecision, Permit } from '@tsunagi/domain';
import type { ReferralRecord } from './referral.record';
import type { DisclosableReferral } from '../disclosure';
import { newId, type Row } from '../platform';

/** Its line of the ledger, whether it goes to a system or to a screen. */
export const feedbackLine = (
  { id: referral, toFunction, fromFunction, members }: ReferralRecord & DisclosableReferral,
  { authority }: Permit,
  decision: string,
) => ({
  decision,
  referral,
  person: members[0].person,
  senderFunction: toFunction,
  recipientFunction: fromFunction,
  permit: { authority, members: [] },
});

/** The decision on what goes back, kept like any other. News of the sender's own record has no authority and no feedback. */
export function feedbackRow(
  referral: DisclosableReferral,
  permit: Permit | undefined,
  { feedback, consents, arrival }: FeedbackDecision,
  legal: string,
  now: Date,
): Row & { id: string } {
  return {
    id: newId(now),
    referral: referral.id,
    direction: 'feedback',
    outcome: 'permit',
    authority: feedback === 'none' && !arrival ? null : (permit?.authority ?? null),
    members: feedback === 'none' ? [] : [{ ref: referral.members[0].ref, categories: [], consents }],
    feedback,
    reasons: [],
    not_after: null,
    inputs: { from: referral.toFunction, to: referral.fromFunction, legal },
    decided_at: now.toISOString(),
  };
}
