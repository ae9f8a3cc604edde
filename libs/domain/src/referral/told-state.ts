// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralKind } from '../codes/vocabulary';
import { kindRules } from './kinds';
import type { ReferralState } from './referral.states';
import type { StepTaken } from './in-life';

/** What the recipient's desk does with a referral; the sender learns of these only as far as the feedback scope says. */
const feedbackStates: ReadonlySet<ReferralState> = new Set([
  'received',
  'accepted',
  'in_progress',
  'on_hold',
  'completed',
]);

/** What the other desk must know at once, in every scope. */
const alwaysTold: ReadonlySet<string> = new Set(['confirm-phone', 'misdirected']);

/**
 * Is the sender told of this step: always, as the feedback scope says, or never? Of a 通報・通告 it hears of 到着 alone, and
 * only once a person there has confirmed it.
 */
export function tellingOf(
  kind: ReferralKind,
  step: Pick<StepTaken, 'by' | 'to'>,
  beside?: string,
): 'always' | 'as_permitted' | 'never' {
  if (kindRules[kind].back === 'arrival')
    return step.by.startsWith('recipient') && step.to !== 'received' ? 'never' : 'always';
  return needsFeedback(step, beside) ? 'as_permitted' : 'always';
}

/**
 * Does it depend on the feedback scope whether the sender learns of this step? What the sender did itself, and what it
 * must act on (a question, a return, an end), it is always told; of the rest, what it was told last stands. `beside`: what was
 * done without moving it.
 */
function needsFeedback({ by, to }: Pick<StepTaken, 'by' | 'to'>, beside?: string): boolean {
  return by !== 'sender' && feedbackStates.has(to) && !alwaysTold.has(beside ?? '');
}
