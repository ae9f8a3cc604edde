// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberPermit, Permit } from './decision';
import { objectionsOf, whatRemains, whyNot } from './effective-consents';
import type { Party } from './party';
import type { Feedback, Purpose } from '../codes/vocabulary';
import type { Consent, Refusal } from '../consent/consent.schema';

/**
 * What may flow back to the sender now. Feedback is a disclosure in the other direction, within the consents that the
 * referral itself went out on: once they are withdrawn, expired or wholly refused, no state and no answer goes back.
 */
export function decideFeedback(input: {
  now: Date;
  purpose: Purpose;
  sender: Party;
  recipient: Party;
  permit: Pick<Permit, 'authority' | 'feedback'> & { members: readonly MemberPermit[] };
  /** All consents of the persons, not only those relied on: a withdrawal elsewhere silences an assertion. */
  consents: readonly Consent[];
  refusals?: readonly Refusal[];
}): Feedback {
  if (input.permit.authority === 'within_purpose') return input.permit.feedback;
  const reliedOn = new Set(input.permit.members[0]?.consents);
  const standing = input.consents.filter((consent) => {
    if (!reliedOn.has(consent.id) || whyNot(consent, input) !== undefined) return false;
    const objections = objectionsOf(
      input.consents.filter((c) => c.person === consent.person),
      (input.refusals ?? []).filter((r) => r.person === consent.person),
      input,
    );
    return whatRemains(consent, objections).categories.length > 0;
  });
  if (standing.some((c) => c.scope.feedback === 'state+note')) return 'state+note';
  return standing.some((c) => c.scope.feedback === 'state') ? 'state' : 'none';
}
