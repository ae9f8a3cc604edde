// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { code } from '@tsunagi/plugin-sdk';
import { profileList } from '@tsunagi/plugin-sdk/profiles';
import { z } from 'zod';
import { faultsAmongProfiles } from './profiles/among-profiles';
import { profile } from './profiles/profile.schema';
import { shippedNames } from './profiles/shipped';

export const kaigoConfig = z.strictObject({
  folder: z
    .string()
    .min(1)
    .describe(
      '介護保険システムとやり取りするフォルダー。in・processing・done・error・out の五つを含み、同じファイルシステムに置きます',
    ),
  functionCode: code(10).describe('送り元になる窓口の機能のコード（10文字まで）。例：9970100005'),
  formVersion: code(40)
    .optional()
    .describe(
      '同意「1 あり」が表す同意書様式の版。様式は個人情報保護担当が承認したものです。空のままでは有効にできません',
    ),
  profiles: profileList(z.union([z.enum(shippedNames), profile]), faultsAmongProfiles)
    .default(['standard'])
    .describe(
      '受け取るファイルの読み方（対応プロファイル）。standard は本ハブの異動ファイル KAInnnnn.CSV、life と life-cp932 は LIFE の SERVICE_USER_INFO（UTF-8 と CP932）、ほかのシステムのファイルは自分で書きます',
    ),
  insurerNumbers: z
    .array(z.string().regex(/^00[0-9]{6}$/))
    .max(100)
    .default([])
    .describe(
      '扱う証記載保険者番号（00＋6桁）。受け付ける異動と、介護へのつなぎに書く被保険者番号に使います。空ならすべて扱います',
    ),
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
      '介護保険システムは、out のファイルを翌日まで残すか。取り込むと消すなら false にします（渡したものの件数は突き合わせられません）',
    ),
  pollMs: z.int().min(200).max(600_000).default(2000).describe('フォルダーを見る間隔（ミリ秒）'),
});
export type KaigoConfig = z.infer<typeof kaigoConfig>;
