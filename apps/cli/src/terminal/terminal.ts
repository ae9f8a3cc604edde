// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Writable } from 'node:stream';

/** Where a command speaks: to a person in sentences, with `--json` to a program in one line. */
export interface Terminal {
  readonly json: boolean;
  /** A person reads along: only then secrets are shown. */
  readonly isScreen: boolean;
  readonly out: Writable;
  readonly error: Writable;
}

/** The result of a command: as JSON the whole value, else the lines for people. */
export function show(terminal: Terminal, value: unknown, lines: () => readonly string[]): void {
  terminal.out.write(terminal.json ? `${JSON.stringify(value)}\n` : `${lines().join('\n')}\n`);
}

/** What is going on meanwhile; beside the result, so that `--json` stays one line. */
export function say(terminal: Terminal, line: string): void {
  if (!terminal.json) terminal.out.write(`${line}\n`);
}

/** Columns of equal width; full-width characters take two. */
export function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  return rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (text: string) =>
  [...text].reduce((sum, char) => sum + (/[\u1100-\uffdc\u{1f000}-\u{3fffd}]/u.test(char) ? 2 : 1), 0);
