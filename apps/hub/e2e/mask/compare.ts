// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isDeepStrictEqual } from 'node:util';
import { dataCategories, type Member, type MemberItems } from '@tsunagi/domain';
import type { MayLeave } from './may-leave';
import type { Sent } from './referring';
import type { Arrived, Message } from './what-arrived';

/** Where something is not as it should be, a sentence each. */
export async function differences(
  one: Sent,
  may: MayLeave,
  { arrived, messages }: { arrived: Arrived | undefined; messages: ReadonlyMap<string, Message> },
): Promise<string[]> {
  const { sender, recipient, layout, system } = one.way;
  const screen = (await recipient('GET', `/referrals/${one.id}`)).body as { members?: Member[] };
  if (!may.members[0])
    return [...(screen.members ? ['the recipient sees it'] : []), ...(arrived ? ['its system has it'] : [])];
  if (!arrived) return ['it has not arrived'];
  const message = messages.get(arrived.delivery);
  if (!message) return ['the tap has not heard of it'];

  const told = (await sender('GET', `/referrals/${one.id}`)).body as { notCarried?: string[] };
  const timeline = JSON.stringify((await recipient('GET', `/referrals/${one.id}/timeline`)).body);
  const shown = screen.members ?? [];
  const brought = [message.subject, ...message.others];
  const expected = may.members.flatMap((items, m) => {
    return items ? [{ ref: one.persons[m]!.ref, items }] : [];
  });
  const mask = maskOf(expected);
  const { places, notCarried } = layout.expected(expected[0]!.items, expected.length > 1);
  const compared: readonly (readonly [what: string, found: unknown, right: unknown])[] = [
    ['mask of the message', message.mask, mask],
    ['mask of the record', arrived.mask, mask],
    ['mask of the screen', maskOf(shown), mask],
    ['message', brought.map(itemsOf), expected],
    ['screen', shown.map(itemsOf), expected],
    ['numbers', message.subject.identifiers.map((i) => i.system), one.numbered ? [system] : []],
    ['numbers on screen', shown.map((m) => m.identifiers), brought.map((m) => m.identifiers)],
    ...layout.places.map(
      (place) => [`place ${place}`, folded(arrived.places[place] ?? ''), folded(places[place] ?? '')] as const,
    ),
    // That something was written there comes back as far as anything may.
    // That its system has no place for a note its sender knows anyway.
    [
      'notCarried',
      told.notCarried?.toSorted() ?? [],
      [...new Set([...(may.back ? notCarried : []), ...(one.noted === undefined ? [] : ['narrative'])])].sort(),
    ],
    ['what a note marks', one.noted !== undefined && timeline.includes(one.noted), false],
  ];
  return compared
    .filter(([, found, right]) => !isDeepStrictEqual(found, right))
    .map(([what, found, right]) => `${what}: ${JSON.stringify(found)} instead of ${JSON.stringify(right)}`);
}

const itemsOf = ({ ref, items }: Member) => ({ ref, items });

/** 24 characters 0/1: categories of the subject in their order; the fifth is for the others. */
function maskOf(members: readonly { readonly items: MemberItems }[]): string {
  const [subject, ...others] = members;
  const bits = dataCategories.map((category) =>
    category === 'household' ? others.length > 0 : category in (subject?.items ?? {}),
  );
  return `${bits.map((bit) => (bit ? '1' : '0')).join('')}000`;
}

/** Whatever the width of what is written, and whichever kana. */
const folded = (text: string) =>
  text
    .normalize('NFKC')
    .replace(/\s/g, '')
    .replace(/[ぁ-ん]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
