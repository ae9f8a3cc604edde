// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Client, type QueryResult } from 'pg';
import { describeWithServices } from '../test-services';
import { startPrivatePostgres, type PrivatePostgres } from './private-postgres';
import { processesOf } from './service-directory';

jest.setTimeout(60_000);

describeWithServices(['private-postgres'], 'a private PostgreSQL', () => {
  let postgres: PrivatePostgres;
  beforeAll(async () => (postgres = await startPrivatePostgres()));
  afterAll(() => postgres.stop());

  it('is durable, speaks UTF-8 and listens on loopback, away from the standard port', async () => {
    const { rows } = await query(
      postgres.url,
      `SELECT current_setting('fsync') fsync, current_setting('synchronous_commit') sync, current_setting('server_encoding') encoding,
              current_setting('listen_addresses') addresses, current_setting('port') port`,
    );
    expect(rows).toEqual([
      { fsync: 'on', sync: 'on', encoding: 'UTF8', addresses: '127.0.0.1', port: String(postgres.port) },
    ]);
    expect(postgres.port).not.toBe(5432);
  });

  it('keeps committed rows through kill -9, and loses what was not committed', async () => {
    const database = await postgres.createDatabase('kill');
    await query(database.url, `CREATE TABLE note (text text); INSERT INTO note VALUES ('髙橋'), ('𠮷田')`);
    const open = new Client({ connectionString: database.url });
    open.on('error', () => undefined);
    await open.connect();
    await open.query(`BEGIN; INSERT INTO note VALUES ('never committed')`);

    await postgres.kill();
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.restart();

    expect((await query(database.url, 'SELECT text FROM note')).rows).toEqual([{ text: '髙橋' }, { text: '𠮷田' }]);
  });

  it('freezes as a whole, backends too, and goes on', async () => {
    const client = new Client({ connectionString: postgres.url, query_timeout: 300 });
    client.on('error', () => undefined);
    await client.connect();
    await postgres.kill('SIGSTOP');
    await expect(client.query('SELECT 1')).rejects.toThrow('timeout');
    await postgres.kill('SIGCONT');
    await expect(query(postgres.url, 'SELECT 1 AS one')).resolves.toMatchObject({ rows: [{ one: 1 }] });
    await client.end();
  });

  it('says whose connections it has when it takes no more', async () => {
    const full = await startPrivatePostgres({ settings: { max_connections: '8' } });
    const clients: Client[] = [];
    try {
      const { url } = await full.createDatabase('crowded');
      const another = async () => {
        const client = new Client({ connectionString: url });
        await client.connect();
        clients.push(client);
      };
      for (let n = 0; n < 8; n++) await another();
      await expect(full.createDatabase('one_more')).rejects.toThrow(/no more connections.* crowded 8/);
    } finally {
      await Promise.all(clients.map((client) => client.end()));
      await full.stop();
    }
  });

  it('restarts in order while it runs, on the same port', async () => {
    await query(postgres.url, 'CREATE TABLE kept (id int)');
    await postgres.restart();
    expect((await query(postgres.url, 'SELECT * FROM kept')).rows).toEqual([]);
  });

  it('gives every suite a database of its own', async () => {
    const one = await postgres.createDatabase('suite one');
    const other = await postgres.createDatabase('suite-"two"');
    await query(one.url, 'CREATE TABLE mine (id int)');
    await expect(query(other.url, 'SELECT * FROM mine')).rejects.toThrow('does not exist');
    await one.drop();
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow('does not exist');
  });

  it('leaves no process and no file behind', async () => {
    const own = await startPrivatePostgres();
    const directory = dirname(own.socketDirectory);
    expect(processesOf(directory).length).toBeGreaterThan(3);
    await own.stop();
    expect(processesOf(directory)).toEqual([]);
    expect(() => readdirSync(directory)).toThrow('ENOENT');
  });
});

async function query(url: string, statement: string): Promise<QueryResult> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}
