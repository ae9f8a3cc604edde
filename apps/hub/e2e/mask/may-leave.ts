// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberItems } from '@tsunagi/domain';
import type { ConsentWord, RandomReferral, Toward } from './random-referrals';

export interface MayLeave {
  /** Per member, the subject first, what may leave; `undefined`: this one goes nowhere. */
  readonly members: readonly (MemberItems | undefined)[];
  /** Something of what becomes of it may come back to the sender. */
  readonly back: boolean;
}

type Matter = Pick<RandomReferral, 'members' | 'words' | 'protects' | 'dangers'>;

/**
 * DOMAIN §6 read once more, for a つなぎ that rests on what persons have said and on nothing else. It shares no code with
 * the hub.
 */
export function mayLeave(matter: Matter, today: string): MayLeave {
  const { members } = matter;
  const [own, ...theirs] = members.map((items, of) => leavingOf(items, of, matter, today));
  if (!own?.items.identity) return { members: members.map(() => undefined), back: false };
  const goes = goingAlong(matter);
  const along = theirs.map(({ items }, n) =>
    own.household && items.identity && goes.includes(n + 1) ? items : undefined,
  );
  return { members: [own.items, ...along], back: own.back };
}

function leavingOf(items: MemberItems, of: number, { words, protects }: Matter, today: string) {
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
  const known = protects.includes(of) ? withoutWhereabouts(items) : items;
  return {
    items: Object.fromEntries(
      Object.entries(known).filter(([category]) => isThere(known, category, today) && leaves(category as DataCategory)),
    ) as MemberItems,
    household: named.has('household'),
    back: consents.some(({ feedback }, n) => feedback !== 'none' && left[n]!.length > 0),
  };
}

const isToward = (toward: Toward | undefined) => toward !== 'elsewhere';

/** "`narrative` written more than 14 days ago is left out until the sender confirms it". */
function isThere(items: MemberItems, category: string, today: string): boolean {
  const oldest = new Date(Date.parse(today) - 14 * 86_400_000).toISOString().slice(0, 10);
  return (
    Object.keys(items[category as keyof MemberItems] ?? {}).length > 0 &&
    !(category === 'narrative' && (items.narrative?.writtenOn ?? today) < oldest)
  );
}

/**
 * "address, telephone, school or nursery, workplace, hospital, provider … never leave"; of 連絡上の注意 nobody has said that
 * they are safe, and other names are no longer hers to be found by (ADR 17).
 */
function withoutWhereabouts({ contact: _, contact_wishes: __, ...items }: MemberItems): MemberItems {
  const without = <T extends object>(group: T | undefined, field: keyof T) => {
    const { [field]: ___, ...rest } = group ?? ({} as T);
    return rest;
  };
  return {
    ...items,
    identity: without(items.identity, 'otherNames'),
    employment: without(items.employment, 'status'),
    housing: without(items.housing, 'status'),
    education: without(items.education, 'school'),
    service_use: without(items.service_use, 'office'),
  };
}

/** "the dangerous one is never in her referrals, she is never in his"; whoever fled the household is no danger of it. */
function goingAlong({ members, protects, dangers }: Matter): number[] {
  const fled = (m: number) => protects.includes(m) || dangers.some((d) => d.to === m && d.from === 'household');
  const endangers = (one: number, other: number) =>
    dangers.some((d) => d.to === other && (d.from === one || (d.from === 'household' && !fled(one))));
  const near = members.flatMap((_, m) => (m > 0 && !endangers(m, 0) && !endangers(0, m) ? [m] : []));
  return near.filter((m) => !near.some((other) => other !== m && endangers(m, other)));
}
