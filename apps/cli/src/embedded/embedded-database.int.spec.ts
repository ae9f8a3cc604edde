// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedDatabase, type EmbeddedDatabase } from './embedded-database';

// The first cluster of a build without template takes its time.
jest.setTimeout(180_000);

let dataDirectory: string;
let database: EmbeddedDatabase;
let clients: Client[];
let restarts: number;

const open = () => startEmbeddedDatabase({ dataDirectory, onRestart: () => (restarts += 1) });

beforeAll(async () => {
  dataDirectory = join(mkdtempSync(join(tmpdir(), 'embedded-')), 'var');
  restarts = 0;
  database = await open();
});
afterAll(async () => {
  await database.close();
  rmSync(join(dataDirectory, '..'), { recursive: true });
});
beforeEach(() => (clients = []));
afterEach(async () => {
  await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
});

async function connect(): Promise<Client> {
  const client = new Client({ connectionString: database.url });
  client.on('error', () => undefined);
  clients.push(client);
  await client.connect();
  return client;
}

async function numberIn(table: string): Promise<number> {
  const { rows } = await (await connect()).query<{ n: number }>(`select n from ${table}`);
  return rows[0]!.n;
}

describe('the embedded database', () => {
  it('lies in a directory that is closed to others, socket included', () => {
    expect(statSync(dataDirectory).mode & 0o777).toBe(0o700);
    expect(existsSync(join(dataDirectory, '.s.PGSQL.5432'))).toBe(true);
  });

  it('is PGlite, reached by the ordinary driver', async () => {
    const { rows } = await (await connect()).query<{ v: string }>('select version() as v');
    expect(rows[0]!.v).toContain('PGlite');
  });

  it('refuses a second start on the same directory', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'DATA_DIR_IN_USE', blanks: { pid: String(process.pid) } });
    expect(await (await connect()).query('select 1')).toMatchObject({ rowCount: 1 });
  });

  it('runs the transactions of two clients one after the other', async () => {
    const [one, two] = [await connect(), await connect()];
    await one.query('create table counter (n int)');
    await one.query('insert into counter values (0)');
    const add = async (client: Client, end: string) => {
      await client.query('begin');
      const { rows } = await client.query<{ n: number }>('select n from counter where n >= $1', [0]);
      await client.query('update counter set n = $1', [rows[0]!.n + 1]);
      await client.query(end);
    };
    const many = async (client: Client) => {
      for (let time = 0; time < 20; time += 1) await add(client, time % 4 === 3 ? 'rollback' : 'commit');
    };
    await Promise.all([many(one), many(two)]);
    expect(await numberIn('counter')).toBe(30);
  });

  // Without SharedPGlite the second client's statement gets in between and is executed in place of the first one's.
  it('never mixes the statements of two clients, however large their parameters', async () => {
    const ask = async (client: Client, name: string) => {
      for (let time = 0; time < 8; time += 1) {
        const size = 3_000_000 + time;
        const { rows } = await client.query<Record<string, number>>(`select length($1::text) as ${name}`, [
          'x'.repeat(size),
        ]);
        expect(rows).toEqual([{ [name]: size }]);
      }
    };
    await Promise.all([ask(await connect(), 'odd'), ask(await connect(), 'even'), ask(await connect(), 'third')]);
  });

  it('rolls back for a client that is gone, and lets the others on', async () => {
    const [leaving, waiting] = [await connect(), await connect()];
    await waiting.query('create table left_behind (n int)');
    await waiting.query('insert into left_behind values (1)');
    await leaving.query('begin');
    await leaving.query('update left_behind set n = 2');
    const read = waiting.query<{ n: number }>('select n from left_behind');
    (leaving as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect((await read).rows).toEqual([{ n: 1 }]);
  });

  it('comes back by itself when its worker is killed, with everything that was committed', async () => {
    const before = await connect();
    await before.query('create table kept (n int)');
    await before.query('insert into kept values (7)');
    await before.query('begin');
    await before.query('update kept set n = 8');
    const pid = database.pid!;
    const alreadyRestarted = restarts;
    process.kill(pid, 'SIGKILL');
    await waitFor(() => restarts > alreadyRestarted, { what: 'another worker', timeoutMs: 60_000 });
    expect(database.pid).not.toBe(pid);
    expect(await numberIn('kept')).toBe(7);
  });

  it('keeps its data from one start to the next', async () => {
    const client = await connect();
    await client.query('create table later (n int)');
    await client.query('insert into later values (3)');
    await database.close();
    expect(existsSync(join(dataDirectory, '.s.PGSQL.5432'))).toBe(false);
    database = await open();
    expect(await numberIn('later')).toBe(3);
  });

  it('ends with the process that started it', async () => {
    const directory = join(dataDirectory, '..', 'orphan');
    const script = `
      const { startEmbeddedDatabase } = require(${JSON.stringify(join(__dirname, '../../dist/embedded'))});
      startEmbeddedDatabase({ dataDirectory: ${JSON.stringify(directory)} }).then((db) => console.log(db.pid));`;
    const parent = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const worker = Number(await new Promise((resolve) => parent.stdout.once('data', resolve)));
    parent.kill('SIGKILL');
    await waitFor(() => !isAlive(worker), { what: 'the end of the worker' });
    // And its lock is nobody's any more.
    await (await startEmbeddedDatabase({ dataDirectory: directory })).close();
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
