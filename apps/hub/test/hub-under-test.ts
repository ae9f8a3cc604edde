// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBroker } from '@tsunagi/messaging';
import { testServices } from '@tsunagi/testing';
import { Client } from 'pg';
import { signIn, type Access, type Api } from './sign-in';
import { migrate, start, type HubConfig, type RunningHub, type StartOptions } from '../src';

export interface HubUnderTest {
  readonly hub: RunningHub;
  readonly broker: InProcessBroker;
  readonly config: HubConfig;
  /** Reads the hub's own database, to check on it. */
  rows<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** A call as a client or a member of staff of the demo municipality, by function code or role. */
  as(who: { client: string } | { role: string; function?: string }): Promise<Api>;
  close(): Promise<void>;
}

/** A hub on a database of its own and the in-process broker, with the demo municipality. */
export async function hubUnderTest(
  options: StartOptions & { plugins?: HubConfig['demoPlugins']; timings?: HubConfig['timings'] } = {},
): Promise<HubUnderTest> {
  const { plugins, timings, ...start_ } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-hub-'));
  const database = await testServices().postgres.createDatabase('hub');
  const broker = new InProcessBroker();
  const config: HubConfig = {
    databaseUrl: database.url,
    connect: (account) => broker.connect(account, 'hub'),
    host: '127.0.0.1',
    port: 0,
    dataDir,
    demo: true,
    legal: 'demo',
    keys: join(dataDir, 'keys.json'),
    municipalityCode: '990019',
    embedded: false,
    logLevel: 'silent',
    demoPlugins: plugins ?? { kaigo: {}, konkyu: {} },
    timings: { poll: 30, lease: 2000, renew: 500, hostStale: 2000, receipt: 30_000, ...timings },
  };
  await migrate(config);
  const hub = await start(config, start_);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const access = JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8')) as Access;
  return {
    hub,
    broker,
    config,
    rows: async (sql, parameters = []) => (await client.query(sql, parameters)).rows as never,
    as: (who) => signIn(hub.baseUrl, access, who),
    async close() {
      await hub.close();
      await client.end();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
