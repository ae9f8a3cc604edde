// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  code,
  day,
  Domain,
  HowTheyMeet,
  id,
  line,
  member,
  moment,
  notInformed,
  personInformed,
  Purpose,
  ReferralKind,
  Urgency,
} from '@tsunagi/domain';
import { z } from 'zod';

/** A field of the record that was accepted with a flag (`W-…`). Never the value. */
export const fieldWarning = z.strictObject({ code: code(20), field: z.int().min(1).max(99).optional() });
export type FieldWarning = z.infer<typeof fieldWarning>;

/** Where a submission comes from and how its sender names it. */
export const submissionSource = z.strictObject({
  channel: z.enum(['plugin', 'http', 'web']),
  plugin: code(31).optional(),
  system: code(40),
  file: z.hex().length(64).optional(),
  fileSerial: z.int().min(0).optional(),
  row: z.int().min(0).optional(),
  /** The sender's own name of the record (外部管理番号 with its insurer, sodan_id + tsunagi_bunya, …). */
  key: line(100),
  change: z.enum(['new', 'changed', 'ended']).optional(),
  occurredAt: moment,
  contentHash: z.hex().length(64),
  /** Opaque; comes back in every status. At most 1 KiB. */
  echo: line(1024).optional(),
  warnings: z.array(fieldWarning).max(40).optional(),
});
export type SubmissionSource = z.infer<typeof submissionSource>;

/** To a function, a domain (a route resolves it), or 「つなぎ先不明」. Absent: the record asks for no referral. */
export const addressee = z.union([
  z.strictObject({ function: id }),
  z.strictObject({ domain: Domain, area: code(20).optional() }),
  z.literal('unknown'),
]);
export type Addressee = z.infer<typeof addressee>;

/** The common schema's way in: what one desk function asks of another about one person. */
export const referralSubmission = z.strictObject({
  source: submissionSource,
  kind: ReferralKind,
  fromFunction: id.optional(),
  /** The function's own code of at most ten characters, as the record holds it. */
  fromCode: code(10).optional(),
  to: addressee.optional(),
  urgency: Urgency,
  purpose: Purpose,
  howTheyMeet: HowTheyMeet.optional(),
  personInformed: personInformed.optional(),
  notInformed: notInformed.optional(),
  phoned: z.strictObject({ whom: line(60), at: moment, by: line(60) }).optional(),
  keepsDoing: line(200).optional(),
  acting: z.strictObject({ name: line(60).optional() }).optional(),
  subject: member,
  others: z.array(member).max(20),
  /** What the legacy record says of consent; it counts only with a registered form. */
  asserted: z
    .strictObject({ code: z.enum(['1', '2', '3', '9']), formVersion: code(40).optional(), on: day })
    .optional(),
});
export type ReferralSubmission = z.infer<typeof referralSubmission>;
