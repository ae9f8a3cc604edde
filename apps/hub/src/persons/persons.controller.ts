// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import {
  linkPersons,
  newPersonFact,
  personFacts,
  recorded,
  type LinkPersons,
  type NewPersonFact,
  type PersonFacts as FactsView,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { PersonFacts } from './facts.service';
import { PersonLinks } from './links.service';
import { rolesAtDesks } from './persons.roles';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = 'ご本人';

@Controller(api)
export class PersonsController {
  constructor(
    private readonly facts: PersonFacts,
    private readonly links: PersonLinks,
  ) {}

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

  @Post('persons/:id/link')
  @Describe({
    summary: '二つの記録が同じ人のものであることを、確かめた人が記録します。',
    details:
      '氏名、読み、生年月日、性別が同じだけでは、同じ人とは扱いません。ほかに二つ以上の一致が要ります。まだ送られていないつなぎの人とは結べません。記録するだけで、何も一つにはなりません。',
    tag,
    who: rolesAtDesks,
    params: byId,
    body: linkPersons,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED', 'MATCH_NOT_CONFIRMED'],
  })
  link(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(linkPersons)) body: LinkPersons,
  ): Promise<{ id: string }> {
    return this.links.link(caller, id, body);
  }
}
