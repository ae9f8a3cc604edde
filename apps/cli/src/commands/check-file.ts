// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ownSettings } from '@tsunagi/contracts';
import { BadConfigError, type FileCheck, type Plugin } from '@tsunagi/plugin-sdk';
import { basename } from 'node:path';
import { CliError } from '../cli.error';
import type { CheckedFile } from '../files/checked-file';
import { checkFileLines } from '../files/check-file-lines';
import { readInputFile, readJsonFile } from '../files/read-input';
import { faultRemedy, faultSentence } from '../plugins/fault-sentence';
import { loadLocal } from '../plugins/local-plugin';
import { settingsRefused } from '../plugins/settings-refused';
import { exitCodes, type ExitCode } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import type { Command } from './command';

export interface CheckFileOptions {
  readonly config?: string;
}

/**
 * For whoever makes the files of a legacy system: what is wrong with one, by row and field, without a hub and without a
 * value of it. 0 sound, 1 flagged only, 2 when a row or the file would not be taken.
 */
export const checkFile: Command<[string, string, CheckFileOptions]> = async (context, kind, path, { config }) => {
  const { terminal, settings, cwd } = context;
  const plugin = await pluginOfKind(kind, settings.plugins);
  const bytes = readInputFile(cwd, path);
  const check = checkedBy(
    plugin,
    bytes,
    basename(path),
    config === undefined ? undefined : ownSettings(readJsonFile(cwd, config)),
  );
  const checked: CheckedFile = {
    ...check,
    kind,
    file: basename(path),
    findings: check.findings.map((finding) => {
      const remedy = faultRemedy(finding.code);
      return { ...finding, sentence: faultSentence(finding.code), ...(remedy !== undefined && { remedy }) };
    }),
  };
  show(terminal, checked, () => checkFileLines(checked));
  return codeOf[checked.outcome];
};

const codeOf: Readonly<Record<FileCheck['outcome'], ExitCode>> = {
  sound: exitCodes.ok,
  flagged: exitCodes.warning,
  quarantined: exitCodes.failure,
  refused: exitCodes.failure,
};

/** A kind is a plugin that is on this machine and reads files. @throws CliError KIND_UNKNOWN */
async function pluginOfKind(kind: string, others: readonly string[]): Promise<ReadsFiles> {
  const { accepted } = await loadLocal([...new Set([kind, ...others])]);
  const known = accepted.filter(readsFiles);
  const plugin = known.find(({ id }) => id === kind);
  if (plugin) return plugin;
  throw new CliError('KIND_UNKNOWN', { list: known.map(({ id, title }) => `${id}（${title}）`).join('、') || '-' });
}

type ReadsFiles = Plugin & { checkFile: NonNullable<Plugin['checkFile']> };
const readsFiles = (plugin: Plugin): plugin is ReadsFiles => plugin.checkFile !== undefined;

function checkedBy(plugin: ReadsFiles, bytes: Uint8Array, name: string, config: unknown): FileCheck {
  try {
    return plugin.checkFile(bytes, name, config);
  } catch (error) {
    throw error instanceof BadConfigError ? settingsRefused(error) : error;
  }
}
