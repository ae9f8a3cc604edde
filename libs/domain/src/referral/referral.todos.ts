// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addWorkingDays, startOf } from '../calendar/business-calendar';
import type { ReferralKind, Role, Urgency } from '../codes/vocabulary';
import { dueBy, limitOf, type ClockLimit, type TimesOf } from './due';
import { hiddenKinds } from './kinds';
import {
  finalStates,
  inHand,
  maybeNeverAccepted,
  openStates,
  unsentStates,
  type ReferralState,
} from './referral.states';
import { arrowsFor } from './referral.transitions';

/** Why something waits at its sender's desk. */
export type WaitsFor = 'authority' | 'asserted_after_withdrawal' | 'twin' | 'phone';

/** All of a referral on which depends what waits for whom: its place in life and its dates, no content. */
export interface ReferralInTime {
  /** Absent = an ordinary つなぎ. */
  readonly kind?: ReferralKind | undefined;
  readonly state: ReferralState;
  /** The state as its sender may know it. */
  readonly toldState: ReferralState;
  readonly stateAt: Date;
  readonly urgency: Urgency;
  /** A desk is named, or a route has led to one. */
  readonly routed: boolean;
  /** The recipient's daily work is done in the hub, not in a system behind a plugin. */
  readonly worksHere: boolean;
  /** It goes on a sheet, by post or with the person (本人持参). */
  readonly carried: boolean;
  /** It stays on the sender's list until the sender was told of this (R10). */
  readonly staysUntil?: 'received' | 'accepted' | undefined;
  readonly sentBack: boolean;
  /** A system of the recipient wants to give it back, and the supervisor has not said so yet. */
  readonly returnAsked: boolean;
  /** 103 定員・体制: it waits for room. */
  readonly shortOfCapacity: boolean;
  /** 同意なし: the day on which the person may be asked again. */
  readonly askAgainOn?: string | undefined;
  /** 誤送付: its recipient does not go on with it. */
  readonly misdirected: boolean;
  /** Its sender would take it back. */
  readonly withdrawalAsked: boolean;
  readonly waitsFor?: WaitsFor | undefined;
  readonly sentAt?: Date | undefined;
  /** 即日: a person there has said that they have it. */
  readonly phoneConfirmed: boolean;
  readonly dueOn?: string | undefined;
  /** The due date as its sender knows it; of a sheet, when the sender asks about it. */
  readonly toldDueOn?: string | undefined;
  /** Its sender was told at some time that it was taken. */
  readonly toldAccepted?: boolean | undefined;
  readonly wakeOn?: string | undefined;
  readonly followUpOn?: string | undefined;
  /** Until when the consent that it goes out on is valid. */
  readonly authorityUntil?: Date | undefined;
  /** R11: until when a side still has to tell the person. */
  readonly senderInformsBy?: string | undefined;
  readonly recipientInformsBy?: string | undefined;
  /** R2: the coordinators do not confirm what their own desk gives back. */
  readonly confirmedByMunicipality?: boolean | undefined;
  /** 秘匿: nobody of its desk has looked yet whether a text tells where somebody is. */
  readonly textUnchecked?: boolean | undefined;
  /** From when a text of it that has not left yet is too old to leave, unless its sender confirms it. */
  readonly narrativeOldFrom?: Date | undefined;
  /** A text speaks of a 在留資格, and no supervisor of its desk has cleared it. */
  readonly textUncleared?: boolean | undefined;
}

/** To-dos that follow from a referral's state and the time alone. They are done when the referral moves on, never ticked. */
export type StateTodoKind =
  | 'complete_draft'
  | 'find_recipient'
  | 'authority_needed'
  | 'asserted_after_withdrawal'
  | 'twin_open'
  | 'ask_again'
  | 'ask_after_no'
  | 'take_referral'
  | 'call_next_duty'
  | 'await_reception'
  | 'carried_not_arrived'
  | 'answer_question'
  | 'begin_work'
  | 'confirm_return'
  | 'agree_return'
  | 'act_on_return'
  | 'find_capacity'
  | 'hold_meeting'
  | 'work_on'
  | 'see_result'
  | 'follow_up_due'
  | 'renew_authority'
  | 'inform_person'
  | 'withdrawal_asked'
  | 'check_sealed_text'
  | 'confirm_narrative'
  | 'clear_residence_text'
  | 'overdue';

export interface StateTodo {
  readonly kind: StateTodoKind;
  /** Whose function; a coordinator finds it by the sender's. */
  readonly at: 'sender' | 'recipient';
  readonly role: Role;
  /** Time has run out; it stands before the others. */
  readonly escalated: boolean;
}

/** What only the passing of time brings about: to-dos, or a step that the hub itself takes. */
interface Alarm {
  readonly at: Date;
  readonly todos?: readonly StateTodo[];
  readonly step?: ClockStep;
}
export type ClockStep = 'wake' | 'coordinate';

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Working days after the due date on which each hears of it. DOMAIN §5 names the order; the distances are ours. */
export const remindedAfter = { caseworker: 1, supervisor: 2, coordinator: 3 } as const;

const todo = (at: StateTodo['at'], role: Role, kind: StateTodoKind, escalated = false): StateTodo => ({
  kind,
  at,
  role,
  escalated,
});
const late = (at: StateTodo['at'], role: Role, kind: StateTodoKind) => todo(at, role, kind, true);

/**
 * What waits for whom at this moment. This is the truth; the rows of the to-do lists are its index. What the recipient
 * does is on the sender's list only as far as the sender was told.
 */
export function todosOf(referral: ReferralInTime, times: TimesOf, now: Date): StateTodo[] {
  return lookAt(referral, times, now).todos;
}

/** The next moment at which time alone changes something; `undefined` when it changes nothing. */
export function nextAlarm(referral: ReferralInTime, times: TimesOf, now: Date): Date | undefined {
  return lookAt(referral, times, now).next;
}

/** The step that the hub must take now because of the time, if any. */
export function stepOfClock(referral: ReferralInTime, times: TimesOf, now: Date): ClockStep | undefined {
  return lookAt(referral, times, now).step;
}

/** All three at once. */
export function lookAt(
  referral: ReferralInTime,
  times: TimesOf,
  now: Date,
): { readonly todos: StateTodo[]; readonly next: Date | undefined; readonly step: ClockStep | undefined } {
  // Of a 通報・通告 no coordinator hears, and nobody brings the desks together over it.
  const isHidden = hiddenKinds.includes(referral.kind ?? 'referral');
  const heard = (all: readonly StateTodo[]) => (isHidden ? all.filter((t) => t.role !== 'coordinator') : all);
  const todos = [...heard(todosOfState(referral))];
  let next: Date | undefined;
  let step: ClockStep | undefined;
  for (const alarm of alarmsOf(referral, times)) {
    if (isHidden && alarm.step === 'coordinate') continue;
    if (alarm.at > now) next = next && next < alarm.at ? next : alarm.at;
    else {
      todos.push(...heard(alarm.todos ?? []));
      step ??= alarm.step;
    }
  }
  return { todos, next, step };
}

function todosOfState(r: ReferralInTime): StateTodo[] {
  // A promise to the person outlives the referral.
  const promised = [
    ...(r.senderInformsBy === undefined ? [] : [todo('sender', 'caseworker', 'inform_person')]),
    ...(r.recipientInformsBy === undefined ? [] : [todo('recipient', 'caseworker', 'inform_person')]),
  ];
  if (finalStates.has(r.state)) return promised;
  const asked = r.returnAsked ? [todo('recipient', 'supervisor', 'confirm_return')] : [];
  const askedBack =
    r.withdrawalAsked && inHand.has(r.state) ? [todo('recipient', 'caseworker', 'withdrawal_asked')] : [];
  // Its correction waits, while the referral itself has gone.
  const isOver = finalStates.has(r.toldState);
  const held = r.sentAt !== undefined && r.waitsFor !== undefined && !isOver ? [waiting(r.waitsFor)] : [];
  const awaited = isAwaited(r) ? [todo('sender', 'caseworker', 'await_reception')] : [];
  const unread = r.textUnchecked && !isOver ? [todo('sender', 'caseworker', 'check_sealed_text')] : [];
  const uncleared = r.textUncleared && !isOver ? [todo('sender', 'supervisor', 'clear_residence_text')] : [];
  return [...ofState(r), ...asked, ...askedBack, ...held, ...awaited, ...promised, ...unread, ...uncleared];
}

/** R10: it stays until the sender was told of 引受, whatever pause or talk comes before that; a return asks for an answer of its own. */
const beforeReception: ReadonlySet<ReferralState> = new Set(
  maybeNeverAccepted.filter((state) => state !== 'return_proposed'),
);

function isAwaited({ staysUntil, toldState, toldAccepted, sentAt }: ReferralInTime): boolean {
  if (staysUntil === undefined || sentAt === undefined) return false;
  if (staysUntil === 'received') return toldState === 'sent';
  return toldAccepted !== true && beforeReception.has(toldState);
}

const waiting = (waitsFor: WaitsFor = 'authority') => todo('sender', 'caseworker', kindOfWaiting[waitsFor]);
/** Why it waits at its sender, as its list has it. */
export const kindOfWaiting = {
  authority: 'authority_needed',
  asserted_after_withdrawal: 'asserted_after_withdrawal',
  twin: 'twin_open',
  // 即日, permitted by now: somebody must telephone before it leaves.
  phone: 'complete_draft',
} as const satisfies Record<WaitsFor, StateTodoKind>;

const addressMissing = [
  todo('sender', 'caseworker', 'find_recipient'),
  todo('sender', 'coordinator', 'find_recipient'),
];

function ofState(r: ReferralInTime): StateTodo[] {
  const { state } = r;
  const isDoneHere = r.worksHere && !r.misdirected;
  switch (state) {
    case 'draft':
      return r.routed ? [todo('sender', 'caseworker', 'complete_draft')] : addressMissing;
    // A newer record may lead nowhere any more.
    case 'awaiting_authority':
      return r.routed ? [waiting(r.waitsFor)] : addressMissing;
    case 'sent':
      return isDoneHere && !r.carried ? [todo('recipient', 'caseworker', 'take_referral')] : [];
    case 'received':
      return isDoneHere ? [todo('recipient', 'caseworker', 'take_referral')] : [];
    case 'questioned':
      return [todo('sender', 'caseworker', 'answer_question')];
    case 'accepted':
      return isDoneHere ? [todo('recipient', 'caseworker', 'begin_work')] : [];
    case 'in_progress':
      return r.sentBack && !r.misdirected ? [todo('recipient', 'caseworker', 'work_on')] : [];
    case 'return_proposed':
      return [
        todo('sender', 'caseworker', 'agree_return'),
        ...(r.confirmedByMunicipality === true ? [todo('recipient', 'approver', 'agree_return')] : []),
      ];
    case 'returned':
      return [todo('sender', 'caseworker', 'act_on_return')];
    case 'coordinating':
      return [todo('sender', 'coordinator', 'hold_meeting')];
    case 'completed':
      return r.toldState === 'completed' ? [todo('sender', 'caseworker', 'see_result')] : [];
    case 'follow_up':
      return r.followUpOn === undefined ? [todo('sender', 'caseworker', 'follow_up_due')] : [];
    // It wakes by itself; where there is no room, somebody may find some before.
    case 'on_hold':
      return r.shortOfCapacity ? [todo('sender', 'coordinator', 'find_capacity')] : [];
    // It has ended.
    case 'declined':
    case 'redirected':
    case 'closed':
    case 'withdrawn':
    case 'revoked':
    case 'entered_in_error':
      return [];
    default:
      return state satisfies never;
  }
}

/** Everything that time will bring about if nobody moves the referral. */
function alarmsOf(r: ReferralInTime, times: TimesOf): Alarm[] {
  const days = (limit: ClockLimit) => limitOf(limit, times('sender').limits);
  return [
    ...lateness(r, times),
    ...unconfirmed(r, times),
    ...(r.state === 'on_hold' && r.wakeOn !== undefined ? [{ at: startOf(r.wakeOn), step: 'wake' as const }] : []),
    ...(r.state === 'awaiting_authority' && r.routed && r.waitsFor !== 'twin'
      ? [
          {
            at: later(r.stateAt, days('consent_pending_days') * dayMs),
            todos: [late('sender', 'caseworker', 'ask_again')],
          },
        ]
      : []),
    ...(r.state === 'declined' && r.askAgainOn !== undefined
      ? [{ at: startOf(r.askAgainOn), todos: [todo('sender', 'caseworker', 'ask_after_no')] }]
      : []),
    // Whoever handed it out asks whether it has come, as long as nobody has told it so; that it has come ends nothing else.
    ...(r.sentAt && r.toldState === 'sent' && r.carried && r.toldDueOn !== undefined
      ? [{ at: startOf(r.toldDueOn), todos: [late('sender', 'caseworker', 'carried_not_arrived')] }]
      : []),
    ...(r.state === 'follow_up' && r.followUpOn !== undefined
      ? [{ at: startOf(r.followUpOn), todos: [todo('sender', 'caseworker', 'follow_up_due')] }]
      : []),
    ...(r.narrativeOldFrom && textMayLeave(r)
      ? [{ at: r.narrativeOldFrom, todos: [todo('sender', 'caseworker', 'confirm_narrative')] }]
      : []),
    ...(r.authorityUntil && r.sentAt && needsAuthority(r.toldState)
      ? [
          {
            at: later(r.authorityUntil, -days('renewal_days') * dayMs),
            todos: [todo('sender', 'caseworker', 'renew_authority')],
          },
        ]
      : []),
  ];
}

/** What its sender has written may still go to the other desk, as far as the sender knows. */
const textMayLeave = ({ toldState, misdirected }: ReferralInTime) =>
  unsentStates.has(toldState) || (openStates.has(toldState) && toldState !== 'returned' && !misdirected);

/** Something may still go either way between the desks, as far as the sender knows. */
const needsAuthority = (state: ReferralState) =>
  openStates.has(state) || state === 'completed' || state === 'follow_up';

/**
 * Nobody has moved it in time: worker, supervisor, coordinator hear of it on one working day after the other, and when
 * as many days again have gone by, the desks talk. What has not arrived there is nothing to talk about yet.
 */
function lateness(r: ReferralInTime, times: TimesOf): Alarm[] {
  const due = dueBy(r.state, r.urgency, times);
  const { dueOn } = r;
  const onTheWay = r.state === 'sent' && r.carried;
  // Who was not told of it cannot be late with it, and must not learn of it this way.
  const untold = due?.by === 'sender' && r.toldState !== r.state;
  if (!due || dueOn === undefined || onTheWay || untold) return [];
  const { calendar } = times(due.by);
  const after = (days: number) => startOf(addWorkingDays(dueOn, days, calendar));
  const { caseworker, supervisor, coordinator } = remindedAfter;
  const coordinate = { at: after(Math.max(coordinator + 1, due.days)), step: 'coordinate' } as const;
  const told = [{ at: after(coordinator), todos: [late('sender', 'coordinator', 'overdue')] }];
  // It is not theirs to move; that nobody has put it right, the coordinator hears.
  if (due.by === 'recipient' && r.misdirected) return told;
  if (due.by === 'coordinator') return [{ at: after(caseworker), todos: [late('sender', 'coordinator', 'overdue')] }];
  return [
    { at: after(caseworker), todos: [late(due.by, 'caseworker', 'overdue')] },
    { at: after(supervisor), todos: [late(due.by, 'supervisor', 'overdue')] },
    ...told,
    ...(r.state !== 'sent' && arrowsFor(r.state, 'coordinate').length > 0 ? [coordinate] : []),
  ];
}

/**
 * 即日: the sender calls the next duty number, the other desk's supervisor hears of it, and then the coordinator. For the
 * sender it is out as long as it was told nothing else. No pause is a confirmation; to take it is one.
 */
function unconfirmed(r: ReferralInTime, times: TimesOf): Alarm[] {
  if (r.urgency !== 'same_day' || !r.sentAt || r.phoneConfirmed) return [];
  const wait = limitOf('confirm_minutes', times('recipient').limits) * minuteMs;
  const stillOut = maybeNeverAccepted.includes(r.state) && !r.misdirected;
  const untold = maybeNeverAccepted.includes(r.toldState);
  return [
    {
      at: later(r.sentAt, wait),
      todos: [
        ...(untold ? [late('sender', 'caseworker', 'call_next_duty')] : []),
        ...(stillOut ? [late('recipient', 'supervisor', 'call_next_duty')] : []),
      ],
    },
    {
      at: later(r.sentAt, 2 * wait),
      todos: stillOut ? [late('sender', 'coordinator', 'call_next_duty')] : [],
    },
  ].filter(({ todos }) => todos.length > 0);
}

const later = (at: Date, ms: number) => new Date(at.getTime() + ms);
