// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudEvent } from '@tsunagi/contracts';
import { startSandbox, type Sandbox } from '@tsunagi/sandbox';
import { testServices, waitFor, type TestVhost } from '@tsunagi/testing';
import { connect as connectAmqp, type ChannelModel } from 'amqplib';
import { KaigoDesk } from './kaigo-desk';
import { KonkyuDesk } from './konkyu-desk';
import { KosodateDesk } from './kosodate-desk';
import { ShogaiDesk } from './shogai-desk';
import { accountsIn } from '../../test/broker-accounts';
import { signIn, type Access, type Api } from '../../test/sign-in';

/** A machine client, somebody whom the demo has at a post or a desk, or somebody who was engaged since. */
export type Somebody =
  | { readonly client: string }
  | { readonly role: string; readonly domain?: string }
  | { readonly login: string; readonly password: string };

/** 見本市 as it runs: hub, plugins, the systems of the departments, and the people at their desks. */
export interface Town {
  readonly kaigo: KaigoDesk;
  readonly konkyu: KonkyuDesk;
  readonly kosodate: KosodateDesk;
  readonly shogai: ShogaiDesk;
  as(who: Somebody): Promise<Api>;
  /** Demo access and keys of the hub, and the folders of the sandbox. */
  readonly dataDir: string;
  /** Everything that has left the hub for plugins, message by message and as one text. */
  left(): readonly CloudEvent[];
  tapped(): string;
  /** The plugin hosts, gone and back. */
  host: { stop(): Promise<void>; start(): Promise<void> };
  close(): Promise<void>;
}

export const pluginIds = ['kaigo', 'konkyu', 'kosodate', 'shogai'];
const hubProcess = join(__dirname, 'hub-process.cjs');
const hostMain = join(__dirname, '../../../plugin-host/dist/main.js');

interface Places {
  readonly dataDir: string;
  readonly secretsDir: string;
  readonly plugins: Record<string, Record<string, unknown>>;
}

/**
 * @param intake how the hub watches what comes from each plugin; a demo municipality watches where this is said
 */
function places(kosodate: KosodateDesk, intake?: Readonly<Record<string, unknown>>): Places {
  const dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-town-'));
  const secretsDir = join(dataDir, 'secrets');
  mkdirSync(secretsDir, { mode: 0o700 });
  kosodate.bulkFolder = join(dataDir, 'sandbox', 'kosodate', 'in');
  for (const [name, secret] of Object.entries(kosodate.secrets))
    writeFileSync(join(secretsDir, `kosodate-${name}`), secret, { mode: 0o600 });
  const watched = intake && { intake };
  return {
    dataDir,
    secretsDir,
    plugins: {
      kaigo: {
        ...watched,
        folder: join(dataDir, 'sandbox', 'kaigo'),
        functionCode: '9970100005',
        formVersion: 'K-2026-1',
        pollMs: 200,
      },
      konkyu: {
        ...watched,
        databaseUrl: { secretRef: 'konkyu-database-url' },
        schema: 'legacy_konkyu',
        functionCode: '9900000041',
        formVersion: 'J-2026-1',
        pollMs: 200,
      },
      kosodate: {
        ...watched,
        functionCode: '9940000023',
        formVersion: 'C-2026-1',
        municipality: '990019',
        childAbuseContact: '見本市こども相談係 099-999-0110',
        signatureSecret: { secretRef: 'kosodate-signature' },
        callbackUrl: kosodate.callbackUrl,
        callbackSecret: { secretRef: 'kosodate-callback' },
        callbackPlainHttp: true,
        bulkFolder: kosodate.bulkFolder,
        pollMs: 200,
      },
      shogai: {
        ...watched,
        folder: join(dataDir, 'sandbox', 'shogai'),
        functionCode: '9930000012',
        formVersion: 'S-2026-1',
        municipality: '990019',
        pollMs: 200,
      },
    },
  };
}

/** PGlite, the in-process broker and everything in one process, as `npm start` runs it. */
export async function embeddedTown(): Promise<Town> {
  const kosodate = await KosodateDesk.open();
  const where = places(kosodate);
  const left: CloudEvent[] = [];
  const process_ = await startHub({ kind: 'embedded', ...where }, (messages) =>
    left.push(...(JSON.parse(messages) as { event: CloudEvent }[]).map(({ event }) => event)),
  );
  const access = readAccess(where.dataDir);
  kosodate.hubUrl = access.baseUrl;
  const konkyu = await KonkyuDesk.open(access.databaseUrl);
  return {
    kaigo: new KaigoDesk(join(where.dataDir, 'sandbox', 'kaigo')),
    konkyu,
    kosodate,
    shogai: new ShogaiDesk(join(where.dataDir, 'sandbox', 'shogai')),
    dataDir: where.dataDir,
    as: (who) => signInTo(readAccess(where.dataDir), who),
    left: () => left,
    tapped: () => JSON.stringify(left),
    host: { stop: () => order(process_, 'stop host'), start: () => order(process_, 'start host') },
    async close() {
      await konkyu.close();
      await order(process_, 'close');
      await kosodate.close();
      rmSync(where.dataDir, { recursive: true, force: true });
    },
  };
}

/** Private PostgreSQL and RabbitMQ, hub and plugin host as processes of their own, one broker account per plugin. */
export async function productionTown(
  more: {
    hubFailpoint?: string;
    hostFailpoint?: string | undefined;
    amqpUrls?: Record<string, string>;
    intake?: Readonly<Record<string, unknown>>;
  } = {},
): Promise<Town & ProductionControls> {
  const kosodate = await KosodateDesk.open();
  const where = places(kosodate, more.intake);
  const database = await testServices().postgres.createDatabase('town');
  const vhost = more.amqpUrls ? undefined : await testServices().rabbit.createVhost('town');
  const urls = more.amqpUrls ?? (await accountsIn(vhost as TestVhost, pluginIds));
  const sandbox: Sandbox = await startSandbox({ dataDir: where.dataDir, databaseUrl: database.url });
  writeFileSync(join(where.secretsDir, 'konkyu-database-url'), await sandbox.openPluginAccount(), { mode: 0o600 });
  for (const plugin of pluginIds) {
    writeFileSync(join(where.secretsDir, `amqp-${plugin}`), new URL(urls[`plugin.${plugin}`] ?? '').password, {
      mode: 0o600,
    });
  }
  const hubTold = { kind: 'production', ...where, databaseUrl: database.url, amqpUrl: urls['hub'] };
  let hub = await startHub({ ...hubTold, failpoint: more.hubFailpoint });
  const tap = vhost && (await tapExchange(vhost.url));
  const hostPort = await freePort();
  kosodate.hubUrl = `http://127.0.0.1:${hostPort}`;
  const startHost = (failpoint?: string) => spawnHost({ ...where, hostPort }, urls['plugin.kaigo'] ?? '', failpoint);
  let host: ChildProcess | undefined = startHost(more.hostFailpoint);
  const konkyu = await KonkyuDesk.open(database.url);
  const town: Town & ProductionControls = {
    kaigo: new KaigoDesk(join(where.dataDir, 'sandbox', 'kaigo')),
    konkyu,
    kosodate,
    shogai: new ShogaiDesk(join(where.dataDir, 'sandbox', 'shogai')),
    databaseUrl: database.url,
    dataDir: where.dataDir,
    as: (who) => signInTo(readAccess(where.dataDir), who),
    left: () => tap?.left ?? [],
    tapped: () => JSON.stringify(tap?.left ?? []),
    host: {
      stop: async () => {
        await end(host, 'SIGTERM');
        host = undefined;
      },
      start: async () => {
        host = startHost();
      },
    },
    async loseHost() {
      await end(host, 'SIGKILL');
      host = undefined;
    },
    async killHost(failpoint) {
      await end(host, 'SIGKILL');
      host = startHost(failpoint);
    },
    hostEnded: () => ended(host),
    async killHub(failpoint) {
      await end(hub, 'SIGKILL');
      hub = await startHub({ ...hubTold, failpoint });
    },
    hubEnded: () => ended(hub),
    async close() {
      await tap?.close();
      await konkyu.close();
      await end(host, 'SIGTERM');
      await end(hub, 'SIGTERM');
      await kosodate.close();
      await sandbox.close();
      await database.drop();
      await vhost?.deleteVhost();
      rmSync(where.dataDir, { recursive: true, force: true });
    },
  };
  return town;
}

export interface ProductionControls {
  readonly databaseUrl: string;
  /** SIGKILL, and nobody starts it again: the hub cannot know for a while. */
  loseHost(): Promise<void>;
  /** SIGKILL, then a new process, with a failpoint for the next kill. */
  killHost(failpoint?: string): Promise<void>;
  killHub(failpoint?: string): Promise<void>;
  hostEnded(): boolean;
  hubEnded(): boolean;
}

async function startHub(
  told: { readonly kind: string; readonly failpoint?: string | undefined } & Record<string, unknown>,
  onTap: (text: string) => void = () => undefined,
): Promise<ChildProcess> {
  const child = fork(hubProcess, [], {
    env: { ...process.env, TOWN: JSON.stringify(told) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message: { tapped?: string }) => message.tapped !== undefined && onTap(message.tapped));
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message: { ready?: boolean }) => message.ready && resolve());
    // What the last hub left half sent goes out again at once: one that is to die there may do so before it is ready.
    child.once('exit', (code, signal) =>
      told.failpoint !== undefined && signal === 'SIGKILL'
        ? resolve()
        : reject(new Error(`the hub ended with ${code ?? signal}`)),
    );
  });
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

interface HostPlaces extends Places {
  readonly hostPort: number;
}

function spawnHost({ dataDir, secretsDir, hostPort }: HostPlaces, amqpUrl: string, failpoint?: string): ChildProcess {
  return spawn(process.execPath, [hostMain], {
    stdio: ['ignore', process.env['TOWN_LOG'] ? 'inherit' : 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      AMQP_URL: amqpUrl,
      TSUNAGI_PLUGINS: pluginIds.join(','),
      TSUNAGI_SECRETS_DIR: secretsDir,
      TSUNAGI_STATE_DIR: join(dataDir, 'host'),
      TSUNAGI_HOST_NAME: 'town',
      TSUNAGI_HOST_PORT: String(hostPort),
      TSUNAGI_POLL_MS: '100',
      TSUNAGI_HEARTBEAT_MS: '300',
      TSUNAGI_LOG_LEVEL: process.env['TOWN_LOG'] ?? 'silent',
      ...(failpoint !== undefined && { HOST_FAILPOINT: failpoint }),
    },
  });
}

async function order(child: ChildProcess, what: string): Promise<void> {
  const done = new Promise<void>((resolve) => {
    const hear = (m: { done?: string }) => {
      if (m.done !== what) return;
      child.off('message', hear);
      resolve();
    };
    child.on('message', hear);
  });
  child.send({ order: what });
  await done;
}

const ended = (child: ChildProcess | undefined) => !child || child.exitCode !== null || child.signalCode !== null;

async function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || ended(child)) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

const readAccess = (dataDir: string) =>
  JSON.parse(readFileSync(join(dataDir, 'demo-access.json'), 'utf8')) as Access & {
    databaseUrl: string;
    baseUrl: string;
  };

async function signInTo(access: Access & { baseUrl: string }, who: Somebody): Promise<Api> {
  if ('client' in who) return signIn(access.baseUrl, access, who);
  if ('login' in who) {
    const { login: name, password } = who;
    const engaged = { ...access, staff: [{ role: '', name, password, functions: [] }] };
    return signIn(access.baseUrl, engaged, { name });
  }
  const name = who.domain === undefined ? who.role : `${who.role}.${who.domain}`;
  return signIn(access.baseUrl, access, { name });
}

/** A queue on the exchange that hears everything that leaves the hub for plugins. */
async function tapExchange(url: string): Promise<{ left: readonly CloudEvent[]; close(): Promise<void> }> {
  const connection: ChannelModel = await connectAmqp(url);
  const channel = await connection.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await waitFor(
    async () => {
      await channel.bindQueue(queue, 'tsunagi', 'plugin.#');
      return true;
    },
    { what: 'the exchange' },
  );
  const left: CloudEvent[] = [];
  const hear = (content: Buffer) => left.push(JSON.parse(content.toString('utf8')) as CloudEvent);
  await channel.consume(queue, (message) => message && hear(message.content), { noAck: true });
  return { left, close: () => connection.close() };
}
