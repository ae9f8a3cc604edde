// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { AuthorityCode, code, day, DeliveryChannel, Domain, line, OutcomeCode, ReferralKind } from '@tsunagi/domain';
import { z } from 'zod';
import { functionOutline } from '../disclosed-referral';

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

/** GET /reports/flows: one month, or a fiscal year up to now. */
export const flowsQuery = z
  .strictObject({
    month: month.optional(),
    fiscalYear: z
      .string()
      .regex(/^20\d\d$/)
      .describe('年度(4月から翌年3月まで)。`month` の代わりに')
      .optional(),
  })
  .refine(({ month, fiscalYear }) => (month === undefined) !== (fiscalYear === undefined), {
    path: ['month'],
    error: 'either a month or a fiscal year',
  });
export type FlowsQuery = z.infer<typeof flowsQuery>;

const counted = z
  .union([z.int().min(0), z.literal('<5'), z.string().regex(/^\d+\+$/)])
  .describe('数。1から4は `<5`。`n+` は「n以上」で、ほかの欄から小さい数が計算できないように伏せた欄');
const days = z.int().min(0).describe('営業日。引き受けた窓口の暦で、送った日は数えません');
const byDomain = { to: Domain.describe('受け手の分野'), count: counted };

export const flows = z.strictObject({
  from: day.describe('始めの日'),
  until: day.describe('終わりの日'),
  function: functionOutline.describe('その窓口の分だけのとき').optional(),
  sent: z
    .strictObject({
      total: counted,
      flows: z.array(z.strictObject({ from: Domain.describe('送り手の分野'), ...byDomain })),
      byFrom: z.array(z.strictObject({ from: Domain.describe('送り手の分野'), count: counted })),
      byTo: z.array(z.strictObject(byDomain)),
      kinds: z.array(z.strictObject({ kind: ReferralKind, count: counted })),
      channels: z.array(z.strictObject({ channel: DeliveryChannel, count: counted })),
      bases: z.array(z.strictObject({ basis: AuthorityCode, count: counted })).describe('いま立っている根拠ごと'),
    })
    .describe(
      'その間に送られたつなぎ。どの表も合計は同じです。通報・通告と、会議を根拠とするものは、だれの数にも入りません',
    ),
  accepted: z
    .strictObject({
      total: counted,
      rows: z.array(z.strictObject({ ...byDomain, median: days.optional(), ninetieth: days.optional() })),
      median: days.optional(),
      ninetieth: days.optional(),
    })
    .describe('その間に初めて引き受けられたものと、送ってからの営業日(半数、九割が引き受けられるまで)'),
  outcomes: z
    .strictObject({ total: counted, rows: z.array(z.strictObject({ outcome: OutcomeCode, count: counted })) })
    .describe('その間の結果報告'),
  turned: z
    .array(
      z.strictObject({
        what: z.enum(['declined', 'returned', 'redirected', 'withdrawn', 'revoked']),
        count: counted,
      }),
    )
    .describe('その間に、同意なし・差戻し・転送・取下げ・根拠失効になったもの'),
  failures: z
    .strictObject({ pingPong: counted, dumping: counted, hoarding: counted })
    .describe('たらい回し・丸投げ・丸抱え(丸抱えは終わりの日の数)。市町村全体を見る人にだけ')
    .optional(),
  waiting: z
    .strictObject({
      total: counted,
      rows: z.array(
        z.strictObject({
          code: code(60).describe('待っている理由'),
          sentence: line(200),
          count: counted,
          since: day.describe('いちばん古いものが待ち始めた日。数が出ているときだけ').optional(),
        }),
      ),
      more: z.literal(true).describe('ほかにもあります。古いものだけを数えました').optional(),
    })
    .describe('いま根拠を待っているもの。送り手の窓口の責任者と、調整担当にだけ')
    .optional(),
});
export type Flows = z.infer<typeof flows>;
