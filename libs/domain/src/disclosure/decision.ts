// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { AuthorityCode } from './authority-row';
import { code, id, line, moment } from '../codes/text.schema';
import { Feedback } from '../codes/vocabulary';
import { DataCategory } from '../member/data-category';

/** Reasons that something recorded later can lift. */
export const HoldReason = z.enum([
  'CONSENT_MISSING',
  'CONSENT_NOT_YET',
  'CONSENT_EXPIRED',
  'CONSENT_WITHDRAWN',
  'CONSENT_REFUSED',
  'CONSENT_OTHER_RECIPIENT',
  'CONSENT_EXCLUDES_RECIPIENT',
  'CONSENT_OTHER_PURPOSE',
  'CONSENT_UNCONFIRMED',
  'CONSENT_LACKS_IDENTITY',
  'ASSERTED_WITHOUT_CONSENT',
  'ASSERTED_CONFERENCE_NEEDED',
  'ASSERTED_FORM_UNKNOWN',
  'FEEDBACK_NOT_PERMITTED',
  'MEETING_UNKNOWN',
  'GIVER_NOT_ENTITLED',
  'GROUND_UNAPPROVED',
  'GROUND_REFUSAL_WORDS',
  'GROUND_EXPIRED',
  'GROUND_REFUSED',
  'CONFERENCE_NOT_OPEN',
  'SECRECY_UNACKNOWLEDGED',
  'SEALED_TEXT_UNCHECKED',
  'RESIDENCE_STATUS_TEXT',
  'ASK_ADMINISTRATOR',
]);
export type HoldReason = z.infer<typeof HoldReason>;

/** Reasons that no consent lifts. */
export const DenyReason = z.enum([
  'PURPOSE_NOT_HELD',
  'SAME_FUNCTION',
  'FUNCTION_CLOSED',
  'RECEIVES_NO_PERSONS',
  'KIND_WITHOUT_PERSON',
  'HUB_ONLY',
  'KIND_NOT_FROM_HERE',
  'KIND_NOT_TO_THERE',
  'STATUTE_NOT_IN_FORCE',
  'STATUTE_OTHER_FUNCTION',
  'BODY_KIND_NOT_OF_AUTHORITY',
]);
export type DenyReason = z.infer<typeof DenyReason>;

/** What one member may be disclosed with, and the consents and grounds relied on. */
export const memberPermit = z.strictObject({
  ref: code(20),
  categories: z.array(DataCategory),
  consents: z.array(id),
  /** Absent = none. */
  grounds: z.array(id).optional(),
  /** 秘匿: what gives the whereabouts away stays out of the permitted groups, too. */
  sealed: z.literal(true).optional(),
  /** Nor does any free text leave, until somebody has looked through it for what gives the whereabouts away. */
  textUnchecked: z.literal(true).optional(),
});
export type MemberPermit = z.infer<typeof memberPermit>;

/** 提供判断. Reasons are codes; the sentences are rendered apart. */
export const disclosureDecision = z.discriminatedUnion('outcome', [
  z.strictObject({
    outcome: z.literal('permit'),
    authority: AuthorityCode,
    members: z.array(memberPermit).min(1),
    feedback: Feedback,
    /** After this moment the recipient's host must not write it any more. */
    notAfter: moment.optional(),
    /** What the recipient must keep to; absent = nothing beyond the law. */
    conditions: z.array(line(200)).optional(),
    /** The rows of the law that it rests on, as they were then. */
    rows: z.array(z.strictObject({ id, version: z.int() })).optional(),
    /** Why the rest stays behind. */
    reasons: z.array(HoldReason),
  }),
  z.strictObject({
    outcome: z.literal('hold'),
    reasons: z.array(HoldReason).min(1),
    /** The consent that would lift it. */
    lift: z.strictObject({
      givenTo: id,
      recipient: id.describe('名前を明かせない窓口なら、ない').optional(),
      categories: z.array(DataCategory),
    }),
  }),
  z.strictObject({ outcome: z.literal('deny'), reasons: z.array(DenyReason).min(1) }),
]);
export type DisclosureDecision = z.infer<typeof disclosureDecision>;
export type Permit = Extract<DisclosureDecision, { outcome: 'permit' }>;
