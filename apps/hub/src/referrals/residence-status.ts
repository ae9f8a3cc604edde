// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { itemCategories, type ItemCategory, type Member } from '@tsunagi/domain';
import { speaksOfResidenceStatus } from '@tsunagi/text';

/** The categories of this member in which something speaks of a 在留資格, whatever field it stands in. */
export const residenceStatusIn = ({ items }: Pick<Member, 'items'>): ItemCategory[] =>
  itemCategories.filter((category) => residenceStatusAt(items[category]) !== undefined);

/** Where a text in it speaks of one, as a JSON pointer. */
export function residenceStatusAt(value: unknown, at = ''): string | undefined {
  if (typeof value === 'string') return speaksOfResidenceStatus(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = residenceStatusAt(inner, `${at}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
