// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { CliError } from '../cli.error';
import type { CommandContext } from '../commands/command';
import { fill, secretTexts } from '../texts';

/** Where a secret goes that is shown only once. */
export interface SecretPlace {
  /** Writes it there; the lines that say so, with the secret itself where only a screen reads it. */
  keep(name: string, secret: string): string[];
  close(): void;
}

/**
 * Found before anything is made that cannot be shown again: a terminal, or a new file that only its owner reads.
 * @throws CliError OPTION_INVALID in a pipe without a file; FILE_THERE
 */
export function secretPlace({ terminal, cwd }: CommandContext, file: string | undefined): SecretPlace {
  if (file === undefined) {
    if (!terminal.isScreen || terminal.json)
      throw new CliError('OPTION_INVALID', { option: '--secret-file', hint: secretTexts.needsFile });
    return { keep: (name, secret) => [fill(secretTexts.once, { name }), secret], close: () => undefined };
  }
  const path = resolve(cwd, file);
  const handle = open(path);
  return {
    keep(name, secret) {
      writeSync(handle, `${name}\t${secret}\n`);
      return [fill(secretTexts.written, { name, path })];
    },
    close: () => closeSync(handle),
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'wx', 0o600);
  } catch (error) {
    throw new CliError('FILE_THERE', { path, code: errorCode(error, 'UNKNOWN') });
  }
}
