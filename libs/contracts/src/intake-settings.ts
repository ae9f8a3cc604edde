// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day } from '@tsunagi/domain';
import { z } from 'zod';

export const intakeKey = 'intake';

/**
 * A row becomes a referral when a caseworker marks it, which happens a few times a day. Two hundred from one file is far
 * beyond a busy night even of a large city; five hundred lets two such files come within an hour, as after an outage.
 */
const usual = { perFile: 200, perHour: 500 } as const;
/** Night runs are over by then, and the desks open some two hours later: enough to have the file brought. */
export const usualFileTime = '06:00';
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;
const limit = z.int().min(1).max(1_000_000).nullable();

/** How the hub watches what comes from a plugin. Every part has a default: `{}` watches. */
export const intakeSettings = z
  .strictObject({
    guard: z.enum(['on', 'off']).default('on').describe('off なら、下のどれもしない'),
    startsOn: day
      .nullable()
      .optional()
      .describe('これより前の日付の記録は、つなぎにしない。既定は初めて有効にした日。null なら日付を見ない'),
    firstFile: z
      .enum(['confirm', 'take'])
      .default('confirm')
      .describe('confirm=初めてのファイルは予行だけして、人が確かめるまで待つ。take=そのまま受け付ける'),
    perFile: limit
      .default(usual.perFile)
      .describe('一つのファイルからこれより多くの新しいつなぎができるなら、止めて尋ねる。null なら数えない'),
    perHour: limit
      .default(usual.perHour)
      .describe('一時間にこれより多くの新しいつなぎができるなら、止めて尋ねる。null なら数えない'),
    expectedBy: z
      .string()
      .regex(timeOfDay)
      .nullable()
      .optional()
      .describe(
        '毎晩のファイルが届いているはずの時刻(日本時間、例 06:00)。届かなければ知らせる。書かなければ、初めてのファイルが届いたあとから 06:00。null なら待たない',
      ),
    expectedOn: z
      .enum(['every_day', 'working_days'])
      .default('every_day')
      .describe('その時刻に届くはずの日。working_days なら土日、祝日、年末年始を除く'),
    countAt: z
      .string()
      .regex(timeOfDay)
      .nullable()
      .default('01:00')
      .describe('前の日の件数を業務システムと突き合わせる時刻(日本時間、例 01:00)。null なら突き合わせない'),
  })
  .describe('受付の見張り。書かなければ、本番では既定のとおりに見張り、見本市では見張らない');
export type IntakeSettings = z.infer<typeof intakeSettings>;
