// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, ConferenceKind, day, id, leadStep, line, moment } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

/** GET /support-units: of the person, or of the person whom a referral of the caller's function is about. */
export const unitQuery = z
  .strictObject({
    person: id.describe('ご本人の id(GET /referrals/{id} の person)').optional(),
    referral: id.describe('自分の窓口が関わったつなぎの id。person の代わりに、どちらか一つ。').optional(),
  })
  .refine((q) => (q.person === undefined) !== (q.referral === undefined), {
    path: ['person'],
    error: 'one of person and referral',
  });
export type UnitQuery = z.infer<typeof unitQuery>;

export const unitMember = z.strictObject({
  id: id.describe('この支援単位での id。分けるときに使います。'),
  referralId: id.describe('自分の窓口がこの方に関わった、最近のつなぎ'),
  ref: code(20).describe('そのつなぎの中での ref。氏名などは GET /referrals/{id} の members にあります。'),
});

/** GET /support-units/{id}: as the caller's function may know it. */
export const supportUnitView = z.strictObject({
  id,
  version: z.int().describe('版。変えるときに If-Match で返します。'),
  members: z.array(unitMember).describe('自分の窓口が関わった方だけ'),
  lead: z
    .strictObject({
      function: functionOutline,
      worker: line(60)
        .describe('担当者。最初の送り手の業務システムが名前を書かなかったときは、まだありません。')
        .optional(),
      since: moment,
      conference: z
        .strictObject({ kind: ConferenceKind, heldOn: day })
        .describe('決めた会議(重層的支援会議)と、それを開いた日')
        .optional(),
    })
    .describe('つなぎの主担当')
    .optional(),
  alarm: z
    .enum(['lead_missing'])
    .describe(
      'lead_missing=主担当の窓口が終わったか、その方々に関わらなくなり、主担当がいない。重層的支援会議で決めてください。',
    )
    .optional(),
  offeredTo: functionOutline.describe('主担当を頼まれている窓口').optional(),
});
export type SupportUnitView = z.infer<typeof supportUnitView>;
export const supportUnits = z.strictObject({ items: z.array(supportUnitView) });
export type SupportUnits = z.infer<typeof supportUnits>;

/** POST /support-units/{id}/lead */
export const unitLead = leadStep;

/** POST /support-units/{id}/split */
export const splitSupportUnit = z.strictObject({
  members: z.array(id).min(1).max(50).describe('新しい支援単位に移る方の、members[].id'),
});
export type SplitSupportUnit = z.infer<typeof splitSupportUnit>;

/** POST /support-units/{id}/join */
export const joinSupportUnit = z.strictObject({ into: id.describe('合わせる先の支援単位の id') });
export type JoinSupportUnit = z.infer<typeof joinSupportUnit>;
