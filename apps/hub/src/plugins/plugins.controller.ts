// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  configVersions,
  confirmIntake,
  enablePlugin,
  pluginCheck,
  pluginConfig,
  pluginConfigJudged,
  pluginDetail,
  pluginIdParams,
  pluginList,
  returnConfig,
  settingsTried,
  settleCounts,
  type ConfigVersions,
  type ConfirmIntake,
  type EnablePlugin,
  type PluginCheck,
  type PluginConfigJudged,
  type PluginDetail,
  type PluginView,
  type ReturnConfig,
  type SettingsTried,
  type SettleCounts,
} from '@tsunagi/contracts';
import { DryRuns } from './dry-runs.service';
import { PluginDesk } from './plugin-desk.service';
import { Caller, Calling } from '../access';
import { api, Describe, ifMatch, versionOf, zod, type Row, type Who } from '../platform';

const tag = 'プラグイン';
const who: Who = 'plugins.manage';

const settingsDetails = `本文は設定そのものです。プラグインのホストが名乗った設定の形(\`configSchema\`)で確かめます。\`If-Match\` には、見ていた設定の版(\`configVersion\`)を書きます。

秘密情報は値を書かず、\`{ "secretRef": "名前" }\` で指します。値はホストの \`TSUNAGI_SECRETS_DIR\` の同じ名前のファイルに置きます。

\`intake\`(受付の見張り)と \`writes\`(書込みの確認)はプラグインではなくハブの設定で、ホストには渡りません。ここだけを変えたときは、前の点検がそのまま生きます。

有効なプラグインは有効のまま、新しい設定で動きます。前の点検は「要再点検」(\`check.outdated\`)になり、止めているプラグインは点検し直すまで有効にできません(プラグインを別の版に入れ替えたときも同じです)。いまと同じ設定なら、版は変わりません。`;

const confirmDetails = `受付の見張りが止めたもの(\`GET /plugins/{id}\` の \`intake.pause\`)を見て、続けてよいと判断したときに使います。待っているものは、ホストが次に送り直したとき(15秒ほど)に受け付けます。

- \`FIRST_FILE\`: これからは予行せずに受け付けます。
- \`FLOOD_FILE\`: そのファイルは最後まで受け付けます。
- \`FLOOD_HOUR\`: これから一時間は、数を見ずに受け付けます。
- \`FLOOD_VIEW\`: 動いているホストに、続きを読むように伝えます。ホストが応えていなければ \`HOST_AWAY\` です。

続けてはいけないときは、プラグインを止めて、元のデータか設定を直します。何も保存されていないので、消すものはありません。`;

@Controller(`${api}/plugins`)
export class PluginsController {
  constructor(
    private readonly desk: PluginDesk,
    private readonly dryRuns: DryRuns,
  ) {}

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

  @Put(':id/config')
  @Describe({
    summary: '設定を入れ替え、動いているホストにすぐ渡す',
    details: settingsDetails,
    tag,
    who,
    params: pluginIdParams,
    body: pluginConfig,
    headers: ifMatch,
    answers: { 200: pluginDetail },
    problems: ['CONFIG_HOLDS_SECRET', 'CONFIG_UNCHECKABLE'],
  })
  configure(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Headers('if-match') version: string | undefined,
    @Body(zod(pluginConfig)) settings: Row,
    @Calling() caller: Caller,
  ): Promise<PluginDetail> {
    return this.desk.configure(id, versionOf(version), settings, caller);
  }

  @Post(':id/config/validate')
  @HttpCode(200)
  @Describe({
    summary: '設定を入れ替えずに、入れ替えられるかを確かめる',
    tag,
    who,
    params: pluginIdParams,
    body: pluginConfig,
    answers: { 200: pluginConfigJudged },
    problems: ['CONFIG_HOLDS_SECRET', 'CONFIG_UNCHECKABLE'],
  })
  judge(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(pluginConfig)) settings: Row,
  ): Promise<PluginConfigJudged> {
    return this.desk.judge(id, settings);
  }

  @Post(':id/config/check')
  @HttpCode(200)
  @Describe({
    summary: '設定を入れ替えずに、動いているホストから業務システムにつながるかを確かめる(最長10秒)',
    details:
      'フォルダーに書けるか、データベースに入れるか、相手を呼び出せるかなど、プラグインの点検を、この設定で行います。動いている設定には触れません。結果は残らないので、保存したあとの点検は別に要ります。',
    tag,
    who,
    params: pluginIdParams,
    body: pluginConfig,
    answers: { 200: settingsTried },
    problems: ['CONFIG_HOLDS_SECRET', 'CONFIG_UNCHECKABLE', 'HOST_AWAY', 'CHECK_UNANSWERED', 'FILE_TOO_LARGE'],
  })
  checkSettings(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(pluginConfig)) settings: Row,
    @Calling() caller: Caller,
  ): Promise<SettingsTried> {
    return this.dryRuns.checkSettings(id, settings, caller);
  }

  @Get(':id/config/versions')
  @Describe({
    summary: '設定の版の一覧(だれが、いつ、何を変えたか)',
    details: '新しい順です。秘密情報は参照の名前だけです。',
    tag,
    who,
    params: pluginIdParams,
    answers: { 200: configVersions },
  })
  versions(@Param(zod(pluginIdParams)) { id }: { id: string }): Promise<ConfigVersions> {
    return this.desk.versions(id);
  }

  @Post(':id/config/return')
  @HttpCode(200)
  @Describe({
    summary: '前の版の設定に戻す(内容の同じ新しい版になる)',
    details:
      'いまの設定の形で確かめるので、合わなくなった版には戻せません。`If-Match` には、見ていた設定の版を書きます。',
    tag,
    who,
    params: pluginIdParams,
    body: returnConfig,
    headers: ifMatch,
    answers: { 200: pluginDetail },
    problems: ['CONFIG_HOLDS_SECRET', 'CONFIG_UNCHECKABLE'],
  })
  returnTo(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Headers('if-match') seen: string | undefined,
    @Body(zod(returnConfig)) { version }: ReturnConfig,
    @Calling() caller: Caller,
  ): Promise<PluginDetail> {
    return this.desk.returnTo(id, versionOf(seen), version, caller);
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

  @Post(':id/confirm')
  @HttpCode(200)
  @Describe({
    summary: '止まっている受付を、件数を見たうえで続ける',
    details: confirmDetails,
    tag,
    who,
    params: pluginIdParams,
    body: confirmIntake,
    answers: { 200: pluginDetail },
    problems: ['NOTHING_TO_CONFIRM', 'HOST_AWAY'],
  })
  confirm(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(confirmIntake)) how: ConfirmIntake,
    @Calling() caller: Caller,
  ): Promise<PluginDetail> {
    return this.desk.confirm(id, how, caller);
  }

  @Post(':id/counts/settle')
  @HttpCode(200)
  @Describe({
    summary: '業務システムと件数の合わない日を、わけが分かったとして済ませる',
    details:
      'どの件数がどれだけ違うかは `GET /plugins/{id}` の `days` にあります。違いが直れば、数え直して自動で済みになるので、これは要りません。',
    tag,
    who,
    params: pluginIdParams,
    body: settleCounts,
    answers: { 200: pluginDetail },
    problems: ['NO_DIFFERENCE'],
  })
  settle(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(settleCounts)) day: SettleCounts,
    @Calling() caller: Caller,
  ): Promise<PluginDetail> {
    return this.desk.settleCounts(id, day, caller);
  }

  @Post(':id/poll')
  @HttpCode(200)
  @Describe({
    summary: '業務システムを、次の時刻を待たずにいま見に行かせる',
    details:
      '動いているホストに二秒以内に届きます。書き終えたばかりのファイルは、大きさが変わらないことを一秒ほどおいて確かめてから取ります。行が多すぎて自分で止まった読み取り(`TOO_MANY_ROWS`)は、続きから読みます。',
    tag,
    who,
    params: pluginIdParams,
    answers: { 200: pluginDetail },
    problems: ['PLUGIN_OFF', 'HOST_AWAY'],
  })
  poll(@Param(zod(pluginIdParams)) { id }: { id: string }, @Calling() caller: Caller): Promise<PluginDetail> {
    return this.desk.poll(id, caller);
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
