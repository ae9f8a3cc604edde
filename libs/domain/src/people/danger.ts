// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PersonSeal } from '../member/seal';

/** `from` endangers the person: somebody known, or everybody of the household. It works for both of them. */
export interface Danger {
  readonly person: string;
  /** The hub's person, or `household`. */
  readonly from: string;
}

/** What was recorded to protect persons. */
export interface Protection {
  readonly seals?: readonly PersonSeal[] | undefined;
  readonly dangers?: readonly Danger[] | undefined;
}

/**
 * Does `one` endanger `other`? Of a household that endangers somebody everybody does, whoever it is, but those who are
 * protected from it as well. Of members whom nobody knows it is `undefined`.
 */
export function endangers(one: string | undefined, other: string | undefined, protection: Protection): boolean {
  const { dangers } = protection;
  if (!dangers || other === undefined || one === other) return false;
  return dangers.some(
    ({ person, from }) =>
      person === other && (from === 'household' ? !isProtectedFromHome(one, protection) : from === one),
  );
}

const isProtectedFromHome = (person: string | undefined, { seals, dangers }: Protection): boolean =>
  seals?.some((s) => s.person === person) === true ||
  dangers?.some((d) => d.person === person && d.from === 'household') === true;

/** Who must not be found: whoever is sealed, and whoever somebody endangers (DOMAIN §6 Seal and `danger_from`). */
export const mustNotBeFound = ({ seals = [], dangers = [] }: Protection): ReadonlySet<string> =>
  seals.length + dangers.length === 0 ? nobody : new Set([...seals, ...dangers].map((each) => each.person));

const nobody: ReadonlySet<string> = new Set();

/**
 * Who of these must not be found, as it may be told beside them: whom nothing protects but a danger from one of `feared`, of that
 * one nothing is told there, since whoever works with the one who is feared must see nothing of it (ADR 17).
 *
 * @param feared before whom nothing tells of a danger: of a referral its subject, of a household everybody in it
 */
export function protectedIn(
  persons: readonly string[],
  feared: readonly string[],
  protection: Protection,
): ReadonlySet<string> {
  const { seals = [], dangers = [] } = protection;
  const hidden = mustNotBeFound(protection);
  if (hidden.size === 0) return nobody;
  // A seal tells nothing of whom she fears, nor does a danger from somebody else.
  const isTold = (person: string) =>
    seals.some((s) => s.person === person) ||
    dangers.some((d) => d.person === person && d.from !== 'household' && !feared.includes(d.from)) ||
    !feared.some((one) => endangers(one, person, protection));
  return new Set(persons.filter((person) => hidden.has(person) && isTold(person)));
}

/** Who of these is endangered by another of them: they are a support unit of their own. */
export const endangeredAmong = (persons: readonly string[], protection: Protection): string[] =>
  persons.filter((person) => persons.some((other) => endangers(other, person, protection)));
