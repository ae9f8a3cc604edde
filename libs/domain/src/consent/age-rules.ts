// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import type { ConsentGiver } from './giver.schema';
import { isRowInForce } from '../calendar/dated-row';

/** What must be recorded beside the giver's word. */
export const AgeNeed = z.enum(['child_view', 'child_agrees', 'understood']);
export type AgeNeed = z.infer<typeof AgeNeed>;

/** Who decides for a person of this age, a dated row (ours). Whoever is in none of them decides as an adult does. */
export interface AgeRule {
  readonly id: string;
  readonly fromAge: number;
  /** The last year of it; absent = from then on. */
  readonly toAge?: number | undefined;
  readonly givers: readonly ConsentGiver[];
  readonly needs: readonly AgeNeed[];
  readonly validFrom: string;
  readonly validTo?: string | undefined;
  readonly active: boolean;
  readonly checkedOn?: string | undefined;
  readonly checkedBy?: string | undefined;
}

/** Full years on this day; who was born on 29 February is a year older on 1 March. */
export function ageOn(day: string, bornOn: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4));
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

/** The first day of this age. */
export function birthday(bornOn: string, age: number): string {
  const day = `${Number(bornOn.slice(0, 4)) + age}${bornOn.slice(4)}`;
  return isNaN(Date.parse(day)) || new Date(day).toISOString().slice(0, 10) !== day ? `${day.slice(0, 4)}-03-01` : day;
}

/** The row for this age that is in force on this day. Of several the one that began last. */
export function ageRuleFor(rules: readonly AgeRule[], age: number, day: string): AgeRule | undefined {
  return rules
    .filter((r) => isRowInForce(r, day) && r.fromAge <= age && (r.toAge === undefined || age <= r.toAge))
    .reduce<AgeRule | undefined>((last, r) => (last && last.validFrom >= r.validFrom ? last : r), undefined);
}

/** One band as somebody writes it: what makes it a dated row is the day on which all of them begin. */
export type AgeBand = Pick<AgeRule, 'fromAge' | 'givers' | 'needs'> & { readonly toAge: number };

/** Nobody speaks for an adult by age alone (民法4条). */
const lastChildhoodYear = 17;

/**
 * Which band cannot stand where it does: they begin at 0, follow each other without a gap, and end with childhood. Between
 * two of them, and where they began later, a child would decide like an adult.
 */
export function bandOutOfPlace(bands: readonly AgeBand[]): number | undefined {
  const misplaced = bands.findIndex(
    ({ fromAge, toAge }, n) =>
      fromAge !== (bands[n - 1]?.toAge ?? -1) + 1 || toAge < fromAge || toAge > lastChildhoodYear,
  );
  return misplaced < 0 ? undefined : misplaced;
}
