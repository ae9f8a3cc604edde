// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createInterface } from 'node:readline/promises';
import { Writable, type Readable } from 'node:stream';
import { CliError } from '../cli.error';
import { readInputFile } from '../files/read-input';
import { fill, passwordTexts } from '../texts';
import type { Terminal } from './terminal';

/** What a person types; `isTTY` where somebody sits there. */
export type Keyboard = Readable & { readonly isTTY?: boolean };

interface Asked {
  readonly cwd: string;
  readonly keyboard: Keyboard | undefined;
  readonly terminal: Terminal;
}

/**
 * The password of a person: from a file of that person's, or typed and not shown. Never an argument or a variable, which
 * others on the machine can read. @throws CliError PASSWORD_NEEDED where nobody can be asked, FILE_UNREADABLE
 */
export async function passwordOf(
  { cwd, keyboard, terminal }: Asked,
  { as, passwordFile }: { readonly as: string; readonly passwordFile?: string },
): Promise<string> {
  const password =
    passwordFile !== undefined
      ? (readInputFile(cwd, passwordFile).toString('utf8').split(/\r?\n/)[0] ?? '')
      : keyboard?.isTTY === true
        ? await typed(keyboard, terminal, fill(passwordTexts.ask, { as }))
        : '';
  if (password === '') throw new CliError('PASSWORD_NEEDED', { as });
  return password;
}

async function typed(keyboard: Keyboard, terminal: Terminal, question: string): Promise<string> {
  terminal.error.write(question);
  // Editing works as ever; what would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: keyboard, output: nowhere, terminal: true });
  try {
    return await new Promise((resolve) => {
      lines.once('close', () => resolve(''));
      void lines.question('').then(resolve);
    });
  } finally {
    lines.close();
    terminal.error.write('\n');
  }
}
