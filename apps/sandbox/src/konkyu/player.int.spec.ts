// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, testServices, type TestDatabase } from '@tsunagi/testing';
import { Client, Pool } from 'pg';
import { asConsultationVariant, consultationVariants } from './consultation-variants';
import { KonkyuPlayer } from './player';
import { openPluginAccount } from './plugin-account';
import { readKonkyuOutcome } from './read-outcome';
import { createKonkyuSchema } from './schema';
import { writeConsultations } from './write-consultations';

const clock = () => new Date('2026-11-21T09:00:00.000+09:00');
const id = (letter: string) => letter.repeat(26);

describeWithServices(['postgres'], 'the 自立相談支援機関 of the sandbox', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeEach(async () => {
    database = await testServices().postgres.createDatabase('sandbox');
    pool = new Pool({ connectionString: database.url });
    await createKonkyuSchema(pool);
  });
  afterEach(async () => {
    await pool.end();
    await database.drop();
  });

  const arrive = (delivery: string, referral: string, kind = '1') =>
    pool.query(
      `insert into legacy_konkyu.T_HUB_UKETSUKE (haiso_id, hub_shokai_id, torikeshi_kbn, shimei, sakusei_dt)
       values ($1, $2, $3, '見本　花子', '2026-11-21 08:59:00')`,
      [delivery, referral, kind],
    );
  const answers = async () => {
    const { rows } = await pool.query<{ answer: string }>(
      `select trim(taio_kbn) || ' ' || left(haiso_id, 1) as answer from legacy_konkyu.V_HUB_OTO order by renban`,
    );
    return rows.map(({ answer }) => answer);
  };

  it('is made twice without harm', async () => {
    await expect(createKonkyuSchema(pool)).resolves.toBeUndefined();
  });

  it('notes the arrival first and answers one step later', async () => {
    const player = new KonkyuPlayer({ pool, clock, script: [['20', '30']] });
    await arrive(id('A'), id('R'));
    expect(await player.step()).toEqual({ taken: 1, answers: { '10': 1 }, results: {} });
    await player.step();
    expect(await player.step()).toEqual({ taken: 0, answers: { '30': 1 }, results: {} });
    expect(await player.step()).toEqual({ taken: 0, answers: {}, results: {} });
    expect(await answers()).toEqual(['10 A', '20 A', '30 A']);
  });

  it('marks what it took in', async () => {
    await arrive(id('A'), id('R'));
    await new KonkyuPlayer({ pool, clock }).step();
    const { rows } = await pool.query(`select torikomi_flg, torikomi_dt::text as at from legacy_konkyu.T_HUB_UKETSUKE`);
    expect(rows).toEqual([{ torikomi_flg: '1', at: '2026-11-21 09:00:00' }]);
  });

  it('takes, asks and offers back as the script says, with the codes each answer needs', async () => {
    const player = new KonkyuPlayer({ pool, clock, script: [['20'], ['45'], ['50']] });
    await arrive(id('A'), id('R'));
    await arrive(id('B'), id('S'));
    await arrive(id('C'), id('T'));
    await player.step();
    await player.step();
    const { rows } = await pool.query(
      `select taio_kbn, sodan_id, tantosha, riyu_cd from legacy_konkyu.V_HUB_OTO where taio_kbn <> '10' order by renban`,
    );
    expect(rows).toEqual([
      { taio_kbn: '20', sodan_id: 'KS-000001', tantosha: '相談員　一', riyu_cd: null },
      { taio_kbn: '45', sodan_id: 'KS-000002', tantosha: '相談員　二', riyu_cd: null },
      { taio_kbn: '50', sodan_id: 'KS-000003', tantosha: '相談員　三', riyu_cd: '101' },
    ]);
  });

  it('acknowledges a recall at once, forgets the person and answers nothing more', async () => {
    const player = new KonkyuPlayer({ pool, clock, script: [['20', '30']] });
    await arrive(id('A'), id('R'));
    await player.step();
    await arrive(id('A'), id('R'), '3');
    expect(await player.step()).toEqual({ taken: 1, answers: { '60': 1 }, results: {} });
    expect(await player.step()).toEqual({ taken: 0, answers: {}, results: {} });
    const { rows } = await pool.query('select shimei, chushi_flg from legacy_konkyu.T_SODAN');
    expect(rows).toEqual([{ shimei: null, chushi_flg: '1' }]);
  });

  it('takes the case when a correction answers its question', async () => {
    const player = new KonkyuPlayer({ pool, clock, script: [['45']] });
    await arrive(id('A'), id('R'));
    await player.step();
    await player.step();
    await arrive(id('B'), id('R'), '2');
    await player.step();
    await player.step();
    expect(await answers()).toEqual(['10 A', '45 A', '10 B', '20 A']);
  });

  it('asks for no other department with a case that the hub brought', async () => {
    await arrive(id('A'), id('R'));
    await new KonkyuPlayer({ pool, clock }).step();
    const { rows } = await pool.query('select sodan_id, tsunagi_bunya from legacy_konkyu.V_HUB_SODAN');
    expect(rows).toEqual([{ sodan_id: 'KS-000001', tsunagi_bunya: null }]);
  });

  it('reads what became of its own requests, once, and notes the last at the case', async () => {
    await writeConsultations(pool, { rows: 1, clock: clock() });
    const { rows: own } = await pool.query<{ sodan_id: string }>('select sodan_id from legacy_konkyu.T_SODAN');
    const told = (kekka: string, code: string, at: string) =>
      pool.query(
        `insert into legacy_konkyu.T_HUB_KEKKA (kekka_id, sodan_id, tsunagi_bunya, jotai_cd, jotai_dt, renraku_bun)
         values ($1, $2, '1', $3, $4, $5)`,
        [kekka, own[0]!.sodan_id, code, at, code === '90' ? 'E-ERA（11 seinen_ymd）' : null],
      );
    await told(id('L'), '20', '2026-11-21 08:59:02');
    await told(id('K'), '10', '2026-11-21 08:59:01');
    await told(id('J'), '90', '2026-11-21 08:59:00');
    const player = new KonkyuPlayer({ pool, clock });
    expect(await player.step()).toMatchObject({ results: { '10': 1, '20': 1, '90': 1 } });
    expect(await player.step()).toMatchObject({ results: {} });
    const { rows } = await pool.query('select jotai_cd from legacy_konkyu.T_SODAN');
    expect(rows).toEqual([{ jotai_cd: '20' }]);
    expect(await readKonkyuOutcome(pool)).toMatchObject({
      results: { '10': 1, '20': 1, '90': 1 },
      faults: { 'E-ERA': 1 },
    });
  });

  it('leaves nothing of a step that failed', async () => {
    await arrive(id('A'), id('R'));
    await pool.query(`alter table legacy_konkyu.T_OTO add constraint full_up check (taio_kbn <> '10')`);
    const player = new KonkyuPlayer({ pool, clock });
    await expect(player.step()).rejects.toMatchObject({ code: '23514' });
    await pool.query('alter table legacy_konkyu.T_OTO drop constraint full_up');
    expect(await player.step()).toEqual({ taken: 1, answers: { '10': 1 }, results: {} });
  });

  describe('its own consultations', () => {
    const seen = async () => {
      const { rows } = await pool.query<Record<string, string | null>>(
        `select sodan_id, furigana, seinen_gengo, seinen_ymd, uketsuke_ymd, sodan_naiyo, tsunagi_bunya, doi_kbn, shuso, shimei,
           koshin_dt::text as koshin_dt from legacy_konkyu.V_HUB_SODAN order by renban`,
      );
      return rows;
    };

    it('stand in the view as a 相談受付・申込票 is filled in, and half of them ask for no other department', async () => {
      expect(await writeConsultations(pool, { rows: 300, clock: clock() })).toBe(300);
      const rows = await seen();
      for (const row of rows) {
        expect(row['furigana']).toMatch(/^[ぁ-ゖー]+ [ぁ-ゖー]+$/);
        expect([row['seinen_gengo'], row['uketsuke_ymd']]).toEqual(['2', 'R08.11.20']);
        expect(row['seinen_ymd']).toMatch(/^[0-9]{6}$/);
        expect(row['sodan_naiyo']).toMatch(/^[01]*2[01]*$/);
        expect(row['koshin_dt']).toBe('2026-11-21 09:00:00');
      }
      const silent = rows.filter(({ tsunagi_bunya }) => tsunagi_bunya === null).length;
      expect(silent).toBeGreaterThan(80);
      expect(silent).toBeLessThan(180);
    });

    it('are the same again for the same seed, and nothing is written twice', async () => {
      await writeConsultations(pool, { rows: 5, seed: 7, clock: clock() });
      const first = await seen();
      expect(await writeConsultations(pool, { rows: 5, seed: 7, clock: clock() })).toBe(0);
      expect(await seen()).toEqual(first);
      expect(await writeConsultations(pool, { rows: 5, seed: 8, clock: clock() })).toBe(5);
    });

    it('may be wrong in exactly the ways that are asked for', async () => {
      const variants = consultationVariants.map((kind, index) => ({ kind, row: index + 1 }));
      await writeConsultations(pool, { rows: variants.length + 1, variants, clock: clock() });
      const rows = new Map((await seen()).map((row, index) => [variants[index]?.kind, row]));
      expect(rows.get('E-ERA')).toMatchObject({ seinen_gengo: '3', seinen_ymd: '310501' });
      expect(rows.get('E-CODE')).toMatchObject({ doi_kbn: '5' });
      expect(rows.get('E-REQUIRED')).toMatchObject({ seinen_gengo: null });
      expect(rows.get('S-MYNUMBER')?.['shuso']).toContain('９０１８');
      expect(rows.get('W-GAIJI')?.['shimei']).toContain('\ue000');
      for (const { kind } of variants) expect(rows.get(kind)?.['tsunagi_bunya']).not.toBeNull();
    });

    it.each([
      ['E-ERA:3', { kind: 'E-ERA', row: 3 }],
      ['S-MYNUMBER:1', { kind: 'S-MYNUMBER', row: 1 }],
      ['E-ERA', null],
      ['E-ERA:0', null],
      ['E-COUNT:1', null],
    ])('are asked to be wrong by %s', (text, variant) => {
      expect(asConsultationVariant(text)).toEqual(variant);
    });
  });

  describe('the account of the plugin', () => {
    let plugin: Pool;
    beforeEach(async () => {
      plugin = new Pool({ connectionString: await openPluginAccount(pool, database.url) });
    });
    afterEach(async () => {
      await plugin.end();
    });

    it('reads the views and appends to the tables', async () => {
      for (const view of ['V_HUB_OTO', 'V_HUB_SODAN'])
        await expect(plugin.query(`select * from legacy_konkyu.${view}`)).resolves.toMatchObject({ rows: [] });
      await plugin.query('insert into legacy_konkyu.T_HUB_KEKKA (kekka_id) values ($1)', [id('K')]);
      const insert = () =>
        plugin.query(
          `insert into legacy_konkyu.T_HUB_UKETSUKE (haiso_id, hub_shokai_id, torikeshi_kbn) values ($1, $2, '1') on conflict do nothing`,
          [id('A'), id('R')],
        );
      expect((await insert()).rowCount).toBe(1);
      expect((await insert()).rowCount).toBe(0);
    });

    it('that an older demo gave out keeps its password, and gets the rights to what came later', async () => {
      const known = await openPluginAccount(pool, database.url);
      const role = decodeURIComponent(new URL(known).username);
      await pool.query(`revoke all on legacy_konkyu.V_HUB_SODAN, legacy_konkyu.T_HUB_KEKKA from "${role}"`);
      expect(await openPluginAccount(pool, database.url, known)).toBe(known);
      const old = new Client({ connectionString: known });
      await old.connect();
      await expect(old.query('select * from legacy_konkyu.V_HUB_SODAN')).resolves.toMatchObject({ rows: [] });
      await old.end();
    });

    it.each([
      'select * from legacy_konkyu.T_SODAN',
      'select * from legacy_konkyu.T_OTO',
      'select * from legacy_konkyu.T_HUB_UKETSUKE',
      'select * from legacy_konkyu.T_HUB_KEKKA',
      "update legacy_konkyu.T_HUB_KEKKA set torikomi_flg = '1'",
      "update legacy_konkyu.T_HUB_UKETSUKE set torikomi_flg = '1'",
      'delete from legacy_konkyu.T_HUB_UKETSUKE',
      'create table legacy_konkyu.t (i int)',
    ])('may not: %s', async (sql) => {
      await expect(plugin.query(sql)).rejects.toMatchObject({ code: '42501' });
    });
  });
});
