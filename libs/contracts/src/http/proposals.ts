// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, moment, ReferralKind, Urgency } from '@tsunagi/domain';
import { z } from 'zod';
import { pluginIdParams } from './plugins';
import { disclosedReferral, functionOutline } from '../disclosed-referral';

/** What would be written: what the system is told, but for numbers of the hub and what every day says anew. */
export const proposedContent = disclosedReferral.omit({
  ...{ deliveryId: true, referralId: true, journeyId: true, acceptBy: true, sentOn: true, mask: true, notAfter: true },
});
export type ProposedContent = z.infer<typeof proposedContent>;

/** One field that would be written otherwise than it was last. */
export const fieldChange = z.strictObject({
  pointer: z.string().describe('項目の場所'),
  before: z.string().describe('前に書き込んだ値(JSON)。なければ新しい項目').optional(),
  after: z.string().describe('今回の値(JSON)。なければ消える項目').optional(),
});
export type FieldChange = z.infer<typeof fieldChange>;

/** What waits until staff of its desk let it be written. Nobody is named. */
export const proposalItem = z.strictObject({
  id: id.describe('つなぎの id'),
  kind: z.enum(['referral', 'supplement']).describe('referral=はじめて届くもの。supplement=届いたあとの訂正'),
  referralKind: ReferralKind,
  urgency: Urgency,
  plugin: pluginIdParams.shape.id,
  to: functionOutline.describe('書き込みを確かめる窓口'),
  since: moment.describe('いつから待っているか'),
});
export type ProposalItem = z.infer<typeof proposalItem>;

/** GET /proposals */
export const proposalQuery = z.strictObject({ cursor: id.describe('前の答えの next').optional() });
export type ProposalQuery = z.infer<typeof proposalQuery>;
export const proposalPage = z.strictObject({
  items: z.array(proposalItem).describe('書き込みの確認を待っているもの。古い順。'),
  next: id.describe('続きがあるときの cursor').optional(),
});
export type ProposalPage = z.infer<typeof proposalPage>;

/** GET /proposals/{id} */
export const proposal = z.strictObject({
  ...proposalItem.shape,
  version: z.string().describe('見ている内容の版。承認と見送りの If-Match に書く。内容が変わると変わる'),
  content: proposedContent.describe('業務システムに書き込まれる内容。見せてよい項目だけ'),
  comparedWith: z
    .enum(['nothing', 'written', 'not_kept'])
    .describe(
      '何との違いか。nothing=前に書き込んだものはない。written=前に承認して書き込んだもの。not_kept=前のものは承認を通っていないので、内容が残っていない(changes は全項目)',
    ),
  changes: z.array(fieldChange).describe('項目ごとの違い'),
});
export type Proposal = z.infer<typeof proposal>;

/** POST /proposals/{id}/approve and /decline: everything stands in the version that was seen. */
export const settleProposal = z.strictObject({});
export const proposalSettled = z.strictObject({
  id,
  outcome: z.enum(['approved', 'declined']).describe('approved=書き込む。declined=書き込まず、ハブの画面で受ける'),
});
export type ProposalSettled = z.infer<typeof proposalSettled>;

export const proposalIdParams = z.strictObject({ id: id.describe('つなぎの id') });
