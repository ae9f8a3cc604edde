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
  saidOfReferral,
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
  acceptBy: day.describe('引き受けるかどうかを決める期限'),
  sentOn: day,
  subject: member.describe('ご本人。見せてよい項目だけ。'),
  others: z.array(member).describe('ほかの方。見せてよい項目だけ。'),
  mask: z
    .string()
    .regex(/^[01]{24}$/)
    .describe('提供項目マスク。DataCategory の順に 1=渡した。22〜24 は予備。'),
  authority: AuthorityCode,
  conditions: z.array(line(200)).describe('利用の条件'),
  /** Absent for a plain つなぎ. */
  said: saidOfReferral.describe('引き継ぎについて送り手が伝えること(尋ねたいこと、送り手が続けることなど)').optional(),
  notAfter: moment.describe('この時刻を過ぎたら書き込まない').optional(),
});
export type DisclosedReferral = z.infer<typeof disclosedReferral>;
