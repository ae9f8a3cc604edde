// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { itemCategories, type ItemCategory } from './data-category';
import type { Member, MemberItems } from './member.schema';
import type { HowTheyMeet } from '../codes/vocabulary';

/** Why a person is protected: 支援措置, 不開示, or because a desk says so. */
export const SealGround = z.enum(['shien_sochi', 'fukaiji', 'own']);
export type SealGround = z.infer<typeof SealGround>;

/**
 * 秘匿: what gives the whereabouts of this person away never leaves. All that stand are given to a decision: one whose
 * 支援措置 has lapsed still stands, it only asks.
 */
export interface PersonSeal {
  readonly id: string;
  readonly person: string;
}

/** Fields of the groups of a member. */
type FieldsOf<Part> = { readonly [C in ItemCategory]?: Part | readonly (keyof NonNullable<MemberItems[C]>)[] };

/**
 * What gives a person's whereabouts away (DOMAIN §6 Seal): telephone and address, school or nursery, workplace, provider,
 * where somebody lives, and the other names under which somebody does (ADR 17). A hospital stands in free text only.
 */
export const sealedFields: FieldsOf<'all'> = {
  identity: ['otherNames'],
  contact: 'all',
  employment: ['status'],
  housing: ['status'],
  education: ['school'],
  service_use: ['office'],
};

/** Texts in anybody's words: a place may stand in each. They stay behind until somebody has looked through them. */
export const textFields: FieldsOf<'all'> = {
  household_outline: ['affected'],
  wishes: ['wishes', 'strengths', 'avoid'],
  health: ['illness'],
  income_debt: ['income', 'arrears', 'debts'],
  public_assistance: ['note'],
  employment: ['note'],
  housing: ['note'],
  education: ['note'],
  child_rearing: ['note'],
  service_use: ['note'],
  abuse: ['note'],
  criminal: ['note'],
  narrative: 'all',
  origin: ['note'],
};

type LeftOut = 'all' | readonly PropertyKey[];

/** One group of a protected person without what gives the whereabouts away. Absent fields are no fields. */
export function withoutSealed<C extends ItemCategory>(
  category: C,
  group: MemberItems[C],
  { textUnchecked }: { readonly textUnchecked?: true | undefined },
): Partial<NonNullable<MemberItems[C]>> {
  // Named plainly: of any category whatever the compiler would work out each field of each.
  const sealed: LeftOut = sealedFields[category] ?? [];
  const texts: LeftOut = textFields[category] ?? [];
  const leftOut = textUnchecked ? [sealed, texts] : [sealed];
  if (leftOut.includes('all')) return {};
  const names = new Set<PropertyKey>(leftOut.flat());
  const kept = Object.entries(group ?? {}).filter(([name]) => !names.has(name));
  return Object.fromEntries(
    kept.map(([name, value]) => [name, isAskedByPost(category, name) ? false : value]),
  ) as Partial<NonNullable<MemberItems[C]>>;
}

/** A letter lies in a hall where others find it, whatever was said of it. */
const isAskedByPost = (category: ItemCategory, name: string) => category === 'contact_wishes' && name === 'letters';

/**
 * How somebody who is protected and the desk meet, by what of her comes to it: without a number that is said to be safe she is
 * called or visited by nobody but through her own desk.
 */
export const safelyMet = (said: HowTheyMeet, subject: Pick<Member, 'sealed' | 'items'>): HowTheyMeet =>
  said === 'contact_permitted' && subject.sealed === true && subject.items.contact_wishes === undefined
    ? 'through_sender'
    : said;

/** A protected member as it may be stored, and as it says. */
export const stripSealed = (member: Member): Member => ({ ...withoutWhereaboutsOf(member), sealed: true });

/** What gives the whereabouts away cannot leak from where it is not. */
export function withoutWhereaboutsOf(member: Member): Member {
  const items: MemberItems = {};
  for (const category of itemCategories) {
    const group = withoutSealed(category, member.items[category], {});
    if (Object.values(group).some((value) => value !== undefined)) Object.assign(items, { [category]: group });
  }
  return { ...member, items };
}

/** Does it hold something that gives the whereabouts of a protected person away? */
export const givesAway = (member: Member): boolean =>
  itemCategories.some((category) => {
    const fields = sealedFields[category];
    const group = member.items[category];
    if (fields === undefined || group === undefined) return false;
    return Object.entries(group).some(
      ([name, value]) => value !== undefined && (fields === 'all' || (fields as readonly string[]).includes(name)),
    );
  });

/** Are there words in which a place may stand? The day on which something was written is none. */
export const hasText = (member: Member): boolean =>
  itemCategories.some((category) => {
    const fields = textFields[category];
    return Object.entries(member.items[category] ?? {}).some(
      ([name, value]) =>
        typeof value === 'string' &&
        name !== 'writtenOn' &&
        (fields === 'all' || ((fields ?? []) as readonly string[]).includes(name)),
    );
  });
