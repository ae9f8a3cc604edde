// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  dryRunLimits,
  pluginDryRun,
  pluginDryRunAnswered,
  pluginIdParams,
  type PluginDryRun,
  type PluginDryRunAnswered,
} from '@tsunagi/contracts';
import type { ItemOutcome } from '@tsunagi/domain';
import { Intake } from './intake.service';
import { sendingOf } from './judge-submission';
import { Caller, Calling } from '../access';
import { Directory } from '../organizations';
import { api, Describe, dryRunTexts, Log, NotFoundError, sentenceOf, zod } from '../platform';
import { IntakeGuard, PluginRegistry } from '../plugins';

const details = `\`tsunagi plugin dry-run\` が、ファイルを読んでここに送ります。送り手はそのプラグイン(\`plugin:<名前>\`)です。

1回分(${dryRunLimits.items} 件まで、本文は 1 MiB まで)は一つの取引の中で判断して取り消すので、あとの行は前の行を知っています。別の回の行どうしの重なりは分かりません。答えに本文や id はありません。`;

/** What would become of the items of a plugin. Stands here, where the intake is, though its path is that of plugins. */
@Controller(`${api}/plugins`)
export class DryRunController {
  constructor(
    private readonly registry: PluginRegistry,
    private readonly intake: Intake,
    private readonly guard: IntakeGuard,
    private readonly directory: Directory,
    private readonly log: Log,
  ) {}

  @Post(':id/dry-run')
  @HttpCode(200)
  @Describe({
    summary: 'このプラグインから届いたとしたらどうなるかを、何も残さず確かめる',
    details,
    tag: 'プラグイン',
    who: 'plugins.manage',
    params: pluginIdParams,
    body: pluginDryRun,
    answers: { 200: pluginDryRunAnswered },
  })
  async dryRun(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(pluginDryRun, { eachIsJudged: true })) { items }: PluginDryRun,
    @Calling() caller: Caller,
  ): Promise<PluginDryRunAnswered> {
    if (!(await this.registry.isKnown(id))) throw new NotFoundError();
    const terms = { startsOn: await this.guard.startOf(id) };
    // IT staff try files, also made-up ones: nobody learns by them who is protected.
    const sending = { ...sendingOf(id, this.directory), shutOutFrom: 'everybody' } as const;
    const rehearsed = await this.intake.rehearse(sending, items, terms);
    this.log.info('plugin dry run', { plugin: id, items: items.length, caller: caller.actor, function: caller.acting });
    return {
      answers: rehearsed.map(({ itemId, outcome, codes, pointer, to }) => ({
        itemId,
        outcome,
        codes,
        ...(pointer !== undefined && { pointer }),
        sentence: sentenceFor(outcome, codes),
        ...(to !== undefined && { route: this.directory.outline(to) }),
      })),
    };
  }
}

/** Flags of a row that would go are no reason. */
function sentenceFor(outcome: ItemOutcome, codes: readonly string[]): string {
  const [reason] = outcome === 'accepted' ? [] : codes;
  if (reason !== undefined) return sentenceOf(reason);
  return dryRunTexts[outcome]?.says ?? sentenceOf(outcome);
}
