// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityList } from '@tsunagi/contracts';
import type { z } from 'zod';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { show, table } from '../terminal/terminal';
import { authorityTexts } from '../texts';
import type { Command } from './command';

/** Every basis of the law and whether it counts here. 1 while one that is switched on waits for somebody to check it. */
export const listAuthorities: Command = async (context) => {
  const { items } = await (await signInForIt(context)).get('/api/v1/authorities', authorityList);
  show(context.terminal, items, () => table([[...authorityTexts.head], ...items.map(row)]));
  return items.some((a) => a.why === 'unchecked') ? exitCodes.warning : exitCodes.ok;
};

const row = (a: z.infer<typeof authorityList>['items'][number]): string[] => [
  a.code,
  a.statute,
  `${a.validFrom}～${a.validTo ?? ''}`,
  a.checkedOn !== undefined && a.checkedBy !== undefined ? `${a.checkedBy} ${a.checkedOn}` : authorityTexts.nobody,
  a.why === undefined ? authorityTexts.counts : authorityTexts.because[a.why],
];
