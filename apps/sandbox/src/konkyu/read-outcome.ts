// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool } from 'pg';

/** What the 自立相談支援機関 has received, answered, asked for and heard, counted. */
export interface KonkyuOutcome {
  /** 取消区分 1, 2, 3 → rows of T_HUB_UKETSUKE. */
  readonly received: Readonly<Record<string, number>>;
  /** 対応区分 → rows of V_HUB_OTO. */
  readonly answers: Readonly<Record<string, number>>;
  /** つなぎ先分野 → rows of V_HUB_SODAN; `-` for those that ask for no other department. */
  readonly consultations: Readonly<Record<string, number>>;
  /** 状態コード → rows of T_HUB_KEKKA. */
  readonly results: Readonly<Record<string, number>>;
  /** Code of a row that waits or was refused → rows of T_HUB_KEKKA with 90. */
  readonly faults: Readonly<Record<string, number>>;
}

export async function readKonkyuOutcome(pool: Pool): Promise<KonkyuOutcome> {
  return {
    received: await countBy(pool, 'torikeshi_kbn', 'T_HUB_UKETSUKE'),
    answers: await countBy(pool, 'taio_kbn', 'V_HUB_OTO'),
    consultations: await countBy(
      pool,
      `coalesce(trim(tsunagi_bunya), '-')`,
      'V_HUB_SODAN where uketsuke_ymd is not null',
    ),
    results: await countBy(pool, 'jotai_cd', 'T_HUB_KEKKA'),
    faults: await countBy(pool, `split_part(renraku_bun, '（', 1)`, `T_HUB_KEKKA where jotai_cd = '90'`),
  };
}

async function countBy(pool: Pool, code: string, relation: string): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ code: string; count: number }>(
    `select ${code} as code, count(*)::int as count from legacy_konkyu.${relation} group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
}
