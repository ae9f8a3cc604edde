// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { HoldReason, MemberPermit } from './decision';
import type { MemberInIt } from './question';
import type { DataCategory } from '../member/data-category';

/** Of what is covered and there, what leaves: never the contact of somebody who is protected, nor what waits to be cleared. */
export const leaving = (member: MemberInIt, covered: ReadonlySet<DataCategory>): DataCategory[] =>
  member.present.filter((c) => covered.has(c) && !stays(member, c));

/** It stays behind, whoever permits it. */
export const stays = (member: MemberInIt, category: DataCategory): boolean =>
  (member.sealed === true && staysBySeal(member, category)) || member.uncleared?.includes(category) === true;

/** The same on a row of the law: without a consent tax data stays behind (地方税法22条). */
export function leavingUnasked(member: MemberInIt, listed: ReadonlySet<DataCategory>): DataCategory[] {
  const { consentOnly } = member;
  const leaves = leaving(member, listed);
  return consentOnly ? leaves.filter((c) => !consentOnly.includes(c)) : leaves;
}

/** A seal only takes away: the contact, a way to reach the person that nobody calls safe, a text nobody looked through. */
function staysBySeal({ textUnchecked, safeWishes }: MemberInIt, category: DataCategory): boolean {
  if (category === 'contact') return true;
  if (category === 'contact_wishes') return safeWishes !== true;
  return category === 'narrative' && textUnchecked === true;
}

/** Why texts of those who go along stay behind. */
export const textReasons = (members: readonly MemberInIt[]): HoldReason[] => [
  ...(members.some((m) => m.sealed && m.textUnchecked) ? (['SEALED_TEXT_UNCHECKED'] as const) : []),
  ...(members.some((m) => m.uncleared?.some((c) => m.present.includes(c))) ? (['RESIDENCE_STATUS_TEXT'] as const) : []),
];

/** What the member may be disclosed with, and what the seal takes out of it. */
export function permitOf(
  { ref, sealed, textUnchecked }: MemberInIt,
  categories: DataCategory[],
  { consents = [], grounds = [] }: { consents?: string[]; grounds?: string[] } = {},
): MemberPermit {
  return {
    ref,
    categories,
    consents,
    ...(grounds.length > 0 && { grounds }),
    ...(sealed && { sealed }),
    ...(sealed && textUnchecked && { textUnchecked }),
  };
}
