// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  disclosureRequestAnswer,
  disclosureRequestList,
  disclosureRequestsQuery,
  newDisclosureRequest,
  recorded,
  type DisclosureRequestAnswer,
  type DisclosureRequestList,
  type DisclosureRequestsQuery,
  type NewDisclosureRequest,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { DisclosureRequests } from './disclosure-requests.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('求めの id') });
const tag = '提供';

@Controller(`${api}/disclosure-requests`)
export class DisclosureRequestsController {
  constructor(private readonly requests: DisclosureRequests) {}

  @Post()
  @Describe({
    summary: '提供の記録を見せてほしいという求めを受け付けます。',
    details:
      '個人情報保護担当にやることが届きます。求めた人の氏名は入れません(紙の請求書にあります)。窓口では、その窓口の関わった方についてだけ受け付けます。答えがどうなったかは、受け付けた窓口には出ません。',
    tag,
    who: 'disclosures.ask',
    body: newDisclosureRequest,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED', 'SUBMISSION_REJECTED'],
  })
  record(
    @Calling() caller: Caller,
    @Body(zod(newDisclosureRequest)) body: NewDisclosureRequest,
  ): Promise<{ id: string }> {
    return this.requests.record(caller, body);
  }

  @Get()
  @Describe({
    summary: '提供の記録への求めと、その答えを、新しいものから見ます。',
    details: '500件まで。答えるときは `GET /persons/{id}/disclosures?page=working`(開示決定のための作業資料)を見ます。',
    tag,
    who: 'disclosures.review',
    query: disclosureRequestsQuery,
    answers: { 200: disclosureRequestList },
  })
  list(@Query(zod(disclosureRequestsQuery)) query: DisclosureRequestsQuery): Promise<DisclosureRequestList> {
    return this.requests.list(query);
  }

  @Post(':id/answer')
  @HttpCode(204)
  @Describe({
    summary: '求めにどう答えたかを記録します。',
    details: '全部の開示でなければ、理由を入れます。答えは直せません。',
    tag,
    who: 'disclosures.review',
    params: byId,
    headers: ifMatch,
    body: disclosureRequestAnswer,
    answers: { 204: null },
    problems: ['NOT_FOUND', 'REQUEST_ANSWERED', 'SUBMISSION_REJECTED'],
  })
  answer(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(disclosureRequestAnswer)) body: DisclosureRequestAnswer,
  ): Promise<void> {
    return this.requests.answer(caller, id, versionOf(version), body);
  }
}
