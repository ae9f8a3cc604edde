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
import type { HubClient } from '../http/hub-client';
import { pathOfPlugin, pluginsPath, signInForIt } from '../plugins/hub-of-plugins';
import type { ReadSettings } from '../settings/read-settings';
import { doctorTexts, fill } from '../texts';
import { failed, type Finding } from './finding';

const { name, named, ...texts } = doctorTexts.plugins;

/** What the hub knows of its plugins, and what each of them finds where it runs: with the calls it uses at work. */
export async function checkPlugins(
  context: ReadSettings,
  hubIsThere: boolean,
): Promise<{ findings: Finding[]; hosts: PluginDetail['hosts'] }> {
  if (!hubIsThere) return { findings: [{ name, verdict: 'ok', says: texts.hubAway }], hosts: [] };
  try {
    const hub = await signInForIt(context);
    const { items } = await hub.get(pluginsPath, pluginList);
    const findings: Finding[] = [];
    const hosts: PluginDetail['hosts'] = [];
    for (const plugin of items) {
      findings.push(await checkOne(hub, plugin));
      hosts.push(...(await hub.get(pathOfPlugin(plugin.id), pluginDetail)).hosts.filter(({ fresh }) => fresh));
    }
    return { findings: items.length === 0 ? [{ name, verdict: 'ok', says: texts.none }] : findings, hosts };
  } catch (error) {
    const says = fill(texts.noAccess, { code: codeOf(error) });
    return { findings: [{ name, verdict: 'warning', says, remedy: texts.noAccessRemedy }], hosts: [] };
  }
}

async function checkOne(hub: HubClient, plugin: PluginView): Promise<Finding> {
  const { id, enabled, host, intake, configVersion, check } = plugin;
  const name = fill(named, { id });
  const isThere = host?.fresh === true && host.holds;
  // Nobody has begun with it, or it stands still elsewhere: nothing is wrong.
  const isIdle = !enabled && (!isThere || (configVersion === 1 && check === undefined));
  if (isIdle) return { name, verdict: 'ok', says: fill(texts.disabled, { id }) };
  if (!isThere) {
    const { says = texts.hostAway, remedy = texts.hostAwayRemedy } = host?.fresh === true ? host : {};
    return failed(name, { says, remedy });
  }
  try {
    const finding = judgeCheck(id, await hub.post(pathOfPlugin(id, '/check'), {}, pluginCheck), intake.differsOn);
    // What is switched off keeps nobody waiting.
    return !enabled && finding.verdict === 'failure' ? { ...finding, verdict: 'warning' } : finding;
  } catch (error) {
    const says = fill(texts.unanswered, { code: codeOf(error) });
    return failed(name, { says, remedy: fill(texts.unansweredRemedy, { id }) });
  }
}

/** Each that failed, by name and code; then how to mend each, in the words of the plugin. */
function judgeCheck(id: string, { findings, ok }: PluginCheck, differsOn: readonly string[] = []): Finding {
  const name = fill(named, { id });
  if (ok && differsOn.length > 0)
    return {
      ...{ name, verdict: 'warning' },
      says: fill(texts.differs, { list: differsOn.join('、') }),
      remedy: fill(texts.differsRemedy, { id }),
    };
  if (ok) return { name, verdict: 'ok', says: fill(texts.fine, { count: findings.length }) };
  const wrong = findings.filter((finding) => !finding.ok);
  const list = wrong.map((finding) => `${finding.name}${finding.code === undefined ? '' : `（${finding.code}）`}`);
  const hints = [...new Set(wrong.flatMap(({ hint }) => (hint === undefined ? [] : [hint])))];
  return failed(name, {
    says: fill(texts.failed, { list: list.join('、') }),
    remedy: [...hints, fill(texts.failedRemedy, { id })].join(''),
  });
}

/** In the hub's words where it said anything. */
function codeOf(error: unknown): string {
  if (!(error instanceof CliError)) throw error;
  return error.blanks['code'] ?? error.code;
}
