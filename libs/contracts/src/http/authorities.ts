// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Approval,
  AuthorityCode,
  AuthorityOff,
  AuthorityWay,
  BodyKind,
  code,
  DataCategory,
  day,
  Feedback,
  GroundFact,
  id,
  line,
  moment,
  OverRefusal,
  Purpose,
  ReferralKind,
  type AuthorityRow,
} from '@tsunagi/domain';
import { z } from 'zod';

/** A row, and whether it counts today. */
export interface AuthorityView extends AuthorityRow {
  readonly counts: boolean;
  readonly why?: AuthorityOff | undefined;
}

/** GET /authorities: one basis of the law, as this municipality has it. */
export const authorityView = z.strictObject({
  id,
  version: z.int(),
  code: AuthorityCode,
  statute: line(100).describe('法律と条'),
  senders: z.array(BodyKind).describe('送り手の法的な区分'),
  recipients: z.array(BodyKind).describe('受け手の法的な区分'),
  recipientTypes: z.array(code(40)).describe('受け手の窓口の種類。なければ、どれでも。').optional(),
  kinds: z.array(ReferralKind),
  purposes: z.array(Purpose),
  categories: z.array(DataCategory).describe('提供してよい項目'),
  needs: z.array(GroundFact).describe('記録が要ること'),
  approval: Approval,
  approvers: z
    .array(
      z.strictObject({
        role: z.enum(['approver', 'supervisor']).describe('approver=承認者、supervisor=監督者'),
        function: id.describe('窓口の id。なければ、送り手の窓口か市町村全体。').optional(),
      }),
    )
    .describe('承認する職'),
  hours: z.int().describe('承認がなければ、記録から何時間で終わるか').optional(),
  overRefusal: OverRefusal,
  feedback: z.enum([...Feedback.options, 'arrival']).describe('少なくとも返す経過。arrival=到着だけ。'),
  way: AuthorityWay,
  conditions: z.array(line(200)).describe('受け手に付ける条件'),
  occasional: z.int().describe('二つの窓口の間で一月に何件までか。超えると報告されます。').optional(),
  windows: z
    .array(z.strictObject({ from: moment, until: moment }))
    .describe('使える期間(災害)')
    .optional(),
  overrides: id.describe('この行が狭める行').optional(),
  validFrom: day,
  validTo: day.optional(),
  checkedOn: day.describe('法務などが確かめた日').optional(),
  checkedBy: line(60).describe('確かめた人').optional(),
  active: z.boolean(),
  counts: z.boolean().describe('いま使えるか'),
  why: AuthorityOff.describe('使えない理由').optional(),
}) satisfies z.ZodType<AuthorityView>;
/** POST /authorities: the municipality's own row; what is not named is as in the law's. It narrows, and never widens. */
export const newAuthority = authorityView
  .omit({
    id: true,
    version: true,
    code: true,
    statute: true,
    counts: true,
    why: true,
    checkedOn: true,
    checkedBy: true,
  })
  .partial()
  .required({ overrides: true, validFrom: true });
export type NewAuthority = z.infer<typeof newAuthority>;

/** POST /authorities/{id}/check: 法務 has read the row as it is. */
export const checkAuthority = z.strictObject({
  checkedBy: line(60).describe('確かめた人(部署と名前)'),
  checkedOn: day.describe('確かめた日'),
});
export type CheckAuthority = z.infer<typeof checkAuthority>;

export const authorityList = z.strictObject({ items: z.array(authorityView) });
export interface AuthorityList {
  readonly items: readonly AuthorityView[];
}
