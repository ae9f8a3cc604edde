// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode } from '@tsunagi/plugin-sdk';
import { CliError } from '../cli.error';
import { errorTexts, fill, unknownError, type Sentence } from '../texts';
import type { Terminal } from './terminal';

/** Says what went wrong and what to do. Texts of other errors stay inside: they may quote an address or a value. */
export function reportError(terminal: Terminal, error: unknown): void {
  const { code, says, remedy } = describe(error);
  const faults = error instanceof CliError ? error.faults : [];
  if (terminal.json) {
    const listed = faults.length > 0 ? { faults } : {};
    terminal.out.write(`${JSON.stringify({ ok: false, code, message: says, ...listed, remedy })}\n`);
    return;
  }
  const lines = [says, ...faults.map(({ at, message }) => `  ${at}: ${message}`), ...(remedy === '' ? [] : [remedy])];
  terminal.error.write(`${lines.join('\n')}\n`);
}

function describe(error: unknown): Sentence & { code: string } {
  if (error instanceof CliError) {
    const { says, remedy } = errorTexts[error.code];
    return { code: error.code, says: fill(says, error.blanks), remedy: fill(remedy, error.blanks) };
  }
  const known = errorCode(error, error instanceof Error ? error.name : 'UNKNOWN');
  const { remedy } = error as { remedy?: unknown };
  // The hub's own refusals bring their sentence along.
  if (typeof remedy === 'string') return { code: known, says: remedy, remedy: '' };
  return { code: known, says: fill(unknownError.says, { code: known }), remedy: unknownError.remedy };
}
