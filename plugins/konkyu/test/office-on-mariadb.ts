// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { startPrivateMariadb, testServices } from '@tsunagi/testing';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { OfficeServer, Product } from './office-server';

/** The tables as the plugin's file asks for them, and the views on the office's own records. */
const creation = `
  ${readFileSync(join(__dirname, '../interface.mariadb.sql'), 'utf8')}
  CREATE TABLE kiroku CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS SELECT * FROM v_hub_oto;
  ALTER TABLE kiroku MODIFY renban bigint PRIMARY KEY;
  CREATE OR REPLACE VIEW v_hub_oto AS SELECT * FROM kiroku;
  CREATE TABLE sodan CHARACTER SET utf8mb4 COLLATE utf8mb4_bin AS SELECT * FROM v_hub_sodan;
  ALTER TABLE sodan MODIFY renban bigint;
  CREATE OR REPLACE VIEW v_hub_sodan AS SELECT * FROM sodan;`;

export const mariadbOffices: Product = {
  name: 'MariaDB',
  need: 'mariadb',
  needOfOwn: 'private-mariadb',
  startOwn: () => startPrivateMariadb(),
  open,
  says: { noRight: 'ER_TABLEACCESS_DENIED_ERROR', noTable: 'ER_NO_SUCH_TABLE', noColumn: 'ER_BAD_FIELD_ERROR' },
  noTime: '0000-00-00 00:00:00',
  refuses: (code) =>
    [
      'ER_DATA_TOO_LONG',
      'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
      'ER_TRUNCATED_WRONG_VALUE',
      'ER_BAD_FIELD_ERROR',
    ].includes(code),
};

async function open(): Promise<OfficeServer> {
  const name = `konkyu_${randomBytes(4).toString('hex')}`;
  const account = `'hub_${name}'@'%'`;
  const { url: serverUrl } = testServices().mariadb;
  const admin = await createConnection({
    uri: serverUrl,
    charset: 'UTF8MB4_BIN',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: true,
  });
  admin.on('error', () => undefined);
  // The office's own programs may be set to refuse what is too long, and to take days that are none.
  await admin.query(`SET SESSION sql_mode = 'STRICT_ALL_TABLES'`);
  await admin.query(`CREATE DATABASE ${name}; USE ${name}; CREATE USER ${account} IDENTIFIED BY 'hub'; ${creation}`);
  const url = new URL(serverUrl);
  url.username = `hub_${name}`;
  url.password = 'hub';
  const run = async (sql: string, values: readonly unknown[] = []) => {
    const [rows] = await admin.query<RowDataPacket[]>(sql, [...values]);
    return Array.isArray(rows) ? rows.map(withoutIdleZeros) : [];
  };
  return {
    url: url.href,
    schema: name,
    run,
    grant: async (right, table) => {
      await run(`GRANT ${right} ON ${name}.${table} TO ${account}`);
    },
    revoke: async (right, table) => {
      await run(`REVOKE ${right} ON ${name}.${table} FROM ${account}`);
    },
    forbidNull: async (table, column, type) => {
      await run(`ALTER TABLE ${table} MODIFY ${column} ${type} NOT NULL`);
    },
    dropConnections: async () => {
      const found = await run('SELECT id FROM information_schema.processlist WHERE user = ?', [`hub_${name}`]);
      for (const { id } of found) await run(`KILL CONNECTION ${Number(id)}`);
    },
    close: async () => {
      await admin.query(`DROP DATABASE ${name}; DROP USER ${account}`);
      await admin.end();
    },
  };
}

/** A `datetime(6)` shows all its places; PostgreSQL those that say something. */
function withoutIdleZeros(row: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const shown = (value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/.test(value)
      ? value.replace(/\.?0+$/, '')
      : value;
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, shown(value)]));
}
