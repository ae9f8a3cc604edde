// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { day, line } from '../codes/text.schema';
import type { DataCategory } from '../member/data-category';

/** What is known of a person beside any referral: dated, replaced by a later one, never changed. */
export const personFact = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deceased'), from: day.describe('死亡の日') }).describe('死亡'),
  z
    .strictObject({
      kind: z.literal('moved_out'),
      from: day.describe('転出の日'),
      destination: line(200).describe('転出先。記録した窓口だけに見える。').optional(),
    })
    .describe('転出。転出先の市町村へは何も送られない。'),
  z
    .strictObject({
      kind: z.literal('moved_in'),
      from: day.describe('転入の日'),
      origin: line(200).describe('転入前の住所').optional(),
    })
    .describe('転入'),
  z
    .strictObject({
      kind: z.literal('whereabouts'),
      from: day,
      until: day.optional(),
      wakeOn: day.describe('どうしているかを改めて確かめる日'),
      stays: z
        .enum(['hospital', 'facility', 'custody', 'elsewhere'])
        .describe('hospital=入院、facility=入所、custody=収容、elsewhere=そのほか'),
      place: line(200).describe('病院や施設の名前').optional(),
    })
    .describe('いまいる場所'),
  z
    .strictObject({
      kind: z.literal('other_name'),
      from: day.optional(),
      until: day.optional(),
      name: line(100).describe('通称・旧姓など'),
    })
    .describe('ほかの名前'),
  z
    .strictObject({
      kind: z.literal('abode'),
      from: day.optional(),
      until: day.optional(),
      lives: z.enum(['elsewhere', 'nowhere']).describe('elsewhere=住民票のない居所、nowhere=住所不定'),
      place: line(200).describe('居所、またはよくいる所').optional(),
    })
    .describe('居所'),
]);
export type PersonFact = z.infer<typeof personFact>;
export type PersonFactKind = PersonFact['kind'];

/** To which group of the content it belongs. */
export const factCategory: Readonly<Record<PersonFactKind, DataCategory>> = {
  deceased: 'identity',
  other_name: 'identity',
  moved_out: 'contact',
  moved_in: 'contact',
  whereabouts: 'contact',
  abode: 'contact',
};

/** A fact of somebody who is protected: without where they have gone or are (DOMAIN §6 Seal, 転出先). */
export function withoutWhereabouts(fact: PersonFact): PersonFact {
  if (fact.kind === 'moved_out') {
    const { destination: _, ...rest } = fact;
    return rest;
  }
  if (fact.kind !== 'whereabouts' && fact.kind !== 'abode') return fact;
  const { place: _, ...rest } = fact;
  return rest;
}

/** A fact in its place among the others. */
export interface RecordedFact {
  readonly id: string;
  readonly fact: PersonFact;
  /** The desk function that recorded it. */
  readonly function: string;
  readonly recordedAt: string;
  /** The earlier one that it replaces. */
  readonly supersedes?: string;
  /** It takes the earlier one back instead of replacing it: that was never so. */
  readonly inError?: true;
}

/** Those that stand: neither replaced nor taken back. */
export function standing(facts: readonly RecordedFact[]): RecordedFact[] {
  const replaced = new Set(facts.map((f) => f.supersedes));
  return facts.filter((f) => f.inError !== true && !replaced.has(f.id));
}

/**
 * What these desk functions see of a person: all that they recorded themselves, and of what others recorded only that
 * the person has died and on which day.
 */
export function factsSeenBy(
  functions: readonly string[],
  facts: readonly RecordedFact[],
): { readonly own: readonly RecordedFact[]; readonly died: string | undefined } {
  const deaths = standing(facts).flatMap(({ fact, recordedAt }) =>
    fact.kind === 'deceased' ? [{ on: fact.from, recordedAt }] : [],
  );
  const last = deaths.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).at(-1);
  return { own: facts.filter((f) => functions.includes(f.function)), died: last?.on };
}
