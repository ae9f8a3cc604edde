// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day, id, line, moment, personInformed } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';
import { submitBody } from './referrals';
import { addressee } from '../submission';

/** What the person said to a 利用勧奨; `told` while nothing has been said. */
export const RecommendationAnswer = z.enum(['told', 'wants_to', 'not_now', 'no']);
export type RecommendationAnswer = z.infer<typeof RecommendationAnswer>;

/**
 * POST /recommendations: 利用勧奨 (生活困窮者自立支援法8条). It stays at the desk that noticed; no item leaves, so there is no field
 * for any.
 */
export const newRecommendation = z.strictObject({
  reference: line(100).describe('自分の窓口の記録の番号。氏名などは書きません。').optional(),
  told: personInformed.describe('相談窓口を案内したこと: 誰が(by)、いつ(at)、どのように(how)'),
});
export type NewRecommendation = z.infer<typeof newRecommendation>;

/** POST /recommendations/{id}/answer. What the person wants is a つなぎ, with its own consent. */
export const recommendationAnswered = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('wants_to').describe('相談したい。つなぎを開きます。'),
    accompanimentOffered: z.literal(true).describe('同行を申し出たこと'),
    referral: submitBody
      .omit({ fromFunction: true, fromCode: true })
      .extend({
        kind: z.literal('referral'),
        to: addressee,
        source: submitBody.shape.source.extend({ change: z.enum(['new', 'changed']) }),
      })
      .describe('開くつなぎ。同意がなければ根拠待ちになります。'),
  }),
  z.strictObject({
    answer: z.literal('not_now').describe('今はまだ'),
    askAgainOn: day.describe('改めて尋ねる日'),
  }),
  z.strictObject({ answer: z.literal('no').describe('希望しない') }),
]);
export type RecommendationAnswered = z.infer<typeof recommendationAnswered>;

export const recommendation = z.strictObject({
  id,
  version: z.int().describe('版。答えを記録するときに If-Match で返します。'),
  function: functionOutline,
  reference: line(100).optional(),
  told: personInformed,
  answer: RecommendationAnswer,
  askAgainOn: day.optional(),
  referralId: id.describe('開いたつなぎ').optional(),
  createdAt: moment,
  answeredAt: moment.optional(),
});
export type Recommendation = z.infer<typeof recommendation>;

/** GET /recommendations: those of one's own desks, and how many there are of each. */
export const recommendationQuery = z.strictObject({
  answer: RecommendationAnswer.describe('この答えのものだけ。told は、まだ答えのないもの。').optional(),
  askAgain: z.enum(['due']).describe('改めて尋ねる日が来たものだけ').optional(),
  cursor: id.describe('前の答えの next').optional(),
});
export type RecommendationQuery = z.infer<typeof recommendationQuery>;

const counts = z.strictObject({ told: z.int(), wants_to: z.int(), not_now: z.int(), no: z.int() });
export const recommendationPage = z.strictObject({
  items: z.array(recommendation),
  next: id.describe('続きがあるときの cursor').optional(),
  counts: counts.describe('答えごとの件数'),
});
export type RecommendationPage = z.infer<typeof recommendationPage>;

/** GET /recommendations/counts: numbers by desk, for whoever answers for the municipality. */
export const recommendationCounts = z.strictObject({
  items: z.array(z.strictObject({ function: functionOutline, counts })),
});
export type RecommendationCounts = z.infer<typeof recommendationCounts>;
