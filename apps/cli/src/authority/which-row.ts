// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { bodyKindNames, kindNames, purposeNames, type AuthorityView } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import { authorityTexts, fill } from '../texts';

/** The starts of the ids by which people name these rows: all of one length, and each names one row. */
export function shortIds(rows: readonly AuthorityView[]): ReadonlyMap<string, string> {
  let length = 8;
  while (new Set(rows.map(({ id }) => id.slice(0, length))).size < rows.length) length += 1;
  return new Map(rows.map(({ id }) => [id, id.slice(0, length)]));
}

/** The row of this code, where there is but one, or the one whose id begins so. @throws CliError AUTHORITY_… */
export function rowNamed(name: string, rows: readonly AuthorityView[]): AuthorityView {
  const ofCode = rows.filter(({ code }) => code === name);
  const found = ofCode.length > 0 || name.length < 8 ? ofCode : rows.filter(({ id }) => id.startsWith(name));
  const [row, another] = found;
  if (!row) throw new CliError('AUTHORITY_UNKNOWN', { name });
  if (another) {
    const ids = shortIds(rows);
    const list = found.map((r) => `  ${ids.get(r.id)}　${whatSetsApart(r, rows)}`).join('\n');
    throw new CliError('AUTHORITY_NOT_ONE', { name, list });
  }
  return row;
}

/** In what this row differs from the others of its code; nothing where it is the only one. */
export function whatSetsApart(row: AuthorityView, rows: readonly AuthorityView[]): string {
  const others = rows.filter((other) => other.code === row.code && other.id !== row.id);
  const said = traits.flatMap(([title, of]) => {
    const own = of(row);
    return others.some((other) => of(other) !== own) ? [fill(authorityTexts.trait, { title, is: own })] : [];
  });
  if (row.overrides !== undefined)
    said.unshift(fill(authorityTexts.own, { id: shortIds(rows).get(row.overrides) ?? row.overrides }));
  return said.join('、');
}

const traits: readonly (readonly [string, (row: AuthorityView) => string])[] = [
  [authorityTexts.purposes, ({ purposes }) => purposes.map((p) => purposeNames[p]).join('・')],
  [authorityTexts.kinds, ({ kinds }) => kinds.map((k) => kindNames[k]).join('・')],
  [authorityTexts.senders, ({ senders }) => senders.map((b) => bodyKindNames[b]).join('・')],
  [authorityTexts.recipients, ({ recipients }) => recipients.map((b) => bodyKindNames[b]).join('・')],
];
