// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  AuthorityCode,
  code,
  day,
  Domain,
  HowTheyMeet,
  id,
  line,
  member,
  moment,
  Purpose,
  ReferralKind,
  Urgency,
} from '@tsunagi/domain';
import { z } from 'zod';

/** A desk function as the other side may know it. */
export const functionOutline = z.strictObject({ domain: Domain, code: code(10), name: line(80) });
export type FunctionOutline = z.infer<typeof functionOutline>;

/** What leaves the hub for a recipient: the same `Member` shape with every group left out that is not permitted. */
export const disclosedReferral = z.strictObject({
  deliveryId: id,
  referralId: id,
  journeyId: id,
  kind: ReferralKind,
  purpose: Purpose,
  from: functionOutline,
  fromWorker: line(60).optional(),
  to: functionOutline,
  urgency: Urgency,
  howTheyMeet: HowTheyMeet,
  acceptBy: day,
  sentOn: day,
  subject: member,
  others: z.array(member),
  /** 提供項目マスク, 24 × 0/1. */
  mask: z.string().regex(/^[01]{24}$/),
  authority: AuthorityCode,
  conditions: z.array(line(200)),
  /** Not to be written after this moment. */
  notAfter: moment.optional(),
});
export type DisclosedReferral = z.infer<typeof disclosedReferral>;
