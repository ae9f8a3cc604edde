// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { newConsent, newRefusal, personWishes, recorded, type NewConsent, type NewRefusal } from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Consents } from './consents.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('同意の id') });
const byPerson = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = '同意';
const none = z.strictObject({});

@Controller(api)
export class ConsentsController {
  constructor(private readonly consents: Consents) {}

  @Post('consents')
  @Describe({
    summary: '同意を記録します。待っていたつなぎは、範囲のとおりに動き出します。',
    tag,
    who: 'consents.record',
    body: newConsent,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED', 'SUBMISSION_REJECTED'],
  })
  register(@Calling() caller: Caller, @Body(zod(newConsent)) body: NewConsent): Promise<{ id: string }> {
    return this.consents.register(caller, body);
  }

  @Post('consents/:id/withdraw')
  @HttpCode(204)
  @Describe({
    summary: '同意を撤回します。これから先は送られず、送ったものには取消しが届きます。',
    tag,
    who: 'wishes.record',
    params: byId,
    body: none,
    answers: { 204: null },
  })
  withdraw(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<void> {
    return this.consents.withdraw(caller, id);
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
    tag,
    who: 'wishes.record',
    body: newRefusal,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED'],
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
