// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralKind } from '../codes/vocabulary';
import { refusalsOfGuard, type RefusedCode } from './refused-code';
import { ReferralNotThereError, StepRefusedError } from './referral.errors';
import { kindRules } from './kinds';
import { actionFacts, type ActionFacts, type ReferralAction } from './referral.actions';
import { arrowsFor, transitions, type Actor, type CoreStep, type Guard, type Transition } from './referral.transitions';
import type { ReferralState } from './referral.states';

/** What a step needs to know of a referral: its place in life, not its content. */
export interface ReferralInLife {
  /** Absent = an ordinary つなぎ. */
  readonly kind?: ReferralKind | undefined;
  readonly state: ReferralState;
  /** The state before `on_hold` or `return_proposed`, for going back. */
  readonly stateBefore?: ReferralState | undefined;
  /**
   * It was accepted at some time, whatever came after. A withdrawal of the consent then stops every disclosure and does
   * not revoke it. Needed where `stateBefore` cannot tell, that is after a chain such as accepted, on hold, return
   * proposed.
   */
  readonly everAccepted?: boolean | undefined;
  /** The sender has sent the result back once already; it may not a second time. */
  readonly sentBack?: boolean | undefined;
  /** The recipient has asked at least once: a return for missing information (301) presupposes it. */
  readonly hasQuestioned: boolean;
  /** Returns in the whole journey so far: a second one goes to coordination. */
  readonly returnsInJourney: number;
  /** How often the matter has been redirected already. */
  readonly hops: number;
  /** The reasons of the return that is proposed now. */
  readonly proposedReasons?: readonly string[] | undefined;
  /** 即日: a person there has said that they have it. */
  readonly phoneConfirmed?: boolean | undefined;
}

export interface Step<A extends ReferralAction | CoreStep = ReferralAction | CoreStep> {
  readonly action: A;
  readonly by: Actor;
  readonly facts: A extends ReferralAction ? ActionFacts<A> : Record<string, never>;
  /** The decision at this moment, where the arrow needs one. */
  readonly permitted?: boolean;
  readonly meetingKnown?: boolean;
  /** Another referral of this person between these two desks is under way. */
  readonly openTwin?: boolean;
  /** Read from a legacy record: its form stands for what the record has no field for (informing the person). */
  readonly fromRecord?: boolean;
}

export interface StepTaken {
  readonly by: Actor;
  readonly from: ReferralState;
  readonly to: ReferralState;
  readonly arrow: Transition;
}

/**
 * Takes one step of a referral's life, or throws.
 * @throws {ReferralNotThereError} `STATE_NOT_THERE`: no arrow leaves this state by this action.
 * @throws {StepRefusedError} `NOT_YOUR_STEP`, or the code of the first guard that is not met.
 */
export function takeStep(referral: ReferralInLife, step: Step): StepTaken {
  const arrows = arrowsFor(referral.state, step.action);
  if (arrows.length === 0) throw new ReferralNotThereError(referral.state, step.action);
  const mine = arrows.filter((a) => a.by.includes(step.by));
  const arrow = mine[0];
  if (!arrow) throw new StepRefusedError('NOT_YOUR_STEP');
  if (isUnknownTo(referral.kind, step.action)) throw new StepRefusedError('NOT_OF_THIS_KIND');
  for (const guard of arrow.guards) {
    const refused = guards[guard](referral, step, arrow);
    if (refused) throw new StepRefusedError(refused);
  }
  if (step.action === 'accept' && ruleOf(referral.kind).answersWithDate && !fact(step, 'nextContactOn'))
    throw new StepRefusedError('DATE_OF_ANSWER_MISSING');
  const to = arrow.to === 'before' ? referral.stateBefore : arrow.to;
  if (!to) throw new ReferralNotThereError(referral.state, step.action);
  return { by: step.by, from: referral.state, to, arrow };
}

/** The referral's place in life after this step: what later guards will ask for. */
export function livedOn<R extends ReferralInLife>(referral: R, taken: StepTaken): R & ReferralInLife {
  const { to, arrow } = taken;
  return {
    ...referral,
    state: to,
    stateBefore: stateToGoBackTo(referral, taken),
    everAccepted: referral.everAccepted === true || to === 'accepted',
    sentBack: referral.sentBack === true || arrow.action === 'send-back',
    hasQuestioned: referral.hasQuestioned || to === 'questioned',
    returnsInJourney: referral.returnsInJourney + (to === 'returned' ? 1 : 0),
  };
}

/** From a pause or a proposed return one goes back to the work before it, also when one led to the other. */
function stateToGoBackTo(before: ReferralInLife, { from, to }: StepTaken): ReferralState | undefined {
  if (to !== 'on_hold' && to !== 'return_proposed') return undefined;
  return before.stateBefore ?? from;
}

/** Every action a person or system may ask for, with why it is not possible now; facts are asked for when it is taken. */
export function possibleActions(
  state: ReferralState,
  actors: readonly Actor[],
  kind?: ReferralKind,
): { action: ReferralAction; possible: boolean; because?: RefusedCode }[] {
  const asked = Object.keys(actionFacts) as ReferralAction[];
  return asked
    .filter((action) => !isUnknownTo(kind, action))
    .filter((action) => transitions.some((t) => t.action === action && t.by.some((b) => actors.includes(b))))
    .map((action) => {
      const arrows = arrowsFor(state, action);
      if (arrows.length === 0) return { action, possible: false, because: 'STATE_NOT_THERE' };
      if (!arrows.some((a) => a.by.some((b) => actors.includes(b))))
        return { action, possible: false, because: 'NOT_YOUR_STEP' };
      return { action, possible: true };
    });
}

const ruleOf = (kind: ReferralKind | undefined) => kindRules[kind ?? 'referral'];
const isUnknownTo = (kind: ReferralKind | undefined, action: Step['action']) =>
  (ruleOf(kind).without as readonly string[]).includes(action);

/** A matter is redirected twice at the most; then the desks talk. */
const maxHops = 2;

/** Refuses with one of the codes that are listed for this guard. */
type GuardCheck<G extends Guard> = (
  referral: ReferralInLife,
  step: Step,
  arrow: Transition,
) => (typeof refusalsOfGuard)[G][number] | undefined;

/** One line per guard, so that the table of transitions can be read without this file. */
const guards: { readonly [G in Guard]: GuardCheck<G> } = {
  permit: (_, step) => (step.permitted === true ? undefined : 'AUTHORITY_MISSING'),
  no_open_twin: (_, step) => (step.openTwin === true ? 'OPEN_TWIN' : undefined),
  meeting_known: (_, step) => (step.meetingKnown === true ? undefined : 'MEETING_UNKNOWN'),
  worker_named: (_, step) => (fact(step, 'worker') ? undefined : 'WORKER_MISSING'),
  first_contact: (_, step) =>
    fact(step, 'firstContact') || enoughAttempts(fact(step, 'attempts')) ? undefined : 'CONTACT_MISSING',
  wake_date: (_, step) => (fact(step, 'wakeOn') ? undefined : 'WAKE_DATE_MISSING'),
  reason_codes: (_, step) => {
    const reasons = reasonsOf(step);
    if (reasons.length === 0) return 'REASON_MISSING';
    return reasons.some((r) => r === '103' || r === '104') ? 'REASON_IS_NO_RETURN' : undefined;
  },
  questioned_before_301: (referral, step) =>
    reasonsOf(step).includes('301') && !referral.hasQuestioned ? 'ASK_FIRST' : undefined,
  fitting_desk_named: (_, step) => {
    const reasons = reasonsOf(step);
    if (reasons.includes('101') && !fact(step, 'fitting') && step.fromRecord !== true) return 'FITTING_DESK_MISSING';
    return reasons.includes('102') && !fact(step, 'municipality') && step.fromRecord !== true
      ? 'FITTING_DESK_MISSING'
      : undefined;
  },
  talk_recorded: (_, step) => (fact(step, 'talk') ? undefined : 'TALK_MISSING'),
  first_return_of_journey: (referral) => (referral.returnsInJourney > 0 ? 'SECOND_RETURN' : undefined),
  keeps_doing: (_, step) => (fact(step, 'keepsDoing') || step.by === 'core' ? undefined : 'KEEPS_DOING_MISSING'),
  outcome_code: (_, step) => (fact(step, 'outcome') ? undefined : 'OUTCOME_MISSING'),
  person_informed: ({ kind }, step) =>
    !ruleOf(kind).tellsPerson ||
    fact(step, 'personInformed') ||
    fact(step, 'notInformed') ||
    step.fromRecord === true ||
    step.by === 'core'
      ? undefined
      : 'PERSON_NOT_INFORMED',
  result_recorded: (_, step) => (fact(step, 'result') ? undefined : 'RESULT_MISSING'),
  said_to_whom: (_, step) => (fact(step, 'part') ? undefined : 'SAID_TO_WHOM_MISSING'),
  /** 201 本人が希望せず ends declined, 105 重複 ends closed; other reasons have their own arrows. */
  both_asked: (referral, _, arrow) =>
    referral.proposedReasons?.includes(arrow.to === 'declined' ? '201' : '105') ? undefined : 'STATE_NOT_THERE',
  hop_limit: (referral) => (referral.hops >= maxHops ? 'HOP_LIMIT' : undefined),
  sent_back_once: (referral) => (referral.sentBack === true ? 'SENT_BACK_ALREADY' : undefined),
  never_accepted: ({ everAccepted, stateBefore }) =>
    everAccepted === true || stateBefore === 'accepted' || stateBefore === 'in_progress'
      ? 'ACCEPTED_ALREADY'
      : undefined,
};

function fact(step: Step, name: string): unknown {
  return (step.facts as Record<string, unknown>)[name];
}

function reasonsOf(step: Step): readonly string[] {
  const reasons = fact(step, 'reasons');
  return Array.isArray(reasons) ? (reasons as string[]) : [];
}

/** Three attempts on different days and ways, one of them a visit, stand for a first contact. */
function enoughAttempts(attempts: unknown): boolean {
  if (!Array.isArray(attempts)) return false;
  const made = attempts as { on: string; how: string; visit: boolean }[];
  return (
    new Set(made.map((a) => a.on)).size >= 3 && new Set(made.map((a) => a.how)).size >= 2 && made.some((a) => a.visit)
  );
}
