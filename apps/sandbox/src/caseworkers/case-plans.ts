// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { SeededRandom } from '../residents/seeded-random';

/** 対応区分 of an answer. 10 到着 comes before all of these, 60 取消の受領 by itself. */
export type PlannedAnswer = '20' | '30' | '40' | '45' | '50';
/** What the caseworker will answer to one referral, one a step. */
export type CasePlan = readonly PlannedAnswer[];

const takes: CasePlan = ['20', '30'];
const helps: CasePlan = ['20', '30', '40'];
const asks: CasePlan = ['45'];
const returns: CasePlan = ['50'];
/** When the question was answered. */
export const planAfterAnswer: CasePlan = ['20'];

/** The first of a demo: most are taken, one is asked about, one is offered back. */
export const demoScript: readonly CasePlan[] = [takes, helps, asks, returns];

/** @param index counts the cases from 0; behind the script chance decides, the same for the same seed. */
export function choosePlan(index: number, script: readonly CasePlan[], seed: number): CasePlan {
  const chance = new SeededRandom(seed * 1_000_003 + index);
  return (
    script[index] ??
    chance.pickWeighted([
      [takes, 5],
      [helps, 3],
      [asks, 1],
      [returns, 1],
    ])
  );
}
