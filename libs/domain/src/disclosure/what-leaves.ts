// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberPermit } from './decision';
import type { MemberInIt } from './question';
import type { DataCategory } from '../member/data-category';

/** Of what is covered and there, what leaves: never the contact of somebody who is protected. */
export function leaving(member: MemberInIt, covered: ReadonlySet<DataCategory>): DataCategory[] {
  const { present, sealed } = member;
  return present.filter((c) => covered.has(c) && !(sealed && staysBySeal(member, c)));
}

/** The same on a row of the law: without a consent tax data stays behind (地方税法22条). */
export function leavingUnasked(member: MemberInIt, listed: ReadonlySet<DataCategory>): DataCategory[] {
  const { consentOnly } = member;
  const leaves = leaving(member, listed);
  return consentOnly ? leaves.filter((c) => !consentOnly.includes(c)) : leaves;
}

/** A seal only takes away: the contact, a way to reach the person that nobody calls safe, a text nobody looked through. */
export function staysBySeal({ textUnchecked, safeWishes }: MemberInIt, category: DataCategory): boolean {
  if (category === 'contact') return true;
  if (category === 'contact_wishes') return safeWishes !== true;
  return category === 'narrative' && textUnchecked === true;
}

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
