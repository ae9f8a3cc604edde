// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { id, line, memberItems, moment, prose, RevealPurpose } from '@tsunagi/domain';
import { z } from 'zod';

const purpose = RevealPurpose.describe('何のために氏名を見るか');
const forWhat = {
  purpose,
  note: line(200)
    .describe('その他(other)のときの説明。どなたのことかが分かることは書けません。監査の記録に暗号にして残ります。')
    .optional(),
};
const onlyForOther = <T extends { purpose: RevealPurpose; note?: string | undefined }>({ purpose: of, note }: T) =>
  note === undefined || of === 'other';

/** POST /referrals/reveal: names that the lists leave out, for a purpose. */
export const revealReferrals = z
  .strictObject({ ids: z.array(id).min(1).max(50).describe('つなぎの id'), ...forWhat })
  .refine(onlyForOther, { path: ['note'], error: 'only another purpose is described' });
export type RevealReferrals = z.infer<typeof revealReferrals>;

/** POST /persons/reveal */
export const revealPersons = z
  .strictObject({ ids: z.array(id).min(1).max(50).describe('ご本人の id'), ...forWhat })
  .refine(onlyForOther, { path: ['note'], error: 'only another purpose is described' });
export type RevealPersons = z.infer<typeof revealPersons>;

/** Why a name is not shown; of what is not there and of what the caller may not see the same. */
export const NotRevealed = z.enum(['NOT_FOUND', 'NAME_NOT_SHOWN', 'TWO_PERSONS']);
export type NotRevealed = z.infer<typeof NotRevealed>;

const revealedOne = z.union([
  z.strictObject({ id, identity: memberItems.shape.identity.unwrap().describe('見せてよい氏名など') }),
  z.strictObject({
    id,
    because: NotRevealed.describe(
      'NOT_FOUND=ないか、閲覧できない。NAME_NOT_SHOWN=氏名は見せられない。TWO_PERSONS=もう一人の確認(reveal-requests)が要る。',
    ),
    sentence: z.string().describe('見せられない理由の一文'),
  }),
]);
export const revealed = z.strictObject({
  items: z.array(revealedOne).describe('求めた id の順'),
  remaskAt: moment.describe('この時刻になったら、画面から消します。'),
});
export type Revealed = z.infer<typeof revealed>;

/** POST /referrals/{id}/reveal-requests: a second person is asked. */
export const newRevealRequest = z.strictObject({
  purpose,
  reason: prose(500).describe('見る必要がある理由。確かめる人が読みます。'),
});
export type NewRevealRequest = z.infer<typeof newRevealRequest>;

export const RevealRequestState = z.enum(['waiting', 'approved', 'refused', 'ended']);

export const revealRequest = z.strictObject({
  id,
  referralId: id,
  state: RevealRequestState.describe(
    'waiting=確認を待っている、approved=いま見られる、refused=断られた、ended=終わった',
  ),
  purpose,
  reason: prose(500),
  askedBy: line(200).describe('求めた職員の名前'),
  mine: z.boolean().describe('自分が求めたもの'),
  askedAt: moment,
  until: moment.describe('求めた人が、この時刻まで見られる').optional(),
});
export type RevealRequest = z.infer<typeof revealRequest>;
export const revealRequests = z.strictObject({ items: z.array(revealRequest) });
export type RevealRequests = z.infer<typeof revealRequests>;

export const revealDecided = z.strictObject({
  id,
  state: RevealRequestState.extract(['approved', 'refused']),
  until: moment.describe('求めた人が、この時刻まで見られる').optional(),
});
export type RevealDecided = z.infer<typeof revealDecided>;
