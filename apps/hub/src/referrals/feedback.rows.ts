// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FeedbackDecision, Permit } from '@tsunagi/domain';
import type { DisclosableReferral } from '../disclosure';
import { newId, type Row } from '../platform';

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
