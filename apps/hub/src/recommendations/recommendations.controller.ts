// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  newRecommendation,
  recommendation,
  recommendationAnswered,
  recommendationCounts,
  recommendationPage,
  recommendationQuery,
  recorded,
  type NewRecommendation,
  type Recommendation,
  type RecommendationAnswered,
  type RecommendationCounts,
  type RecommendationPage,
  type RecommendationQuery,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Recommendations } from './recommendations.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('利用勧奨の id') });
const tag = '利用勧奨';
const who = 'recommendations.record';

@Controller(api)
export class RecommendationsController {
  constructor(private readonly recommendations: Recommendations) {}

  @Post('recommendations')
  @Describe({
    summary: '相談窓口を案内したこと(利用勧奨)を記録します。情報は誰にも渡りません。',
    details:
      '生活困窮者自立支援法8条の利用勧奨です。気づいた窓口だけの記録で、つなぎではなく、提供の根拠にもなりません。',
    tag,
    who,
    body: newRecommendation,
    answers: { 201: recorded },
    problems: ['RECOMMENDATION_NOT_HERE', 'FUNCTION_NEEDED', 'SUBMISSION_REJECTED'],
  })
  tell(@Calling() caller: Caller, @Body(zod(newRecommendation)) body: NewRecommendation): Promise<{ id: string }> {
    return this.recommendations.tell(caller, body);
  }

  @Get('recommendations')
  @Describe({
    summary: '自分の窓口の利用勧奨と、その件数を見ます。',
    tag,
    who,
    query: recommendationQuery,
    answers: { 200: recommendationPage },
  })
  list(
    @Calling() caller: Caller,
    @Query(zod(recommendationQuery)) query: RecommendationQuery,
  ): Promise<RecommendationPage> {
    return this.recommendations.list(caller, query);
  }

  @Get('recommendations/counts')
  @Describe({
    summary: '利用勧奨の件数を、窓口ごとに見ます。',
    tag,
    who: 'recommendations.count',
    answers: { 200: recommendationCounts },
  })
  counts(): Promise<RecommendationCounts> {
    return this.recommendations.counts();
  }

  @Get('recommendations/:id')
  @Describe({ summary: '利用勧奨を一件見ます。', tag, who, params: byId, answers: { 200: recommendation } })
  one(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<Recommendation> {
    return this.recommendations.one(caller, id);
  }

  @Post('recommendations/:id/answer')
  @HttpCode(200)
  @Describe({
    summary: 'ご本人の答えを記録します。相談したいときは、つなぎを開きます。',
    details:
      '相談したい(`wants_to`)なら、同行を申し出たうえで、その場でつなぎを開きます。同意がなければ根拠待ちになり、それまで何も渡りません。今はまだ(`not_now`)なら、改めて尋ねる日を決めます。',
    tag,
    who,
    params: byId,
    headers: ifMatch,
    body: recommendationAnswered,
    answers: { 200: recommendation },
    problems: ['RECOMMENDATION_ANSWERED', 'SUBMISSION_REJECTED'],
  })
  answer(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(recommendationAnswered)) body: RecommendationAnswered,
  ): Promise<Recommendation> {
    return this.recommendations.answer(caller, id, versionOf(version), body);
  }
}
