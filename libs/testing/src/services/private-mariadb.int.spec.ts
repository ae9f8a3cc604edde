// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync } from 'node:fs';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { describeWithServices } from '../test-services';
import { startPrivateMariadb, type PrivateMariadb } from './private-mariadb';
import { processesOf } from './service-directory';

describeWithServices(['private-mariadb'], 'a private MariaDB', () => {
  let mariadb: PrivateMariadb;
  beforeAll(async () => (mariadb = await startPrivateMariadb()));
  afterAll(() => mariadb.stop());

  it('is durable, listens on loopback away from the standard port, and is set no better than an old system', async () => {
    const rows = await query(
      mariadb.url,
      `SELECT @@innodb_flush_log_at_trx_commit AS flush, @@bind_address AS address, @@port AS port,
              @@global.character_set_server AS charset, @@global.sql_mode AS mode`,
    );
    expect(rows).toEqual([{ flush: 1, address: '127.0.0.1', port: mariadb.port, charset: 'latin1', mode: '' }]);
    expect(mariadb.port).not.toBe(3306);
  });

  it('keeps committed rows through kill -9, and starts again on the same port', async () => {
    await query(mariadb.url, 'CREATE DATABASE kept');
    await query(mariadb.url, `CREATE TABLE kept.note (text text CHARACTER SET utf8mb4)`);
    await query(mariadb.url, `INSERT INTO kept.note VALUES ('𠮷田')`);
    await mariadb.kill();
    await expect(query(mariadb.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await mariadb.restart();
    expect(await query(mariadb.url, 'SELECT text FROM kept.note')).toEqual([{ text: '𠮷田' }]);
    await mariadb.restart();
    expect(await query(mariadb.url, 'SELECT text FROM kept.note')).toEqual([{ text: '𠮷田' }]);
  });

  it('leaves no process and no file behind', async () => {
    const own = await startPrivateMariadb();
    expect(processesOf(own.directory)).toHaveLength(1);
    await own.stop();
    expect(processesOf(own.directory)).toEqual([]);
    expect(() => readdirSync(own.directory)).toThrow('ENOENT');
  });
});

async function query(uri: string, statement: string): Promise<object[]> {
  const connection = await createConnection({ uri, charset: 'utf8mb4' });
  try {
    const [rows] = await connection.query<RowDataPacket[]>(statement);
    return Array.isArray(rows) ? rows.map((row) => ({ ...row })) : [];
  } finally {
    await connection.end();
  }
}
