// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Permit } from './decision';
import { effectiveConsents, feedbackOf } from './effective-consents';
import { groundsBeside } from './grounds';
import type { DecisionInput, Question } from './question';
import { feedbackOfRow, purposeFeedback, purposeRows, tellsArrivalOnly } from './rows';
import { restsOnSitting, sittingBeside } from './sittings';
import { widest } from './feedback';
import type { Feedback } from '../codes/vocabulary';
import { DataCategory } from '../member/data-category';
import { kindRules } from '../referral/kinds';

/** What may flow back, and the consents that say so. */
export interface FeedbackDecision {
  readonly feedback: Feedback;
  readonly consents: readonly string[];
  /** 到着 may be told beside it: it rests on a conference or an emergency (DOMAIN §6 Feedback). */
  readonly arrival?: true;
}

/**
 * What may flow back to the sender now. Feedback is a disclosure in the other direction: it asks what the person's
 * words, the rows of the law and what was recorded for this referral permit between these two desks today, whichever of
 * them it once went out on. Once nothing counts any more, no state and no answer goes back.
 */
export function decideFeedback(
  input: Omit<DecisionInput, 'subject' | 'others' | 'carried' | 'onSheet' | 'statute'> & {
    readonly permit: Pick<Permit, 'authority'>;
    /** The subject of the referral. */
    readonly person: string;
  },
): FeedbackDecision {
  const { sender, recipient, kind, permit, person } = input;
  if (sender.closed === true || recipient.closed === true) return { feedback: 'none', consents: [] };
  const { back, leastBack } = kindRules[kind];
  if (back === 'arrival') return { feedback: 'none', consents: [] };
  if (permit.authority === 'person_free') return { feedback: leastBack, consents: [] };
  const { effective } = effectiveConsents(
    input.consents.filter((c) => c.person === person),
    input.refusals.filter((r) => r.person === person),
    input,
  );
  // Nearly all rest on what was said alone.
  const rows = isBesideWords(input) ? rowsBeside(input) : [];
  const arrives = rows.some(tellsArrivalOnly);
  return {
    feedback: widest(feedbackOf(effective), leastBack, onPurposeNow(input), ...rows.map(feedbackOfRow)),
    consents: effective.map((e) => e.consent.id),
    ...(arrives && { arrival: true }),
  };
}

type Asked = Parameters<typeof decideFeedback>[0];

const isBesideWords = ({ kind, conference, grounds }: Asked): boolean =>
  (grounds?.length ?? 0) > 0 || restsOnSitting({ kind, conference });

/** What went out within the purpose may be answered within it, while the rows of this moment still permit it. */
function onPurposeNow(input: Asked): Feedback {
  const rows = input.permit.authority === 'within_purpose' ? purposeRows(input) : [];
  return rows.length > 0 ? purposeFeedback(rows) : 'none';
}

/** The rows by which a sitting or a ground lets out something of the subject now, had the record everything. */
function rowsBeside({ person, ...input }: Asked) {
  const q: Question = { ...input, subject: { ref: 'subject', person, present: DataCategory.options }, others: [] };
  const additions = [sittingBeside(q), groundsBeside(q)].flatMap((b) => b.additions);
  // A record may name only what its row does not list; then it lets out nothing.
  return additions.filter((a) => a.categories.length > 0).map((a) => a.row);
}
