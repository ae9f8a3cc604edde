// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dryRunLimits, ownSettings, pluginDetail, pluginDryRunAnswered, type PluginDetail } from '@tsunagi/contracts';
import type { Judge } from '@tsunagi/plugin-host';
import { BadConfigError, errorCode } from '@tsunagi/plugin-sdk';
import { basename } from 'node:path';
import { CliError } from '../cli.error';
import { readInputFile, readJsonFile } from '../files/read-input';
import type { HubClient } from '../http/hub-client';
import { reportDryRun, type DryRunAnswer } from '../plugins/dry-run-report';
import { dryRunLines } from '../plugins/dry-run-lines';
import { pathOfPlugin, signInForIt } from '../plugins/hub-of-plugins';
import { localPlugin } from '../plugins/local-plugin';
import { settingsRefused } from '../plugins/settings-refused';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import type { Command } from './command';

export interface DryRunOptions {
  readonly file: string;
  readonly config?: string;
}

/**
 * What would become of a file, row by row: the plugin's own reading and mapping here, the hub's own decisions and routes
 * there. Stores and sends nothing. 0 when every row would be taken, 1 when one would wait or be refused.
 */
export const dryRunPlugin: Command<[string, DryRunOptions]> = async (context, id, { file: path, config }) => {
  const file = { name: basename(path), bytes: readInputFile(context.cwd, path) };
  const given = config === undefined ? undefined : readJsonFile(context.cwd, config);
  const plugin = await localPlugin(id);
  if (!plugin.checkFile) throw new CliError('READS_NO_FILES', { plugin: id });
  const hub = await signInForIt(context);
  const detail = await hub.get(pathOfPlugin(id), pluginDetail);
  const { dryRunFile } = await import('@tsunagi/plugin-host');
  const run = await dryRunFile(plugin, ownSettings(given ?? detail.config), file, judgeAt(hub, id)).catch(notConnected);
  if (!run) throw new CliError('FILE_NOT_TAKEN', { name: file.name, plugin: id });
  const report = reportDryRun(run, { file: file.name, plugin: id, versions: versionsOf(plugin.version, detail) });
  show(context.terminal, report, () => dryRunLines(report));
  return report.ok ? exitCodes.ok : exitCodes.warning;
};

function judgeAt(hub: HubClient, id: string): Judge<DryRunAnswer> {
  return {
    maxItems: dryRunLimits.items,
    maxBytes: dryRunLimits.bytes,
    judge: async (items) => {
      // Where a row would wait is of no account: nothing waits.
      const asked = items.map(({ itemId, submission }) => ({ itemId, submission }));
      return (await hub.post(pathOfPlugin(id, '/dry-run'), { items: asked }, pluginDryRunAnswered)).answers;
    },
  };
}

/** Another version of the plugin may read the file in another way than the one that the hub knows. */
function versionsOf(here: string, { version: there }: PluginDetail): { here: string; there: string } | undefined {
  return here === there ? undefined : { here, there };
}

function notConnected(error: unknown): never {
  if (error instanceof CliError) throw error;
  if (error instanceof BadConfigError) throw settingsRefused(error);
  throw new CliError('PLUGIN_NOT_CONNECTED', { code: errorCode(error, 'CONNECT_FAILED') });
}
