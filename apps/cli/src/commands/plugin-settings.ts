// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { configVersions, ownSettings, pluginConfigJudged, pluginDetail, type PluginDetail } from '@tsunagi/contracts';
import { BadConfigError } from '@tsunagi/plugin-sdk';
import { CliError } from '../cli.error';
import { readJsonFile } from '../files/read-input';
import { pathOfPlugin, signInForIt } from '../plugins/hub-of-plugins';
import { loadLocal } from '../plugins/local-plugin';
import { settingRows } from '../plugins/setting-rows';
import { settingsRefused } from '../plugins/settings-refused';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { timeOf } from '../terminal/time-of';
import { fill, settingsTexts } from '../texts';
import type { Command, CommandContext } from './command';

export interface SettingsOptions {
  readonly file?: string;
  readonly validate?: boolean;
  readonly history?: boolean;
  readonly return?: string;
}

/** Shows the settings of a plugin; with a file replaces them by its JSON, or only tries whether they could be. */
export const pluginSettings: Command<[string, SettingsOptions]> = async (context, id, options) => {
  const { file, validate } = options;
  const { terminal } = context;
  const wishes = [file, options.return, options.history].filter((wish) => wish !== undefined);
  if (wishes.length > 1) throw new CliError('OPTION_INVALID', { option: '--file', hint: settingsTexts.oneOnly });
  if (options.history === true) return settingsHistory(context, id);
  if (options.return !== undefined) return returnSettings(context, id, options.return);
  if (validate === true && file === undefined) {
    throw new CliError('OPTION_INVALID', { option: '--validate', hint: settingsTexts.needsFile });
  }
  const settings = file === undefined ? undefined : readJsonFile(context.cwd, file);
  const hub = await signInForIt(context);
  const before = await hub.get(pathOfPlugin(id), pluginDetail);

  if (settings === undefined) {
    const rows = settingRows(before.configSchema, before.config);
    show(terminal, { configVersion: before.configVersion, config: before.config, settings: rows }, () => [
      fill(settingsTexts.version, { version: before.configVersion }),
      ...table([[...settingsTexts.head], ...rows.map(({ name, value, says }) => [name, value, says])]),
    ]);
    return exitCodes.ok;
  }
  await judgeHere(id, before.version, settings);
  if (validate === true) {
    const judged = await hub.post(pathOfPlugin(id, '/config/validate'), settings, pluginConfigJudged);
    show(terminal, { ok: true, ...judged }, () => [judged.changed ? settingsTexts.fits : settingsTexts.same]);
    return exitCodes.ok;
  }
  const after = await hub.put(pathOfPlugin(id, '/config'), before.configVersion, settings, pluginDetail);
  return stored(context, before, after);
};

/** What holds now, and what is to be done before it is relied on. */
function stored({ terminal }: CommandContext, before: PluginDetail, after: PluginDetail): ExitCode {
  const { id, configVersion, enabled, host, config, check } = after;
  // A check of the settings before counts for these when only the hub's own part differs.
  const checked = check?.ok === true && check.outdated !== true;
  const given = host?.fresh === true;
  const changed = configVersion !== before.configVersion;
  show(terminal, { ok: true, changed, configVersion, given, enabled, config }, () => {
    if (!changed) return [settingsTexts.same];
    return [
      fill(settingsTexts.stored, { version: configVersion }),
      given ? settingsTexts.given : settingsTexts.later,
      ...(checked ? [] : [fill(enabled ? settingsTexts.checkRunning : settingsTexts.checkFirst, { id })]),
    ];
  });
  return exitCodes.ok;
}

/**
 * The hub knows a plugin's settings by their JSON Schema and says best what is wrong with one of them; how they go together,
 * only the plugin knows. Where the same one is on this machine, it says so before they are stored.
 */
async function judgeHere(id: string, version: string, settings: Readonly<Record<string, unknown>>): Promise<void> {
  const here = (await loadLocal([id])).accepted.find((plugin) => plugin.id === id && plugin.version === version);
  try {
    here?.journalFolder(ownSettings({ ...settings }));
  } catch (error) {
    if (!(error instanceof BadConfigError)) throw error;
    if (error.issues.every(({ hint }) => hint !== undefined)) throw settingsRefused(error);
  }
}

/** Who has changed what, the newest first. */
const settingsHistory: Command<[string]> = async (context, id) => {
  const history = await (await signInForIt(context)).get(pathOfPlugin(id, '/config/versions'), configVersions);
  show(context.terminal, history, () =>
    history.items.flatMap(({ version, at, by, returnedTo, current, changes }) => [
      fill(settingsTexts.made, { version, at: timeOf(at), by: by?.name ?? by?.actor ?? '-' }) +
        (current ? settingsTexts.current : '') +
        (returnedTo === undefined ? '' : fill(settingsTexts.returnedTo, { version: returnedTo })),
      ...changes.map(({ pointer, before, after }) => `  ${pointer}　${before ?? '-'} → ${after ?? '-'}`),
    ]),
  );
  return exitCodes.ok;
};

/** The content of an earlier version holds again, as a new one. */
const returnSettings: Command<[string, string]> = async (context, id, wanted) => {
  if (!/^[1-9][0-9]{0,8}$/.test(wanted))
    throw new CliError('OPTION_INVALID', { option: '--return', hint: settingsTexts.needsVersion });
  const hub = await signInForIt(context);
  const before = await hub.get(pathOfPlugin(id), pluginDetail);
  const wish = { version: Number(wanted) };
  const after = await hub.post(pathOfPlugin(id, '/config/return'), wish, pluginDetail, before.configVersion);
  return stored(context, before, after);
};
