// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  deliveryIdParams,
  parkedPage,
  parkedQuery,
  replayed,
  replayMany,
  type ParkedPage,
  type ParkedQuery,
  type Replayed,
  type ReplayMany,
} from '@tsunagi/contracts';
import { Parked } from './parked.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod, type Who } from '../platform';

const tag = 'プラグイン';
const who: Who = 'plugins.manage';

const replayDetails =
  '配送番号は変わらないので、業務システムに二重には書かれません。届けてよいかは、送るときにもう一度判断します。受け付けた順に届きます。';

@Controller(`${api}/deliveries`)
export class DeliveriesController {
  constructor(private readonly parked: Parked) {}

  @Get()
  @Describe({
    summary: '業務システムに届かず、だれかが見るのを待っているものの一覧',
    details:
      '番号と理由だけで、中身は出ません。取り消されたもの、あとの知らせが届いたものなど、もう届けないものは入りません。',
    tag,
    who,
    query: parkedQuery,
    answers: { 200: parkedPage },
  })
  list(@Query(zod(parkedQuery)) query: ParkedQuery): Promise<ParkedPage> {
    return this.parked.list(query);
  }

  @Post('replay')
  @HttpCode(200)
  @Describe({
    summary: '一つのプラグインの、届かなかったものをまとめてもう一度届ける',
    details: `一度に五百件までです。${replayDetails}`,
    tag,
    who,
    body: replayMany,
    answers: { 200: replayed },
  })
  replayMany(@Body(zod(replayMany)) body: ReplayMany, @Calling() caller: Caller): Promise<Replayed> {
    return this.parked.replayMany(caller, body);
  }

  @Post(':id/replay')
  @HttpCode(200)
  @Describe({
    summary: '届かなかったものを一つ、もう一度届ける',
    details: replayDetails,
    tag,
    who,
    params: deliveryIdParams,
    answers: { 200: replayed },
    problems: ['NOT_FOUND', 'DELIVERY_NOT_PARKED'],
  })
  replay(@Param(zod(deliveryIdParams)) { id }: { id: string }, @Calling() caller: Caller): Promise<Replayed> {
    return this.parked.replay(caller, id);
  }
}
