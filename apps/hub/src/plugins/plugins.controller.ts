// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  enablePlugin,
  pluginCheck,
  pluginDetail,
  pluginIdParams,
  pluginList,
  type EnablePlugin,
  type PluginCheck,
  type PluginDetail,
  type PluginView,
} from '@tsunagi/contracts';
import { PluginDesk } from './plugin-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, zod, type Who } from '../platform';

const tag = 'プラグイン';
const who: Who = ['it_admin'];

@Controller(`${api}/plugins`)
export class PluginsController {
  constructor(private readonly desk: PluginDesk) {}

  @Get()
  @Describe({ summary: 'プラグインの一覧と今の状態', tag, who, answers: { 200: pluginList } })
  async list(): Promise<{ items: PluginView[] }> {
    return { items: await this.desk.list() };
  }

  @Get(':id')
  @Describe({
    summary: 'プラグインの設定、ホスト、最後の点検結果',
    tag,
    who,
    params: pluginIdParams,
    answers: { 200: pluginDetail },
  })
  show(@Param(zod(pluginIdParams)) { id }: { id: string }): Promise<PluginDetail> {
    return this.desk.show(id);
  }

  @Post(':id/check')
  @HttpCode(200)
  @Describe({
    summary: '動いているホストに点検させ、結果を待つ(最長10秒)',
    tag,
    who,
    params: pluginIdParams,
    answers: { 200: pluginCheck },
    problems: ['HOST_AWAY', 'CHECK_UNANSWERED'],
  })
  check(@Param(zod(pluginIdParams)) { id }: { id: string }, @Calling() caller: Caller): Promise<PluginCheck> {
    return this.desk.check(id, caller);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Describe({
    summary: 'プラグインを有効にする(点検に合格していること。強制には理由が要る)',
    tag,
    who,
    params: pluginIdParams,
    body: enablePlugin,
    answers: { 200: pluginDetail },
    problems: ['CHECK_NEEDED'],
  })
  enable(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(enablePlugin)) how: EnablePlugin,
    @Calling() caller: Caller,
  ): Promise<PluginDetail> {
    return this.desk.enable(id, how, caller);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Describe({
    summary: 'プラグインを止める(処理中のものは終えてから)',
    tag,
    who,
    params: pluginIdParams,
    answers: { 200: pluginDetail },
  })
  disable(@Param(zod(pluginIdParams)) { id }: { id: string }, @Calling() caller: Caller): Promise<PluginDetail> {
    return this.desk.disable(id, caller);
  }
}
