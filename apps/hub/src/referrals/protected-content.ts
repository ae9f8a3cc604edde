// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  givesAway,
  hasText,
  mustNotBeFound,
  protectedOf,
  stripSealed,
  withoutWhereaboutsOf,
  type Member,
  type Protection,
  type ReferralKind,
} from '@tsunagi/domain';
import { personsOf, type ReferralContent, type ReferralRecord } from './referral.record';
import type { MemberOnFile } from '../disclosure';

/** A content as it may be stored. */
export interface ProtectedContent {
  readonly content: ReferralContent;
  /** Who must not be found, as far as it may be told here. */
  readonly sealed: ReadonlySet<string>;
  /** Of whom of them something was left out that would have given that one away. */
  readonly dropped: readonly string[];
}

/**
 * 秘匿: of whoever is protected, by what is recorded or by what the record itself says, nothing is stored that gives the
 * whereabouts away.
 *
 * @param persons of its members, the subject first
 */
export function protectedContent(
  kind: ReferralKind,
  content: ReferralContent,
  persons: readonly string[],
  recorded: Protection,
): ProtectedContent {
  const members = [content.subject, ...content.others];
  const hidden = mustNotBeFound(recorded);
  const sealed = new Set([...protectedOf(kind, persons, recorded), ...saidToBeSealed(members, persons)]);
  const isProtected = (n: number) => sealed.has(persons[n] ?? '');
  const keep = (member: Member, n: number) => {
    if (isProtected(n)) return stripSealed(member);
    // Beside the one whom they fear it is left out without a word.
    return hidden.has(persons[n] ?? '') ? withoutWhereaboutsOf(member) : member;
  };
  return {
    content: {
      ...content,
      subject: keep(content.subject, 0),
      others: content.others.map((other, n) => keep(other, n + 1)),
    },
    sealed,
    dropped: persons.filter((_, n) => members[n] !== undefined && isProtected(n) && givesAway(members[n])),
  };
}

/** Of these persons, those whose member says so itself. */
export const saidToBeSealed = (members: readonly Member[], persons: readonly string[]): string[] =>
  persons.filter((_, n) => members[n]?.sealed === true);

/** Is there anything written in which a place may stand? What is said of the hand-over counts as the member's as well. */
export const isWritten = (member: Member, { said }: Pick<ReferralContent, 'said'>): boolean =>
  said !== undefined || hasText(member);

/** The members, with what is written of these persons to be looked through; `undefined` = nothing changes. */
export function withTextsHeld(
  { members }: ReferralRecord,
  content: ReferralContent,
  sealed: ReadonlySet<string>,
): ReferralRecord['members'] | undefined {
  const written = [content.subject, ...content.others];
  const hold = (onFile: MemberOnFile): MemberOnFile => {
    const member = written.find((m) => m.ref === onFile.ref);
    const waits =
      onFile.textUnchecked !== true && sealed.has(onFile.person) && member !== undefined && isWritten(member, content);
    return waits ? { ...onFile, textUnchecked: true } : onFile;
  };
  const [subject, ...others] = members;
  const held = [hold(subject), ...others.map(hold)] as const;
  return held.some((m, n) => m !== members[n]) ? [...held] : undefined;
}

/** Is anybody in it protected, as far as it may be told there, whether or not that person is in what leaves? */
export const isProtected = (referral: ReferralRecord, protection: Protection): boolean =>
  protectedOf(referral.kind, personsOf(referral), protection).size > 0;
