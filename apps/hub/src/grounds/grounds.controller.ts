// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post } from '@nestjs/common';
import {
  exceptionReport,
  groundList,
  newGround,
  ratify,
  recorded,
  type ExceptionReport,
  type GroundList,
  type NewGround,
  type Ratify,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Grounds } from './grounds.service';
import { Ratifying } from './ratifying.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod } from '../platform';

const byReferral = z.strictObject({ id: idSchema.describe('つなぎの id') });
const byDecision = z.strictObject({ id: idSchema.describe('判断の id') });
const tag = '提供';

@Controller(api)
export class GroundsController {
  constructor(
    private readonly grounds: Grounds,
    private readonly ratifying: Ratifying,
  ) {}

  @Post('referrals/:id/grounds')
  @Describe({
    summary: '同意によらない根拠を、この一件のために記録します。',
    details:
      '根拠の行(`GET /authorities`)が求めることをすべて入れます。事前の承認が要る根拠は、承認されるまで何も渡しません。緊急は、すぐに渡せますが、承認がなければ72時間で終わります。',
    tag,
    who: 'grounds.record',
    params: byReferral,
    body: newGround,
    answers: { 201: recorded },
    problems: [
      'NOT_FOUND',
      'GROUND_NOT_OF_THIS_KIND',
      'GROUND_INCOMPLETE',
      'AUTHORITY_OFF',
      'STATE_NOT_THERE',
      'NOT_TO_THERE',
      'SUBMISSION_REJECTED',
    ],
  })
  record(
    @Calling() caller: Caller,
    @Param(zod(byReferral)) { id }: z.infer<typeof byReferral>,
    @Body(zod(newGround)) body: NewGround,
  ): Promise<{ id: string }> {
    return this.grounds.record(caller, id, body);
  }

  @Get('referrals/:id/grounds')
  @Describe({
    summary: '同意によらない根拠の記録を見ます。記録した窓口と、承認する職だけです。',
    tag,
    who: 'caller',
    params: byReferral,
    answers: { 200: groundList },
  })
  of(@Calling() caller: Caller, @Param(zod(byReferral)) { id }: z.infer<typeof byReferral>): Promise<GroundList> {
    return this.grounds.of(caller, id);
  }

  @Post('decisions/:id/ratify')
  @HttpCode(204)
  @Describe({
    summary: '同意によらない根拠を承認または却下します。',
    details:
      '項目ごとに承認できます。承認しなかった項目は、緊急なら記録から72時間で終わります。起案した人とその代理の人は決められません。`If-Match` には根拠の版(`GET /referrals/{id}/grounds`)を入れます。',
    tag,
    who: 'grounds.decide',
    params: byDecision,
    headers: ifMatch,
    body: ratify,
    answers: { 204: null },
    problems: ['NOT_FOUND', 'OWN_DRAFT', 'NOT_THE_POST', 'GROUND_DECIDED', 'SUBMISSION_REJECTED'],
  })
  ratify(
    @Calling() caller: Caller,
    @Param(zod(byDecision)) { id }: z.infer<typeof byDecision>,
    @Headers('if-match') version: string | undefined,
    @Body(zod(ratify)) body: Ratify,
  ): Promise<void> {
    return this.ratifying.ratify(caller, id, versionOf(version), body);
  }

  @Get('reports/exceptions')
  @Describe({
    summary: '「個別・例外」の根拠が、窓口の組ごとに月に何件使われたかを見ます。',
    details: '件数だけです。見込みを超えても提供は止まりませんが、繰り返すなら同意や仕組みを見直してください。',
    tag,
    who: 'authorities.read',
    answers: { 200: exceptionReport },
  })
  exceptions(): Promise<ExceptionReport> {
    return this.grounds.exceptions();
  }
}
