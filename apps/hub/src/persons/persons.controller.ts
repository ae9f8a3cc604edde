// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  newPersonFact,
  personFacts,
  recorded,
  type NewPersonFact,
  type PersonFacts as FactsView,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { PersonFacts } from './facts.service';
import { rolesAtDesks } from './persons.roles';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = 'ご本人';

@Controller(api)
export class PersonsController {
  constructor(private readonly facts: PersonFacts) {}

  @Post('persons/:id/facts')
  @Describe({
    summary: 'ご本人について知ったこと(死亡、転出入、入院、通称など)を記録します。',
    details:
      '記録は書き換えられません。変わったときは `supersedes` で置き換え、誤りだったときは `inError` を付けます。死亡を記録すると、まだ届いていないつなぎは取り下げられ、届いている窓口には死亡のことだけが伝わります。転出を記録しても、転出先へは何も送られません。',
    tag,
    who: rolesAtDesks,
    params: byId,
    body: newPersonFact,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED', 'SUBMISSION_REJECTED'],
  })
  record(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(newPersonFact)) body: NewPersonFact,
  ): Promise<{ id: string }> {
    return this.facts.record(caller, id, body);
  }

  @Get('persons/:id/facts')
  @Describe({
    summary: '自分の窓口が記録したことと、死亡の日を見ます。',
    tag,
    who: rolesAtDesks,
    params: byId,
    answers: { 200: personFacts },
    problems: ['NOT_FOUND'],
  })
  of(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<FactsView> {
    return this.facts.of(caller, id);
  }
}
