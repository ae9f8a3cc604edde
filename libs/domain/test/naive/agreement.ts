// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { evaluate, type Answer } from './evaluate';
import { tuples, type TupleOptions } from './tuples';
import type { AuthorityCode, DecisionInput, DisclosureDecision } from '../../src';

export interface Disagreement {
  /** The number of the tuple: `tupleAt(seed, index)` makes it again. */
  readonly index: number;
  readonly decided: Answer;
  readonly naive: Answer;
}

export interface Agreement {
  readonly tuples: number;
  readonly seed: number;
  /** How many tuples claim a basis. */
  readonly claimed: Readonly<Record<string, number>>;
  readonly outcomes: Readonly<Record<string, number>>;
  /** How many permits have this authority. */
  readonly permits: Readonly<Record<string, number>>;
  /** How many decisions say this reason: of a permit why the rest stays behind, else why nothing leaves. */
  readonly reasons: Readonly<Record<string, number>>;
  /** How many tuples have such a person in them. */
  readonly sealed: number;
  readonly endangered: number;
  readonly disagreements: readonly Disagreement[];
}

/** A decision in the words of the naive evaluator. */
export function answerOf(decision: DisclosureDecision): Answer {
  if (decision.outcome !== 'permit') return { outcome: decision.outcome, fields: [], sealed: [] };
  return {
    outcome: 'permit',
    authority: decision.authority,
    fields: decision.members.flatMap(({ ref, categories }) => categories.map((item) => `${ref}:${item}`)),
    feedback: decision.feedback,
    ...(decision.notAfter !== undefined && { notAfter: Date.parse(decision.notAfter) }),
    sealed: decision.members.filter(({ sealed }) => sealed === true).map(({ ref }) => ref),
  };
}

const inOrder = (answer: Answer) =>
  JSON.stringify({ ...answer, fields: [...answer.fields].sort(), sealed: [...answer.sealed].sort() }, [
    'outcome',
    'authority',
    'fields',
    'feedback',
    'notAfter',
    'sealed',
  ]);

export const isSame = (one: Answer, another: Answer) => inOrder(one) === inOrder(another);

/** Asks both about so many tuples and counts what they say. */
export function agree(
  decide: (input: DecisionInput) => DisclosureDecision,
  { seed, count, options = {} }: { seed: number; count: number; options?: TupleOptions },
): Agreement {
  const claimed: Record<string, number> = {};
  const outcomes: Record<string, number> = {};
  const permits: Record<string, number> = {};
  const reasons: Record<string, number> = {};
  const disagreements: Disagreement[] = [];
  let [sealed, endangered] = [0, 0];
  const stream = tuples(seed, options);
  for (let index = 0; index < count; index += 1) {
    const tuple = stream.next().value;
    const decision = decide(tuple.input);
    const decided = answerOf(decision);
    const naive = evaluate(tuple.input);
    if (!isSame(decided, naive)) disagreements.push({ index, decided, naive });
    tuple.claimed.forEach((code: AuthorityCode) => bump(claimed, code));
    bump(outcomes, decision.outcome);
    if (decision.outcome === 'permit') bump(permits, decision.authority);
    decision.reasons.forEach((reason) => bump(reasons, reason));
    if (tuple.input.seals) sealed += 1;
    if (tuple.input.dangers) endangered += 1;
  }
  return { tuples: count, seed, claimed, outcomes, permits, reasons, sealed, endangered, disagreements };
}

function bump(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

/** The first tuple that shows that somebody else decides: the number of it, absent when none of so many does. */
export function noticedAt(
  decide: (input: DecisionInput) => DisclosureDecision,
  somebodyElse: (input: DecisionInput) => DisclosureDecision,
  { seed, within }: { seed: number; within: number },
): number | undefined {
  const stream = tuples(seed);
  for (let index = 0; index < within; index += 1) {
    const { input } = stream.next().value;
    const naive = evaluate(input);
    if (isSame(answerOf(decide(input)), naive) && !isSame(answerOf(somebodyElse(input)), naive)) return index;
  }
  return undefined;
}
