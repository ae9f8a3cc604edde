// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { itemCategories, type ItemCategory, type Member } from '@tsunagi/domain';
import { residenceStatusAt } from '../platform';

/** The categories of this member in which something speaks of a 在留資格, whatever field it stands in. */
export const residenceStatusIn = ({ items }: Pick<Member, 'items'>): ItemCategory[] =>
  itemCategories.filter((category) => residenceStatusAt(items[category]) !== undefined);
