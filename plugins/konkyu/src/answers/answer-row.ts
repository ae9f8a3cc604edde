// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

const text = z.string().nullable();

/** One row of `V_HUB_OTO`. Times come as text, in the local time of Japan without zone. */
export const answerRow = z.strictObject({
  renban: z.string(),
  koshin_dt: z.string(),
  haiso_id: text,
  hub_shokai_id: text,
  taio_kbn: text,
  taio_dt: text,
  tantosha: text,
  sodan_id: text,
  riyu_cd: text,
  kekka_cd: text,
  jikai_ymd: text,
  renraku_bun: text,
  // A view of MariaDB may make any whole number a 64-bit one, which comes as text.
  han: z.union([z.int(), z.string().regex(/^[0-9]{1,19}$/)]).nullable(),
});
export type AnswerRow = z.infer<typeof answerRow>;

/** In the order of the view: a column's place is its field number in a quarantined row. */
export const answerColumns = answerRow.keyof().options;
export type AnswerColumn = (typeof answerColumns)[number];
