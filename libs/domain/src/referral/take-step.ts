// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fact, isForCapacity, latestWakeOf, refusedBy, refusedByPast } from './guards';
import { followUpDays } from './follow-ups';
import type { FollowUpSeries } from '../codes/vocabulary';
import type { ReferralInLife, Remembered, Step, StepTaken } from './in-life';
import { isArrowOf, isByPerson, isUnknownTo, ruleOf } from './kinds';
import type { RefusedCode } from './refused-code';
import { ReferralNotThereError, StepRefusedError } from './referral.errors';
import { actionFacts, type ReferralAction } from './referral.actions';
import { arrowsFor, transitions, type Actor, type Transition } from './referral.transitions';
import { inHand, standstill, type ReferralState } from './referral.states';
import { asTold, toldStateOf } from './told-state';

export { hasArrived, type ReferralInLife, type Step, type StepTaken } from './in-life';

/**
 * Takes one step of a referral's life, or throws. Of its sender it is asked first whether it could be taken in the state
 * that the sender was told: a refusal says nothing of what it was not told.
 * @throws {ReferralNotThereError} `STATE_NOT_THERE`: no arrow leaves this state by this action.
 * @throws {StepRefusedError} `NOT_YOUR_STEP`, or the code of the first guard that is not met.
 */
export function takeStep(referral: ReferralInLife, step: Step): StepTaken {
  if (step.by !== 'sender' || toldStateOf(referral) === referral.state) return judge(referral, step);
  const asKnown = judge(asTold(referral), step);
  if (arrowsOf(referral, step.action).some((arrow) => arrow.by.includes('sender'))) return judge(referral, step);
  // As far as the sender knows it may; there is nothing left to be moved, and to say so would tell.
  const { state } = referral;
  return { ...asKnown, from: state, to: state, arrow: { ...asKnown.arrow, to: 'same' } };
}

function judge(referral: ReferralInLife, step: Step): StepTaken {
  // Before the state: what a kind does not know tells nothing of where the referral is.
  if (isUnknownTo(referral.kind, step.action)) throw new StepRefusedError('NOT_OF_THIS_KIND');
  const arrows = arrowsOf(referral, step.action);
  if (arrows.length === 0) throw new ReferralNotThereError(referral.state, step.action);
  const { kind, state } = referral;
  const arrow = arrows.find((a) => a.by.includes(step.by) && !(step.byMachine && isByPerson(kind, state, a)));
  if (!arrow) throw new StepRefusedError('NOT_YOUR_STEP');
  const refused = refusedBy(referral, step, arrow);
  if (refused) throw new StepRefusedError(refused);
  if (step.action === 'accept' && ruleOf(referral.kind).answersWithDate && !fact(step, 'nextContactOn'))
    throw new StepRefusedError('DATE_OF_ANSWER_MISSING');
  const to = stateAfter(referral, arrow);
  if (!to) throw new ReferralNotThereError(referral.state, step.action);
  return { by: step.by, from: referral.state, to, arrow, remembers: rememberedOf(referral, step, arrow) };
}

/** The arrows that leave its state by this action, as far as its kind has them. */
function arrowsOf({ kind, state }: ReferralInLife, action: Transition['action']): readonly Transition[] {
  return arrowsFor(state, action).filter((arrow) => isArrowOf(kind, state, arrow));
}

function stateAfter({ state, stateBefore }: ReferralInLife, { to }: Transition): ReferralState | undefined {
  if (to === 'same') return state;
  return to === 'before' ? stateBefore : to;
}

/** What is said at a step and counts later: reasons, promises, days. */
function rememberedOf(referral: ReferralInLife, step: Step, { to }: Transition): Remembered {
  const { action, on } = step;
  const said = <T>(name: string) => fact(step, name) as T | undefined;
  const reasons = said<readonly string[]>('reasons');
  const series = said<FollowUpSeries>('series');
  const code = said<string>('code');
  const capacity = action === 'hold' && isForCapacity(referral, code);
  return {
    ...(reasons && { proposedReasons: reasons, duplicateOf: said<string>('duplicateOf') }),
    // With the other steps it is said of the referral that goes on.
    ...((action === 'send' || action === 'edit') && said('phoned') !== undefined && { phoned: true }),
    ...(isHeardBy(referral, action) && { phoneConfirmed: true }),
    ...(action === 'receive' && { everReceived: true }),
    ...(action === 'decline' && { askAgainOn: said<string>('askAgainOn') }),
    // Asked again, the person wants it: another one goes on.
    ...(action === 'reopen' && { askAgainOn: undefined }),
    ...(action === 'withdraw' && to === 'same' && { withdrawalAsked: true }),
    ...(capacity && { shortOfCapacity: true }),
    ...(capacity && on !== undefined && { waitsUntil: latestWakeOf(referral, code, on) }),
    ...(action === 'follow-up' && followUpsAfter(referral, series, said('result'), on)),
    ...(action === 'misdirected' && { misdirected: true }),
    ...informingAfter(step),
  };
}

/** A person there has said that they have it; a 通報・通告 is opened by nobody else. */
const isHeardBy = ({ kind }: ReferralInLife, action: Step['action']) =>
  action === 'confirm-phone' || (action === 'receive' && ruleOf(kind).back === 'arrival');

/** Choosing sets the days; every contact takes one away, and what is broken needs no further one. */
function followUpsAfter(
  { state, followUps = [] }: ReferralInLife,
  series: FollowUpSeries | undefined,
  result: unknown,
  on: string | undefined,
): Remembered {
  if (state === 'completed') return { followUps: series && on !== undefined ? followUpDays(series, on) : [] };
  return { followUps: result === 'broken' ? [] : followUps.slice(1) };
}

/** R11: a promise to tell the person later stands until it is kept. For the coordinator the sender tells, who keeps contact. */
function informingAfter(step: Step): Remembered {
  const kept = fact(step, 'personInformed') !== undefined;
  const promise = fact(step, 'notInformed') as { by: string } | undefined;
  if (!kept && !promise) return {};
  const isRecipient = step.by === 'recipient' || step.by === 'recipient_supervisor';
  return isRecipient ? { recipientInformsBy: promise?.by } : { senderInformsBy: promise?.by };
}

/** The referral's place in life after this step: what later guards will ask for. */
export function livedOn<R extends ReferralInLife>(referral: R, taken: StepTaken): R & ReferralInLife {
  const { from, to, arrow, remembers } = taken;
  if (arrow.to === 'same') return { ...referral, ...remembers };
  return {
    ...referral,
    shortOfCapacity: false,
    // Whoever goes on with it has found room; a pause that ends or another one has not.
    waitsUntil: standstill.has(from) || standstill.has(to) ? referral.waitsUntil : undefined,
    // Whoever reports or gives it back has answered.
    withdrawalAsked: referral.withdrawalAsked === true && inHand.has(to),
    ...remembers,
    state: to,
    stateBefore: stateToGoBackTo(referral, taken),
    everReceived: referral.everReceived === true || to === 'received',
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

/**
 * Every action a person or system may ask for, with why it is not possible now: whose step it is, and what the past of the
 * referral decides. Facts are asked for when it is taken. As its sender one asks about the state that it was told.
 */
export function possibleActions(
  referral: ReferralInLife,
  actors: readonly Actor[],
  { byMachine = false }: Pick<Step, 'byMachine'> = {},
): { action: ReferralAction; possible: boolean; because?: RefusedCode }[] {
  const isOf = (actor: Actor) => (arrow: Transition) => arrow.by.includes(actor) && !(arrow.byPerson && byMachine);
  const isTaken =
    ({ kind, state }: ReferralInLife, actor: Actor) =>
    (arrow: Transition) =>
      isOf(actor)(arrow) && !(byMachine && isByPerson(kind, state, arrow));
  const asked = Object.keys(actionFacts) as ReferralAction[];
  return asked
    .filter((action) => !isUnknownTo(referral.kind, action))
    .filter((action) => transitions.some((t) => t.action === action && actors.some((a) => isOf(a)(t))))
    .map((action) => {
      const answers = actors.map((actor) => {
        const seen = actor === 'sender' ? asTold(referral) : referral;
        const arrows = arrowsOf(seen, action);
        if (arrows.length === 0) return 'STATE_NOT_THERE';
        const arrow = arrows.find(isTaken(seen, actor));
        return arrow ? refusedByPast(seen, arrow) : 'NOT_YOUR_STEP';
      });
      if (answers.includes(undefined)) return { action, possible: true };
      const because = answers.reduce(nearer);
      return { action, possible: false, ...(because && { because }) };
    });
}

/** Of the refusals under several hats the one that comes nearest to the step says why it is not possible. */
export const nearer = <C extends string | undefined>(one: C, other: C): C =>
  distanceOf(other) < distanceOf(one) ? other : one;
const distanceOf = (code: string | undefined) => ['NOT_YOUR_STEP', 'STATE_NOT_THERE'].indexOf(code ?? '');
