// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberItems } from '@tsunagi/domain';
import type { ConsentWord, GroundFor, RandomReferral, RefusalWord, Toward } from './random-referrals';

export interface MayLeave {
  /** Per member, the subject first, what may leave; `undefined`: this one goes nowhere. */
  readonly members: readonly (MemberItems | undefined)[];
  /** Something of what becomes of it may come back to the sender. */
  readonly back: boolean;
}

type Matter = Pick<RandomReferral, 'members' | 'words' | 'protects' | 'isRead' | 'confirms' | 'dangers' | 'grounds'>;

/**
 * DOMAIN §6 read once more, for a つなぎ that rests on what persons have said and on what was recorded for it. It shares no
 * code with the hub.
 */
export function mayLeave(matter: Matter, today: string): MayLeave {
  const { members } = matter;
  const [own, ...theirs] = members.map((items, of) => leavingOf(items, of, matter, today));
  const items = own && pick(own.known, [...own.consented, ...own.grounded]);
  if (!own || !items?.identity) return { members: members.map(() => undefined), back: false };
  const goes = goingAlong(matter);
  const along = theirs.map(({ known, consented, grounded }, n) => {
    // "members by name: each needs that member's authority", and by the person's own consent the person's leave as well.
    const byConsent = own.household && known.identity && consented.includes('identity') ? consented : [];
    const leaves = pick(known, [...byConsent, ...grounded]);
    return leaves.identity && goes.includes(n + 1) ? leaves : undefined;
  });
  return { members: [items, ...along], back: own.back };
}

const pick = (items: MemberItems, categories: readonly string[]): MemberItems =>
  Object.fromEntries(
    Object.entries(items)
      .filter(([category]) => categories.includes(category))
      .map(([category, group]) => [category, withoutOthers(group)]),
  );

/** "sender marks third parties in the text": of what stands in 〔 〕 only that something stood there. */
const withoutOthers = <T>(group: T): T => JSON.parse(JSON.stringify(group).replace(/〔[^〕]*〕/g, '〔…〕')) as T;

function leavingOf(
  items: MemberItems,
  of: number,
  { words, protects, dangers, isRead, confirms, grounds }: Matter,
  today: string,
) {
  // "Seal and `danger_from`": both hide where somebody is.
  const isProtected = protects.includes(of) || dangers.some((d) => d.to === of);
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
      // Of somebody protected the contact itself stays, and what is safe of how to reach her may be named alone (ADR 17).
      return (
        (isProtected && named.has(category)) ||
        (named.has('contact') && (named.has(category) || !refusedByName('contact_wishes')))
      );
    // "goes along unless the person objects".
    if (category === 'wishes')
      return (
        named.has(category) ||
        (named.size > 0 && !refusedByName('wishes') && !refusals.some((r) => r.categories === undefined))
      );
    return named.has(category);
  };
  const present = isProtected ? withoutWhereabouts(isRead ? items : withoutTexts(items)) : items;
  const known = pick(
    present,
    Object.keys(present).filter((category) => isThere(present, category, { today, confirms })),
  );
  const recorded = grounds.filter((g) => g.persons.includes(of)).map((g) => ({ ...g, items: listedBy(g, refusals) }));
  return {
    known,
    consented: (Object.keys(known) as DataCategory[]).filter(leaves),
    grounded: recorded.flatMap((g) => g.items),
    household: named.has('household'),
    // "for conference and emergency 到着 only"; the others `state`.
    back:
      consents.some(({ feedback }, n) => feedback !== 'none' && left[n]!.length > 0) ||
      recorded.some((g) => g.code !== 'emergency' && g.items.length > 0),
  };
}

/** What life, body or property need; the other rows list all but 国籍・在留の背景. */
const forLife = [
  ...['identity', 'contact', 'contact_wishes', 'household_outline', 'concern'],
  ...['care_level', 'disability', 'health', 'housing', 'service_use', 'narrative'],
];

/** What a ground lets out now of somebody who has refused so much. */
function listedBy(ground: GroundFor, refusals: readonly RefusalWord[]): string[] {
  const { code, categories, isEarly, saidAll, decided, overRefusal } = ground;
  const listed = categories.filter((c) => (code === 'emergency' ? forLife.includes(c) : c !== 'origin'));
  if (!saidAll || decided === 'refused') return [];
  const approved = decided === 'not yet' || decided.isOver ? [] : decided.approved;
  switch (code) {
    case 'law':
      return listed;
    // "72 h unless ratified".
    case 'emergency':
      return listed.filter((c) => !isEarly || approved.includes(c));
    case 'benefit_of_person': {
      // "a 69条2項 basis needs the approver's words why it is overridden".
      const isRefused = refusals.some(
        (r) => r.categories === undefined || r.categories.some((c) => categories.includes(c)),
      );
      return isRefused && !overRefusal ? [] : listed.filter((c) => approved.includes(c));
    }
  }
}

const isToward = (toward: Toward | undefined) => toward !== 'elsewhere';

/** "`narrative` written more than 14 days ago is left out until the sender confirms it". */
function isThere(
  items: MemberItems,
  category: string,
  { today, confirms }: { readonly today: string; readonly confirms: boolean },
): boolean {
  const oldest = new Date(Date.parse(today) - 14 * 86_400_000).toISOString().slice(0, 10);
  return (
    Object.keys(items[category as keyof MemberItems] ?? {}).length > 0 &&
    !(category === 'narrative' && !confirms && (items.narrative?.writtenOn ?? today) < oldest)
  );
}

/** A text without a date is of the day on which it came. */
export function dated(items: MemberItems, came: string): MemberItems {
  const { fact, words, view } = items.narrative ?? {};
  const isText = [fact, words, view].some((text) => text !== undefined);
  return isText ? { ...items, narrative: { writtenOn: came, ...items.narrative } } : items;
}

/**
 * "address, telephone, school or nursery, workplace, hospital, provider … never leave"; of 連絡上の注意 what is said to be
 * safe goes, but for letters, and other names are no longer hers to be found by (ADR 17).
 */
function withoutWhereabouts({ contact: _, contact_wishes: wishes, ...items }: MemberItems): MemberItems {
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
    ...(wishes?.safe && { contact_wishes: { ...wishes, ...(wishes.letters !== undefined && { letters: false }) } }),
  };
}

/** Where a place may stand in somebody's words. */
const texts: Readonly<Record<string, readonly string[]>> = {
  household_outline: ['affected'],
  wishes: ['wishes', 'strengths', 'avoid'],
  health: ['illness'],
  income_debt: ['income', 'arrears', 'debts'],
  narrative: ['fact', 'words', 'view'],
  ...Object.fromEntries(
    [
      'public_assistance',
      'employment',
      'housing',
      'education',
      'child_rearing',
      'service_use',
      'abuse',
      'criminal',
      'origin',
    ].map((category) => [category, ['note']]),
  ),
};

/** What is written of somebody protected waits whole until her desk has read it; where nothing is written, nothing waits. */
function withoutTexts(items: MemberItems): MemberItems {
  const groups = Object.entries(items) as [string, object | undefined][];
  const isText = (category: string, field: string) => texts[category]?.includes(field) === true;
  if (!groups.some(([category, group]) => Object.keys(group ?? {}).some((field) => isText(category, field))))
    return items;
  return Object.fromEntries(
    groups
      .filter(([category]) => category !== 'narrative')
      .map(([category, group]) => [
        category,
        group && Object.fromEntries(Object.entries(group).filter(([field]) => !isText(category, field))),
      ]),
  );
}

/** "the dangerous one is never in her referrals, she is never in his"; whoever fled the household is no danger of it. */
function goingAlong({ members, protects, dangers }: Matter): number[] {
  const fled = (m: number) => protects.includes(m) || dangers.some((d) => d.to === m && d.from === 'household');
  const endangers = (one: number, other: number) =>
    dangers.some((d) => d.to === other && (d.from === one || (d.from === 'household' && !fled(one))));
  const near = members.flatMap((_, m) => (m > 0 && !endangers(m, 0) && !endangers(0, m) ? [m] : []));
  return near.filter((m) => !near.some((other) => other !== m && endangers(m, other)));
}
