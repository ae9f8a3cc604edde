// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Wishes } from './wishes';

interface OfSomebody {
  readonly person: string;
}

/** Where in a list the words of each person stand, as far as the list was looked through. */
interface Places {
  seen: number;
  readonly of: Map<string, number[]>;
}

/** A list of words only grows, and a word gives its place to one of the same person. */
const placesIn = new WeakMap<readonly OfSomebody[], Places>();

/**
 * Of what is recorded about many, as one batch reads it, what these persons have said; the rest is as it was. Each decision
 * goes through what it is given several times.
 */
export function saidOf(wishes: Wishes, persons: readonly string[]): Wishes {
  const { consents, refusals, grounds, seals, dangers, sittings } = wishes;
  return {
    consents: ofThose(consents, persons),
    refusals: ofThose(refusals, persons),
    grounds,
    seals,
    dangers,
    sittings,
  };
}

function ofThose<T extends OfSomebody>(all: T[], persons: readonly string[]): T[] {
  if (all.length === 0) return all;
  const { of } = lookedThrough(all);
  const [only = '', ...others] = persons;
  if (others.length === 0) return (of.get(only) ?? []).flatMap((place) => all[place] ?? []);
  const places = [...new Set(persons)].flatMap((person) => of.get(person) ?? []);
  return places.sort((a, b) => a - b).flatMap((place) => all[place] ?? []);
}

function lookedThrough(all: readonly OfSomebody[]): Places {
  const places = placesIn.get(all) ?? { seen: 0, of: new Map<string, number[]>() };
  if (places.seen === 0) placesIn.set(all, places);
  for (; places.seen < all.length; places.seen++) {
    const person = all[places.seen]?.person ?? '';
    const before = places.of.get(person);
    if (before) before.push(places.seen);
    else places.of.set(person, [places.seen]);
  }
  return places;
}
