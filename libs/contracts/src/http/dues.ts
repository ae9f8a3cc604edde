// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { BoundedState, DueDays, id } from '@tsunagi/domain';
import { z } from 'zod';

const state = BoundedState.describe('この状態が続いてよい日数');

/** PUT /dues: days of its own for one state, of one function or of the whole municipality. */
export const setDue = z.strictObject({
  function: id.describe('窓口の id。なければ市町村全体。').optional(),
  state,
  days: DueDays.nullable().describe('日数。null なら、独自の日数をやめる。'),
});
export type SetDue = z.infer<typeof setDue>;

const dueRow = DueDays.extend({ state });
export const dueList = z.strictObject({
  standard: z
    .array(dueRow.extend({ by: z.enum(['sender', 'recipient', 'coordinator']) }))
    .describe('標準の日数と、動く側'),
  items: z.array(dueRow.extend({ function: id.optional() })).describe('市町村と窓口の独自の日数'),
});
export type DueList = z.infer<typeof dueList>;
