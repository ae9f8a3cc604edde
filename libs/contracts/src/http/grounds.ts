// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Approval,
  AuthorityCode,
  code,
  DataCategory,
  day,
  groundCodes,
  GroundFact,
  id,
  line,
  moment,
  prose,
} from '@tsunagi/domain';
import { z } from 'zod';
import { authorityView } from './authorities';
import { functionOutline } from '../disclosed-referral';

/** Why there is no consent. */
export const WhyNoConsent = z.enum(['not_reached', 'cannot_consent', 'danger_in_asking', 'refused', 'other']);

const said = {
  reason: prose(2000).describe('なぜ提供が要るか(相当の理由・特別の理由・緊急の事情)'),
  whyNoConsent: WhyNoConsent.describe(
    'not_reached=連絡がとれない、cannot_consent=同意できる状態にない、danger_in_asking=尋ねることが危険、refused=同意されなかった、other=その他',
  ),
  law: line(100).describe('法令の名').optional(),
  article: line(60).describe('条').optional(),
  harmsNobody: z.literal(true).describe('ご本人や第三者の権利利益を不当に侵害するおそれがないと確かめた').optional(),
};

/** POST /referrals/{id}/grounds: an authority without consent, for this one referral. */
export const newGround = z.strictObject({
  code: z.enum(groundCodes).describe('根拠のコード'),
  persons: z.array(code(20)).min(1).max(20).describe('どの方について(つなぎの中の ref)'),
  categories: z.array(DataCategory).min(1).describe('提供する項目'),
  ...said,
});
export type NewGround = z.infer<typeof newGround>;

/** POST /decisions/{id}/ratify: the approver's word. */
export const ratify = z
  .strictObject({
    ground: id.describe('決める根拠の id。承認を待つものが一つなら、要りません。').optional(),
    outcome: z.enum(['approved', 'refused']).describe('approved=承認、refused=却下'),
    categories: z.array(DataCategory).describe('承認する項目。却下なら空。'),
    until: day.describe('いつまでか(30日以内)。なければ、30日後。').optional(),
    words: prose(2000).describe('ご本人の不同意にかかわらず提供する理由').optional(),
  })
  .refine((r) => (r.outcome === 'approved') === r.categories.length > 0, { path: ['categories'] });
export type Ratify = z.infer<typeof ratify>;

/** One ground, for those who recorded it and those who decide on it. */
export const groundView = z.strictObject({
  id,
  version: z.int(),
  code: AuthorityCode,
  statute: line(100).describe('法律と条'),
  approval: Approval,
  from: functionOutline.describe('記録した窓口'),
  to: functionOutline.describe('提供の相手').optional(),
  persons: z.array(code(20)),
  categories: z.array(DataCategory),
  said: z.array(GroundFact),
  ...said,
  recordedAt: moment,
  /** The decision on which it was considered last; the approver names it. */
  decision: id.describe('この根拠で判断したときの判断の id').optional(),
  decided: z
    .strictObject({
      at: moment,
      outcome: z.enum(['approved', 'refused']),
      categories: z.array(DataCategory),
      words: prose(2000).optional(),
    })
    .optional(),
  until: day.optional(),
  endsAt: moment.describe('承認がなければ、この時刻に終わる').optional(),
  hoursLeft: z.int().min(0).describe('それまでの時間(端数は切り上げ)').optional(),
});
export type GroundView = z.infer<typeof groundView>;

/** A row of the law as whoever records on it needs it. */
export const groundBasis = authorityView.pick({
  code: true,
  statute: true,
  categories: true,
  needs: true,
  approval: true,
  hours: true,
  overRefusal: true,
  conditions: true,
});
export type GroundBasis = z.infer<typeof groundBasis>;

export const groundList = z.strictObject({
  items: z.array(groundView),
  possible: z
    .array(groundBasis)
    .describe('このつなぎに、いま記録できる根拠と、それが求めること(送り元の窓口にだけ)')
    .optional(),
});
export type GroundList = z.infer<typeof groundList>;

/** GET /reports/exceptions: how often two functions relied on a basis that is for the single case. */
export const exceptionReport = z.strictObject({
  items: z.array(
    z.strictObject({
      month: z.string().regex(/^\d{4}-\d{2}$/),
      from: id.describe('送り手の窓口の id'),
      to: id.describe('受け手の窓口の id'),
      code: AuthorityCode,
      count: z.int().describe('件数'),
      occasional: z.int().describe('一月に見込む件数'),
      repeated: z.boolean().describe('見込みを超えた'),
    }),
  ),
});
export type ExceptionReport = z.infer<typeof exceptionReport>;
