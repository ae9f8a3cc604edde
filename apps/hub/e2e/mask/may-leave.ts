// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberItems } from '@tsunagi/domain';
import type { ConsentWord, RandomReferral, Toward, Word } from './random-referrals';

export interface MayLeave {
  /** Per member, the subject first, what may leave; `undefined`: this one goes nowhere. */
  readonly members: readonly (readonly DataCategory[] | undefined)[];
  /** Something of what becomes of it may come back to the sender. */
  readonly back: boolean;
}

const isToward = (toward: Toward | undefined) => toward !== 'elsewhere';

/**
 * DOMAIN §6 read once more, for a つなぎ that rests on what persons have said and nothing else. It shares no code with the
 * hub.
 */
export function mayLeave({ members, words }: Pick<RandomReferral, 'members' | 'words'>, today: string): MayLeave {
  const [own, ...theirs] = members.map((items, of) => leavingOf(items, of, words, today));
  if (!own?.items.includes('identity')) return { members: members.map(() => undefined), back: false };
  const along = theirs.map(({ items }) => (own.household && items.includes('identity') ? items : undefined));
  return { members: [own.items, ...along], back: own.back };
}

function leavingOf(items: MemberItems, of: number, words: readonly Word[], today: string) {
  // "scope = categories × recipients × purposes × period"; "exclusions"; words that name an organization are about that one.
  const consents = words.filter(
    (w): w is ConsentWord =>
      w.word === 'consent' &&
      w.of === of &&
      isToward(w.toward) &&
      w.purpose === 'consultation' &&
      w.when === 'now' &&
      !w.excludesRecipient &&
      w.names !== 'another',
  );
  const refusals = words.flatMap((w) => (w.word === 'refusal' && w.of === of && isToward(w.toward) ? [w] : []));
  // "A refusal beats consents of older date".
  const left = consents.map(({ categories, hoursAgo }) =>
    categories.filter(
      (category) =>
        !refusals.some(
          (r) => r.hoursAgo <= hoursAgo && (r.categories === undefined || r.categories.includes(category)),
        ),
    ),
  );
  const named = new Set(left.flat());
  const refusedByName = (category: DataCategory) => refusals.some((r) => r.categories?.includes(category));
  const leaves = (category: DataCategory): boolean => {
    // "leaves with `contact`".
    if (category === 'contact_wishes')
      return named.has('contact') && (named.has(category) || !refusedByName('contact_wishes'));
    // "goes along unless the person objects".
    if (category === 'wishes')
      return (
        named.has(category) ||
        (named.size > 0 && !refusedByName('wishes') && !refusals.some((r) => r.categories === undefined))
      );
    return named.has(category);
  };
  return {
    items: presentIn(items, today).filter(leaves),
    household: named.has('household'),
    back: consents.some(({ feedback }, n) => feedback !== 'none' && left[n]!.length > 0),
  };
}

/** "`narrative` written more than 14 days ago is left out until the sender confirms it". */
function presentIn(items: MemberItems, today: string): DataCategory[] {
  const oldest = new Date(Date.parse(today) - 14 * 86_400_000).toISOString().slice(0, 10);
  return (Object.keys(items) as (keyof MemberItems)[]).filter(
    (category) =>
      Object.keys(items[category] ?? {}).length > 0 &&
      !(category === 'narrative' && (items.narrative?.writtenOn ?? today) < oldest),
  );
}
