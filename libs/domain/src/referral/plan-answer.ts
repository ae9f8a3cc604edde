// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '../calendar/business-calendar';
import { OutcomeCode, ReturnReason } from '../codes/vocabulary';
import { holdDays, latestWakeOf } from './guards';
import type { ActionFacts, ReferralAction, ResponseCode } from './referral.actions';
import { ReferralNotThereError } from './referral.errors';
import type { ReferralState } from './referral.states';
import type { Actor } from './referral.transitions';
import { livedOn, takeStep, type ReferralInLife, type StepTaken } from './take-step';

/** What a recipient's system says it did (対応区分), without the ids. */
export interface AnswerOfSystem {
  readonly code: ResponseCode;
  /** Day of the answer, `YYYY-MM-DD`. */
  readonly on: string;
  /** Day on which the hub takes it, when it was under way for longer: what waits, waits from then on. */
  readonly takenOn?: string | undefined;
  readonly worker?: string | undefined;
  /** 理由コード of a return; an unknown one is as none. */
  readonly reason?: string | undefined;
  /** 結果コード of a completion. */
  readonly outcome?: string | undefined;
  readonly nextContactOn?: string | undefined;
  readonly note?: string | undefined;
}

export interface PlannedStep {
  readonly taken: StepTaken;
  readonly reasons: readonly string[];
  /** Of a pause: when it ends by itself. */
  readonly wakeOn?: string;
}

export interface PlannedAnswer {
  /** To be taken one after the other; empty when the referral is there already. */
  readonly steps: readonly PlannedStep[];
  /** A return that waits for the supervisor of the recipient's desk. */
  readonly returnAsked?: readonly ReturnReason[];
}

/** Stands where the layout of a system has no place for what a step must be told. */
const unsaid = '（記録なし）';

/**
 * The steps that an answer of a recipient's system stands for, from a referral that has arrived. A plugin proposes;
 * whether a step may be taken is judged by the table of transitions, with what the state is now. 103 and 104 are read as
 * what they mean, never as a return. All steps are allowed or none is taken.
 * @throws {ReferralNotThereError} too late or out of order.
 * @throws {StepRefusedError} something that a step needs is missing.
 */
export function planAnswer(
  referral: ReferralInLife,
  answer: AnswerOfSystem,
  desk: { readonly returnsWithoutSupervisor: boolean },
): PlannedAnswer {
  const plan = new Plan(referral, dayOf(answer));
  switch (answer.code) {
    case '10':
    case '60':
      break;
    case '20':
      accept(plan, answer);
      plan.mustBeIn(['accepted', 'in_progress'], 'accept');
      break;
    case '30':
      start(plan, answer);
      plan.mustBeIn(['in_progress'], 'start');
      break;
    case '35':
      plan.take('hold', 'recipient', { reason: unsaid, wakeOn: plan.wakeOn(undefined, answer.nextContactOn) });
      break;
    case '40': {
      start(plan, answer);
      const outcome = OutcomeCode.safeParse(answer.outcome).data;
      plan.take(
        'complete',
        'recipient',
        { ...(outcome && { outcome }), note: answer.note ?? unsaid } as ActionFacts<'complete'>,
        outcome ? [outcome] : [],
      );
      break;
    }
    case '45':
      resume(plan);
      plan.take('ask', 'recipient', { questions: answer.note ?? unsaid });
      break;
    case '50':
      return giveBack(plan, answer, desk);
    default:
      answer.code satisfies never;
  }
  return { steps: plan.steps };
}

const dayOf = ({ on, takenOn = on }: AnswerOfSystem) => takenOn;

/** Whoever goes on with it has ended the pause; a system has no code for that of its own. */
function resume(plan: Plan): void {
  if (plan.state === 'on_hold') plan.take('resume', 'recipient', {});
}

function accept(plan: Plan, { worker, nextContactOn }: AnswerOfSystem, reasons: string[] = []): void {
  resume(plan);
  if (plan.state !== 'received') return;
  const facts = {
    ...(worker !== undefined && { worker: { name: worker } }),
    ...(nextContactOn !== undefined && { nextContactOn }),
    personMatched: true as const,
  };
  plan.take('accept', 'recipient', facts as ActionFacts<'accept'>, reasons);
}

function start(plan: Plan, answer: AnswerOfSystem): void {
  accept(plan, answer);
  if (plan.state === 'accepted') plan.take('start', 'recipient', { firstContact: { on: answer.on, how: 'record' } });
}

function giveBack(plan: Plan, answer: AnswerOfSystem, desk: { returnsWithoutSupervisor: boolean }): PlannedAnswer {
  const reason = ReturnReason.safeParse(answer.reason).data;
  if (reason === '103') {
    plan.take('hold', 'recipient', { reason: unsaid, wakeOn: plan.wakeOn('103'), code: '103' }, ['103']);
    return { steps: plan.steps };
  }
  if (reason === '104') {
    accept(plan, { ...answer, worker: answer.worker ?? unsaid }, ['104']);
    plan.mustBeIn(['accepted', 'in_progress'], 'accept');
    return { steps: plan.steps };
  }
  const reasons = reason ? [reason] : [];
  const facts = { reasons, whoTellsPerson: answer.worker ?? unsaid };
  plan.take('propose-return', 'recipient_supervisor', facts, reasons);
  return desk.returnsWithoutSupervisor ? { steps: plan.steps } : { steps: [], returnAsked: reasons };
}

class Plan {
  readonly steps: PlannedStep[] = [];

  constructor(
    private referral: ReferralInLife,
    private readonly on: string,
  ) {}

  get state(): ReferralState {
    return this.referral.state;
  }

  take<A extends ReferralAction>(action: A, by: Actor, facts: ActionFacts<A>, reasons: readonly string[] = []): void {
    const taken = takeStep(this.referral, { action, by, facts, fromRecord: true, on: this.on });
    this.steps.push({ taken, reasons, ...('wakeOn' in facts && { wakeOn: facts.wakeOn }) });
    this.referral = livedOn(this.referral, taken);
  }

  /** The day that a system names, as far as one may wait; a day that has passed says nothing. */
  wakeOn(code: string | undefined, named?: string): string {
    const latest = latestWakeOf(this.referral, code, this.on);
    const wanted = named !== undefined && named > this.on ? named : addDays(this.on, holdDays.capacity);
    return wanted < latest ? wanted : latest;
  }

  /** An answer that comes too late or out of order is refused by the state it finds. */
  mustBeIn(states: readonly ReferralState[], action: ReferralAction): void {
    if (!states.includes(this.state)) throw new ReferralNotThereError(this.state, action);
  }
}
