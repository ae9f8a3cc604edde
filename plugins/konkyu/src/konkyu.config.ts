// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, secretRef } from '@tsunagi/plugin-sdk';
import { z } from 'zod';
import { profile, words } from './profiles/profile.schema';

export const konkyuConfig = z.strictObject({
  databaseUrl: secretRef.describe(
    '相談支援システムのデータベースの接続文字列（postgres://… か mariadb://…）を入れた秘密情報の名前。接続文字列そのものは設定に書きません',
  ),
  schema: z
    .string()
    .regex(/^[a-z_][a-z0-9_]{0,62}$/)
    .default('public')
    .describe(
      '表 T_HUB_UKETSUKE・T_HUB_KEKKA とビュー V_HUB_SODAN・V_HUB_OTO があるスキーマの名前。MariaDB ではデータベースの名前',
    ),
  functionCode: code(10).describe('送り元になる窓口の機能のコード（10文字まで）。例：9900000041'),
  formVersion: code(40)
    .optional()
    .describe(
      '同意「1 あり」が表す同意書様式の版。様式は個人情報保護担当が承認したものです。空のままでは有効にできません',
    ),
  gaiji: z
    .record(z.string().regex(/^F[0-9][4-9A-F][0-9A-F]$/), z.string().min(1).max(10).nullable())
    .default({})
    .describe('外字表。CP932 のコード（F040 から F9FC。F040 は U+E000）と置き換える文字。置き換えられない文字は null'),
  profile: z
    .union([z.literal('standard'), profile])
    .default('standard')
    .describe(
      '相談のビューの読み方（対応プロファイル）。standard は本ハブの V_HUB_SODAN、ほかのビューは自分で書きます',
    ),
  shigoto: words
    .default({})
    .describe('仕事（shigoto）のコードと言葉。相談受付・申込票 B票の 1・2・3・5・6・7 は書かなくても読めます'),
  jukyo: words
    .default({})
    .describe('住居（jukyo）のコードと言葉。相談受付・申込票 B票の 1・2・3・5・6・7 は書かなくても読めます'),
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
  alertAfterHours: z
    .int()
    .min(1)
    .max(720)
    .default(24)
    .describe(
      'ハブが渡した行が、この時間（時間単位）を過ぎても取り込まれない（torikomi_flg が 1 にならない）とき、情報担当と調整役に知らせます。表の SELECT の権限があるときだけ働きます',
    ),
});
export type KonkyuConfig = z.infer<typeof konkyuConfig>;
