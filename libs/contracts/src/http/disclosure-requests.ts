// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { AskedBy, day, DisclosureAnswer, DisclosureRefusal, id, IdentityCheck, moment, saysWhy } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

const askedBy = AskedBy.describe(
  '求めた人: self=ご本人、guardian=親権者・後見人など、agent=代理人、household=世帯の人',
);
const identity = IdentityCheck.describe(
  '確かめ方: photo_document=写真付きの書類、two_documents=書類二つ、posted_copies=郵送の写し、papers_of_agent=本人確認と資格の書類、not_yet=まだ',
);

/** POST /disclosure-requests: somebody has asked what was disclosed of a person. No name of who asks: that is on the paper. */
export const newDisclosureRequest = z.strictObject({
  person: id.describe('だれの記録か'),
  askedBy,
  askedOn: day.describe('求めのあった日'),
  identity,
});
export type NewDisclosureRequest = z.infer<typeof newDisclosureRequest>;

/** GET /disclosure-requests */
export const disclosureRequestsQuery = z.strictObject({
  answered: z.enum(['true', 'false']).describe('答えたものだけ、またはまだのものだけ').optional(),
});
export type DisclosureRequestsQuery = z.infer<typeof disclosureRequestsQuery>;

const answer = z.strictObject({
  outcome: DisclosureAnswer.describe('given=全部を開示、partly=一部を開示、refused=不開示'),
  on: day.describe('決めた日'),
  reason: DisclosureRefusal.describe(
    '一部または不開示の理由: harms_person=78条1項1号、about_others=78条1項2号、hinders_work=78条1項7号、not_told_whether=81条、nothing_held=持っていない、not_entitled=求める資格がない、taken_back=取下げ',
  ).optional(),
});

/** POST /disclosure-requests/{id}/answer */
export const disclosureRequestAnswer = answer.refine(saysWhy, {
  path: ['reason'],
  error: 'a reason goes with what is not given in full',
});
export type DisclosureRequestAnswer = z.infer<typeof disclosureRequestAnswer>;

export const disclosureRequest = z.strictObject({
  id,
  version: z.int(),
  person: id,
  askedBy,
  askedOn: day,
  identity,
  function: functionOutline.describe('記録した窓口。個人情報保護担当が記録したものには、ない。').optional(),
  recordedAt: moment,
  answer: answer.optional(),
});
export type DisclosureRequest = z.infer<typeof disclosureRequest>;
export const disclosureRequestList = z.strictObject({
  items: z.array(disclosureRequest),
  more: z.literal(true).describe('古いものがほかにもあります').optional(),
});
export type DisclosureRequestList = z.infer<typeof disclosureRequestList>;
