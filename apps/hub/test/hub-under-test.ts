// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import request from 'supertest';
import { postgresAlone, type Broker, type SetUp } from './set-ups';
import { signIn, type Access, type Api, type Who } from './sign-in';
import { start, type HubConfig, type RunningHub, type StartOptions } from '../src';

// Hub and test share a thread. A socket that is kept may be taken again at the moment at which the hub closes it for having
// been idle, and whoever asked hears "socket hang up".
http.globalAgent = new http.Agent({ keepAlive: false });

export interface HubUnderTest {
  readonly hub: RunningHub;
  readonly broker: Broker;
  readonly config: HubConfig;
  /** The ways in, as `demo-access.json` has them. */
  readonly access: Access & { readonly baseUrl: string };
  /** Reads the hub's own database, to check on it. */
  rows<T = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<T[]>;
  /** A call as a client or a member of staff of the demo municipality, by function code or role. */
  as(who: Who): Promise<Api>;
  /** A bare request, for what belongs to HTTP itself. */
  http(): ReturnType<typeof request>;
  /** Authorization header of a demo client. */
  bearer(clientId: string): Promise<string>;
  /** Cookie of a member of staff, by sign-in name. */
  cookie(name: string): Promise<string>;
  /** Another instance on the same database, broker and clock; closed with the first. */
  another(changed?: Partial<HubConfig>): Promise<RunningHub>;
  close(): Promise<void>;
}

export interface RigOptions extends StartOptions {
  readonly plugins?: HubConfig['demoPlugins'];
  readonly timings?: HubConfig['timings'];
  /** @default postgresAlone */
  readonly setUp?: SetUp;
  /** Any other setting. */
  readonly config?: Partial<HubConfig>;
}

/** A hub on a database and a broker of its own, with the demo municipality. */
export async function hubUnderTest(options: RigOptions = {}): Promise<HubUnderTest> {
  const {
    plugins = { kaigo: {}, konkyu: {} },
    timings,
    setUp = postgresAlone,
    config: more,
    ...startOptions
  } = options;
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-hub-'));
  const standing = await setUp.stand({ dataDir, plugins: Object.keys(plugins) });
  // What fails half-way closes what it has opened: left open, it would be in the way of every suite after it.
  const opened: (() => unknown)[] = [() => standing.close()];
  const closeAll = async () => {
    for (const close of opened.reverse()) await close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const { databaseUrl, embedded, connect, broker } = standing;
  const config: HubConfig = {
    databaseUrl,
    embedded,
    connect,
    host: '127.0.0.1',
    port: 0,
    dataDir,
    demo: true,
    legal: 'demo',
    keys: join(dataDir, 'keys.json'),
    municipalityCode: '990019',
    // In the test of the whole mask it is on (DESIGN §4); by default it is off.
    collectsOrigin: true,
    logLevel: 'silent',
    demoPlugins: plugins,
    timings: { poll: 30, lease: 2000, renew: 500, hostStale: 2000, receipt: 30_000, ...standing.timings, ...timings },
    ...more,
  };
  const others: RunningHub[] = [];
  const client = new Client({ connectionString: databaseUrl });
  let hub: RunningHub;
  try {
    hub = await start(config, startOptions);
    opened.push(() => Promise.all([hub, ...others].map((instance) => instance.close())));
    await client.connect();
    opened.push(() => client.end());
  } catch (error) {
    await closeAll();
    throw error;
  }
  const access = JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8')) as HubUnderTest['access'];
  return {
    hub,
    broker,
    config,
    access,
    rows: async (sql, parameters = []) => (await client.query(sql, parameters)).rows as never,
    as: (who) => signIn(hub.baseUrl, access, who),
    http: () => request(hub.baseUrl),
    async bearer(id) {
      const secret = access.clients.find((c) => c.id === id)?.secret;
      const grant = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
      const { body } = await request(hub.baseUrl).post('/api/v1/oauth/token').send(grant);
      return `Bearer ${(body as { access_token: string }).access_token}`;
    },
    async cookie(name) {
      const password = access.staff.find((s) => s.name === name)?.password;
      const { headers } = await request(hub.baseUrl).post('/api/v1/session').send({ name, password });
      return String(headers['set-cookie']?.[0]).split(';')[0] ?? '';
    },
    async another(changed = {}) {
      const other = await start({ ...config, ...changed }, startOptions);
      others.push(other);
      return other;
    },
    close: closeAll,
  };
}
