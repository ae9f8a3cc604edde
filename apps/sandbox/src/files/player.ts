// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Answer, type FileOffice, fileName, serialIn } from './file-office';
import { type Folders, nextSerial } from './folders';
import { alone, type KnownCase, readMemory, saveMemory } from './memory';
import { type CasePlan, choosePlan, demoScript, planAfterAnswer } from '../caseworkers/case-plans';
import type { PlayedStep } from '../caseworkers/played-step';
import { japanYmd } from '../residents/calendar';

export interface FilePlayerOptions {
  readonly office: FileOffice;
  readonly folders: Folders;
  /** @default 1 */
  readonly seed?: number;
  /** @default the real time */
  readonly clock?: () => Date;
  /** What is answered to the first cases. @default demoScript */
  readonly script?: readonly CasePlan[];
}

/** The caseworkers of an office, played by rules, behind its system and its files. */
export class FilePlayer {
  readonly #office: FileOffice;
  readonly #folders: Folders;
  readonly #clock: () => Date;
  readonly #planOf: (index: number) => CasePlan;

  constructor({ office, folders, seed = 1, clock = () => new Date(), script = demoScript }: FilePlayerOptions) {
    this.#office = office;
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
    const before = readMemory(this.#folders);
    const files = this.#referralFiles().filter((name) => !before.taken.includes(name));
    const arrived = files.flatMap((name) => this.#readReferrals(name));
    const step = new Step(before.cases, this.#planOf, this.#office.workers);
    const waiting = step.waiting();
    for (const record of arrived) step.take(record);
    for (const referralId of waiting) step.answerNext(referralId);
    if (files.length === 0 && step.answers.length === 0) return { taken: 0, answers: {} };
    if (step.answers.length > 0) this.#handOver(step.answers);
    saveMemory(this.#folders, { taken: [...before.taken, ...files], cases: step.cases() });
    return { taken: arrived.length, answers: countByCode(step.answers) };
  }

  /** Oldest first. */
  #referralFiles(): string[] {
    return readdirSync(this.#folders.out)
      .filter((name) => serialIn(this.#office, 'referrals', name) !== undefined)
      .sort();
  }

  #readReferrals(name: string): Referral[] {
    const { places } = this.#office;
    const { referralId, deliveryId, cancel, person } = places.referrals;
    return this.#office.readRecords('referrals', readFileSync(join(this.#folders.out, name))).map((values) => ({
      referralId: values[referralId - 1] ?? '',
      deliveryId: values[deliveryId - 1] ?? '',
      cancel: values[cancel - 1] ?? '',
      person: values[person - 1] ?? '',
    }));
  }

  /** Laid into `in/` as the system would: under another name first. */
  #handOver(answers: readonly Answer[]): void {
    const now = this.#clock();
    const serial = nextSerial(this.#folders, this.#office, 'answers', japanYmd(now));
    const path = join(this.#folders.in, fileName(this.#office, 'answers', serial));
    writeFileSync(`${path}.tmp`, this.#office.writeAnswers(answers, serial, now), { mode: 0o600 });
    renameSync(`${path}.tmp`, path);
  }
}

/** A record of a file with referrals as far as the played caseworker looks at it. */
interface Referral {
  readonly referralId: string;
  readonly deliveryId: string;
  readonly cancel: string;
  readonly person: string;
}

class Step {
  readonly answers: Answer[] = [];
  readonly #cases: Map<string, KnownCase>;

  constructor(
    cases: readonly KnownCase[],
    private readonly planOf: (index: number) => CasePlan,
    private readonly workers: readonly string[],
  ) {
    this.#cases = new Map(cases.map((one) => [one.referralId, one]));
  }

  cases(): KnownCase[] {
    return [...this.#cases.values()];
  }

  /** Chosen before anything is taken in, so that arrival and the next answer are two steps. */
  waiting(): string[] {
    return this.cases()
      .filter(({ plan, stopped }) => plan.length > 0 && !stopped)
      .map(({ referralId }) => referralId);
  }

  take(record: Referral): void {
    const known = this.#cases.get(record.referralId);
    if (record.cancel === '3') this.#stopUsing(record, known);
    else if (known === undefined) this.#open(record);
    else this.#correct(record, known);
  }

  /** 新規: a case of its own, and 10 到着. Nobody has looked the person up yet, so the answer names neither. */
  #open({ referralId, deliveryId, person }: Referral): void {
    const index = this.#cases.size;
    this.#cases.set(referralId, {
      referralId,
      deliveryId,
      worker: this.workers[index % this.workers.length]!,
      person: person || `9${String(index + 1).padStart(9, '0')}`,
      last: '10',
      plan: this.planOf(index),
      stopped: false,
    });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '10' });
  }

  /** 訂正: a question counts as answered. */
  #correct({ referralId, deliveryId }: Referral, known: KnownCase): void {
    if (known.last === '45') this.#cases.set(referralId, { ...known, plan: planAfterAnswer });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '10' });
  }

  /** 取消: nothing is done with it any more, and 60 says so. */
  #stopUsing({ referralId, deliveryId }: Referral, known: KnownCase | undefined): void {
    if (known) this.#cases.set(referralId, { ...known, last: '60', plan: [], stopped: true });
    this.answers.push({ referralId, deliveryId, ...unnamed, code: '60' });
  }

  answerNext(referralId: string): void {
    const open = this.#cases.get(referralId);
    if (open === undefined || open.stopped) return;
    const [code = '', ...plan] = open.plan;
    this.#cases.set(referralId, { ...open, last: code, plan });
    const { deliveryId, worker, person } = open;
    this.answers.push({ referralId, deliveryId, worker, person, code });
  }
}

const unnamed = { worker: '', person: '' };

function countByCode(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { code } of answers) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
