// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, testServices, type TestDatabase } from '@tsunagi/testing';
import { readFileSync } from 'node:fs';
import { Pool } from 'pg';
import { createKonkyuSchema } from './schema';

/** Read as a file, as a vendor would: the sandbox knows nothing else of the plugin. */
const agreed = readFileSync(require.resolve('@tsunagi/plugin-konkyu/interface.sql'), 'utf8');

describeWithServices(['postgres'], 'the tables of the 自立相談支援機関', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await testServices().postgres.createDatabase('sandbox');
    pool = new Pool({ connectionString: database.url });
    await createKonkyuSchema(pool);
    await pool.query(`create schema agreed; set search_path to agreed; ${agreed} reset search_path;`);
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const columnsOf = async (relation: string) => {
    const { rows } = await pool.query<{ attname: string }>(
      `select attname, format_type(atttypid, atttypmod) as type, attnotnull, pg_get_expr(adbin, adrelid) as preset
       from pg_attribute left join pg_attrdef on adrelid = attrelid and adnum = attnum
       where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [relation],
    );
    return rows;
  };
  const keyOf = async (table: string) => {
    const { rows } = await pool.query(
      `select pg_get_constraintdef(oid) as key from pg_constraint where conrelid = $1::regclass and contype = 'p'`,
      [table],
    );
    return rows;
  };

  it.each(['T_HUB_UKETSUKE', 'T_HUB_KEKKA', 'V_HUB_SODAN', 'V_HUB_OTO'])(
    'have %s column by column as the plugin asks for it',
    async (name) => {
      const columns = await columnsOf(`legacy_konkyu.${name}`);
      expect(columns.length).toBeGreaterThan(10);
      expect(columns).toEqual(await columnsOf(`agreed.${name}`));
    },
  );

  it.each([
    ['T_HUB_UKETSUKE', 'haiso_id, torikeshi_kbn'],
    ['T_HUB_KEKKA', 'kekka_id'],
  ])('take a delivery into %s once, by the same key', async (table, columns) => {
    const key = await keyOf(`legacy_konkyu.${table}`);
    expect(key).toEqual([{ key: `PRIMARY KEY (${columns})` }]);
    expect(key).toEqual(await keyOf(`agreed.${table}`));
  });

  it('are added to those of an older demo, whose cases stay', async () => {
    await pool.query(`
      drop view legacy_konkyu.V_HUB_SODAN;
      drop table legacy_konkyu.T_HUB_KEKKA, legacy_konkyu.T_SODAN;
      create table legacy_konkyu.T_SODAN (
        sodan_id varchar(20) primary key, toroku_dt timestamp not null, haiso_id char(26) not null,
        hub_shokai_id char(26) not null unique, shimei varchar(60), furigana varchar(60), jusho varchar(200),
        tel varchar(15), sodan_naiyo char(16), tantosha varchar(40) not null, taio_kbn char(2) not null,
        yotei varchar(40) not null, chushi_flg char(1) not null default '0');
      insert into legacy_konkyu.T_SODAN (sodan_id, toroku_dt, haiso_id, hub_shokai_id, tantosha, taio_kbn, yotei)
      values ('KS-000001', '2026-11-20 09:00:00', 'A', 'R', '相談員　一', '10', '20');`);
    await createKonkyuSchema(pool);
    const { rows } = await pool.query(
      'select renban::int, koshin_dt::text, sodan_id, tsunagi_bunya from legacy_konkyu.V_HUB_SODAN',
    );
    expect(rows).toEqual([{ renban: 1, koshin_dt: '2026-11-20 09:00:00', sodan_id: 'KS-000001', tsunagi_bunya: null }]);
  });
});
