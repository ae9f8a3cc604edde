// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { Pool } from 'pg';
import { reiwaDay } from './written';

export interface Uketsuke {
  haiso_id: string;
  hub_shokai_id: string;
  torikeshi_kbn: string;
  shurui_cd: string | null;
  soshin_bunya: string | null;
  soshin_kikan: string | null;
  soshin_tanto: string | null;
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
  sakusei_dt: Date;
  torikomi_flg: string;
}

/** One row of T_HUB_KEKKA, times as text to the millisecond. */
export interface Kekka {
  kekka_id: string;
  sodan_id: string;
  tsunagi_bunya: string | null;
  hub_shokai_id: string | null;
  jotai_cd: string;
  jotai_dt: string;
  uketsuke_kikan: string | null;
  tantosha: string | null;
  jikai_ymd: string | null;
  sashimodoshi_riyu: string | null;
  renraku_bun: string | null;
  teisei_kbn: string;
  sakusei_dt: string;
  sakusei_sha: string;
  torikomi_flg: string;
  torikomi_dt: string | null;
}

/** 相談受付・申込票 of 見本 次郎, who asks for 介護 with consent; a journey says what is otherwise. */
const form = {
  tantosha: '相談員　一',
  shimei: '見本　次郎',
  furigana: 'みほん　じろう',
  seibetsu: '1',
  seinen_gengo: '2',
  seinen_ymd: '291103',
  yubin_no: '999-0001',
  jusho: '見本県見本市見本町一丁目１番１号',
  tel: '099-123-0101',
  raidan_kankei: '0',
  sodan_naiyo: '1020000000010000',
  sodan_keiro: '01',
  shigoto: '6',
  jukyo: '2',
  shuso: '膝が悪く、仕事が続かない。',
  tsunagi_bunya: '1',
  doi_kbn: '1',
  sakujo_flg: '0',
};
/** The time on the office's wall. */
const nowInJapan = `(select (now() at time zone 'Asia/Tokyo')::timestamp as n) t`;

/** What is otherwise in a form. */
export type FormOver = Partial<Record<keyof typeof form, string | null>>;

/** The same consultations as rows that somebody has taken out of V_HUB_SODAN: UTF-8 CSV under the names of its columns. */
export function exportedRows(consulted: Readonly<Record<string, FormOver>>): Buffer {
  const rows = Object.entries(consulted).map(([sodan_id, over], n): Record<string, string | null> => {
    const { tantosha, tel, ...columns } = { ...form, uketsuke_ymd: reiwaDay(), ...over };
    return {
      ...columns,
      renban: String(9_000_000 + n),
      koshin_dt: '2026-11-20 09:00:00.000000',
      sodan_id,
      uketsuke_sha: tantosha,
      tel_jitaku: tel,
      tel_keitai: null,
      plan_no: null,
    };
  });
  const names = Object.keys(rows[0]!);
  const lines = rows.map((row) => names.map((name) => `"${row[name] ?? ''}"`).join(','));
  return Buffer.from(`${[names.join(','), ...lines].join('\r\n')}\r\n`);
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

  /** Records a consultation as a caseworker does; the view shows it to the hub. */
  async consult(sodanId: string, over: FormOver = {}): Promise<void> {
    const row = { ...form, uketsuke_ymd: reiwaDay(), ...over };
    const columns = Object.keys(row);
    await this.client.query(
      `insert into legacy_konkyu.T_SODAN (sodan_id, toroku_dt, koshin_dt, ${columns.join(', ')})
       select $1, n, n, ${columns.map((_, i) => `$${i + 2}`).join(', ')} from ${nowInJapan}`,
      [sodanId, ...Object.values(row)],
    );
  }

  /** Changes a consultation; with nothing to change, its time alone becomes new, as after a bulk update. */
  async rewrite(sodanId: string, over: FormOver = {}): Promise<void> {
    const sets = Object.keys(over).map((column, i) => `, ${column} = $${i + 2}`);
    await this.client.query(
      `update legacy_konkyu.T_SODAN set koshin_dt = n${sets.join('')} from ${nowInJapan} where sodan_id = $1`,
      [sodanId, ...Object.values(over)],
    );
  }

  /** What the office was told of its request is deleted in its system, until somebody brings it back as it was. */
  async mislay(sodanId: string): Promise<() => Promise<void>> {
    await this.client.query(
      'create table if not exists legacy_konkyu.MISLAID as select * from legacy_konkyu.T_HUB_KEKKA limit 0',
    );
    const move = async (from: string, to: string) => {
      await this.client.query(
        `with gone as (delete from legacy_konkyu.${from} where sodan_id = $1 returning *)
         insert into legacy_konkyu.${to} select * from gone`,
        [sodanId],
      );
    };
    await move('T_HUB_KEKKA', 'MISLAID');
    return () => move('MISLAID', 'T_HUB_KEKKA');
  }

  /** What the office was told of its own request so far, oldest first. */
  async results(sodanId: string): Promise<Kekka[]> {
    const { rows } = await this.client.query<Kekka>(
      `select k.*, to_char(jotai_dt, 'YYYY-MM-DD HH24:MI:SS.MS') as jotai_dt,
         to_char(sakusei_dt, 'YYYY-MM-DD HH24:MI:SS.MS') as sakusei_dt
       from legacy_konkyu.T_HUB_KEKKA k where sodan_id = $1 order by k.jotai_dt, kekka_id`,
      [sodanId],
    );
    return rows;
  }

  /** Waits until the last it was told is this code. */
  told(sodanId: string, code: string): Promise<Kekka> {
    return waitFor(
      async () => {
        const last = (await this.results(sodanId)).at(-1);
        return last?.jotai_cd === code && last;
      },
      { what: `${code} of ${sodanId}`, timeoutMs: 30_000, everyMs: 50 },
    );
  }

  /** Touches every answer given so far: the view gives them all again, as new as of now. */
  async giveAnswersAgain(): Promise<void> {
    await this.client.query(`update legacy_konkyu.T_OTO set koshin_dt = n from ${nowInJapan}`);
  }

  async answer(
    row: Uketsuke,
    taio: string,
    more: {
      worker?: string;
      sodan?: string;
      reason?: string;
      outcome?: string;
      next?: string;
      text?: string;
    } = {},
  ): Promise<void> {
    await this.client.query(
      `insert into legacy_konkyu.T_OTO (koshin_dt, haiso_id, hub_shokai_id, taio_kbn, taio_dt, tantosha, sodan_id, riyu_cd, kekka_cd, jikai_ymd, renraku_bun)
       select n, $1, $2, $3, n, $4, $5, $6, $7, $8, $9 from ${nowInJapan}`,
      [
        row.haiso_id,
        row.hub_shokai_id,
        taio,
        more.worker ?? null,
        more.sodan ?? null,
        more.reason ?? null,
        more.outcome ?? null,
        more.next ?? null,
        more.text ?? null,
      ],
    );
  }
}
