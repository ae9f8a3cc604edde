// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { Pool } from 'pg';

export interface Uketsuke {
  haiso_id: string;
  hub_shokai_id: string;
  torikeshi_kbn: string;
  shurui_cd: string | null;
  soshin_bunya: string | null;
  soshin_kikan: string | null;
  konkyo_cd: string | null;
  shimei: string | null;
  furigana: string | null;
  seibetsu: string | null;
  seinen_gengo: string | null;
  seinen_ymd: string | null;
  jusho: string | null;
  tel: string | null;
  setai_ninzu: number | null;
  sodan_naiyo: string | null;
  renraku_bun: string | null;
  kinkyu: string | null;
  kigen_ymd: string | null;
  teikyo_mask: string | null;
}

/** The 生活困窮 system's own tables, and a caseworker who answers in them. */
export class KonkyuDesk {
  private constructor(private readonly client: Pool) {}

  static async open(databaseUrl: string): Promise<KonkyuDesk> {
    const pool = new Pool({ connectionString: databaseUrl, max: 1 });
    // An idle connection that a killed server breaks off is replaced at the next query.
    pool.on('error', () => undefined);
    await pool.query('select 1');
    return new KonkyuDesk(pool);
  }

  close(): Promise<void> {
    return this.client.end();
  }

  async all(): Promise<Uketsuke[]> {
    const { rows } = await this.client.query<Uketsuke>(
      'select * from legacy_konkyu.T_HUB_UKETSUKE order by sakusei_dt, haiso_id, torikeshi_kbn',
    );
    return rows;
  }

  /** Waits for the row of this referral (26 characters). */
  row(referral: string, torikeshi = '1'): Promise<Uketsuke> {
    return waitFor(
      async () => (await this.all()).find((r) => r.hub_shokai_id === referral && r.torikeshi_kbn === torikeshi),
      {
        what: `row ${torikeshi} of the referral`,
        timeoutMs: 30_000,
        everyMs: 50,
      },
    );
  }

  async answer(
    row: Uketsuke,
    taio: string,
    more: { worker?: string; sodan?: string; reason?: string; outcome?: string; text?: string } = {},
  ): Promise<void> {
    await this.client.query(
      `insert into legacy_konkyu.T_OTO (koshin_dt, haiso_id, hub_shokai_id, taio_kbn, taio_dt, tantosha, sodan_id, riyu_cd, kekka_cd, renraku_bun)
       select n, $1, $2, $3, n, $4, $5, $6, $7, $8 from (select (now() at time zone 'Asia/Tokyo')::timestamp as n) t`,
      [
        row.haiso_id,
        row.hub_shokai_id,
        taio,
        more.worker ?? null,
        more.sodan ?? null,
        more.reason ?? null,
        more.outcome ?? null,
        more.text ?? null,
      ],
    );
  }
}
