// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  newConsent,
  newRefusal,
  personWishes,
  recorded,
  withdrawal,
  withdrawalProof,
  type NewConsent,
  type NewRefusal,
  type Withdrawal,
  type WithdrawalProof,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { Consents } from './consents.service';
import { withdrawalPage } from './withdrawal-page';
import { Caller, Calling } from '../access';
import { api, Clock, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('同意の id') });
const byPerson = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = '同意';
const none = z.strictObject({});

const consentDetails = `\`giver\` が本人でないときは、同意できる資格(\`capacity\`)を記録します。家族の希望(\`family\`)は記録されますが、何も許しません。ご本人の年齢と同意できる人は、記録するときに判断します。年齢の区切りを越えるときは、その前の日までの同意になります(\`entitledUntil\`)。

様式(\`formVersion\`)は、その窓口の、承認されて使用中の版だけです。口頭の同意は、読み上げた項目と相手の範囲までです。

様式で尋ねて断られたときは \`refused\` を付けます。`;

@Controller(api)
export class ConsentsController {
  constructor(
    private readonly consents: Consents,
    private readonly clock: Clock,
  ) {}

  @Post('consents')
  @Describe({
    summary: '同意を記録します。待っていたつなぎは、範囲のとおりに動き出します。',
    details: consentDetails,
    tag,
    who: 'consents.record',
    body: newConsent,
    answers: { 201: recorded },
    problems: [
      'NOT_FOUND',
      'FUNCTION_NEEDED',
      'SUBMISSION_REJECTED',
      'FORM_NOT_APPROVED',
      'GIVER_NOT_ENTITLED',
      'SCRIPT_MISSING',
      'SECOND_LISTENER_MISSING',
      'REFERENCE_UNKNOWN',
    ],
  })
  register(@Calling() caller: Caller, @Body(zod(newConsent)) body: NewConsent): Promise<{ id: string }> {
    return this.consents.register(caller, body);
  }

  @Post('consents/:id/withdraw')
  @HttpCode(200)
  @Describe({
    summary: '同意を撤回します。これから先は送られず、送ったものには取消しが届きます。',
    details:
      'ご本人に代わって決められない人の撤回は受け付けません。伝えられたことは、不同意(POST /refusals)として残せます。',
    tag,
    who: 'wishes.record',
    params: byId,
    body: withdrawal,
    answers: { 200: withdrawalProof },
    problems: ['GIVER_NOT_ENTITLED', 'SUBMISSION_REJECTED'],
  })
  async withdraw(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(withdrawal)) body: Withdrawal,
  ): Promise<WithdrawalProof> {
    await this.consents.withdraw(caller, id, body);
    return this.consents.proofOf(caller, id);
  }

  @Get('consents/:id/withdrawal')
  @Describe({
    summary: '撤回で止まったもの、すでに提供していたもの、取消しの受領を見ます。',
    details: '`Accept: text/html` では、印刷してご本人に渡せる証明の頁を返します。',
    tag,
    who: 'ledger.read',
    params: byId,
    answers: { 200: withdrawalProof },
  })
  async proof(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<WithdrawalProof | string> {
    const printed = request.accepts(['json', 'html']) === 'html';
    const proof = await this.consents.proofOf(caller, id, printed ? 'print' : 'read');
    response.vary('Accept');
    if (!printed) return proof;
    response.type('text/html; charset=utf-8');
    return withdrawalPage(proof, this.clock.now());
  }

  @Post('consents/:id/confirm')
  @HttpCode(204)
  @Describe({
    summary: '業務システムが「同意あり」とした紙を、人が確かめたことを記録します。',
    tag,
    who: 'consents.record',
    params: byId,
    body: none,
    answers: { 204: null },
  })
  confirm(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<void> {
    return this.consents.confirm(caller, id);
  }

  @Post('refusals')
  @Describe({
    summary: '同意しないという意思を記録します。',
    details:
      'だれが伝えたか(`giver`)も記録します。ご本人に代わって決められない人の不同意も残りますが、何も止めません(`entitled: false`)。',
    tag,
    who: 'wishes.record',
    body: newRefusal,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED', 'SUBMISSION_REJECTED'],
  })
  refuse(@Calling() caller: Caller, @Body(zod(newRefusal)) body: NewRefusal): Promise<{ id: string }> {
    return this.consents.refuse(caller, body);
  }

  @Get('persons/:id/consents')
  @Describe({
    summary: '自分の窓口が受けた同意と不同意を見ます。',
    tag,
    who: 'wishes.record',
    params: byPerson,
    answers: { 200: personWishes },
  })
  of(
    @Calling() caller: Caller,
    @Param(zod(byPerson)) { id }: z.infer<typeof byPerson>,
  ): Promise<z.infer<typeof personWishes>> {
    return this.consents.of(caller, id);
  }
}
