// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { BoundedState, ClockLimit, DueDays, id } from '@tsunagi/domain';
import { z } from 'zod';

const whose = { function: id.describe('窓口の id。なければ市町村全体。').optional() };
const state = BoundedState.describe('この状態が続いてよい日数');
const limit = ClockLimit.describe(
  'confirm_minutes=即日の確認までの分、consent_pending_days=同意を待つ日数、carried_days=持参を待つ日数、renewal_days=同意の期限の何日前に知らせるか、recall_days=取消しの受領を待つ日数(窓口の開いている日で数える)',
);
const value = z.int().min(1).max(1_440).describe('日数または分数');

/** PUT /dues: days of its own for one state, or another limit of the clock, of one function or the whole municipality. */
export const setDue = z.union([
  z.strictObject({ ...whose, state, days: DueDays.nullable().describe('日数。null なら、独自の日数をやめる。') }),
  z.strictObject({
    ...whose,
    limit,
    value: value.nullable().describe('日数または分数。null なら、独自の値をやめる。'),
  }),
]);
export type SetDue = z.infer<typeof setDue>;

const dueRow = DueDays.extend({ state });
const limitRow = z.strictObject({ limit, value });
export const dueList = z.strictObject({
  standard: z
    .strictObject({
      days: z.array(dueRow.extend({ by: z.enum(['sender', 'recipient', 'coordinator']) })),
      limits: z.array(limitRow),
    })
    .describe('標準の日数と動く側、標準の限度'),
  days: z.array(dueRow.extend(whose)).describe('市町村と窓口の独自の日数'),
  limits: z.array(limitRow.extend(whose)).describe('市町村と窓口の独自の限度'),
});
export type DueList = z.infer<typeof dueList>;
