// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  protectedOf,
  redactMember,
  withoutThirdParties,
  type Member,
  type MemberIdentifier,
  type MemberPermit,
  type Protection,
} from '@tsunagi/domain';
import { saidAsShown } from './agreed-in';
import type { ReferralContent, ReferralRecord } from './referral.record';
import type { MemberOnFile } from '../disclosure';

/** The content with everything left out that is not permitted: the one redaction of message, screen and preview. */
export function redacted(
  content: ReferralContent,
  permitted: readonly Omit<MemberPermit, 'consents'>[],
  system: string | null,
): { subject: Member; others: Member[] } {
  const permits = new Map(permitted.map((m) => [m.ref, m]));
  const of = (member: Member) => {
    const permit = permits.get(member.ref);
    return redactMember(member, permit?.categories ?? [], system ?? undefined, permit);
  };
  return { subject: of(content.subject), others: content.others.filter((o) => permits.has(o.ref)).map(of) };
}

/** Of what is permitted, what says who one of them is; nothing where that is not. */
export const nameAlone = <M extends Pick<MemberPermit, 'ref' | 'categories'>>(
  permitted: readonly M[],
  nameOf: string,
): M[] =>
  permitted
    .filter(({ ref, categories }) => ref === nameOf && categories.includes('identity'))
    .map((permit) => ({ ...permit, categories: ['identity'] }));

/**
 * What is said of the hand-over, for everybody but its sender. It waits as every text does: until somebody has looked whether
 * it tells where one who is protected is, and a supervisor has cleared what speaks of a 在留資格.
 */
export function saidToOthers(
  { said }: Pick<ReferralContent, 'said'>,
  { kind, members }: Pick<ReferralRecord, 'kind' | 'members'>,
  protection: Protection,
): Pick<ReferralContent, 'said'> {
  const hidden = protectedOf(
    kind,
    members.map((m) => m.person),
    protection,
  );
  const isUnread = ({ person, textUnchecked, saidUncleared }: MemberOnFile) =>
    saidUncleared === true || (textUnchecked === true && hidden.has(person));
  return said && !members.some(isUnread) ? { said: withoutThirdParties(saidAsShown(said)) } : {};
}

/** As many numbers as a member may have. */
const maxNumbers = 10;

/**
 * With the numbers by which the recipient's own system knows them, as an answer of it may have said. A number says who
 * somebody is, so it goes with the name only.
 */
export function withNumbers(
  { subject, others }: { readonly subject: Member; readonly others: readonly Member[] },
  { members }: Pick<ReferralRecord, 'members'>,
  numbers: ReadonlyMap<string, readonly MemberIdentifier[]>,
  system: string | null,
): { subject: Member; others: Member[] } {
  const withTheirs = (member: Member): Member => {
    const theirs = numbers.get(members.find((m) => m.ref === member.ref)?.person ?? '');
    if (!theirs || member.items.identity === undefined) return member;
    const said = new Set(member.identifiers.map((i) => i.value));
    const more = theirs.filter((i) => i.system === system && !said.has(i.value));
    return { ...member, identifiers: [...member.identifiers, ...more].slice(0, maxNumbers) };
  };
  return { subject: withTheirs(subject), others: others.map(withTheirs) };
}
