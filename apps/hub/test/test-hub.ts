// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pluginSource, type CloudEvent, type MessageData, type MessageToHub, hubQueueOf } from '@tsunagi/contracts';
import { InProcessBroker, type Courier } from '@tsunagi/messaging';
import { testServices, type TestDatabase } from '@tsunagi/testing';
import request from 'supertest';
import type { DemoAccess } from '../src/demo';
import type { HubConfig } from '../src/hub.config';
import { loadKeys, newId } from '../src/platform';
import { migrate, start, type RunningHub, type StartOptions } from '../src/start';

/** A hub of one suite: real PostgreSQL, the in-process broker, the demo municipality. */
export interface TestHub {
  readonly hub: RunningHub;
  readonly broker: InProcessBroker;
  readonly config: HubConfig;
  readonly database: TestDatabase;
  readonly access: DemoAccess;
  http(): ReturnType<typeof request>;
  /** Authorization header of a demo client. */
  bearer(clientId: string): Promise<string>;
  /** Cookie of a member of staff, by sign-in name. */
  cookie(name: string): Promise<string>;
  /** Starts another instance on the same database and broker. */
  another(more?: Partial<HubConfig>): Promise<RunningHub>;
  stop(): Promise<void>;
}

export async function startTestHub(more: Partial<HubConfig> = {}, options: StartOptions = {}): Promise<TestHub> {
  const database = await testServices().postgres.createDatabase('hub');
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-hub-'));
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
    timings: { poll: 50, hostStale: 1_000 },
    ...more,
  };
  loadKeys(config.keys, true);
  await migrate(config);
  const hub = await start(config, options);
  const access = JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8')) as DemoAccess;
  const others: RunningHub[] = [];
  const http = () => request(hub.baseUrl);
  return {
    hub,
    broker,
    config,
    database,
    access,
    http,
    async bearer(clientId) {
      const client = access.clients.find((c) => c.id === clientId);
      const answer = await http()
        .post('/api/v1/oauth/token')
        .send({ grant_type: 'client_credentials', client_id: clientId, client_secret: client?.secret });
      return `Bearer ${(answer.body as { access_token: string }).access_token}`;
    },
    async cookie(name) {
      const password = access.staff.find((s) => s.name === name)?.password;
      const answer = await http().post('/api/v1/session').send({ name, password });
      return String(answer.headers['set-cookie']?.[0]).split(';')[0] ?? '';
    },
    async another(changed = {}) {
      const other = await start({ ...config, ...changed });
      others.push(other);
      return other;
    },
    async stop() {
      await Promise.all([hub, ...others].map((h) => h.close()));
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A plugin host as the hub sees it: it speaks and listens, and does nothing. */
export async function aHost(broker: InProcessBroker, plugin: string, instance: string) {
  const hostId = `${plugin}.${instance}`;
  const commands: MessageData<'plugin.command.v1'>[] = [];
  const courier: Courier = await broker.connect(`plugin.${plugin}`, { hostId, plugin });
  await courier.consume(`host.${hostId}`, {}, async ({ event }) => {
    commands.push(event.data as MessageData<'plugin.command.v1'>);
  });
  const say = <T extends MessageToHub>(type: T, data: MessageData<T>) => {
    const event: CloudEvent = {
      specversion: '1.0',
      id: newId(),
      source: pluginSource(plugin),
      type,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    };
    return courier.publish(hubQueueOf[type], event);
  };
  return {
    hostId,
    commands,
    courier,
    say,
    last: () => commands.at(-1)?.command,
    hello: () =>
      say('plugin.hello.v1', {
        hostId,
        plugin,
        domain: 'kaigo',
        title: '介護保険',
        version: '0.1.0',
        sdk: '0.1.0',
        sdkRange: '^0.1.0',
        configSchema: { type: 'object' },
      }),
    beat: (running: boolean) => say('plugin.heartbeat.v1', { hostId, plugins: [{ plugin, running, inHand: 0 }] }),
    stop: () => courier.close(),
  };
}
