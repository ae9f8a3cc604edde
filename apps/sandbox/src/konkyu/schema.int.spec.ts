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

  it.each(['T_HUB_UKETSUKE', 'V_HUB_OTO'])('have %s column by column as the plugin asks for it', async (name) => {
    const columns = await columnsOf(`legacy_konkyu.${name}`);
    expect(columns.length).toBeGreaterThan(10);
    expect(columns).toEqual(await columnsOf(`agreed.${name}`));
  });

  it('take a delivery once, by the same key', async () => {
    const key = await keyOf('legacy_konkyu.T_HUB_UKETSUKE');
    expect(key).toEqual([{ key: 'PRIMARY KEY (haiso_id, torikeshi_kbn)' }]);
    expect(key).toEqual(await keyOf('agreed.T_HUB_UKETSUKE'));
  });
});
