// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { staffMade } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import { readInputFile } from '../files/read-input';
import { namesOf, type Names } from '../master-data/hub-lists';
import { secretPlace } from '../master-data/secret-place';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { show } from '../terminal/terminal';
import { fill, staffTexts } from '../texts';
import type { Command } from './command';

const path = '/api/v1/staff';
const columns = ['login', 'name', 'organization', 'role', 'function', 'validFrom', 'validTo'];

export interface StaffOptions {
  readonly name: string;
  readonly organization: string;
  readonly role?: string;
  readonly function?: string;
  readonly from?: string;
  readonly secretFile?: string;
}

/** One line of a file of staff: a person and one thing that the person holds. */
type Line = Readonly<Partial<Record<string, string>>>;

export const addStaff: Command<[string, StaffOptions]> = async (context, login, options) => {
  const { role, from, function: desk } = options;
  if (role !== undefined && from === undefined)
    throw new CliError('OPTION_INVALID', { option: '--role', hint: staffTexts.needsFrom });
  const hub = await signInForIt(context);
  const names = await namesOf(hub);
  const line = { login, name: options.name, organization: options.organization, role, function: desk, validFrom: from };
  const body = bodyOf([defined(line)], names);
  const place = secretPlace(context, options.secretFile);
  try {
    const { id, firstPassword } = await hub.post(path, body, staffMade);
    const lines = place.keep(login, firstPassword);
    show(context.terminal, { ok: true, id, login }, () => [fill(staffTexts.made, { login }), ...lines]);
    return exitCodes.ok;
  } finally {
    place.close();
  }
};

/** A CSV file with one line for everything that a person holds; who is there already is passed over and told. */
export const importStaff: Command<[string, { readonly secretFile: string }]> = async (
  context,
  file,
  { secretFile },
) => {
  const people = byLogin(await linesOf(readInputFile(context.cwd, file)));
  const hub = await signInForIt(context);
  const names = await namesOf(hub);
  const bodies = [...people.values()].map((lines) => bodyOf(lines, names));
  const place = secretPlace(context, secretFile);
  const made: string[] = [];
  const there: string[] = [];
  try {
    for (const body of bodies) {
      try {
        const { firstPassword } = await hub.post(path, body, staffMade);
        place.keep(body.login, firstPassword);
        made.push(body.login);
      } catch (error) {
        if (!(error instanceof CliError) || error.blanks['code'] !== 'ALREADY_THERE') throw error;
        there.push(body.login);
      }
    }
  } finally {
    place.close();
  }
  show(context.terminal, { ok: true, made, there }, () => [
    fill(staffTexts.imported, { made: made.length, there: there.length, path: secretFile }),
  ]);
  return there.length > 0 ? exitCodes.warning : exitCodes.ok;
};

async function linesOf(bytes: Buffer): Promise<Line[]> {
  const { csvText, readCsv } = await import('@tsunagi/hub');
  let rows: string[][];
  try {
    rows = readCsv(csvText(bytes));
  } catch {
    throw new CliError('FILE_NOT_CSV', { columns: columns.join(',') });
  }
  const [head = [], ...rest] = rows;
  if (!['login', 'name', 'organization'].every((c) => head.includes(c)) || head.some((c) => !columns.includes(c)))
    throw new CliError('FILE_NOT_CSV', { columns: columns.join(',') });
  return rest.map((row) => defined(Object.fromEntries(head.map((name, n) => [name, row[n]]))));
}

/** An empty cell says nothing. */
const defined = (line: Record<string, string | undefined>): Line =>
  Object.fromEntries(Object.entries(line).filter(([, value]) => value !== undefined && value !== ''));

function byLogin(lines: readonly Line[]): Map<string, Line[]> {
  const people = new Map<string, Line[]>();
  for (const line of lines) people.set(line['login'] ?? '', [...(people.get(line['login'] ?? '') ?? []), line]);
  return people;
}

/** What the hub is asked for; it judges the values itself. */
function bodyOf(lines: readonly Line[], names: Names) {
  const [{ login = '', name, organization = '' } = {}] = lines;
  return {
    login,
    name,
    organization: names.organization(organization),
    memberships: lines
      .filter((line) => line['role'] !== undefined)
      .map(({ role, function: desk, validFrom, validTo }) => ({
        role,
        validFrom,
        ...(desk !== undefined && { function: names.desk(desk) }),
        ...(validTo !== undefined && { validTo }),
      })),
  };
}
