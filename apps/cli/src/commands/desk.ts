// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { importAnswer, type ImportAnswer } from '@tsunagi/contracts';
import { z } from 'zod';
import { CliError } from '../cli.error';
import { readInputFile } from '../files/read-input';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { deskTexts, fill } from '../texts';
import type { Command } from './command';

const path = '/api/v1/desk-functions';
const file = z.strictObject({ items: z.array(z.unknown()) });

/** Shows what a file would change; without --dry-run changes it, unless a row is wrong. */
export const importDesks: Command<[string, { readonly dryRun?: boolean }]> = async (
  context,
  name,
  { dryRun = false },
) => {
  const rows = rowsOf(name, readInputFile(context.cwd, name));
  const hub = await signInForIt(context);
  const answer = await hub.post(`${path}/import`, { dryRun, ...rows }, importAnswer);
  const refused = answer.rows.some((r) => r.change === 'refused');
  show(context.terminal, { ok: !refused, ...answer }, () => lines(answer, refused));
  return refused ? exitCodes.failure : exitCodes.ok;
};

/** As `desk import` takes it back. */
export const exportDesks: Command<[{ readonly format: 'csv' | 'json' }]> = async (context, { format }) => {
  const hub = await signInForIt(context);
  context.terminal.out.write(await hub.text(`${path}/export?format=${format}`));
  return exitCodes.ok;
};

function rowsOf(name: string, bytes: Buffer): { csv: string } | { items: unknown[] } {
  if (!/\.json$/i.test(name)) return { csv: bytes.toString('base64') };
  try {
    return file.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    // The parser's own words quote the file.
    throw new CliError('FILE_NOT_JSON', { path: name });
  }
}

function lines({ dryRun, rows, added, changed, unchanged }: ImportAnswer, refused: boolean): string[] {
  const told = rows.flatMap(({ row, code = '', change, fields, errors }) => {
    if (change === 'added') return [fill(deskTexts.added, { row, code })];
    if (change === 'changed') return [fill(deskTexts.changed, { row, code, fields: fields.join(', ') })];
    return errors.map(({ pointer, message, hint }) =>
      fill(deskTexts.wrong, { row, code, pointer, message: hint === undefined ? message : `${message}（${hint}）` }),
    );
  });
  const outcome = refused ? deskTexts.refused : dryRun ? deskTexts.dryRun : deskTexts.done;
  return [...told, fill(outcome, { added, changed, unchanged })];
}
