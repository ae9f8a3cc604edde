// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ageOn, ageRuleFor, birthday, type AgeNeed, type AgeRule } from './age-rules';
import type { Capacity, ConsentGiver } from './giver.schema';

/** A word about a person, as far as it matters who gave it. */
export interface Said {
  readonly giver: ConsentGiver;
  readonly capacity?: Capacity | undefined;
  /** Absent = not known, so nobody is taken for a child. */
  readonly bornOn?: string | undefined;
  /** The day on which it was said. */
  readonly on: string;
}

/** What is missing or in the way: of the giver's own, of the age, of the other parent. */
export type NotEntitled = 'giver' | 'age' | 'document' | 'powerForThis' | 'parental' | 'otherParent' | AgeNeed;

/** Why this giver cannot consent for the person; `undefined` when the giver can. */
export function whyNotEntitled(said: Said, rules: readonly AgeRule[]): NotEntitled | undefined {
  const { capacity: shown = {} } = said;
  const rule = ruleFor(said, rules);
  const because = whyCannotSpeak(said, rule);
  if (because) return because;
  if (said.giver === 'legal_guardian' && shown.parental === 'joint' && shown.otherParent === undefined)
    return 'otherParent';
  return rule?.needs.find((need) => !isSaid(need, shown));
}

/**
 * Why this giver's no stops nothing. To say no asks for less: everybody may for oneself, one of two parents is enough, and
 * nothing needs to be understood or agreed to.
 */
export function whyMayNotRefuse(said: Said, rules: readonly AgeRule[]): NotEntitled | undefined {
  return isOwnWord(said.giver) ? undefined : whyCannotSpeak(said, ruleFor(said, rules));
}

/** The day on which another must be asked, because the person comes of an age; `undefined` when nobody must. */
export function entitledUntil(said: Said, rules: readonly AgeRule[]): string | undefined {
  const toAge = ruleFor(said, rules)?.toAge;
  if (said.bornOn === undefined || toAge === undefined || isOwnWord(said.giver)) return undefined;
  return birthday(said.bornOn, toAge + 1);
}

const isOwnWord = (giver: ConsentGiver) => giver === 'self' || giver === 'self_with_support';

function ruleFor({ capacity: shown, bornOn, on }: Said, rules: readonly AgeRule[]): AgeRule | undefined {
  return bornOn === undefined || shown?.expectant ? undefined : ageRuleFor(rules, ageOn(on, bornOn), on);
}

function whyCannotSpeak({ giver, capacity: shown = {} }: Said, rule: AgeRule | undefined): NotEntitled | undefined {
  if (giver === 'family') return 'giver';
  if (rule && !rule.givers.includes(giver)) return 'age';
  switch (giver) {
    case 'self':
    case 'self_with_support':
      return undefined;
    case 'legal_guardian':
      if (!rule) return 'age';
      return shown.parental === undefined ? 'parental' : undefined;
    case 'curator_or_assistant':
      if (!shown.powerForThis) return 'powerForThis';
      return shown.document === undefined ? 'document' : undefined;
    case 'authorized_agent':
    case 'adult_guardian':
    case 'voluntary_guardian':
      return shown.document === undefined ? 'document' : undefined;
    default:
      return giver satisfies never;
  }
}

function isSaid(need: AgeNeed, shown: Capacity): boolean {
  switch (need) {
    case 'child_view':
      return shown.childView !== undefined;
    case 'child_agrees':
      return shown.childAgrees === true;
    case 'understood':
      return shown.understood === true;
    default:
      return need satisfies never;
  }
}
