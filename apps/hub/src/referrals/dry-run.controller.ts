// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  dryRunLimits,
  fileTried,
  pluginDryRun,
  pluginDryRunAnswered,
  pluginIdParams,
  tryFile,
  type FileTried,
  type PluginDryRun,
  type PluginDryRunAnswered,
  type ReferralSubmission,
  type RehearsedRow,
  type TriedRow,
  type TryFile,
} from '@tsunagi/contracts';
import { DataCategory, type ItemOutcome } from '@tsunagi/domain';
import { Intake, type IntakeItem, type Rehearsed } from './intake.service';
import { sendingOf } from './judge-submission';
import { Caller, Calling } from '../access';
import { Directory } from '../organizations';
import { api, Describe, dryRunTexts, Log, NotFoundError, sentenceOf, textOf, zod } from '../platform';
import { DryRuns, IntakeGuard, PluginRegistry } from '../plugins';

const details = `\`tsunagi plugin dry-run\` が、ファイルを読んでここに送ります。送り手はそのプラグイン(\`plugin:<名前>\`)です。

1回分(${dryRunLimits.items} 件まで、本文は 1 MiB まで)は一つの取引の中で判断して取り消すので、あとの行は前の行を知っています。別の回の行どうしの重なりは分かりません。答えに本文や id はありません。`;

const fileDetails = `業務システムが書くままのファイル(文字コードもそのまま)を、このプラグインを動かしているホストに読ませ、行ごとにどうなるかを答えます。何も保存せず、何も送りません。業務システムのフォルダーやデータベースにも触れません。

- 大きさは 80 KiB まで、1,000行まで。これより大きいものは \`tsunagi plugin dry-run\` を使ってください。
- 中身はホストへの一つの電文(20秒で消えます)にだけ入り、データベース、ほかの電文の列、ログには入りません。だれが試したかは監査の記録に残ります。
- 答えにあるのは、行番号、扱い、コード、何番目の項目か、行き先の窓口、渡る項目の区分だけです。`;

/** What would become of the items of a plugin. Stands here, where the intake is, though its path is that of plugins. */
@Controller(`${api}/plugins`)
export class DryRunController {
  constructor(
    private readonly registry: PluginRegistry,
    private readonly dryRuns: DryRuns,
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
    const rehearsed = await this.rehearse(id, items);
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

  @Post(':id/dry-run/file')
  @HttpCode(200)
  @Describe({
    summary: '業務システムのファイルが届いたとしたらどうなるかを、何も残さず確かめる(最長20秒)',
    details: fileDetails,
    tag: 'プラグイン',
    who: 'plugins.manage',
    params: pluginIdParams,
    body: tryFile,
    answers: { 200: fileTried },
    problems: [
      'FILE_TOO_LARGE',
      'FILE_NOT_TAKEN',
      'READS_NO_FILES',
      'DRY_RUN_FAILED',
      'CONFIG_HOLDS_SECRET',
      'CONFIG_UNCHECKABLE',
      'HOST_AWAY',
      'DRY_RUN_UNANSWERED',
    ],
  })
  async tryFile(
    @Param(zod(pluginIdParams)) { id }: { id: string },
    @Body(zod(tryFile)) file: TryFile,
    @Calling() caller: Caller,
  ): Promise<FileTried> {
    const { rows, notJudged = 0 } = await this.dryRuns.readFile(id, file, caller);
    const items = rows.flatMap(({ item }) => item ?? []);
    const answers = items.length > 0 ? await this.rehearse(id, items) : [];
    const byItem = new Map(answers.map((answer) => [answer.itemId, answer]));
    this.log.info('plugin file tried', {
      plugin: id,
      rows: rows.length,
      caller: caller.actor,
      function: caller.acting,
    });
    return { rows: rows.map((row) => tried(row, row.item && byItem.get(row.item.itemId), this.directory)), notJudged };
  }

  private async rehearse(plugin: string, items: readonly IntakeItem[]): Promise<Rehearsed[]> {
    const terms = { startsOn: await this.guard.startOf(plugin) };
    // IT staff try files, also made-up ones: nobody learns by them who is protected.
    const sending = { ...sendingOf(plugin, this.directory), shutOutFrom: 'everybody' } as const;
    return this.intake.rehearse(sending, items, terms);
  }
}

/** A row that never reaches the hub says itself what is wrong; of the others the hub says it. */
function tried(
  { row, outcome, code, field, item }: RehearsedRow,
  answer: Rehearsed | undefined,
  routes: Routes,
): TriedRow {
  if (!item || !answer) {
    const text = code === undefined ? undefined : textOf(code);
    return {
      ...{ row, outcome, codes: code === undefined ? [] : [code] },
      ...(field !== undefined && { field }),
      sentence: text?.says ?? (outcome === 'quarantined' || outcome === 'refused' ? '' : sentenceFor(outcome, [])),
      ...(text?.remedy !== undefined && { remedy: text.remedy }),
    };
  }
  const { codes, pointer, to, permits } = answer;
  const place = Number(pointer);
  const [reason] = answer.outcome === 'accepted' ? [] : codes;
  const remedy = reason === undefined ? undefined : textOf(reason).remedy;
  return {
    ...{ row, outcome: answer.outcome, codes },
    ...(Number.isInteger(place) && place >= 1 && place <= 99 ? { field: place } : pointer !== undefined && { pointer }),
    sentence: sentenceFor(answer.outcome, codes),
    ...(remedy !== undefined && { remedy }),
    ...(to !== undefined && { route: routes.outline(to) }),
    ...(permits && { leaves: leavingOf(item.submission, permits) }),
  };
}

type Routes = Pick<Directory, 'outline'>;

/** What of the row a decision lets through, by its category: what is permitted and not there does not leave. */
function leavingOf(
  { subject, others }: ReferralSubmission,
  permits: NonNullable<Rehearsed['permits']>,
): DataCategory[] {
  const held = new Map([subject, ...others].map(({ ref, items }) => [ref, new Set(Object.keys(items))]));
  const leaving = permits.flatMap(({ ref, categories }) =>
    categories.filter((category) => held.get(ref)?.has(category)),
  );
  return DataCategory.options.filter((category) => leaving.includes(category));
}

/** Flags of a row that would go are no reason. */
function sentenceFor(outcome: ItemOutcome, codes: readonly string[]): string {
  const [reason] = outcome === 'accepted' ? [] : codes;
  if (reason !== undefined) return sentenceOf(reason);
  return dryRunTexts[outcome]?.says ?? sentenceOf(outcome);
}
