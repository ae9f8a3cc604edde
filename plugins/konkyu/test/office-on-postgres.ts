// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startPrivatePostgres, testServices } from '@tsunagi/testing';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { OfficeServer, Product } from './office-server';

/** The tables as the plugin's file asks for them, and the views on the office's own records. */
const schema = 'legacy_konkyu';
const creation = `
  CREATE SCHEMA ${schema};
  SET search_path TO ${schema};
  ${readFileSync(join(__dirname, '../interface.sql'), 'utf8')}
  CREATE TABLE kiroku (LIKE V_HUB_OTO, PRIMARY KEY (renban));
  CREATE OR REPLACE VIEW V_HUB_OTO AS SELECT * FROM kiroku;
  CREATE TABLE sodan (LIKE V_HUB_SODAN);
  CREATE OR REPLACE VIEW V_HUB_SODAN AS SELECT * FROM sodan;`;

export const postgresOffices: Product = {
  name: 'PostgreSQL',
  need: 'postgres',
  needOfOwn: 'private-postgres',
  startOwn: () => startPrivatePostgres(),
  open,
  says: { noRight: '42501', noTable: '42P01', noColumn: '42703' },
  noTime: 'infinity',
  refuses: (code) => /^(22|42703)/.test(code),
};

const int4 = 23;
const asText = { getTypeParser: (type: number) => (value: string) => (type === int4 ? Number(value) : value) };

async function open(): Promise<OfficeServer> {
  const database = await testServices().postgres.createDatabase('konkyu');
  const admin = new Client({ connectionString: database.url });
  admin.on('error', () => undefined);
  await admin.connect();
  const account = `hub_${randomBytes(4).toString('hex')}`;
  const url = new URL(database.url);
  url.username = account;
  url.password = 'hub';
  await admin.query(creation);
  await admin.query(`CREATE ROLE ${account} LOGIN PASSWORD 'hub'`);
  await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${account}`);
  const run = async (sql: string, values: readonly unknown[] = []) => {
    let position = 0;
    const text = sql.replaceAll('?', () => `$${(position += 1)}`);
    return (await admin.query<Record<string, unknown>>({ text, values: [...values], types: asText })).rows;
  };
  return {
    url: url.href,
    schema,
    run,
    grant: async (right, name) => {
      await run(`GRANT ${right} ON ${name} TO ${account}`);
    },
    revoke: async (right, name) => {
      await run(`REVOKE ${right} ON ${name} FROM ${account}`);
    },
    forbidNull: async (table, column) => {
      await run(`ALTER TABLE ${table} ALTER ${column} SET NOT NULL`);
    },
    dropConnections: async () => {
      await run('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = ?', [account]);
    },
    close: async () => {
      await admin.end();
      await database.drop();
      // A role belongs to the whole server.
      const server = new Client({ connectionString: testServices().postgres.url });
      await server.connect();
      await server.query(`DROP ROLE ${account}`);
      await server.end();
    },
  };
}
