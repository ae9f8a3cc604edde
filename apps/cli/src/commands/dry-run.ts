// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dryRunLimits, ownSettings, pluginDetail, pluginDryRunAnswered, type PluginDetail } from '@tsunagi/contracts';
import type { Judge } from '@tsunagi/plugin-host';
import { canTryFiles, errorCode, type Plugin } from '@tsunagi/plugin-sdk';
import { basename, resolve } from 'node:path';
import { CliError } from '../cli.error';
import { readInputFile, readJsonFile } from '../files/read-input';
import type { HubClient } from '../http/hub-client';
import { compareDryRuns, type Tried } from '../plugins/compare-dry-runs';
import { comparisonLines } from '../plugins/comparison-lines';
import { reportDryRun, type DryRunAnswer } from '../plugins/dry-run-report';
import { dryRunLines } from '../plugins/dry-run-lines';
import { pathOfPlugin, signInForIt } from '../plugins/hub-of-plugins';
import { localPlugin } from '../plugins/local-plugin';
import { candidateInFolder } from '../plugins/plugin-in-folder';
import { isBadConfig, settingsRefused } from '../plugins/settings-refused';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import type { Command, CommandContext } from './command';

export interface DryRunOptions {
  readonly file: string;
  readonly config?: string;
  /** Folder of another version of the plugin, and settings other than those of today: what they would change. */
  readonly candidate?: string;
  readonly candidateConfig?: string;
}

/**
 * What would become of a file, row by row: the plugin's own reading and mapping here, the hub's own decisions and routes
 * there. Stores and sends nothing. 0 when every row would be taken, 1 when one would wait or be refused; beside a candidate
 * 0 when it would do the same, 1 when it would not.
 */
export const dryRunPlugin: Command<[string, DryRunOptions]> = async (context, id, options) => {
  const { cwd } = context;
  const file = { name: basename(options.file), bytes: readInputFile(cwd, options.file) };
  const settingsIn = (path: string | undefined) => (path === undefined ? undefined : readJsonFile(cwd, path));
  const [given, other] = [settingsIn(options.config), settingsIn(options.candidateConfig)];
  const installed = await localPlugin(id);
  const candidate =
    options.candidate === undefined ? installed : await candidateInFolder(resolve(cwd, options.candidate), id);
  for (const plugin of [installed, candidate])
    if (!canTryFiles(plugin)) throw new CliError('READS_NO_FILES', { plugin: id });
  const hub = await signInForIt(context);
  const detail = await hub.get(pathOfPlugin(id), pluginDetail);
  const settings = given ?? detail.config;
  const today = await tried(hub, installed, settings, file).catch(notConnected);
  if (candidate === installed && other === undefined) return reported(context, { id, file, detail, installed }, today);
  const then = await tried(hub, candidate, other ?? settings, file).catch(candidateFailed);
  if (!today.run && !then.run) throw new CliError('FILE_NOT_TAKEN', { name: file.name, plugin: id });
  const versions = { today: installed.version, candidate: candidate.version };
  const comparison = compareDryRuns(today, then, { plugin: id, file: file.name, versions });
  show(context.terminal, comparison, () => comparisonLines(comparison));
  return comparison.ok ? exitCodes.ok : exitCodes.warning;
};

interface About {
  readonly id: string;
  readonly file: { readonly name: string };
  readonly detail: PluginDetail;
  readonly installed: Plugin;
}

function reported({ terminal }: CommandContext, { id, file, detail, installed }: About, { run }: Tried): ExitCode {
  if (!run) throw new CliError('FILE_NOT_TAKEN', { name: file.name, plugin: id });
  const versions = versionsOf(installed.version, detail);
  const report = reportDryRun(run, { file: file.name, plugin: id, versions });
  show(terminal, report, () => dryRunLines(report));
  return report.ok ? exitCodes.ok : exitCodes.warning;
}

async function tried(
  hub: HubClient,
  plugin: Plugin,
  settings: Readonly<Record<string, unknown>>,
  file: { readonly name: string; readonly bytes: Uint8Array },
): Promise<Tried> {
  const { dryRunFile } = await import('@tsunagi/plugin-host');
  const mapped = new Map<string, unknown>();
  const run = await dryRunFile(plugin, ownSettings({ ...settings }), file, judgeAt(hub, plugin.id, mapped));
  return { run, mapped };
}

/** @param mapped is told what was asked */
function judgeAt(hub: HubClient, id: string, mapped: Map<string, unknown>): Judge<DryRunAnswer> {
  return {
    maxItems: dryRunLimits.items,
    maxBytes: dryRunLimits.bytes,
    judge: async (items) => {
      // Where a row would wait is of no account: nothing waits.
      const asked = items.map(({ itemId, submission }) => ({ itemId, submission }));
      for (const { itemId, submission } of asked) mapped.set(itemId, submission);
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
  if (isBadConfig(error)) throw settingsRefused(error);
  throw new CliError('PLUGIN_NOT_CONNECTED', { code: errorCode(error, 'CONNECT_FAILED') });
}

/** Its code alone: what it says may hold a value. */
function candidateFailed(error: unknown): never {
  if (error instanceof CliError) throw error;
  if (isBadConfig(error)) throw settingsRefused(error);
  throw new CliError('CANDIDATE_FAILED', { code: errorCode(error, 'FAILED') });
}
