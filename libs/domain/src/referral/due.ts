// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import {
  addDays,
  japaneseDay,
  workingDayFrom,
  workingDaysUntil,
  type BusinessCalendar,
} from '../calendar/business-calendar';
import type { Urgency } from '../codes/vocabulary';
import { transitions, type Transition } from './referral.transitions';
import { finalStates, inHand, standstill, type ReferralState } from './referral.states';
import type { StepTaken } from './take-step';

/** Whose turn it is, and whose calendar counts. The coordinator has the calendar of the sender's desk. */
export type Side = 'sender' | 'recipient' | 'coordinator';

/** States that must not last, by the step whose days in the table of transitions bound them, and who must take it. */
const bounds = {
  sent: { action: 'receive', by: 'recipient' },
  received: { action: 'accept', by: 'recipient' },
  questioned: { action: 'answer', by: 'sender' },
  accepted: { action: 'start', by: 'recipient' },
  return_proposed: { action: 'agree-return', by: 'sender' },
  returned: { action: 'close', by: 'sender' },
  coordinating: { action: 'coordinate', by: 'coordinator' },
  completed: { action: 'follow-up', by: 'sender' },
} as const satisfies Partial<Record<ReferralState, { readonly action: Transition['action']; readonly by: Side }>>;

export type BoundedState = keyof typeof bounds;
export const BoundedState = z.enum(Object.keys(bounds) as [BoundedState, ...BoundedState[]]);
const isBounded = (state: ReferralState): state is BoundedState => Object.hasOwn(bounds, state);

/** Who must move it on from there. */
export const turnIn = (state: BoundedState): Side => bounds[state].by;

/** Who must move it on from any state; `undefined` = nobody is waited for. */
export const turnOf = (state: ReferralState): Side | undefined => (isBounded(state) ? turnIn(state) : undefined);

/** Working days for 通常 and 急 (即日 counts as 急; its minutes are a matter of the clock, not of the calendar). */
export const DueDays = z.strictObject({
  normal: z.int().min(0).max(60).describe('通常の日数(窓口の開いている日で数える)'),
  urgent: z.int().min(0).max(60).describe('急・即日の日数'),
});
export type DueDays = z.infer<typeof DueDays>;
/** Days of their own that a municipality or a function has set for some states. */
export type DueOverrides = Partial<Record<BoundedState, DueDays>>;

/** The days of the table, for every state that must not last. */
export const dueDays = (state: BoundedState): DueDays => standard[state];

function inTable(state: BoundedState): DueDays {
  const { action } = bounds[state];
  // 「coordinate」 leads to the state that it bounds; the others lead out of theirs.
  const arrow = transitions.find((t) => t.action === action && t.due && (t.to === state || t.from.includes(state)));
  if (!arrow?.due) throw new Error(`the table of transitions has no days for ${state}`);
  return arrow.due;
}

const standard = Object.fromEntries(BoundedState.options.map((s) => [s, inTable(s)])) as Record<BoundedState, DueDays>;

/** Working days until somebody must move a referral on from this state, and who. */
export function nextDue(
  state: ReferralState,
  urgency: Urgency,
  own: DueOverrides = {},
): { readonly days: number; readonly by: Side } | undefined {
  if (!isBounded(state)) return undefined;
  const days = own[state] ?? dueDays(state);
  return { days: urgency === 'normal' ? days.normal : days.urgent, by: turnIn(state) };
}

/** Working days within which the recipient takes a referral or gives it back (引受期限). */
export function acceptWithin(urgency: Urgency, own: DueOverrides = {}): number {
  return nextDue('received', urgency, own)?.days ?? 0;
}

/** Limits that no state bounds: by the clock, or in days of the week. */
const standardLimits = {
  /** 即日: confirmed within so many minutes, or the next duty number; after as many again the coordinator. */
  confirm_minutes: 60,
  /** A consent may be pending so long before the desk asks again. */
  consent_pending_days: 14,
  /** After so long the sender asks about what a person carries. */
  carried_days: 7,
  /** So long before the end of a consent the sender hears of it. */
  renewal_days: 14,
  /** In working days: so soon a recipient says that it has stopped using what was recalled. */
  recall_days: 5,
} as const;
export type ClockLimit = keyof typeof standardLimits;
export const ClockLimit = z.enum(Object.keys(standardLimits) as [ClockLimit, ...ClockLimit[]]);
export type LimitOverrides = Partial<Record<ClockLimit, number>>;

/** A limit, as the desk has set it for itself or as everybody has it. */
export const limitOf = (limit: ClockLimit, own: LimitOverrides = {}): number => own[limit] ?? standardLimits[limit];

/** How the desks of a referral count their days. */
export interface DeskTimes {
  readonly calendar: BusinessCalendar;
  readonly dues: DueOverrides;
  readonly limits: LimitOverrides;
}
export type TimesOf = (side: Side) => DeskTimes;

/**
 * The date by which the state must be left, and what of the recipient's days is left while its clock stands still; what
 * is late is less than none, and no pause makes up for it.
 */
export interface DueDate {
  readonly dueOn?: string | undefined;
  readonly dueLeft?: number | undefined;
}

/** The recipient's clock runs in these; where it stands still, it goes on with what was left. */
const counted: ReadonlySet<ReferralState> = new Set(['received', 'accepted']);

/**
 * The due date after a step. While the recipient has asked, waits or wants to give back, its own days stand still; the
 * sender's run. A step that does not move it leaves the dates alone.
 *
 * @param on.fixed a date that another rule than the table's days sets, such as that of a sheet which a person carries
 */
export function dueAfter(
  before: DueDate,
  { from, to }: Pick<StepTaken, 'from' | 'to'>,
  on: { readonly urgency: Urgency; readonly today: string; readonly fixed?: string | undefined },
  times: TimesOf,
): DueDate {
  const { dueOn, dueLeft } = before;
  if (from === to) return { dueOn, dueLeft };
  const goesBack = standstill.has(from) && counted.has(to) && dueLeft !== undefined;
  if (goesBack) return { dueOn: workingDayFrom(on.today, dueLeft, times('recipient').calendar) };
  const left = standstill.has(to) ? leftOf(before, from, on.today, times) : undefined;
  const due = dueBy(to, on.urgency, times);
  return {
    dueOn: on.fixed ?? (due && workingDayFrom(on.today, due.days, times(due.by).calendar)),
    dueLeft: left,
  };
}

/** The sender's working day on which it asks about a sheet that a person has carried since `today`. */
export function carriedDueOn(today: string, times: TimesOf): string {
  const { calendar, limits } = times('sender');
  return workingDayFrom(addDays(today, limitOf('carried_days', limits)), 0, calendar);
}

function leftOf({ dueOn, dueLeft }: DueDate, from: ReferralState, today: string, times: TimesOf): number | undefined {
  if (!counted.has(from)) return dueLeft;
  return dueOn === undefined ? undefined : workingDaysUntil(today, dueOn, times('recipient').calendar);
}

/** {@link nextDue} with what the desk whose turn it is has set for itself. */
export function dueBy(
  state: ReferralState,
  urgency: Urgency,
  times: TimesOf,
): { readonly days: number; readonly by: Side } | undefined {
  return isBounded(state) ? nextDue(state, urgency, times(turnIn(state)).dues) : undefined;
}

/** How long it has waited for its next step, and how long it may still, in whole working days. */
export interface Wait {
  /** Absent when it has ended: nobody waits. */
  readonly waitedDays?: number;
  /** Less than none when it is late. Absent without a due date. */
  readonly dueInDays?: number;
}

/**
 * By the calendar of whoever must move it on, or has it in hand. It knows no more than the state, moment and date that it is
 * given: of what somebody was told, it says what that means.
 */
export function waitOf(
  { state, stateAt, dueOn }: { readonly state: ReferralState; readonly stateAt: Date } & Pick<DueDate, 'dueOn'>,
  today: string,
  times: TimesOf,
): Wait {
  if (finalStates.has(state)) return {};
  const { calendar } = times(turnOf(state) ?? (inHand.has(state) ? 'recipient' : 'sender'));
  return {
    waitedDays: Math.max(0, workingDaysUntil(japaneseDay(stateAt), today, calendar)),
    ...(dueOn !== undefined && { dueInDays: workingDaysUntil(today, dueOn, calendar) }),
  };
}
