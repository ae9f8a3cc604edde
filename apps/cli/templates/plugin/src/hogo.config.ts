// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, type Domain } from '@tsunagi/plugin-sdk';
import { z } from 'zod';

/** The department that this plugin speaks for. */
export const domain: Domain = 'hogo';

/** Every setting with what it is for, in Japanese: the words are shown where somebody sets it. Secrets: `secretRef` only. */
export const hogoConfig = z.strictObject({
  folder: z
    .string()
    .min(1)
    .describe(
      '業務システムとやり取りするフォルダー。in・processing・done・error・out の五つを含み、同じファイルシステムに置きます',
    ),
  functionCode: code(10).describe('送り元になる窓口の機能のコード（10文字まで）'),
  formVersion: code(40)
    .optional()
    .describe(
      '同意「1 あり」が表す同意書様式の版。様式は個人情報保護担当が承認したものです。空のままでは有効にできません',
    ),
  gaiji: z
    .record(z.string().regex(/^F[0-9][4-9A-F][0-9A-F]$/), z.string().min(1).max(10).nullable())
    .default({})
    .describe('外字表。CP932 のコード（F040 から F9FC）と置き換える文字。置き換えられない文字は null'),
  replacements: z
    .record(z.string().min(1).max(4), z.string().min(1).max(4))
    .default({})
    .describe('書き出すときの代替文字。CP932 で書けない文字と、代わりに書く文字。例：𠮷 を 吉'),
  pollMs: z.int().min(200).max(600_000).default(2000).describe('フォルダーを見る間隔（ミリ秒）'),
});
export type HogoConfig = z.infer<typeof hogoConfig>;
