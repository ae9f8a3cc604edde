// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  pluginCheck,
  pluginDetail,
  pluginList,
  type PluginCheck,
  type PluginDetail,
  type PluginView,
} from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import { dayLines } from '../plugins/day-lines';
import { intakeLines, intakeWord } from '../plugins/intake-lines';
import { pathOfPlugin, pluginsPath, signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { timeOf } from '../terminal/time-of';
import { fill, pluginTexts } from '../texts';
import type { Command, CommandContext } from './command';

export const listPlugins: Command = async (context) => {
  const { items } = await (await signInForIt(context)).get(pluginsPath, pluginList);
  show(context.terminal, items, () =>
    items.length === 0 ? [pluginTexts.none] : table([[...pluginTexts.head], ...items.map(row)]),
  );
  return items.some(needsSomebody) ? exitCodes.warning : exitCodes.ok;
};

export const showPlugin: Command<[string]> = async (context, id) => {
  const detail = await (await signInForIt(context)).get(pathOfPlugin(id), pluginDetail);
  show(context.terminal, detail, () => detailLines(detail));
  return needsSomebody(detail) ? exitCodes.warning : exitCodes.ok;
};

export const checkPlugin: Command<[string]> = async (context, id) => {
  const check = await (await signInForIt(context)).post(pathOfPlugin(id, '/check'), {}, pluginCheck);
  show(context.terminal, check, () => [check.ok ? pluginTexts.passed : pluginTexts.notPassed, ...findingLines(check)]);
  return check.ok ? exitCodes.ok : exitCodes.failure;
};

export interface EnableOptions {
  readonly force?: boolean;
  readonly reason?: string;
}

export const enablePlugin: Command<[string, EnableOptions]> = async (context, id, { force, reason }) => {
  if (force === true && reason === undefined) {
    throw new CliError('OPTION_INVALID', { option: '--force', hint: pluginTexts.needsReason });
  }
  const body = force === true ? { force, reason } : {};
  const detail = await (await signInForIt(context)).post(pathOfPlugin(id, '/enable'), body, pluginDetail);
  return switched(context, detail, pluginTexts.nowEnabled);
};

/** A person has looked at what the intake waits for. */
export const confirmPlugin: Command<[string, { readonly reason: string }]> = async (context, id, { reason }) => {
  const detail = await (await signInForIt(context)).post(pathOfPlugin(id, '/confirm'), { reason }, pluginDetail);
  return switched(context, detail, pluginTexts.nowConfirmed);
};

/** A person knows why the numbers of a day differ, and that they may. */
export const settlePluginCounts: Command<[string, string, { readonly reason: string }]> = async (
  context,
  id,
  day,
  { reason },
) => {
  const hub = await signInForIt(context);
  const detail = await hub.post(pathOfPlugin(id, '/counts/settle'), { day, reason }, pluginDetail);
  return switched(context, detail, pluginTexts.nowSettled);
};

export const disablePlugin: Command<[string]> = async (context, id) => {
  const detail = await (await signInForIt(context)).post(pathOfPlugin(id, '/disable'), {}, pluginDetail);
  return switched(context, detail, pluginTexts.nowDisabled);
};

export const pollPlugin: Command<[string]> = async (context, id) => {
  const detail = await (await signInForIt(context)).post(pathOfPlugin(id, '/poll'), {}, pluginDetail);
  return switched(context, detail, pluginTexts.nowPolled);
};

function switched({ terminal }: CommandContext, detail: PluginDetail, sentence: string): ExitCode {
  show(terminal, detail, () => [fill(sentence, { id: detail.id })]);
  return exitCodes.ok;
}

/**
 * It should work and does not, or not with everything, works with settings that nobody has checked, its intake waits for a person or a
 * file, numbers differ, or its system leaves lying what it was brought.
 */
function needsSomebody({ enabled, laneOpen, check, intake, host, untakenSince }: PluginView): boolean {
  const waits =
    untakenSince !== undefined ||
    intake.pause !== undefined ||
    intake.missedSince !== undefined ||
    intake.differsOn !== undefined;
  return enabled && (!laneOpen || host?.code !== undefined || check?.outdated === true || waits);
}

function row(plugin: PluginView): string[] {
  const { host } = plugin;
  return [
    plugin.id,
    plugin.title,
    plugin.version,
    plugin.enabled ? pluginTexts.enabled : pluginTexts.disabled,
    plugin.laneOpen ? pluginTexts.open : pluginTexts.closed,
    checkWord(plugin.check),
    intakeWord(plugin.intake),
    host === undefined ? pluginTexts.noHost : host.fresh ? (host.code ?? host.id) : pluginTexts.staleHost,
    plugin.parked === 0
      ? String(plugin.waiting)
      : fill(pluginTexts.parked, { waiting: plugin.waiting, parked: plugin.parked }),
  ];
}

function checkWord(check: PluginCheck | undefined): string {
  if (check === undefined) return pluginTexts.unchecked;
  if (check.outdated) return pluginTexts.outdated;
  return check.ok ? pluginTexts.checked : pluginTexts.failed;
}

function detailLines(detail: PluginDetail): string[] {
  const hosts = detail.hosts.flatMap(({ id, fresh, code, says, remedy, inHand }) => [
    fill(pluginTexts.hosts, { id, state: code ?? (fresh ? pluginTexts.open : pluginTexts.staleHost), inHand }),
    ...(says === undefined ? [] : [`  ${says}${remedy ?? ''}`]),
  ]);
  return [
    ...table([[...pluginTexts.head], row(detail)]),
    fill(pluginTexts.functions, { list: detail.functions.map(({ name }) => name).join('、') || '-' }),
    ...hosts,
    ...intakeLines(detail.id, detail.intake),
    ...(detail.untakenSince === undefined ? [] : [fill(pluginTexts.untaken, { at: timeOf(detail.untakenSince) })]),
    ...dayLines(detail.id, detail.days),
    fill(pluginTexts.config, { version: detail.configVersion }),
    ...JSON.stringify(detail.config, null, 2)
      .split('\n')
      .map((line) => `  ${line}`),
    ...(detail.check ? findingLines(detail.check) : []),
  ];
}

function findingLines({ findings }: PluginCheck): string[] {
  return findings.map(({ name, ok, code, hint }) =>
    ok
      ? `  ○ ${name}${hint === undefined ? '' : `　${hint}`}`
      : `  × ${name}${code === undefined ? '' : `（${code}）`}${hint === undefined ? '' : `　${hint}`}`,
  );
}
