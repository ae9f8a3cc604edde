// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { handOverAnswers, type KaigoAnswer } from './answer-file';
import { alone, type CareCase, readCareSystem, saveCareSystem } from './care-system';
import type { KaigoFolders } from './folders';
import { readReferrals, type ReferralRecord, referralFiles } from './read-referrals';
import { type CasePlan, choosePlan, demoScript, planAfterAnswer } from '../caseworkers/case-plans';
import type { PlayedStep } from '../caseworkers/played-step';

export interface KaigoPlayerOptions {
  readonly folders: KaigoFolders;
  /** @default 1 */
  readonly seed?: number;
  /** @default the real time */
  readonly clock?: () => Date;
  /** What is answered to the first cases. @default demoScript */
  readonly script?: readonly CasePlan[];
}

const workers = ['包括　一', '包括　二', '包括　三'];

/** A caseworker of the 地域包括支援センター, played by rules, behind the 介護 system and its files. */
export class KaigoPlayer {
  readonly #folders: KaigoFolders;
  readonly #clock: () => Date;
  readonly #planOf: (index: number) => CasePlan;

  constructor({ folders, seed = 1, clock = () => new Date(), script = demoScript }: KaigoPlayerOptions) {
    this.#folders = folders;
    this.#clock = clock;
    this.#planOf = (index) => choosePlan(index, script, seed);
  }

  /**
   * Takes in what arrived, and gives the next answer to every case that waits for one; all answers in one file. A step
   * that breaks off between file and memory is taken again, and answers twice: a system may do so.
   */
  step(): PlayedStep {
    return alone(this.#folders, () => this.#play()) ?? { taken: 0, answers: {} };
  }

  #play(): PlayedStep {
    const before = readCareSystem(this.#folders);
    const files = referralFiles(this.#folders.out).filter((name) => !before.taken.includes(name));
    const arrived = files.flatMap((name) => readReferrals(this.#folders.out, name));
    const step = new Step(before.cases, this.#planOf);
    const waiting = step.waiting();
    for (const record of arrived) step.take(record);
    for (const referralId of waiting) step.answerNext(referralId);
    if (files.length === 0 && step.answers.length === 0) return { taken: 0, answers: {} };
    if (step.answers.length > 0) handOverAnswers(this.#folders, step.answers, this.#clock());
    saveCareSystem(this.#folders, { taken: [...before.taken, ...files], cases: step.cases() });
    return { taken: arrived.length, answers: countByCode(step.answers) };
  }
}

class Step {
  readonly answers: KaigoAnswer[] = [];
  readonly #cases: Map<string, CareCase>;

  constructor(
    cases: readonly CareCase[],
    private readonly planOf: (index: number) => CasePlan,
  ) {
    this.#cases = new Map(cases.map((one) => [one.referralId, one]));
  }

  cases(): CareCase[] {
    return [...this.#cases.values()];
  }

  /** Chosen before anything is taken in, so that arrival and the next answer are two steps. */
  waiting(): string[] {
    return this.cases()
      .filter(({ plan, stopped }) => plan.length > 0 && !stopped)
      .map(({ referralId }) => referralId);
  }

  take(record: ReferralRecord): void {
    const known = this.#cases.get(record.referralId);
    if (record.cancel === '3') this.#stopUsing(record, known);
    else if (known === undefined) this.#open(record);
    else this.#correct(record, known);
  }

  /** 新規: a case of its own, and 10 到着. Nobody has looked the person up yet, so the answer names neither. */
  #open({ referralId, deliveryId, insured }: ReferralRecord): void {
    const index = this.#cases.size;
    this.#cases.set(referralId, {
      referralId,
      deliveryId,
      worker: workers[index % workers.length]!,
      insured: insured || `9${String(index + 1).padStart(9, '0')}`,
      last: '10',
      plan: this.planOf(index),
      stopped: false,
    });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '10' });
  }

  /** 訂正: a question counts as answered. */
  #correct({ referralId, deliveryId }: ReferralRecord, known: CareCase): void {
    if (known.last === '45') this.#cases.set(referralId, { ...known, plan: planAfterAnswer });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '10' });
  }

  /** 取消: nothing is done with it any more, and 60 says so. */
  #stopUsing({ referralId, deliveryId }: ReferralRecord, known: CareCase | undefined): void {
    if (known) this.#cases.set(referralId, { ...known, last: '60', plan: [], stopped: true });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '60' });
  }

  answerNext(referralId: string): void {
    const open = this.#cases.get(referralId);
    if (open === undefined || open.stopped) return;
    const [code = '', ...plan] = open.plan;
    this.#cases.set(referralId, { ...open, last: code, plan });
    const { deliveryId, worker, insured } = open;
    this.answers.push({ referralId, deliveryId, worker, insured, code });
  }
}

const unnamed = { worker: '', insured: '' };

function countByCode(answers: readonly KaigoAnswer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of answers) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
