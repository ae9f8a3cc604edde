// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import {
  dangerRecorded,
  newDanger,
  newSeal,
  personProtection,
  recorded,
  unseal,
  unsealed,
  type DangerRecorded,
  type NewDanger,
  type NewSeal,
  type PersonProtection,
  type Unseal,
  type Unsealed,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import type { Response } from 'express';
import { z } from 'zod';
import { Seals } from './seals.service';
import { Unsealing } from './unsealing.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = 'ご本人';

@Controller(api)
export class SealsController {
  constructor(
    private readonly seals: Seals,
    private readonly unsealing: Unsealing,
  ) {}

  @Post('persons/:id/seal')
  @Describe({
    summary: 'ご本人を秘匿(支援措置・不開示など)にします。',
    details:
      '住所、電話、学校、勤め先、事業所などは、誰が同意していても、どこにも渡らなくなります。渡っていたものには取消しが届き、書いた文は送り元の窓口の人が読んで確かめるまで渡りません。一緒に避難した方は `along` で同時に秘匿にします。終わりの日を過ぎても秘匿は続き、確かめるやることが出ます。同じ窓口が同じ内容をもう一度記録しても増えず、続いている記録の id が 200 で返ります。',
    tag,
    who: 'protection.record',
    params: byId,
    body: newSeal,
    answers: { 200: recorded, 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED'],
  })
  async seal(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(newSeal)) body: NewSeal,
    @Res({ passthrough: true }) response: Response,
  ): Promise<{ id: string }> {
    const { isNew, ...seal } = await this.seals.seal(caller, id, body);
    response.status(isNew ? 201 : 200);
    return seal;
  }

  @Post('persons/:id/danger')
  @Describe({
    summary: 'ご本人に危険のある人、または世帯を記録します。',
    details:
      'その人とご本人は、互いのつなぎに入らなくなります。ご本人の居所は、秘匿と同じように残りません。その人のつなぎを扱った職員には、ご本人のことは何も見えません。記録した窓口だけが知る、ご本人の支援単位ができます。一緒にいる子などは `with` で同じ支援単位に移します。同じ窓口が同じことをもう一度記録しても増えず、続いている記録の id が 200 で返ります。',
    tag,
    who: 'protection.record',
    params: byId,
    body: newDanger,
    answers: { 200: dangerRecorded, 201: dangerRecorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED'],
  })
  async danger(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(newDanger)) body: NewDanger,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DangerRecorded> {
    const { isNew, ...danger } = await this.seals.danger(caller, id, body);
    response.status(isNew ? 201 : 200);
    return danger;
  }

  @Get('persons/:id/protection')
  @Describe({
    summary: '自分の窓口が記録した秘匿と危険を見ます。',
    details: 'ほかの窓口が記録したものは見えません。秘匿を解く権限のある方には、続いている秘匿だけが見えます。',
    tag,
    who: 'protection.read',
    params: byId,
    answers: { 200: personProtection },
    problems: ['NOT_FOUND'],
  })
  protection(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<PersonProtection> {
    return this.seals.of(caller, id);
  }

  @Post('persons/:id/unseal')
  @HttpCode(200)
  @Describe({
    summary: '秘匿または危険の記録を解きます。二人の職員が要ります。',
    details:
      '一人が理由(reason)を付けて求め、別の一人が確かめます(`confirm`)。求めた人と同じ人は確かめられません。受託者の職員にはできません。',
    tag,
    who: 'persons.unseal',
    params: byId,
    body: unseal,
    answers: { 200: unsealed },
    problems: ['NOT_FOUND', 'SECOND_PERSON_NEEDED', 'SUBMISSION_REJECTED'],
  })
  unseal(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(unseal)) body: Unseal,
  ): Promise<Unsealed> {
    return this.unsealing.step(caller, id, body);
  }
}
