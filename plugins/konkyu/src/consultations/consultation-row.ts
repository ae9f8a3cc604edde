// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { z } from 'zod';

const text = z.string().nullable();

/** One row of `V_HUB_SODAN`, a consultation of the office. Times come as text, in the local time of Japan without zone. */
export const consultationRow = z.strictObject({
  renban: text,
  koshin_dt: text,
  sakujo_flg: text,
  sodan_id: text,
  uketsuke_ymd: text,
  uketsuke_sha: text,
  shimei: text,
  furigana: text,
  seibetsu: text,
  seinen_gengo: text,
  seinen_ymd: text,
  yubin_no: text,
  jusho: text,
  tel_jitaku: text,
  tel_keitai: text,
  raidan_kankei: text,
  sodan_naiyo: text,
  sodan_keiro: text,
  shigoto: text,
  jukyo: text,
  shuso: text,
  tsunagi_bunya: text,
  doi_kbn: text,
  plan_no: text,
});
export type ConsultationRow = z.infer<typeof consultationRow>;

/** In the order of the view: a column's place is its field number in a quarantined row. */
export const consultationColumns = consultationRow.keyof().options;
export type ConsultationColumn = (typeof consultationColumns)[number];
