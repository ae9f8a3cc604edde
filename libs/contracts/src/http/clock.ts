// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { moment } from '@tsunagi/domain';
import { z } from 'zod';

/** Whole weeks, days, hours and minutes; a demo needs nothing finer. */
const advance = z
  .string()
  .regex(/^P(?=\d|T\d)(\d{1,3}W)?(\d{1,4}D)?(T(?=\d)(\d{1,4}H)?(\d{1,5}M)?)?$/)
  .describe('どれだけ進めるか。ISO 8601 の期間(P1D、PT90M など)。');

/** POST /clock, of a demo only. */
export const moveClock = z.union([
  z.strictObject({ advance }),
  z.strictObject({ jumpTo: moment.describe('いつにするか') }),
]);
export type MoveClock = z.infer<typeof moveClock>;

export const clockView = z.strictObject({
  now: moment.describe('ハブにとっての今'),
  aheadSeconds: z.int().min(0).describe('実際の時刻よりどれだけ進んでいるか(秒)'),
});
export type ClockView = z.infer<typeof clockView>;
