// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  applicationList,
  newApplication,
  recorded,
  withdrawApplication,
  type NewApplication,
  type WithdrawApplication,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { Applications } from './applications.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byPerson = z.strictObject({ id: idSchema.describe('ご本人の id') });
const byId = z.strictObject({ id: idSchema.describe('申込の id') });
const tag = '同意';

@Controller(api)
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @Post('persons/:id/applications')
  @Describe({
    summary: '支援の申込を記録します。同意ではないので、これで提供できるものはありません。',
    tag,
    who: 'persons.record',
    params: byPerson,
    body: newApplication,
    answers: { 201: recorded },
    problems: ['FUNCTION_NEEDED', 'FORM_NOT_APPROVED', 'SUBMISSION_REJECTED'],
  })
  record(
    @Calling() caller: Caller,
    @Param(zod(byPerson)) { id }: z.infer<typeof byPerson>,
    @Body(zod(newApplication)) body: NewApplication,
  ): Promise<{ id: string }> {
    return this.applications.record(caller, id, body);
  }

  @Get('persons/:id/applications')
  @Describe({
    summary: '自分の窓口が受けた申込を見ます',
    tag,
    who: 'persons.record',
    params: byPerson,
    answers: { 200: applicationList },
  })
  async of(
    @Calling() caller: Caller,
    @Param(zod(byPerson)) { id }: z.infer<typeof byPerson>,
  ): Promise<z.infer<typeof applicationList>> {
    return { items: await this.applications.of(caller, id) };
  }

  @Post('applications/:id/withdraw')
  @HttpCode(204)
  @Describe({
    summary: '申込の取下げを記録します。同意はそのまま続きます。',
    tag,
    who: 'persons.record',
    params: byId,
    body: withdrawApplication,
    answers: { 204: null },
  })
  withdraw(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(withdrawApplication)) body: WithdrawApplication,
  ): Promise<void> {
    return this.applications.withdraw(caller, id, body);
  }
}
