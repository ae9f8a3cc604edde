// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DecisionInput, MemberInIt, MemberInQuestion, Question } from './question';
import type { ReferralKind } from '../codes/vocabulary';
import { endangers, mustNotBeFound, protectedIn, type Protection } from '../people/danger';
import { kindRules } from '../referral/kinds';

/**
 * Who goes along at all, and who of them is protected (DOMAIN §6 Seal and `danger_from`): whoever endangers the subject
 * or somebody who goes along is never in it, nor whom the subject endangers. No reason says so: who knows of a danger
 * may be another function. In a 通報・通告 everybody stays: without the one who is said to abuse it is none (ADR 17).
 */
export function whoIsIn(input: DecisionInput): Question {
  const someStay = input.dangers?.length && !everybodyGoes(input.kind);
  return withProtected(someStay ? { ...input, others: goingAlong(input) } : input);
}

/** 通報・通告: without the one who is said to abuse it is none. */
const everybodyGoes = (kind: ReferralKind): boolean => kindRules[kind].bases.includes('statute');

/** Before whom nothing tells of a danger in a referral of these, the subject first: those whom that one endangers go nowhere. */
export const fearedIn = (kind: ReferralKind, persons: readonly string[]): readonly string[] =>
  everybodyGoes(kind) ? [] : persons.slice(0, 1);

/** Who of a referral, the subject first, must not be found, as far as it may be told there. */
export const protectedOf = (
  kind: ReferralKind,
  persons: readonly string[],
  protection: Protection,
): ReadonlySet<string> => protectedIn(persons, fearedIn(kind, persons), protection);

function withProtected(input: DecisionInput): Question {
  const { subject, others } = input;
  const hidden = mustNotBeFound(input);
  if (hidden.size === 0) return input;
  const asProtected = (member: MemberInQuestion): MemberInIt =>
    member.person !== undefined && hidden.has(member.person) ? { ...member, sealed: true } : member;
  return { ...input, subject: asProtected(subject), others: others.map(asProtected) };
}

/** Of two others who endanger each other neither goes along. */
function goingAlong(input: DecisionInput): readonly MemberInQuestion[] {
  const { subject, others } = input;
  const near = others.filter(
    ({ person }) => !endangers(person, subject.person, input) && !endangers(subject.person, person, input),
  );
  return near.filter((one) => !near.some((other) => other !== one && endangers(one.person, other.person, input)));
}
