// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** One row of `T_HUB_UKETSUKE`, column by column. `torikomi_flg` and `torikomi_dt` belong to the case system. */
export interface ReceptionRow {
  readonly haiso_id: string;
  readonly hub_shokai_id: string;
  /** 1 新規, 2 訂正, 3 取消. */
  readonly torikeshi_kbn: '1' | '2' | '3';
  readonly shurui_cd: string | null;
  readonly soshin_bunya: string | null;
  readonly soshin_kikan: string | null;
  readonly soshin_tanto: string | null;
  readonly konkyo_cd: string | null;
  readonly shimei: string | null;
  readonly furigana: string | null;
  readonly seibetsu: string | null;
  readonly seinen_gengo: string | null;
  readonly seinen_ymd: string | null;
  readonly jusho: string | null;
  readonly tel: string | null;
  readonly setai_ninzu: number | null;
  readonly sodan_naiyo: string | null;
  readonly renraku_bun: string | null;
  readonly kinkyu: string | null;
  readonly kigen_ymd: string | null;
  readonly teikyo_mask: string | null;
  readonly sakusei_dt: string;
}

type Always = 'haiso_id' | 'hub_shokai_id' | 'torikeshi_kbn' | 'sakusei_dt';

/** A row that says nothing about anybody. */
export const blankReception: Omit<ReceptionRow, Always> = {
  shurui_cd: null,
  soshin_bunya: null,
  soshin_kikan: null,
  soshin_tanto: null,
  konkyo_cd: null,
  shimei: null,
  furigana: null,
  seibetsu: null,
  seinen_gengo: null,
  seinen_ymd: null,
  jusho: null,
  tel: null,
  setai_ninzu: null,
  sodan_naiyo: null,
  renraku_bun: null,
  kinkyu: null,
  kigen_ymd: null,
  teikyo_mask: null,
};

/** The columns that are written; every row has all of them. */
export const receptionColumns: readonly (keyof ReceptionRow)[] = [
  'haiso_id',
  'hub_shokai_id',
  'torikeshi_kbn',
  ...(Object.keys(blankReception) as (keyof typeof blankReception)[]),
  'sakusei_dt',
];
