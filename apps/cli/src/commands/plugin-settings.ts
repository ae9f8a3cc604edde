// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { configVersions, ownSettings, pluginConfigJudged, pluginDetail } from '@tsunagi/contracts';
import { BadConfigError } from '@tsunagi/plugin-sdk';
import { CliError } from '../cli.error';
import { readJsonFile } from '../files/read-input';
import { pathOfPlugin, signInForIt } from '../plugins/hub-of-plugins';
import { loadLocal } from '../plugins/local-plugin';
import { settingRows } from '../plugins/setting-rows';
import { settingsRefused } from '../plugins/settings-refused';
import { exitCodes } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { fill, settingsTexts } from '../texts';
import type { Command } from './command';

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
  const { configVersion, enabled, host, config, check } = after;
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
};

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
      fill(settingsTexts.made, { version, at, by: by?.name ?? by?.actor ?? '-' }) +
        (current ? settingsTexts.current : '') +
        (returnedTo === undefined ? '' : fill(settingsTexts.returnedTo, { version: returnedTo })),
      ...changes.map(({ pointer, before, after }) => `  ${pointer}　${before ?? '-'} → ${after ?? '-'}`),
    ]),
  );
  return exitCodes.ok;
};

/** The content of an earlier version holds again, as a new one. */
const returnSettings: Command<[string, string]> = async (context, id, wanted) => {
  const version = Number(wanted);
  if (!Number.isInteger(version) || version < 1)
    throw new CliError('OPTION_INVALID', { option: '--return', hint: settingsTexts.needsVersion });
  const hub = await signInForIt(context);
  const before = await hub.get(pathOfPlugin(id), pluginDetail);
  const path = pathOfPlugin(id, '/config/return');
  const after = await hub.post(path, { version }, pluginDetail, before.configVersion);
  const { configVersion, config } = after;
  show(context.terminal, { ok: true, configVersion, config }, () => [
    configVersion === before.configVersion
      ? settingsTexts.same
      : fill(settingsTexts.stored, { version: configVersion }),
  ]);
  return exitCodes.ok;
};
