// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { ItemCategory } from './data-category';
import type { MemberItems } from './member.schema';

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

/** One group of a protected person without what gives the whereabouts away. Absent fields are no fields. */
export function withoutSealed<C extends ItemCategory>(
  category: C,
  group: MemberItems[C],
  { textUnchecked }: { readonly textUnchecked?: true | undefined },
): Partial<NonNullable<MemberItems[C]>> {
  const leftOut = [sealedFields[category] ?? [], textUnchecked ? (textFields[category] ?? []) : []];
  if (leftOut.includes('all')) return {};
  const names = new Set<PropertyKey>(leftOut.flat());
  return Object.fromEntries(Object.entries(group ?? {}).filter(([name]) => !names.has(name))) as Partial<
    NonNullable<MemberItems[C]>
  >;
}
