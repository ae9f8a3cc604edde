// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

/** Where settings contradict one another, each of them right alone, and how. */
export interface ProfileFault {
  readonly path: (string | number)[];
  readonly message: string;
}

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
