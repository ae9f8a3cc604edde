// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Pool } from 'pg';

/** What the 自立相談支援機関 has received and answered, counted. */
export interface KonkyuOutcome {
  /** 取消区分 1, 2, 3 → rows of T_HUB_UKETSUKE. */
  readonly received: Readonly<Record<string, number>>;
  /** 対応区分 → rows of V_HUB_OTO. */
  readonly answers: Readonly<Record<string, number>>;
}

export async function readKonkyuOutcome(pool: Pool): Promise<KonkyuOutcome> {
  return {
    received: await countBy(pool, 'torikeshi_kbn', 'T_HUB_UKETSUKE'),
    answers: await countBy(pool, 'taio_kbn', 'V_HUB_OTO'),
  };
}

async function countBy(pool: Pool, column: string, relation: string): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ code: string; count: number }>(
    `select ${column} as code, count(*)::int as count from legacy_konkyu.${relation} group by ${column} order by ${column}`,
  );
  return Object.fromEntries(rows.map(({ code, count }) => [code, count]));
}
