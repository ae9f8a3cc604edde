// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/**
 * 提供項目, in the order of the 提供項目マスク. `household` has no fields of its own: it is the leave to see the other
 * members, each with that member's own permitted items. Bits 22 to 24 of the mask are reserved.
 */
export const dataCategories = [
  'identity',
  'contact',
  'contact_wishes',
  'household_outline',
  'household',
  'concern',
  'wishes',
  'care_level',
  'disability',
  'health',
  'income_debt',
  'public_assistance',
  'employment',
  'housing',
  'education',
  'child_rearing',
  'service_use',
  'abuse',
  'criminal',
  'narrative',
  'origin',
] as const;

export const DataCategory = z.enum(dataCategories);
export type DataCategory = z.infer<typeof DataCategory>;

/** Categories a member can carry items in. */
export type ItemCategory = Exclude<DataCategory, 'household'>;

export const itemCategories = dataCategories.filter((c): c is ItemCategory => c !== 'household');

/** Says why a category asks for more care. `law` = 要配慮個人情報, `ours` = this product treats it alike. */
export type Sensitivity = 'law' | 'ours';

/** 要配慮 of the table of categories. */
export const sensitivity: Readonly<Partial<Record<DataCategory, Sensitivity>>> = {
  care_level: 'ours',
  disability: 'law',
  health: 'law',
  public_assistance: 'ours',
  abuse: 'ours',
  criminal: 'law',
  narrative: 'ours',
  origin: 'law',
};

export const isSensitive = (category: DataCategory): boolean => sensitivity[category] !== undefined;
