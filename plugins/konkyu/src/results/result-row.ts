// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** One row of `T_HUB_KEKKA`, column by column. `torikomi_flg` and `torikomi_dt` belong to the case system. */
export interface ResultRow {
  readonly kekka_id: string;
  readonly sodan_id: string;
  readonly tsunagi_bunya: string | null;
  /** Blank where the row led to no referral. */
  readonly hub_shokai_id: string | null;
  readonly jotai_cd: string;
  readonly jotai_dt: string;
  readonly uketsuke_kikan: string | null;
  readonly tantosha: string | null;
  readonly jikai_ymd: string | null;
  readonly sashimodoshi_riyu: string | null;
  readonly renraku_bun: string | null;
  /** 1 新規: a state is told once and never corrected afterwards. */
  readonly teisei_kbn: '1';
  readonly sakusei_dt: string;
  readonly sakusei_sha: 'HUB';
}

/** The columns that are written; every row has all of them. */
export const resultColumns = [
  'kekka_id',
  'sodan_id',
  'tsunagi_bunya',
  'hub_shokai_id',
  'jotai_cd',
  'jotai_dt',
  'uketsuke_kikan',
  'tantosha',
  'jikai_ymd',
  'sashimodoshi_riyu',
  'renraku_bun',
  'teisei_kbn',
  'sakusei_dt',
  'sakusei_sha',
] as const satisfies readonly (keyof ResultRow)[];
