// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { reportLines, verifyPlugin, type VerifyReport } from '@tsunagi/plugin-sdk/verify';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pluginInFolder } from '../plugins/plugin-in-folder';
import { exitCodes } from '../terminal/exit-codes';
import { say, show } from '../terminal/terminal';
import { fill, verifyTexts } from '../texts';
import type { Command } from './command';

export interface VerifyOptions {
  readonly report?: string;
}

/**
 * Holds the plugin in a folder against every promise of a plugin, without a hub, and writes the report beside it. Builds
 * nothing. 0 when it keeps all, 1 when it does but the report could not be written, 2 when one is broken.
 */
export const verifyInFolder: Command<[string, VerifyOptions]> = async ({ terminal, cwd }, dir, { report: place }) => {
  const verified = await pluginInFolder(resolve(cwd, dir));
  say(terminal, fill(verifyTexts.begins, { plugin: verified.plugin.id }));
  const report = await verifyPlugin(verified);
  const written = writeReport(place === undefined ? verified.root : resolve(cwd, place), report);
  show(terminal, report, () => [
    ...reportLines(report),
    '',
    fill(written ? verifyTexts.written : verifyTexts.notWritten, { names: reportFiles.join('、') }),
  ]);
  if (!report.ok) return exitCodes.failure;
  return written ? exitCodes.ok : exitCodes.warning;
};

const reportFiles = ['verify-report.json', 'verify-report.txt'] as const;

function writeReport(folder: string, report: VerifyReport): boolean {
  const [forPrograms, forPeople] = reportFiles.map((name) => join(folder, name));
  try {
    writeFileSync(forPrograms!, `${JSON.stringify(report, undefined, 2)}\n`);
    writeFileSync(forPeople!, `${reportLines(report).join('\n')}\n`);
    return true;
  } catch {
    return false;
  }
}
