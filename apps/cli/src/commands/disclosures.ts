// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  authorityNames,
  categoryNames,
  disclosureLines,
  lookedAtNames,
  wayNames,
  type DisclosureLines,
  type DisclosuresQuery,
} from '@tsunagi/contracts';
import { findAccess, findHub } from '../http/access';
import { HubClient } from '../http/hub-client';
import { unlessHidden } from '../http/unless-hidden';
import { exitCodes } from '../terminal/exit-codes';
import { idOf } from '../terminal/id-of';
import { passwordOf } from '../terminal/password';
import { show, table } from '../terminal/terminal';
import { disclosureTexts } from '../texts';
import type { Command, CommandContext } from './command';

export interface DisclosuresOptions extends Pick<DisclosuresQuery, 'page'> {
  /** Who signs in; without it the programs' IDs show what their desks took part in. */
  readonly as?: string;
  readonly passwordFile?: string;
}

type Line = DisclosureLines['items'][number];

/** What of this person was disclosed when, to whom and on which basis. 1 where there is nothing that may be shown. */
export const showDisclosures: Command<[string, DisclosuresOptions]> = async (context, person, options) => {
  const answer = await read(context, `/api/v1/persons/${idOf(person, 'PERSON_UNKNOWN')}/disclosures`, options);
  const { items, notices = [] } = answer;
  show(context.terminal, answer, () => [
    ...notices,
    ...(items.length === 0 ? [disclosureTexts.none] : table([[...disclosureTexts.head], ...items.map(row)])),
  ]);
  return items.length === 0 ? exitCodes.warning : exitCodes.ok;
};

async function read(
  context: CommandContext,
  path: string,
  { page, as, passwordFile }: DisclosuresOptions,
): Promise<DisclosureLines> {
  const asked = `${path}?page=${page}`;
  if (as !== undefined) {
    const password = await passwordOf(context, { as, ...(passwordFile !== undefined && { passwordFile }) });
    return HubClient.asPerson(findHub(context), { name: as, password }, (hub) => hub.get(asked, disclosureLines));
  }
  // With the demo's access several desks may know the person; a line that both have seen is one.
  const { baseUrl, clients } = findAccess(context);
  const lines = new Map<string, Line>();
  const notices = new Set<string>();
  for (const client of clients) {
    const seen = await unlessHidden((await HubClient.signIn(baseUrl, client)).get(asked, disclosureLines));
    for (const line of seen?.items ?? []) lines.set(line.id, line);
    for (const notice of seen?.notices ?? []) notices.add(notice);
  }
  const items = [...lines.values()].sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { items, ...(notices.size > 0 && { notices: [...notices] }) };
}

const row = ({ at, from, to, way, what, members, authority, state, recall }: Line): string[] => [
  japan.format(new Date(at)),
  from?.name ?? disclosureTexts.noDesk,
  to?.name ?? disclosureTexts.noDesk,
  what === undefined ? wayNames[way] : `${wayNames[way]}（${lookedAtNames[what]}）`,
  [...new Set(members.flatMap((m) => m.categories))].map((c) => categoryNames[c]).join('、'),
  (authorityNames as Readonly<Record<string, string>>)[authority] ?? authority,
  recall ? disclosureTexts.recall[recall.acknowledgedAt === undefined ? 'asked' : 'answered'] : disclosureTexts[state],
];

const japan = new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' });
