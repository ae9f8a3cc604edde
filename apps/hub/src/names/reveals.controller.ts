// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  newRevealRequest,
  recorded,
  revealDecided,
  revealed,
  revealReferrals,
  revealRequests,
  type NewRevealRequest,
  type RevealDecided,
  type Revealed,
  type RevealReferrals,
  type RevealRequests as Listed,
} from '@tsunagi/contracts';
import { id as idSchema } from '@tsunagi/domain';
import { z } from 'zod';
import { RevealRequests } from './reveal-requests.service';
import { Reveals } from './reveals.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod } from '../platform';

const byReferral = z.strictObject({ id: idSchema.describe('つなぎの id') });
const byRequest = z.strictObject({ id: idSchema.describe('氏名の表示の求めの id') });
const tag = 'つなぎ';

/** Both words of the second person. */
const deciding = {
  tag,
  who: 'names.release',
  params: byRequest,
  answers: { 200: revealDecided },
  problems: ['NOT_FOUND'],
} as const;

@Controller(api)
export class RevealsController {
  constructor(
    private readonly reveals: Reveals,
    private readonly requests: RevealRequests,
  ) {}

  @Post('referrals/reveal')
  @HttpCode(200)
  @Describe({
    summary: '一覧に出ない氏名を、目的を示して表示します。',
    details:
      '一度に50件までです。出るのは、`GET /referrals/{id}` がいまその方に見せる氏名など(identity)だけです。見せないものは `because` が付き、ないものと見られないものは同じ `NOT_FOUND` です。見たことは、目的とともに記録に残ります。`remaskAt` になったら画面から消してください。秘匿の方、危険の記録のある方は `TWO_PERSONS` で、もう一人の確認(`POST /referrals/{id}/reveal-requests`)が要ります。',
    tag,
    who: 'names.reveal',
    body: revealReferrals,
    answers: { 200: revealed },
    problems: ['SUBMISSION_REJECTED'],
  })
  reveal(@Calling() caller: Caller, @Body(zod(revealReferrals)) body: RevealReferrals): Promise<Revealed> {
    return this.reveals.referrals(caller, body);
  }

  @Post('referrals/:id/reveal-requests')
  @Describe({
    summary: '秘匿の方などの氏名の表示に、もう一人の確認を求めます。',
    details:
      '同じ窓口の管理者(求めた方のほか)のやることになります。認められると、求めた方だけが15分間、`POST /referrals/reveal` で見られます。返事を待つあいだにもう一度求めても、増えません。もう一人の確認が要らないときは `REVEAL_NOT_NEEDED` です。',
    tag,
    who: 'persons.find',
    params: byReferral,
    body: newRevealRequest,
    answers: { 201: recorded },
    problems: ['NOT_FOUND', 'REVEAL_NOT_NEEDED', 'SUBMISSION_REJECTED'],
  })
  ask(
    @Calling() caller: Caller,
    @Param(zod(byReferral)) { id }: z.infer<typeof byReferral>,
    @Body(zod(newRevealRequest)) body: NewRevealRequest,
  ): Promise<{ id: string }> {
    return this.requests.ask(caller, id, body);
  }

  @Get('reveal-requests')
  @Describe({
    summary: '自分の確認を待っている氏名の表示の求めと、自分の求めがどうなったかを見ます。',
    details: '自分が求めたものは、決まってから一日のあいだ並びます。氏名は入りません。',
    tag,
    who: 'persons.find',
    answers: { 200: revealRequests },
  })
  list(@Calling() caller: Caller): Promise<Listed> {
    return this.requests.list(caller);
  }

  @Post('reveal-requests/:id/approve')
  @HttpCode(200)
  @Describe({
    summary: '氏名の表示を認めます。求めた方だけが15分間見られます。',
    details: '求めた方とは別の、同じ窓口の管理者が決めます。自分の求めは、ないものと同じです。',
    ...deciding,
  })
  approve(@Calling() caller: Caller, @Param(zod(byRequest)) { id }: z.infer<typeof byRequest>): Promise<RevealDecided> {
    return this.requests.decide(caller, id, true);
  }

  @Post('reveal-requests/:id/refuse')
  @HttpCode(200)
  @Describe({ summary: '氏名の表示を断ります。', ...deciding })
  refuse(@Calling() caller: Caller, @Param(zod(byRequest)) { id }: z.infer<typeof byRequest>): Promise<RevealDecided> {
    return this.requests.decide(caller, id, false);
  }
}
