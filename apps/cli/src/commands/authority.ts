// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  authorityList,
  authorityView,
  checkAuthority,
  type AuthorityView,
  type CheckAuthority,
} from '@tsunagi/contracts';
import { rowNamed, shortIds, whatSetsApart } from '../authority/which-row';
import { CliError } from '../cli.error';
import { findHub } from '../http/access';
import { HubClient } from '../http/hub-client';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { passwordOf } from '../terminal/password';
import { show, table } from '../terminal/terminal';
import { authorityTexts, fill } from '../texts';
import type { Command } from './command';

const path = '/api/v1/authorities';

/** Every basis of the law and whether it counts here. 1 while one that is switched on waits for somebody to check it. */
export const listAuthorities: Command = async (context) => {
  const { items } = await (await signInForIt(context)).get(path, authorityList);
  show(context.terminal, items, () => {
    const ids = shortIds(items);
    return table([[...authorityTexts.head], ...items.map((row) => lineOf(row, items, ids))]);
  });
  return items.some((a) => a.why === 'unchecked') ? exitCodes.warning : exitCodes.ok;
};

const lineOf = (row: AuthorityView, all: readonly AuthorityView[], ids: ReadonlyMap<string, string>): string[] => [
  ids.get(row.id) ?? row.id,
  row.code,
  row.statute,
  whatSetsApart(row, all),
  `${row.validFrom}～${row.validTo ?? ''}`,
  isChecked(row) ? `${row.checkedBy} ${row.checkedOn}` : authorityTexts.nobody,
  whether(row, all, ids),
];

const isChecked = (row: AuthorityView) => row.checkedOn !== undefined && row.checkedBy !== undefined;

function whether(row: AuthorityView, all: readonly AuthorityView[], ids: ReadonlyMap<string, string>): string {
  if (row.why === undefined) return isChecked(row) ? authorityTexts.counts : authorityTexts.countsUnchecked;
  const by = all.find(({ overrides, why }) => overrides === row.id && why !== 'not_yet' && why !== 'ended');
  return fill(authorityTexts.because[row.why], { by: (by && ids.get(by.id)) ?? '' });
}

export interface CheckOptions {
  /** Who signs in: a person with the duty to keep the authorities, never a program. */
  readonly as: string;
  readonly passwordFile?: string;
  readonly by: string;
  readonly on: string;
}

/** Writes down who has checked these rows, and when; as the person who signs in, whose duty it must be. */
export const checkAuthorities: Command<[readonly string[], CheckOptions]> = async (context, names, options) => {
  const said = saidIn(options);
  const password = await passwordOf(context, options);
  const checked = await HubClient.asPerson(findHub(context), { name: options.as, password }, async (hub) => {
    const { items } = await hub.get(path, authorityList);
    // All are found before one is changed.
    const rows = [...new Set(names.map((name) => rowNamed(name, items)))];
    const after: AuthorityView[] = [];
    for (const { id, version } of rows) after.push(await hub.post(`${path}/${id}/check`, said, authorityView, version));
    return after;
  });
  show(context.terminal, checked, () =>
    checked.map((row) => fill(authorityTexts.checked, { code: row.code, statute: row.statute, ...said })),
  );
  return exitCodes.ok;
};

function saidIn({ by: checkedBy, on: checkedOn }: CheckOptions): CheckAuthority {
  const said = checkAuthority.safeParse({ checkedBy, checkedOn });
  if (said.success) return said.data;
  const option = said.error.issues[0]?.path[0] === 'checkedOn' ? 'on' : 'by';
  throw new CliError('OPTION_INVALID', { option: `--${option}`, hint: authorityTexts.hints[option] });
}
