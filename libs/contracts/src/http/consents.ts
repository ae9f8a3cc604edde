// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  consentCategories,
  consentExclusions,
  consentRecipients,
  consentScope,
  ConsentGiver,
  code,
  consent,
  DataCategory,
  day,
  disclosureDecision,
  id,
  line,
  moment,
  refusal,
} from '@tsunagi/domain';
import { z } from 'zod';
import { disclosedReferral, functionOutline } from '../disclosed-referral';

/** POST /consents: what a person (or who speaks for the person) has said to the caller's function. */
export const newConsent = z.strictObject({
  person: id,
  giver: ConsentGiver,
  manner: z.enum(['written', 'oral_recorded', 'electronic']),
  scope: consentScope.refine((s) => s.from <= s.until, { path: ['until'], error: 'ends before it begins' }),
  formVersion: code(40).optional(),
  evidence: z.strictObject({ reference: line(200), sha256: z.hex().length(64).optional() }).optional(),
  exclusions: consentExclusions.optional(),
  grantedAt: moment.optional(),
  /** The earlier consent that this one replaces. */
  supersedes: id.optional(),
});
export type NewConsent = z.infer<typeof newConsent>;

/** POST /refusals. Absent categories or recipients = all. */
export const newRefusal = z.strictObject({
  person: id,
  categories: consentCategories.optional(),
  recipients: consentRecipients.optional(),
  at: moment.optional(),
  askAgainOn: day.optional(),
});
export type NewRefusal = z.infer<typeof newRefusal>;

export const recorded = z.strictObject({ id });
export const personWishes = z.strictObject({ consents: z.array(consent), refusals: z.array(refusal) });

/** One line of the ledger, for those who may see it. */
export const disclosureLine = z.strictObject({
  id,
  referralId: id,
  from: functionOutline,
  to: functionOutline,
  authority: code(40),
  members: z.array(z.strictObject({ ref: code(20), categories: z.array(DataCategory) })),
  /** `claimed` = on its way, `written` = the recipient has it, `recalled` = it never arrived. */
  state: z.enum(['claimed', 'written', 'recalled']),
  at: moment,
  recall: z.strictObject({ requestedAt: moment, acknowledgedAt: moment.optional() }).optional(),
});
export const disclosureLines = z.strictObject({ items: z.array(disclosureLine) });

/** POST /disclosures/preview: 「○○課にはこう見えます」, decided now, with nothing stored. */
export const previewRequest = z.strictObject({ referralId: id });
export const preview = z.strictObject({
  decision: disclosureDecision,
  to: functionOutline,
  sentences: z.array(z.string()),
  /** Absent unless the decision permits. */
  shown: disclosedReferral.pick({ subject: true, others: true, mask: true }).optional(),
});
export type Preview = z.infer<typeof preview>;
