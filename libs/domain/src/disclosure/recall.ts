// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';
import { addWorkingDays, startOf, workingDayFrom, type BusinessCalendar } from '../calendar/business-calendar';
import { line } from '../codes/text.schema';
import type { Role } from '../codes/vocabulary';
import { limitOf, type DeskTimes } from '../referral/due';
import { remindedAfter } from '../referral/referral.todos';

/** What became of data that its recipient has stopped using. */
export const RecallDisposition = z
  .discriminatedUnion('done', [
    z.strictObject({ done: z.literal('returned').describe('返した') }),
    z.strictObject({ done: z.literal('erased').describe('消した') }),
    z.strictObject({
      done: z.literal('kept').describe('記録として残す'),
      law: line(120).describe('残す根拠の法令と条項'),
    }),
  ])
  .describe('取り消された情報をどうしたか。returned=返した、erased=消した、kept=記録として残す(根拠の法令も)');
export type RecallDisposition = z.infer<typeof RecallDisposition>;

/** A recall that nobody has acknowledged yet. */
export interface RecallAwaited {
  /** The recipient's working day by which it says that it has stopped using what was recalled. */
  readonly dueOn: string;
  /** Those who coordinate have looked at it; it was not sent to them. */
  readonly ofSight: boolean;
  /** Of a 通報・通告 and of what rests on a conference no coordinator hears. */
  readonly hidden: boolean;
}

/** What an unanswered recall asks for; all of it is done with the answer. */
export interface RecallTodo {
  readonly kind: 'stop_using' | 'recall_unanswered';
  readonly role: Role;
  readonly escalated: boolean;
}

/** The recipient's working days count. */
export const recallDueOn = (today: string, { calendar, limits }: Pick<DeskTimes, 'calendar' | 'limits'>): string =>
  workingDayFrom(today, limitOf('recall_days', limits), calendar);

/** Who is asked at this moment. */
export const recallTodos = (recall: RecallAwaited, calendar: BusinessCalendar, now: Date): RecallTodo[] => [
  { kind: 'stop_using', role: asked(recall), escalated: false },
  ...stages(recall, calendar).flatMap(({ at, todo }) => (at <= now ? [todo] : [])),
];

/** When time alone asks somebody more. */
export const recallAlarm = (recall: RecallAwaited, calendar: BusinessCalendar, now: Date): Date | undefined =>
  stages(recall, calendar).find(({ at }) => at > now)?.at;

const asked = ({ ofSight }: RecallAwaited): Role => (ofSight ? 'coordinator' : 'caseworker');

/** Worker, supervisor and coordinator hear of it on one working day after the other, as of everything that is late. */
function stages(recall: RecallAwaited, calendar: BusinessCalendar): { readonly at: Date; readonly todo: RecallTodo }[] {
  const after = (days: number) => startOf(addWorkingDays(recall.dueOn, days, calendar));
  const { caseworker, supervisor, coordinator } = remindedAfter;
  return [
    { at: after(caseworker), todo: { kind: 'stop_using', role: asked(recall), escalated: true } },
    { at: after(supervisor), todo: { kind: 'stop_using', role: 'supervisor', escalated: true } },
    // The coordinators are asked themselves, or hear nothing of it.
    ...(recall.ofSight || recall.hidden
      ? []
      : [
          {
            at: after(coordinator),
            todo: { kind: 'recall_unanswered', role: 'coordinator', escalated: true } as const,
          },
        ]),
  ];
}
