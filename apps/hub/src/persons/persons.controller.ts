// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  doubtPerson,
  judgements,
  linkPersons,
  mergeConsequences,
  mergedHere,
  mergePersons,
  newPersonFact,
  personFacts,
  recorded,
  splitPerson,
  type DoubtPerson,
  type Judgements,
  type LinkPersons,
  type MergeConsequences,
  type MergedHere,
  type MergePersons,
  type NewPersonFact,
  type PersonFacts as FactsView,
  type SplitPerson,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { PersonFacts } from './facts.service';
import { PersonLinks } from './links.service';
import { PersonMerges } from './merges.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byId = z.strictObject({ id: idSchema.describe('ご本人の id') });
const tag = 'ご本人';

@Controller(api)
export class PersonsController {
  constructor(
    private readonly facts: PersonFacts,
    private readonly links: PersonLinks,
    private readonly merges: PersonMerges,
  ) {}

  @Post('persons/:id/facts')
  @Describe({
    summary: 'ご本人について知ったこと(死亡、転出入、入院、通称など)を記録します。',
    details:
      '記録は書き換えられません。変わったときは `supersedes` で置き換え、誤りだったときは `inError` を付けます。死亡を記録すると、まだ届いていないつなぎは取り下げられ、届いている窓口には死亡のことだけが伝わります。転出を記録しても、転出先へは何も送られません。',
    tag,
    who: 'persons.record',
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
    who: 'persons.record',
    params: byId,
    answers: { 200: personFacts },
    problems: ['NOT_FOUND'],
  })
  of(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<FactsView> {
    return this.facts.of(caller, id);
  }

  @Post('persons/:id/link')
  @Describe({
    summary: '二つの記録が同じ人のものであることを、確かめた窓口が記録し、一つにすることを申し出ます。',
    details:
      '氏名、読み、生年月日、性別が同じだけでは、同じ人とは扱いません。ほかに二つ以上の一致が要ります。まだ送られていないつなぎの人とは結べません。記録しても何も一つにはならず、市町村の個人情報保護担当が判断します。',
    tag,
    who: 'persons.judge',
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

  @Post('persons/:id/doubt')
  @Describe({
    summary: '別の人のものが混ざっていることを窓口が記録し、分けることを申し出ます。',
    details:
      '指定できるのは、自分の窓口のつなぎ、自分の窓口が受けた同意(`consents`)と不同意(`refusals`)、自分の業務システムの番号だけです。`merged` を付けると、一つにする前に戻すことを申し出ます。記録しても何も分けられず、市町村の個人情報保護担当が判断します。すぐに使うのをやめてもらうときは、つなぎの `misdirected` を使ってください。',
    tag,
    who: 'persons.judge',
    params: byId,
    body: doubtPerson,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'FUNCTION_NEEDED'],
  })
  doubt(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(doubtPerson)) body: DoubtPerson,
  ): Promise<{ id: string }> {
    return this.links.doubt(caller, id, body);
  }

  @Get('persons/:id/merged')
  @Describe({
    summary: '自分の窓口が同じ人だと申し出て、一つになったものを見ます。',
    details: '別の人だったときは、ここの id を付けて、元に戻すこと(doubt)を申し出ます。ほかの窓口の申し出は出ません。',
    tag,
    who: 'persons.judge',
    params: byId,
    answers: { 200: mergedHere },
    problems: ['NOT_FOUND'],
  })
  merged(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<MergedHere> {
    return this.links.merged(caller, id);
  }

  @Get('persons/:id/judgements')
  @Describe({
    summary: 'この方について窓口が申し出たことを、判断する方が見ます。',
    details: '氏名も番号も入りません。確かめたいことは、申し出た窓口に尋ねてください。',
    tag,
    who: 'persons.merge',
    params: byId,
    answers: { 200: judgements },
    problems: ['NOT_FOUND'],
  })
  judgements(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<Judgements> {
    return this.links.judgements(caller, id);
  }

  @Post('persons/:id/merge')
  @HttpCode(200)
  @Describe({
    summary: '同じ人の二つの記録を一つにします。つなぎも同意も、残る方のものになります。',
    details:
      '両方に関わった窓口の申し出(link)が要り、申し出た方とは別の方が判断します。待っているつなぎも送ったつなぎも、二つを合わせた同意と不同意で改めて判断されます。`dryRun` を付けると、何が起こるかだけを答えます。',
    tag,
    who: 'persons.merge',
    params: byId,
    body: mergePersons,
    answers: { 200: mergeConsequences },
    problems: ['NOT_FOUND', 'NUMBERS_DIFFER', 'OWN_REQUEST'],
  })
  merge(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(mergePersons)) body: MergePersons,
  ): Promise<MergeConsequences> {
    return this.merges.merge(caller, id, body);
  }

  @Post('persons/:id/split')
  @HttpCode(200)
  @Describe({
    summary: '窓口の申し出(doubt)のとおりに、別の人のものを分けます。',
    details:
      '申し出た方とは別の方が判断します。同意と不同意は、それを記録した窓口のつなぎとともに移ります。どちらの人のものか分からない同意は失効します。分けたつなぎは、それぞれの人の同意と不同意で改めて判断され、送ってはならなかったものには取消しが届きます。別人だったとき(`wrong_person`)は、一つにしたあとの提供ごとに事故が開かれます。`dryRun` を付けると、何が起こるかだけを答えます。',
    tag,
    who: 'persons.merge',
    params: byId,
    body: splitPerson,
    answers: { 200: mergeConsequences },
    problems: ['NOT_FOUND', 'OWN_REQUEST'],
  })
  split(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Body(zod(splitPerson)) body: SplitPerson,
  ): Promise<MergeConsequences> {
    return this.merges.split(caller, id, body);
  }
}
