// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBroker } from '@tsunagi/messaging';
import { testServices } from '@tsunagi/testing';
import { Client } from 'pg';
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

export type Api = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: any; headers: Headers }>;

interface Access {
  staff: { role: string; name: string; password: string; functions: string[] }[];
  clients: { id: string; secret: string; plugin?: string; functions: string[] }[];
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
  // `start` makes keys only embedded; production makes them by `tsunagi init`.
  const { loadKeys } = await import('../src');
  loadKeys(config.keys, true);
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

async function signIn(
  baseUrl: string,
  access: Access,
  who: { client: string } | { role: string; function?: string },
): Promise<Api> {
  const call =
    (auth: Record<string, string>): Api =>
    async (method, path, body, headers = {}) => {
      const response = await fetch(`${baseUrl}/api/v1${path}`, {
        method,
        headers: { ...auth, ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers };
    };
  const open = call({});
  if ('client' in who) {
    const client = access.clients.find((c) => c.functions.includes(who.client) || c.id === who.client);
    if (!client) throw new Error(`no client for ${who.client}`);
    const { body } = await open('POST', '/oauth/token', {
      grant_type: 'client_credentials',
      client_id: client.id,
      client_secret: client.secret,
    });
    return call({ authorization: `Bearer ${body.access_token}` });
  }
  const staff = access.staff.find(
    (s) => s.role === who.role && (who.function === undefined || s.functions.includes(who.function)),
  );
  if (!staff) throw new Error(`nobody is ${who.role}`);
  const { headers } = await open('POST', '/session', { name: staff.name, password: staff.password });
  return call({ cookie: (headers.get('set-cookie') ?? '').split(';')[0] ?? '', 'tsunagi-request': '1' });
}
