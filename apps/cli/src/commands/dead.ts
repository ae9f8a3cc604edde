// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { parkedPage, replayed, type ParkedDelivery, type ParkedPage } from '@tsunagi/contracts';
import { CliError } from '../cli.error';
import type { HubClient } from '../http/hub-client';
import { signInForIt } from '../plugins/hub-of-plugins';
import { exitCodes } from '../terminal/exit-codes';
import { idOf } from '../terminal/id-of';
import { show, table } from '../terminal/terminal';
import { deadTexts, fill } from '../texts';
import type { Command } from './command';

const path = '/api/v1/deliveries';

export interface DeadOptions {
  readonly plugin?: string;
  readonly code?: string;
}

/** What could not be brought to a system, and what a queue gave up. 0 nothing, 1 somebody has to look. */
export const listDead: Command<[DeadOptions]> = async (context, only) => {
  const page = await everything(await signInForIt(context), only);
  const { items, buried } = page;
  show(context.terminal, page, () => [
    ...(items.length === 0
      ? [deadTexts.none]
      : table([
          [...deadTexts.head],
          ...items.map((d) => [d.id, d.plugin, d.code, String(d.attempts), d.since, d.says]),
        ])),
    ...(buried.length === 0
      ? []
      : [deadTexts.buried, ...table(buried.map((b) => [b.at, b.queue, b.type ?? '', b.from ?? '', b.code]))]),
  ]);
  return items.length + buried.length === 0 ? exitCodes.ok : exitCodes.warning;
};

/** Why this one stays, and what to do. */
export const explainDead: Command<[string]> = async (context, delivery) => {
  const { items } = await everything(await signInForIt(context), {});
  const id = idOf(delivery, 'DELIVERY_UNKNOWN');
  const found = items.find((d) => d.id === id);
  if (!found) throw new CliError('DELIVERY_UNKNOWN');
  show(context.terminal, found, () => linesOf(found));
  return exitCodes.warning;
};

/** One is brought again, or those of a plugin: all, or with one reason. */
export const replayDead: Command<[string | undefined, DeadOptions]> = async (context, delivery, { plugin, code }) => {
  if ((delivery === undefined) === (plugin === undefined) || (delivery !== undefined && code !== undefined))
    throw new CliError('OPTION_INVALID', { option: '--plugin', hint: deadTexts.oneOrPlugin });
  const hub = await signInForIt(context);
  const done =
    delivery === undefined
      ? await hub.post(`${path}/replay`, { plugin, ...(code !== undefined && { code }) }, replayed)
      : await hub.post(`${path}/${idOf(delivery, 'DELIVERY_UNKNOWN')}/replay`, {}, replayed);
  show(context.terminal, done, () => [
    fill(deadTexts.replayed, { count: done.replayed }),
    ...(done.left > 0 ? [fill(deadTexts.left, { count: done.left })] : []),
  ]);
  return done.left > 0 ? exitCodes.warning : exitCodes.ok;
};

const linesOf = ({ id, plugin, kind, referralId, code, says, remedy, attempts, since }: ParkedDelivery): string[] => [
  fill(deadTexts.which, { id, plugin, kind, referral: referralId }),
  fill(deadTexts.why, { code, says }),
  ...(remedy === undefined ? [] : [remedy]),
  fill(deadTexts.tried, { attempts, since }),
];

/** All pages as one. */
async function everything(hub: HubClient, { plugin, code }: DeadOptions): Promise<ParkedPage> {
  const asked = { ...(plugin !== undefined && { plugin }), ...(code !== undefined && { code }) };
  const pageAt = (cursor?: string) => {
    const query = new URLSearchParams({ ...asked, ...(cursor !== undefined && { cursor }) }).toString();
    return hub.get(query === '' ? path : `${path}?${query}`, parkedPage);
  };
  const first = await pageAt();
  const items = [...first.items];
  for (let { next } = first; next !== undefined;) {
    const page = await pageAt(next);
    items.push(...page.items);
    next = page.next;
  }
  return { items, buried: first.buried };
}
