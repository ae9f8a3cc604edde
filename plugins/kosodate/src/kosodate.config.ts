// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, isMunicipalityCode, line, secretRef } from '@tsunagi/plugin-sdk';
import { z } from 'zod';

const isHttps = (url: string) => url.startsWith('https://');

export const kosodateConfig = z
  .strictObject({
    functionCode: code(10).describe('送り元になる窓口の機能のコード（10文字まで）。例：9910000031'),
    formVersion: code(40)
      .optional()
      .describe(
        '同意 given が表す同意書様式の版。様式は個人情報保護担当が承認したものです。空のままでは有効にできません',
      ),
    municipality: z
      .string()
      .regex(/^[0-9]{6}$/)
      .refine(isMunicipalityCode, '検証番号が合いません')
      .describe('市町村番号（全国地方公共団体コード6桁）。ほかの市町村の出来事は受け付けません。例：990019'),
    childAbuseContact: line(80).describe(
      '児童虐待の通告を受ける窓口の名前と電話番号。通告（tsuukoku）が届いたときに、ここへ電話するよう答えます。例：こども家庭センター 000-0000-0000',
    ),
    clientId: code(40).default('kosodate').describe('業務システムの client_id'),
    clientSecret: secretRef
      .optional()
      .describe('client_secret_jwt の秘密情報（32バイト以上）の名前。トークンを使わないなら書きません'),
    audience: line(200)
      .default('tsunagi-plugin-kosodate')
      .describe('client_assertion の aud。ふつうは業務システムから見たトークンの URL'),
    signatureSecret: secretRef
      .optional()
      .describe('HMAC 署名の秘密情報（32バイト以上）の名前。署名を使わないなら書きません'),
    callbackUrl: z
      .url({ protocol: /^https?$/ })
      .max(300)
      .regex(/^[^?#@]*[^?#@/]$/)
      .describe('業務システムの折り返し先。末尾の / は付けません。例：https://kosodate.example.lg.jp/hub'),
    callbackSecret: secretRef.describe('折り返しに付ける HMAC 署名の秘密情報（32バイト以上）の名前'),
    callbackPlainHttp: z
      .boolean()
      .default(false)
      .describe('折り返し先に TLS のない http を許すか。同じ機械か、閉じた網の中だけにします'),
    callbackTimeoutMs: z.int().min(100).max(60_000).default(10_000).describe('折り返しの答えを待つ時間（ミリ秒）'),
    bulkFolder: z
      .string()
      .min(1)
      .optional()
      .describe(
        '日次の CSV を置くフォルダー（オブジェクトストレージ）。この中の kosodate/<yyyymmdd>/ を読みます。使わないなら書きません',
      ),
    statusFolder: z
      .string()
      .min(1)
      .optional()
      .describe(
        '折り返した状態を一日分ずつ CSV にして置くフォルダー（オブジェクトストレージ）。この中の kosodate/<yyyymmdd>/ に書きます。使わないなら書きません',
      ),
    pollMs: z.int().min(200).max(3_600_000).default(60_000).describe('日次のフォルダーを見る間隔（ミリ秒）'),
    answerWithinMs: z
      .int()
      .min(100)
      .max(15_000)
      .default(5_000)
      .describe('ハブの答えを待つ時間（ミリ秒）。過ぎたら 503 と Retry-After を返します'),
  })
  .refine(({ clientSecret, signatureSecret }) => clientSecret !== undefined || signatureSecret !== undefined, {
    path: ['signatureSecret'],
    error: 'clientSecret か signatureSecret のどちらかが要ります',
  })
  .refine(({ callbackUrl, callbackPlainHttp }) => callbackPlainHttp || isHttps(callbackUrl), {
    path: ['callbackUrl'],
    error: 'https で書きます',
  });
export type KosodateConfig = z.infer<typeof kosodateConfig>;
