// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  actions,
  decisions,
  preview,
  previewRequest,
  queuePage,
  queueQuery,
  referralView,
  stepped,
  submitBody,
  submitted,
  timeline,
  todoDone,
  todoQuery,
  todos,
  type Actions,
  type Preview,
  type PreviewRequest,
  type QueuePage,
  type QueueQuery,
  type ReferralView,
  type Stepped,
  type SubmitBody,
  type Submitted,
  type Timeline,
  type TodoDone,
  type TodoQuery,
  type Todos,
} from '@tsunagi/contracts';
import { id as idSchema, ReferralAction } from '@tsunagi/domain';
import type { Response } from 'express';
import { z } from 'zod';
import { Decisions } from './decisions.view';
import { factsOf } from './facts-of';
import { stepDescriptions } from './step-descriptions';
import { Steps } from './steps.service';
import { Submissions } from './submissions.service';
import { TodosOfDesks } from './todos.service';
import { Views } from './views.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, todoTexts, versionOf, written, zod } from '../platform';

const referralId = idSchema.describe('つなぎの id');
const byId = z.strictObject({ id: referralId });
const byTodo = z.strictObject({ id: idSchema.describe('やることの id') });
const todoKinds = Object.keys(todoTexts) as (keyof typeof todoTexts)[];
const knownTodoQuery = todoQuery.extend({
  kind: z.enum(todoKinds).describe('やることの種類のコード').optional(),
});
const byIdAndAction = z.strictObject({ id: referralId, action: ReferralAction });
const tag = 'つなぎ';
const idempotencyKey = {
  'Idempotency-Key': {
    description: '同じ送信の繰り返しを見分けるキー(200字まで)。送り直しでは同じもの、新しい内容では新しいもの。',
    required: true,
  },
};

const submitDetails = `同じ本文を同じ \`Idempotency-Key\` で送り直すと、はじめの答えがもう一度返ります。答えの \`outcome\` は次のどれかです。

| outcome | HTTP | 意味 |
|---|---|---|
| \`accepted\` | 201 | 送られた。\`codes\` に \`W-\` があれば、受け付けたが確かめてほしい項目がある |
| \`held\` | 201 | 根拠(同意など)を待っている。理由は \`codes\` |
| \`draft\` | 201 | 下書き。窓口の画面で仕上げる |
| \`unrouted\` | 201 | 宛先の窓口が決まっていない |
| \`denied\` | 201 | この相手には送れない。理由は \`codes\` |
| \`no_referral\` | 201 | つなぎの対象ではない(\`to\` がない) |
| \`duplicate\` | 200 | 同じ内容をもう受け付けている |

種類(\`kind\`)ごとの送り手・受け手・根拠・要るもの・届け方は、[種類ごとの決まり](/docs/codes#kinds)にあります。

受け付けられないものは問題(problem)で返ります: 409 \`CONTENT_CONFLICT\`(同じ \`source.key\` で内容が違う)、422 \`SUBMISSION_REJECTED\`。`;

@Controller(api)
export class ReferralsController {
  constructor(
    private readonly submissions: Submissions,
    private readonly views: Views,
    private readonly decided: Decisions,
    private readonly desks: TodosOfDesks,
    private readonly steps: Steps,
  ) {}

  @Post('referrals')
  @Describe({
    summary: 'つなぎを送ります。同意がなければ根拠待ちになります。',
    tag,
    who: 'caller',
    details: submitDetails,
    body: submitBody,
    headers: idempotencyKey,
    answers: { 200: submitted, 201: submitted },
    problems: ['SUBMISSION_REJECTED', 'CONTENT_CONFLICT', 'FUNCTION_NEEDED'],
  })
  async submit(
    @Calling() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @Body(zod(submitBody)) body: SubmitBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<Submitted> {
    const answer = await this.submissions.submit(caller, key, body);
    response.status(answer.outcome === 'duplicate' ? 200 : 201);
    return answer;
  }

  @Post('referrals/validate')
  @HttpCode(200)
  @Describe({
    summary: '送らずに、送ったらどうなるかを確かめます。',
    tag,
    who: 'caller',
    details: '`POST /referrals` と同じ本文を、同じ判断で確かめます。何も残らず、`id` と `state` は返りません。',
    body: submitBody,
    headers: idempotencyKey,
    answers: { 200: submitted },
    problems: ['SUBMISSION_REJECTED', 'CONTENT_CONFLICT', 'FUNCTION_NEEDED'],
  })
  validate(
    @Calling() caller: Caller,
    @Headers('idempotency-key') key: string | undefined,
    @Body(zod(submitBody)) body: SubmitBody,
  ): Promise<Submitted> {
    return this.submissions.validate(caller, key, body);
  }

  @Get('referrals')
  @Describe({
    summary: '自分の窓口のつなぎ、または全体の受付簿を見ます。',
    tag,
    who: 'caller',
    query: queueQuery,
    details: '続きは、答えの `next` を `cursor` に付けて取ります。氏名などの中身は入りません。',
    answers: { 200: queuePage },
  })
  queue(@Calling() caller: Caller, @Query(zod(queueQuery)) query: QueueQuery): Promise<QueuePage> {
    return this.views.queue(caller, query);
  }

  @Get('referrals/:id')
  @Describe({
    summary: 'つなぎを一件見ます。見えるのは根拠のある項目だけです。',
    details:
      '送り手は自分が送ったものをそのまま、受け手は届いて根拠のある項目だけを見ます。送り手に見える `state` は、経過を返す範囲までです。',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: referralView },
    answerHeaders: { ETag: '版。`If-Match` にそのまま使えます(例 "3")' },
  })
  async detail(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ReferralView> {
    const view = await this.views.detail(caller, id);
    response.setHeader('ETag', `"${view.version}"`);
    return view;
  }

  @Get('referrals/:id/timeline')
  @Describe({
    summary: 'つなぎの経過と、受け手の業務システムへの届き具合を見ます。',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: timeline },
  })
  async timeline(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<Timeline> {
    const [items, deliveries] = await Promise.all([this.views.timeline(caller, id), this.views.deliveries(caller, id)]);
    return { items, deliveries };
  }

  @Get('referrals/:id/actions')
  @Describe({
    summary: 'いま自分にできること、できない理由を見ます。',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: actions },
  })
  actions(@Calling() caller: Caller, @Param(zod(byId)) { id }: z.infer<typeof byId>): Promise<Actions> {
    return this.views.actions(caller, id);
  }

  @Get('referrals/:id/decision')
  @Describe({
    summary: '提供できる、できないの判断とその理由を見ます。',
    tag,
    who: 'caller',
    params: byId,
    answers: { 200: decisions },
  })
  async decision(
    @Calling() caller: Caller,
    @Param(zod(byId)) { id }: z.infer<typeof byId>,
  ): Promise<z.infer<typeof decisions>> {
    return { items: await this.decided.of(caller, id) };
  }

  @Post('referrals/:id/:action')
  @HttpCode(200)
  @Describe({
    summary: 'つなぎを一歩進めます。本文は手続きごとに決まっています。',
    tag,
    who: 'caller',
    params: byIdAndAction,
    headers: ifMatch,
    answers: { 200: stepped },
    each: { parameter: 'action', paths: stepDescriptions },
  })
  step(
    @Calling() caller: Caller,
    @Param(zod(byIdAndAction)) { id, action }: z.infer<typeof byIdAndAction>,
    @Headers('if-match') version: string | undefined,
    @Body(written) body: unknown,
  ): Promise<Stepped> {
    return this.steps.take(caller, id, action, versionOf(version), factsOf(action, body ?? {}));
  }

  @Post('disclosures/preview')
  @HttpCode(200)
  @Describe({
    summary: '相手の窓口にどう見えるかを確かめます。何も送りません。',
    details: '`to` でまだ選んでいない窓口を、`with` でまだ得ていない同意を仮に置いて確かめられます。何も記録しません。',
    tag: '提供',
    who: 'caller',
    body: previewRequest,
    answers: { 200: preview },
    problems: ['NOT_FOUND', 'NOT_TO_THERE'],
  })
  preview(@Calling() caller: Caller, @Body(zod(previewRequest)) body: PreviewRequest): Promise<Preview> {
    return this.decided.preview(caller, body);
  }

  @Get('todos')
  @Describe({
    summary: '自分の窓口と役割のやることを見ます。',
    tag,
    who: 'caller',
    query: knownTodoQuery,
    details:
      'つなぎの状態と時刻から決まるもの(手続きが進むと済みになります)と、手続きのほかにすること(`tickable`)が並びます。期限を過ぎたもの(`escalated`)が先です。続きは、答えの `next` を `cursor` に付けて取ります。氏名などの中身は入りません。',
    answers: { 200: todos },
  })
  todos(@Calling() caller: Caller, @Query(zod(knownTodoQuery)) query: TodoQuery): Promise<Todos> {
    return this.desks.of(caller, query);
  }

  @Post('todos/:id/done')
  @HttpCode(204)
  @Describe({
    summary: 'やることを済みにします。取消しの「使うのをやめる」では、受領も返したことになります。',
    details:
      '取り消された情報を返したか、消したか、どの法令によって記録として残すか(`disposition`)も書きます。書かなければ、後で尋ねます(`recall_disposition`)。業務システムで受け取った窓口では、受領はそのシステムが返します。',
    tag,
    who: 'caller',
    params: byTodo,
    body: todoDone,
    answers: { 204: null },
    problems: ['TODO_NOT_TICKABLE', 'WORKER_MISSING', 'DISPOSITION_MISSING', 'SUBMISSION_REJECTED'],
  })
  done(
    @Calling() caller: Caller,
    @Param(zod(byTodo)) { id }: z.infer<typeof byTodo>,
    @Body(zod(todoDone)) body: TodoDone,
  ): Promise<void> {
    return this.desks.done(caller, id, body);
  }
}
