// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { PoolClient } from 'pg';
import { japanTimestamp } from '../residents/calendar';

interface ResultRow {
  readonly kekka_id: string;
  readonly sodan_id: string | null;
  readonly jotai_cd: string;
}

/**
 * Takes in what T_HUB_KEKKA says of the office's own requests: each case shows the last it heard.
 * @returns 状態コード → rows
 */
export async function takeResults(client: PoolClient, now: Date): Promise<Record<string, number>> {
  const { rows } = await client.query<ResultRow>(
    `select kekka_id, sodan_id, jotai_cd from legacy_konkyu.T_HUB_KEKKA
     where torikomi_flg = '0' order by jotai_dt, kekka_id for update`,
  );
  const taken: Record<string, number> = {};
  for (const { kekka_id, sodan_id, jotai_cd } of rows) {
    await client.query('update legacy_konkyu.T_SODAN set jotai_cd = $2 where sodan_id = $1', [sodan_id, jotai_cd]);
    await client.query(
      `update legacy_konkyu.T_HUB_KEKKA set torikomi_flg = '1', torikomi_dt = $2 where kekka_id = $1`,
      [kekka_id, japanTimestamp(now)],
    );
    taken[jotai_cd] = (taken[jotai_cd] ?? 0) + 1;
  }
  return taken;
}
