// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dataCategories, itemCategories, type DataCategory, type ItemCategory } from './data-category';
import type { Member, MemberItems } from './member.schema';
import { withoutSealed } from './seal';
import { withoutThirdParties } from './third-parties';

/** The categories in which this member carries items, in mask order. */
export function presentCategories(member: Member): ItemCategory[] {
  return itemCategories.filter((c) => holdsSomething(member.items[c]));
}

/** An empty group is no item: it must not count as permitted and present. */
const holdsSomething = (items: object | undefined): boolean =>
  items !== undefined && Object.values(items).some((value) => value !== undefined);

/** What a seal takes out of the permitted groups. */
export interface SealedPermit {
  readonly sealed?: true | undefined;
  readonly textUnchecked?: true | undefined;
}

/**
 * The member with every group left out that `permitted` does not name, of a protected person what gives the whereabouts
 * away, and of every text what its sender marks as about somebody else. The one redaction of the house.
 */
export function redactMember(
  member: Member,
  permitted: readonly DataCategory[],
  system?: string,
  seal: SealedPermit = {},
): Member {
  const items: MemberItems = {};
  for (const category of permitted) {
    if (category === 'household') continue;
    const own = seal.sealed ? withoutSealed(category, member.items[category], seal) : member.items[category];
    // A name has no marks in it: by it the person is found.
    const group = category === 'identity' ? own : withoutThirdParties(own);
    if (holdsSomething(group)) Object.assign(items, { [category]: group });
  }
  return {
    ref: member.ref,
    role: member.role,
    ...(member.relation !== undefined && { relation: withoutThirdParties(member.relation) }),
    identifiers: member.identifiers.filter((i) => i.system === system),
    // Whoever is disclosed to must protect her as well.
    ...(seal.sealed && { sealed: seal.sealed }),
    items,
  };
}

/**
 * 提供項目マスク: 24 characters 0/1 that speak of the subject. 1 = permitted and present; bit 5 = at least one other
 * member goes along.
 */
export function disclosureMask(subject: Member, others: readonly Member[]): string {
  const bits = dataCategories.map((c) => (c === 'household' ? others.length > 0 : subject.items[c] !== undefined));
  return bits
    .map((bit) => (bit ? '1' : '0'))
    .join('')
    .padEnd(24, '0');
}
