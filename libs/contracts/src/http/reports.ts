// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { day } from '@tsunagi/domain';
import { z } from 'zod';

const month = z
  .string()
  .regex(/^20\d\d-(0[1-9]|1[0-2])$/)
  .describe('月(YYYY-MM、日本時間)');

/** GET /reports/failures, /reports/guards */
export const monthQuery = z.strictObject({ month });
export type MonthQuery = z.infer<typeof monthQuery>;

export const failures = z.strictObject({
  month,
  pingPong: z.int().describe('たらい回し: ハブが窓口間の話し合いに移した、一連のつなぎの数'),
  dumping: z.int().describe('丸投げ: 送り手が続けることの書かれていない、受け付けなかった依頼の数'),
  hoarding: z
    .int()
    .describe(
      '丸抱え: いま一つの窓口だけが抱え、その月の終わり(今月は今)までに6か月を超えた、複合した事例の数。会議やほかの窓口が入ると数から外れます。',
    ),
});
export type Failures = z.infer<typeof failures>;

export const guards = z.strictObject({
  month,
  items: z
    .array(
      z.strictObject({
        day: day.describe('日本時間の日'),
        way: z.string().describe('入り口(画面・API の操作、または業務システムのプラグイン)'),
        times: z.int().min(1).describe('断った回数'),
      }),
    )
    .describe('マイナンバーらしい数字や欄があって断った回数。数字そのものと、だれのものかは残りません。'),
});
export type Guards = z.infer<typeof guards>;
