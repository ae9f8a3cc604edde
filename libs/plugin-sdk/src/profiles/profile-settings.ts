// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Where settings contradict one another, each of them right alone, and how. */
export interface ProfileFault {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What a profile is called. It becomes a part of the keys of records. */
export const profileName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/)
  .describe('プロファイルの名前（英小文字・数字・ハイフン、20文字まで）。記録の鍵の一部になるので、あとから変えません');

/** How its files are called, for `namePattern`. */
export const fileNames = (example: string) =>
  z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{2,39}([A-Za-z0-9_.-]|\{serial\}|\{date\}|\*){1,60}$/)
    .describe(
      `ファイルの名前。{serial} は通し番号（9桁まで）、{date} は年月日8桁、* は何でも。はじめの3文字以上はほかの種類と違う文字。例：${example}`,
    );

/** By which profiles files are read; the hub's own, where nothing is said. */
export const profileList = <P extends z.ZodType>(
  profile: P,
  faultsAmong: (profiles: readonly z.output<P>[]) => Iterable<ProfileFault>,
) =>
  z
    .array(profile)
    .min(1)
    .max(20)
    .superRefine((profiles, context) => {
      for (const { path, message } of faultsAmong(profiles)) context.addIssue({ code: 'custom', path, message });
    });

/** In one line. Without \p, which a JSON Schema cannot be read with everywhere. */
export const oneLine = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[^\u0000-\u001f\u007f-\u009f]+$/);

/** Values of the other system, and which of our codes each of them means. */
export const codeTable = (codes: readonly [string, ...string[]]) =>
  z
    .record(z.string().min(1).max(20), z.enum(codes))
    .optional()
    .describe(`コード表。ファイルの値と、こちらのコード（${codes.join('・')}）。書かなければ同じコードとして読みます`);

/** Its codes of the eras. The same digit means another era elsewhere. */
export const eraCodes = z
  .record(z.string().regex(/^[0-9A-Z]$/), z.enum(['meiji', 'taisho', 'showa', 'heisei', 'reiwa']))
  .optional();

/** Its 外字: codes of CP932, and what stands for each; null where nothing can. */
export const gaijiCodes = z
  .record(z.string().regex(/^F[0-9][4-9A-F][0-9A-F]$/), z.string().min(1).max(10).nullable())
  .optional();
