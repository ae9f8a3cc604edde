// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type CasePlan, choosePlan, demoScript, planAfterAnswer } from '../caseworkers/case-plans';
import { addCounts } from '../caseworkers/counts';
import type { PlayedStep } from '../caseworkers/played-step';
import { japanTimestamp } from '../residents/calendar';
import { type ChildEvent, childEvent, type EventIntent } from './child-event';
import type { Arrived, ChildCase, DepartmentFile, DepartmentMemory } from './memory';
import { signed } from './signature';

export interface KosodatePlayerOptions {
  readonly department: Pick<DepartmentFile, 'memory' | 'remember'>;
  /** Of the host's listener, such as `http://127.0.0.1:3100`. */
  readonly hubUrl: string;
  readonly signatureSecret: string;
  /** @default 1 */
  readonly seed?: number;
  /** @default the real time */
  readonly clock?: () => Date;
  /** What is answered to the first cases. @default demoScript */
  readonly script?: readonly CasePlan[];
}

export interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const workers = ['子育て　一', '子育て　二', '子育て　三'];

/** 対応区分 as this system calls what its caseworkers do, with what has to go along. */
const actions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '10': { action: 'receive' },
  '20': { action: 'accept' },
  '30': { action: 'start' },
  '40': { action: 'complete', outcomeCode: '011' },
  '45': { action: 'ask', message: '連絡のとれる時間を教えてください。' },
  '50': { action: 'proposeReturn', reasonCode: '102' },
  '60': { action: 'ackCancel' },
};

/** A caseworker of the こども家庭センター, played by rules, and the calls that the system makes for them. */
export class KosodatePlayer {
  readonly #clock: () => Date;
  readonly #planOf: (index: number) => CasePlan;

  constructor(private readonly options: KosodatePlayerOptions) {
    const { seed = 1, script = demoScript, clock = () => new Date() } = options;
    this.#clock = clock;
    this.#planOf = (index) => choosePlan(index, script, seed);
  }

  /** Goes through what arrived, and gives the next answer to every case that waits for one. What cannot be sent waits. */
  async step(): Promise<PlayedStep> {
    const { department } = this.options;
    const { memory } = department;
    const step = new Step(memory.cases, this.#planOf, memory.responses, this.#clock());
    const waiting = step.waiting();
    for (const arrived of memory.arrived) step.take(arrived);
    for (const referralId of waiting) step.answerNext(referralId);
    department.remember({
      arrived: [],
      cases: step.cases(),
      unsent: [...memory.unsent, ...step.answers],
      responses: memory.responses + step.answers.length,
      answered: addCounts(memory.answered, step.counts),
    });
    await this.sendAnswers();
    await this.sendDue();
    return { taken: memory.arrived.length, answers: step.counts };
  }

  /** Sends new events by webhook. @returns what was answered to each */
  async sendEvents(intents: readonly EventIntent[]): Promise<readonly Answered[]> {
    const answers: Answered[] = [];
    for (const event of this.inventEvents(intents)) answers.push(await this.sendEvent(event));
    return answers;
  }

  /** Events that nobody has sent yet, such as for the daily file. */
  inventEvents(intents: readonly EventIntent[]): ChildEvent[] {
    const { department, seed = 1 } = this.options;
    const { events } = department.memory;
    department.remember({ events: events + intents.length });
    return intents.map((intent, index) => childEvent(events + index + 1, seed, this.#clock(), intent));
  }

  /** Events that the next steps send, each once the hub is there. */
  plan(intents: readonly EventIntent[]): void {
    const { department } = this.options;
    const { events, due } = department.memory;
    const at = this.#clock().toISOString();
    const more = intents.map((intent, index) => ({ number: events + index + 1, at, intent }));
    department.remember({ events: events + intents.length, due: [...due, ...more] });
  }

  sendEvent(event: ChildEvent): Promise<Answered> {
    return this.call('events', event.eventId, event);
  }

  /** In their order; one that is not taken for the moment holds up those behind it. */
  private async sendAnswers(): Promise<void> {
    const { department } = this.options;
    for (;;) {
      const [first] = department.memory.unsent;
      if (!first) return;
      const { status } = await this.call('responses', first['responseId'] ?? '', first).catch(() => ({ status: 503 }));
      if (status >= 500 || status === 401) return;
      const { unsent } = department.memory;
      department.remember({ unsent: unsent.filter(({ responseId }) => responseId !== first['responseId']) });
    }
  }

  /** One that is not taken for the moment holds up those behind it; one that is refused is noted by its code. */
  private async sendDue(): Promise<void> {
    const { department, seed = 1 } = this.options;
    for (;;) {
      const [first] = department.memory.due;
      if (!first) return;
      const { number, at, intent } = first;
      const sent = this.sendEvent(childEvent(number, seed, new Date(at), intent));
      const { status, body } = await sent.catch((): Answered => ({ status: 503, body: {} }));
      if (status >= 500 || status === 401) return;
      const { due, taken, refused } = department.memory;
      // Another process may have sent it as well.
      if (!due.some((one) => one.number === number)) continue;
      const became: Partial<DepartmentMemory> =
        status < 300 ? { taken: taken + 1 } : { refused: addCounts(refused, { [String(body['code'])]: 1 }) };
      department.remember({ due: due.filter((one) => one.number !== number), ...became });
    }
  }

  private async call(place: 'events' | 'responses', key: string, content: object): Promise<Answered> {
    const { hubUrl, signatureSecret } = this.options;
    const path = `/plugins/kosodate/v1/${place}`;
    const body = JSON.stringify(content);
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': key };
    const answered = await fetch(`${hubUrl}${path}`, {
      method: 'POST',
      headers: { ...headers, ...signed(signatureSecret, 'POST', path, body, this.#clock()) },
      body,
      signal: AbortSignal.timeout(10_000),
    });
    return { status: answered.status, body: (await answered.json()) as Record<string, unknown> };
  }
}

class Step {
  readonly answers: Record<string, string>[] = [];
  readonly counts: Record<string, number> = {};
  readonly #cases: Map<string, ChildCase>;

  constructor(
    cases: readonly ChildCase[],
    private readonly planOf: (index: number) => CasePlan,
    private readonly before: number,
    private readonly now: Date,
  ) {
    this.#cases = new Map(cases.map((one) => [one.referralId, one]));
  }

  cases(): ChildCase[] {
    return [...this.#cases.values()];
  }

  /** Chosen before anything is taken in, so that arrival and the next answer are two steps. */
  waiting(): string[] {
    return this.cases()
      .filter(({ plan, stopped }) => plan.length > 0 && !stopped)
      .map(({ referralId }) => referralId);
  }

  take(arrived: Arrived): void {
    const { referralId, deliveryId, cancel } = arrived;
    const known = this.#cases.get(referralId);
    if (cancel === '3') {
      if (known) this.#cases.set(referralId, { ...known, last: '60', plan: [], stopped: true });
      this.#answer('60', arrived);
    } else if (known === undefined) {
      const index = this.#cases.size;
      const worker = workers[index % workers.length]!;
      this.#cases.set(referralId, {
        referralId,
        deliveryId,
        worker,
        last: '10',
        plan: this.planOf(index),
        stopped: false,
      });
      this.#answer('10', arrived);
    } else {
      // A question counts as answered.
      if (known.last === '45') this.#cases.set(referralId, { ...known, plan: planAfterAnswer });
      this.#answer('10', arrived);
    }
  }

  answerNext(referralId: string): void {
    const open = this.#cases.get(referralId);
    if (open === undefined || open.stopped) return;
    const [code = '', ...plan] = open.plan;
    this.#cases.set(referralId, { ...open, last: code, plan });
    this.#answer(code, open, open.worker);
  }

  #answer(code: string, { deliveryId, referralId }: Pick<Arrived, 'deliveryId' | 'referralId'>, worker?: string): void {
    this.answers.push({
      responseId: `R-${String(this.before + this.answers.length + 1).padStart(6, '0')}`,
      deliveryId,
      referralId,
      at: `${japanTimestamp(this.now).slice(0, 19).replace(' ', 'T')}+09:00`,
      ...(worker && { personInCharge: worker }),
      ...actions[code],
    });
    this.counts[code] = (this.counts[code] ?? 0) + 1;
  }
}
