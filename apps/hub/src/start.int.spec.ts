// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices, testServices, type TestDatabase } from '@tsunagi/testing';
import { Client } from 'pg';
import type { HubConfig } from './hub.config';
import { hubSchema } from './hub.schema';
import { loadKeys, openDataSource } from './platform';
import { migrate, start } from './start';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'starting the hub', () => {
  let database: TestDatabase;
  let dataDir: string;
  let config: HubConfig;

  beforeEach(async () => {
    database = await testServices().postgres.createDatabase('start');
    dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-start-'));
    const broker = new InProcessBroker();
    config = {
      databaseUrl: database.url,
      connect: (account) => broker.connect(account, 'hub'),
      host: '127.0.0.1',
      port: 0,
      dataDir,
      demo: false,
      legal: 'checked',
      keys: join(dataDir, 'keys.json'),
      municipalityCode: '990019',
      embedded: false,
      logLevel: 'silent',
    };
    loadKeys(config.keys, true);
  });
  afterEach(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const sql = async (text: string) => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('migrates an empty database once, though three try at the same time', async () => {
    const done = await Promise.all([migrate(config), migrate(config), migrate(config)]);
    expect(done.flat()).toEqual(hubSchema.migrations.map((m) => m.name));
    expect(await sql('select count(*)::int as n from hub_migration')).toEqual([{ n: hubSchema.migrations.length }]);
    expect(await migrate(config)).toEqual([]);
  });

  it('is refused while migrations are pending', async () => {
    await expect(start(config)).rejects.toMatchObject({
      code: 'MIGRATIONS_PENDING',
      remedy: expect.stringContaining('tsunagi migrate'),
    });
  });

  it('is refused on a database that forgets what it has confirmed', async () => {
    await migrate(config);
    await sql(`alter database "${database.name}" set synchronous_commit = off`);
    await expect(start(config)).rejects.toMatchObject({ code: 'SYNCHRONOUS_COMMIT_OFF' });
  });

  it('is possible with an empty municipality, and ends without leftovers', async () => {
    await migrate(config);
    const hub = await start(config);
    expect((await fetch(`${hub.baseUrl}/health/ready`)).status).toBe(200);
    await hub.close();
    await expect(fetch(`${hub.baseUrl}/health/live`)).rejects.toThrow();
    expect(
      await sql(`select 1 from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`),
    ).toEqual([]);
    expect(await sql('select 1 from organization')).toEqual([]);
  });

  it('sets limits on every connection and keeps days as text', async () => {
    await migrate(config);
    const dataSource = await openDataSource(config, hubSchema);
    const [row] = await dataSource.query<Record<string, unknown>[]>(
      `select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
              '2026-04-01'::date as day`,
    );
    expect(row).toEqual({ statement: '20s', idle: '30s', day: '2026-04-01' });
    await dataSource.destroy();
  });
});
