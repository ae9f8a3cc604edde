// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { execFile } from 'node:child_process';
import { join } from 'node:path';

const tsunagi = join(__dirname, '../../../cli/bin/tsunagi.js');

/** `tsunagi … --json` at a terminal beside the hub; 1 and 2 say that somebody has to look. */
export const atTerminal = (dataDir: string, ...argv: string[]) =>
  new Promise<{ code: number; said: string }>((resolve) => {
    const env = { PATH: process.env['PATH'], TSUNAGI_DATA_DIR: dataDir };
    execFile(process.execPath, [tsunagi, ...argv, '--json'], { cwd: dataDir, env }, (error, said) =>
      resolve({ code: Number(error?.code ?? 0), said }),
    );
  });
