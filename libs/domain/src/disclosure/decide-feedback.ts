// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from './decision';
import { effectiveConsents, feedbackOf, type ConsentQuestion } from './effective-consents';
import type { Feedback, ReferralKind } from '../codes/vocabulary';
import type { Consent, Refusal } from '../consent/consent.schema';
import { kindRules } from '../referral/kinds';

/** What may flow back, and the consents that say so. */
export interface FeedbackDecision {
  readonly feedback: Feedback;
  readonly consents: readonly string[];
}

/**
 * What may flow back to the sender now. Feedback is a disclosure in the other direction: it asks what the person's
 * words permit between these two desks today, whichever of them the referral once went out on. Once nothing counts any
 * more, no state and no answer goes back.
 */
export function decideFeedback(
  input: ConsentQuestion & {
    readonly kind: ReferralKind;
    readonly permit: Pick<Permit, 'authority' | 'feedback'>;
    /** The subject of the referral. */
    readonly person: string;
    readonly consents: readonly Consent[];
    readonly refusals: readonly Refusal[];
  },
): FeedbackDecision {
  if (input.sender.closed === true || input.recipient.closed === true) return { feedback: 'none', consents: [] };
  const { back, leastBack } = kindRules[input.kind];
  if (back === 'arrival') return { feedback: 'none', consents: [] };
  const { authority, feedback } = input.permit;
  if (authority === 'within_purpose' || authority === 'person_free')
    return { feedback: widest(feedback, leastBack), consents: [] };
  const { effective } = effectiveConsents(
    input.consents.filter((c) => c.person === input.person),
    input.refusals.filter((r) => r.person === input.person),
    input,
  );
  return { feedback: widest(feedbackOf(effective), leastBack), consents: effective.map((e) => e.consent.id) };
}

const rank: Record<Feedback, number> = { none: 0, state: 1, 'state+note': 2 };

const widest = (one: Feedback, other: Feedback): Feedback => (rank[one] >= rank[other] ? one : other);

/** Does what may flow back now still let through what was once to flow back? */
export const feedbackCovers = (now: Feedback, then: Feedback): boolean => rank[now] >= rank[then];
