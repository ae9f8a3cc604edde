// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { secretRef } from '@tsunagi/plugin-sdk';
import { z } from 'zod';

export const konkyuConfig = z.strictObject({
  databaseUrl: secretRef.describe(
    '相談支援システムのデータベースの接続文字列（postgres://…）を入れた秘密情報の名前。接続文字列そのものは設定に書きません',
  ),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/)
    .default('public')
    .describe('表 T_HUB_UKETSUKE とビュー V_HUB_OTO があるスキーマの名前'),
  pollMs: z.int().min(200).max(600_000).default(60_000).describe('ビューを読む間隔（ミリ秒）。1分から5分が目安です'),
  overlapMinutes: z
    .int()
    .min(0)
    .max(1_440)
    .default(10)
    .describe('毎回さかのぼって読み直す時間（分）。登録と確定の順序が前後しても取りこぼさないためのものです'),
  pauseAfterRows: z
    .int()
    .min(1)
    .max(1_000_000)
    .default(5_000)
    .describe('一度にこの件数を超えて新しい行が現れたら止まり、職員の指示を待ちます'),
});
export type KonkyuConfig = z.infer<typeof konkyuConfig>;
