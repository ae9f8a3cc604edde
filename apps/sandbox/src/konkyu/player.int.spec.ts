// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, testServices, type TestDatabase } from '@tsunagi/testing';
import { Pool } from 'pg';
import { KonkyuPlayer } from './player';
import { openPluginAccount } from './plugin-account';
import { createKonkyuSchema } from './schema';

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
    expect(await player.step()).toEqual({ taken: 1, answers: { '10': 1 } });
    await player.step();
    expect(await player.step()).toEqual({ taken: 0, answers: { '30': 1 } });
    expect(await player.step()).toEqual({ taken: 0, answers: {} });
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
    expect(await player.step()).toEqual({ taken: 1, answers: { '60': 1 } });
    expect(await player.step()).toEqual({ taken: 0, answers: {} });
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

  it('leaves nothing of a step that failed', async () => {
    await arrive(id('A'), id('R'));
    await pool.query(`alter table legacy_konkyu.T_OTO add constraint full_up check (taio_kbn <> '10')`);
    const player = new KonkyuPlayer({ pool, clock });
    await expect(player.step()).rejects.toMatchObject({ code: '23514' });
    await pool.query('alter table legacy_konkyu.T_OTO drop constraint full_up');
    expect(await player.step()).toEqual({ taken: 1, answers: { '10': 1 } });
  });

  describe('the account of the plugin', () => {
    let plugin: Pool;
    beforeEach(async () => {
      plugin = new Pool({ connectionString: await openPluginAccount(pool, database.url) });
    });
    afterEach(async () => {
      await plugin.end();
    });

    it('reads the view and appends to the table', async () => {
      await expect(plugin.query('select * from legacy_konkyu.V_HUB_OTO')).resolves.toMatchObject({ rows: [] });
      const insert = () =>
        plugin.query(
          `insert into legacy_konkyu.T_HUB_UKETSUKE (haiso_id, hub_shokai_id, torikeshi_kbn) values ($1, $2, '1') on conflict do nothing`,
          [id('A'), id('R')],
        );
      expect((await insert()).rowCount).toBe(1);
      expect((await insert()).rowCount).toBe(0);
    });

    it.each([
      'select * from legacy_konkyu.T_SODAN',
      'select * from legacy_konkyu.T_OTO',
      'select * from legacy_konkyu.T_HUB_UKETSUKE',
      "update legacy_konkyu.T_HUB_UKETSUKE set torikomi_flg = '1'",
      'delete from legacy_konkyu.T_HUB_UKETSUKE',
      'create table legacy_konkyu.t (i int)',
    ])('may not: %s', async (sql) => {
      await expect(plugin.query(sql)).rejects.toMatchObject({ code: '42501' });
    });
  });
});
