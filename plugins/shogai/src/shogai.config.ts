// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code, isMunicipalityCode } from '@tsunagi/plugin-sdk';
import { profileList } from '@tsunagi/plugin-sdk/profiles';
import { z } from 'zod';
import { faultsAmongProfiles, profile } from './profiles/profile.schema';

export const shogaiConfig = z.strictObject({
  folder: z
    .string()
    .min(1)
    .describe(
      '障害福祉システムとやり取りするフォルダー。in・processing・done・error・out の五つを含み、同じファイルシステムに置きます',
    ),
  functionCode: code(10).describe('送り元になる窓口の機能のコード（10文字まで）。例：9910100001'),
  formVersion: code(40)
    .optional()
    .describe(
      '同意「1 あり」が表す同意書様式の版。様式は個人情報保護担当が承認したものです。空のままでは有効にできません',
    ),
  municipality: z
    .string()
    .regex(/^[0-9]{6}$/)
    .refine(isMunicipalityCode, '検証番号が合いません')
    .describe(
      '市町村番号（全国地方公共団体コード6桁）。受け付けるファイルと、渡すファイルのヘッダーに書きます。例：990019',
    ),
  profiles: profileList(z.union([z.literal('standard'), profile]), faultsAmongProfiles)
    .default(['standard'])
    .describe(
      '受け取るファイルの読み方（対応プロファイル）。standard は本ハブの異動ファイル SHGnnnnn.DAT、ほかのシステムのファイルは自分で書きます',
    ),
  eol: z
    .enum(['none', 'crlf'])
    .default('none')
    .describe(
      'レコードの区切り。none は区切りなし、crlf はレコードごとに CR LF。受け取るファイルにも渡すファイルにも使います',
    ),
  validityDates: z
    .enum(['ymd', 'gyymmdd'])
    .default('ymd')
    .describe('区分有効期間（18・19項目め）の書き方。ymd は西暦8桁、gyymmdd は 0 と元号1桁と年月日6桁'),
  gaiji: z
    .record(z.string().regex(/^F[0-9][4-9A-F][0-9A-F]$/), z.string().min(1).max(10).nullable())
    .default({})
    .describe('外字表。CP932 のコード（F040 から F9FC）と置き換える文字。置き換えられない文字は null'),
  replacements: z
    .record(z.string().min(1).max(4), z.string().min(1).max(4))
    .default({})
    .describe('書き出すときの代替文字。CP932 で書けない文字と、代わりに書く文字。例：𠮷 を 吉、カナでは ヱ を エ'),
  keepsOut: z
    .boolean()
    .default(true)
    .describe(
      '障害福祉システムは、out のファイルを翌日まで残すか。取り込むと消すなら false にします（渡したものの件数は突き合わせられません）',
    ),
  pollMs: z.int().min(200).max(600_000).default(2000).describe('フォルダーを見る間隔（ミリ秒）'),
});
export type ShogaiConfig = z.infer<typeof shogaiConfig>;
