// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '../calendar/business-calendar';
import { addMonths } from './follow-ups';
import { ruleOf } from './kinds';
import { factOfOutcome, factOfReason, type NotInformed } from './referral.actions';
import { maxHops } from './ping-pong';
import type { refusalsOfGuard, RefusedCode } from './refused-code';
import type { FactGuard, Guard, StateGuard, Transition } from './referral.transitions';
import type { ReferralInLife, Step } from './in-life';

type Refusal<G extends Guard> = (typeof refusalsOfGuard)[G][number] | undefined;

/** Refuses with one of the codes that are listed for this guard; the past of the referral is all it looks at. */
type StateCheck<G extends StateGuard> = (referral: ReferralInLife, arrow: Transition) => Refusal<G>;
type FactCheck<G extends FactGuard> = (referral: ReferralInLife, step: Step) => Refusal<G>;

/** Days for which something may be on hold; for want of capacity (103) it is shorter (ours). */
export const holdDays = { usual: 60, capacity: 14 } as const;
/** Months after which a person who said no is asked again at the latest (ours). */
const askAgainMonths = 6;

const stateGuards: { readonly [G in StateGuard]: StateCheck<G> } = {
  first_return_of_journey: ({ returnsInJourney }) => (returnsInJourney > 0 ? 'SECOND_RETURN' : undefined),
  /** 201 本人が希望せず ends declined, 105 重複 ends closed; other reasons have their own arrows. */
  reason_ends_it: ({ proposedReasons }, { to }) =>
    proposedReasons?.includes(to === 'declined' ? '201' : '105') ? undefined : 'STATE_NOT_THERE',
  hop_limit: ({ hops }) => (hops >= maxHops ? 'HOP_LIMIT' : undefined),
  sent_back_once: ({ sentBack }) => (sentBack === true ? 'SENT_BACK_ALREADY' : undefined),
  series_done: ({ followUps = [] }) => (followUps.length > 0 ? 'FOLLOW_UP_LEFT' : undefined),
  phone_announced: ({ phoned }) => (phoned === false ? 'PHONE_NOT_ANNOUNCED' : undefined),
  withdrawal_asked: ({ withdrawalAsked }) => (withdrawalAsked === true ? undefined : 'WITHDRAWAL_NOT_ASKED'),
  never_received: ({ everReceived }) => (everReceived === true ? 'RECEIVED_ALREADY' : undefined),
  /** 誤送付: its recipient does not go on with it; it is given back or withdrawn. */
  not_misdirected: ({ misdirected }) => (misdirected === true ? 'MISDIRECTED' : undefined),
  never_accepted: ({ everAccepted, stateBefore }) =>
    everAccepted === true || stateBefore === 'accepted' || stateBefore === 'in_progress'
      ? 'ACCEPTED_ALREADY'
      : undefined,
};

/** One line per guard, so that the table of transitions can be read without this file. */
const factGuards: { readonly [G in FactGuard]: FactCheck<G> } = {
  may_go_there: (_, step) => (step.denied === true ? 'NOT_TO_THERE' : undefined),
  permit: (_, step) => (step.permitted === true ? undefined : 'AUTHORITY_MISSING'),
  /** 70条: whoever takes it knows what it must keep to, and says so before it sees anything. */
  conditions_acknowledged: (_, step) =>
    step.conditional === true && fact(step, 'conditionsAcknowledged') !== true
      ? 'CONDITIONS_UNACKNOWLEDGED'
      : undefined,
  phoned_first: (referral, step) =>
    isPhoneMissing(referral) && fact(step, 'phoned') === undefined ? 'PHONE_FIRST' : undefined,
  no_open_twin: (_, step) => (step.openTwin === true ? 'OPEN_TWIN' : undefined),
  meeting_known: (_, step) => (step.meetingKnown === true ? undefined : 'MEETING_UNKNOWN'),
  something_said: (_, step) => (Object.values(step.facts).every(isNothing) ? 'NOTHING_SAID' : undefined),
  worker_named: (_, step) => (fact(step, 'worker') ? undefined : 'WORKER_MISSING'),
  person_matched: (_, step) => (fact(step, 'personMatched') === true ? undefined : 'PERSON_NOT_MATCHED'),
  first_contact: (_, step) =>
    fact(step, 'firstContact') || enoughAttempts(fact(step, 'attempts')) ? undefined : 'CONTACT_MISSING',
  wake_date: (referral, step) => {
    const wakeOn = text(step, 'wakeOn');
    if (wakeOn === undefined) return 'WAKE_DATE_MISSING';
    if (step.on === undefined) return undefined;
    const latest = latestWakeOf(referral, text(step, 'code'), step.on);
    return wakeOn > step.on && wakeOn <= latest ? undefined : 'WAKE_DATE_OUT_OF_RANGE';
  },
  reason_codes: (_, step) => {
    const reasons = reasonsOf(step);
    if (reasons.length === 0) return 'REASON_MISSING';
    return reasons.some((r) => r === '103' || r === '104') ? 'REASON_IS_NO_RETURN' : undefined;
  },
  questioned_before_301: (referral, step) =>
    reasonsOf(step).includes('301') && !referral.hasQuestioned ? 'ASK_FIRST' : undefined,
  fitting_desk_named: (_, step) => {
    const reasons = reasonsOf(step);
    if (reasons.includes('101') && !fact(step, factOfReason['101']) && step.fromRecord !== true)
      return 'FITTING_DESK_MISSING';
    return reasons.includes('102') && !fact(step, factOfReason['102']) && step.fromRecord !== true
      ? 'FITTING_DESK_MISSING'
      : undefined;
  },
  /** What a reason rests on is said with it; a record has no field for it. */
  reason_shown: (_, step) =>
    step.fromRecord === true ? undefined : reasonsOf(step).flatMap((r) => missingFor[r]?.(step) ?? [])[0],
  talk_recorded: (_, step) => (fact(step, 'talk') ? undefined : 'TALK_MISSING'),
  keeps_doing: (_, step) => (fact(step, 'keepsDoing') || step.by === 'core' ? undefined : 'KEEPS_DOING_MISSING'),
  target_named: (_, step) => (fact(step, 'to') ? undefined : 'TARGET_MISSING'),
  outcome_code: (_, step) => (fact(step, 'outcome') ? undefined : 'OUTCOME_MISSING'),
  /** R12: 013 is a referral of its own. */
  referred_on: (_, step) =>
    fact(step, 'outcome') === '013' && !fact(step, factOfOutcome['013']) && step.fromRecord !== true
      ? 'TARGET_MISSING'
      : undefined,
  /** R7: what was not there is said, so that it can be collected. */
  need_named: (_, step) =>
    fact(step, 'outcome') === '023' && !fact(step, factOfOutcome['023']) && step.fromRecord !== true
      ? 'NEED_MISSING'
      : undefined,
  person_informed: ({ kind }, step) =>
    !ruleOf(kind).tellsPerson || isInformed(step) ? undefined : 'PERSON_NOT_INFORMED',
  series_chosen: (_, step) => (fact(step, 'series') ? undefined : 'SERIES_MISSING'),
  /** 丸投げ: the sender's part ends when somebody is there who looks after the persons, and not before. */
  lead_named: ({ kind }, step) => (ruleOf(kind).endsWithLead && step.leadNamed !== true ? 'LEAD_NOT_NAMED' : undefined),
  result_recorded: (_, step) => (fact(step, 'result') ? undefined : 'RESULT_MISSING'),
  contact_recorded: (_, step) => (fact(step, 'result') ? undefined : 'RESULT_MISSING'),
  informed_when_broken: (_, step) =>
    fact(step, 'result') !== 'broken' || isInformed(step) ? undefined : 'PERSON_NOT_INFORMED',
  said_to_whom: (_, step) => (fact(step, 'part') ? undefined : 'SAID_TO_WHOM_MISSING'),
  ask_again_in_time: (_, step) => {
    const [day, on] = [text(step, 'askAgainOn'), step.on];
    if (day === undefined || on === undefined) return undefined;
    return day > on && day <= addMonths(on, askAgainMonths) ? undefined : 'ASK_AGAIN_OUT_OF_RANGE';
  },
  /** The recipient asked when it proposed to give it back; now the sender. */
  both_asked: (_, step) => (fact(step, 'asked') ? undefined : 'PERSON_NOT_ASKED'),
};

/** 201 asked, 202 tried, 203–205 on which day, 105 of which one. */
const missingFor: Readonly<Partial<Record<string, (step: Step) => Refusal<'reason_shown'>>>> = {
  '105': (step) => (fact(step, factOfReason['105']) ? undefined : 'DUPLICATE_MISSING'),
  '201': (step) => (fact(step, factOfReason['201']) ? undefined : 'PERSON_NOT_ASKED'),
  '202': (step) => (enoughAttempts(fact(step, factOfReason['202'])) ? undefined : 'ATTEMPTS_MISSING'),
  '203': (step) => (fact(step, factOfReason['203']) ? undefined : 'REASON_DATE_MISSING'),
  '204': (step) => (fact(step, factOfReason['204']) ? undefined : 'REASON_DATE_MISSING'),
  '205': (step) => (fact(step, factOfReason['205']) ? undefined : 'REASON_DATE_MISSING'),
};

const isStateGuard = (guard: Guard): guard is StateGuard => Object.hasOwn(stateGuards, guard);

/** The code of the first guard of this arrow that refuses because of what the referral has been through. */
export function refusedByPast(referral: ReferralInLife, arrow: Transition): RefusedCode | undefined {
  return arrow.guards
    .filter(isStateGuard)
    .map((guard) => stateGuards[guard](referral, arrow))
    .find(Boolean);
}

/** The code of the first guard that refuses, in the order of the table. */
export function refusedBy(referral: ReferralInLife, step: Step, arrow: Transition): RefusedCode | undefined {
  for (const guard of arrow.guards) {
    const refused = isStateGuard(guard) ? stateGuards[guard](referral, arrow) : factGuards[guard](referral, step);
    if (refused) return refused;
  }
  return undefined;
}

/** 即日, and nobody has telephoned: it does not leave, not by itself either. */
export const isPhoneMissing = ({ urgency, phoned }: Pick<ReferralInLife, 'urgency' | 'phoned'>): boolean =>
  urgency === 'same_day' && phoned !== true;

/** Is it want of capacity that this pause is for? A pause that began so stays so, whatever is said to prolong it. */
export const isForCapacity = ({ shortOfCapacity }: ReferralInLife, code: string | undefined): boolean =>
  code === '103' || shortOfCapacity === true;

/** The last day on which something that is put on hold today goes on. Waiting for capacity is not prolonged. */
export function latestWakeOf(referral: ReferralInLife, code: string | undefined, on: string): string {
  if (!isForCapacity(referral, code)) return addDays(on, holdDays.usual);
  const latest = addDays(on, holdDays.capacity);
  const { waitsUntil = latest } = referral;
  return waitsUntil < latest ? waitsUntil : latest;
}

/** Something that was said with the step; every action has its own. */
export function fact(step: Step, name: string): unknown {
  return (step.facts as Record<string, unknown>)[name];
}

const text = (step: Step, name: string) => fact(step, name) as string | undefined;

/** It is written down why the person is not told yet; `whenSafe`: what it rests on is reason enough. */
export const isReasoned = (not: NotInformed | undefined, whenSafe = false): boolean =>
  not !== undefined && (whenSafe || not.reason !== undefined);

/** Told, or written down why not yet, now or before; a record's form stands for it, and the hub speaks with nobody. */
function isInformed(step: Step): boolean {
  const said =
    fact(step, 'personInformed') !== undefined ||
    isReasoned(fact(step, 'notInformed') as NotInformed | undefined, step.whenSafe);
  return said || step.informedBefore === true || step.fromRecord === true || step.by === 'core';
}

const isNothing = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0);

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
