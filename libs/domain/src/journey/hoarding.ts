// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay, startOf } from '../calendar/business-calendar';
import type { Domain } from '../codes/vocabulary';
import type { DataCategory } from '../member/data-category';

/** So long one desk may keep a compound case to itself before its chief hears of it. */
export const hoardingMonths = 6;
/** So many boxes of the つなぐシート make a case compound. */
const compoundBoxes = 3;

/** Items that say which field of welfare a person belongs to. */
const fieldOf: Partial<Record<DataCategory, Domain>> = {
  care_level: 'kaigo',
  disability: 'shogai',
  education: 'kosodate',
  child_rearing: 'kosodate',
  income_debt: 'konkyu',
  employment: 'konkyu',
  public_assistance: 'hogo',
};

/** What makes a case compound: the boxes, and by person what something is known of. */
export interface CaseContent {
  readonly boxes: number;
  readonly persons: readonly (readonly DataCategory[])[];
}

/** 複合: three or more boxes, or persons of two or more fields. */
export function isCompound({ boxes, persons }: CaseContent): boolean {
  return boxes >= compoundBoxes || isOfSeveralFields(persons);
}

/** Two persons of one household who belong to different fields. One person of two fields alone is not that. */
export function isOfSeveralFields(persons: CaseContent['persons']): boolean {
  const fields = persons.map((categories) => new Set(categories.flatMap((c) => fieldOf[c] ?? [])));
  return fields.some((own, i) =>
    fields.some((other, j) => i !== j && [...other].some((f) => [...own].some((o) => o !== f))),
  );
}

/** 丸抱え: from when on a case that is open with one desk alone is shown to its chief. */
export function hoardedFrom(aloneSince: Date): Date {
  const [year = 0, month = 0, day = 0] = japaneseDay(aloneSince).split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + hoardingMonths, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  return startOf(`${first.toISOString().slice(0, 8)}${String(Math.min(day, last)).padStart(2, '0')}`);
}
