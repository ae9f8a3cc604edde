// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Feedback } from '../codes/vocabulary';
import type { ReferralState } from './referral.states';
import type { StepTaken } from './take-step';

/** What the recipient's desk does with a referral; the sender learns of these only as far as the feedback scope says. */
const feedbackStates: ReadonlySet<ReferralState> = new Set([
  'received',
  'accepted',
  'in_progress',
  'on_hold',
  'completed',
]);

/** Does it depend on the feedback scope whether the sender learns of this step? */
export function needsFeedback({ by, to }: Pick<StepTaken, 'by' | 'to'>): boolean {
  return by !== 'sender' && feedbackStates.has(to);
}

/**
 * The state as the sender may know it after this step. Without feedback the one that it was told last stands; what it
 * did itself, and what it must act on (a question, a return, an end), it is always told.
 */
export function toldState(
  step: Pick<StepTaken, 'by' | 'to'>,
  toldBefore: ReferralState,
  feedback: Feedback,
): ReferralState {
  return needsFeedback(step) && feedback === 'none' ? toldBefore : step.to;
}
