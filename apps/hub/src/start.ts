// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { hubAccount } from '@tsunagi/contracts';
import { TsunagiServer, type Courier } from '@tsunagi/messaging';
import type { DataSource } from 'typeorm';
import { addFirstClient } from './access';
import { moveDemoAccess, seedDemo } from './demo';
import type { HubConfig } from './hub.config';
import { HubModule } from './hub.module';
import { hubSchema } from './hub.schema';
import {
  answerBelow,
  Clock,
  Database,
  DemoClock,
  holdPort,
  loadKeys,
  Log,
  NestLog,
  openDataSource,
  prepareHttp,
  Readiness,
  refuseForgetful,
  refusePendingMigrations,
  runMigrations,
  serveConsole,
  StartRefusedError,
  SystemClock,
  type HeldPort,
  type HubKeys,
} from './platform';

/** A hub process that answers. */
export interface RunningHub {
  /** Where it listens, without a slash at the end. */
  readonly baseUrl: string;
  /** The application itself. */
  readonly app: NestExpressApplication;
  /** What else shall answer on this port, below a path such as `/plugins/`. */
  serve(prefix: string, listener: RequestListener): void;
  /** A part named in `awaits` has come up; with the last one `/health/ready` turns 200. */
  ready(part: string): void;
  /** Stops taking messages and requests, finishes what is in hand, closes database and broker connection. */
  close(): Promise<void>;
}

export interface StartOptions {
  /** Only tests and training set another. */
  readonly clock?: Clock;
  /** Parts beside the hub without which the start is not complete. */
  readonly awaits?: readonly string[];
}

/** The first client for IT, in a hub where nobody can sign in yet. @returns its secret, unless there is one already */
export async function firstClient(
  config: Pick<HubConfig, 'databaseUrl' | 'embedded'>,
  id: string,
): Promise<string | undefined> {
  const dataSource = await openDataSource(config, hubSchema);
  try {
    await refusePendingMigrations(dataSource);
    return await addFirstClient(new Database(dataSource), id, new Date());
  } finally {
    await dataSource.destroy();
  }
}

/** Brings the database to this version. Several may do so at once: one does the work, the others wait for it. */
export async function migrate(config: Pick<HubConfig, 'databaseUrl' | 'embedded'>): Promise<string[]> {
  const dataSource = await openDataSource(config, hubSchema);
  try {
    return await runMigrations(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Starts one hub process. Refuses with {@link StartRefusedError} what would lose records or work on old tables. */
export async function start(config: HubConfig, options: StartOptions = {}): Promise<RunningHub> {
  const log = new Log(config.logLevel);
  const real = options.clock ?? new SystemClock();
  const clock = config.demo ? new DemoClock(real) : real;
  // Before anything is written: a start without a place to listen must leave no demo behind that nobody reaches.
  const port = await holdPort(config.host, config.port);
  let dataSource: DataSource | undefined;
  let courier: Courier | undefined;
  try {
    dataSource = await openDataSource(config, hubSchema);
    await prepareDatabase(dataSource, config);
    if (clock instanceof DemoClock) await clock.follow(dataSource);
    if (config.demo) await seedDemo(new Database(dataSource), config, urlOf(config, config.port), clock.now());
    const keys = await openKeys(dataSource, config);
    courier = await config.connect(hubAccount);
    return await run({ config, keys, courier, dataSource, clock, log }, options.awaits ?? [], port);
  } catch (error) {
    await port.release();
    await courier?.close().catch(() => undefined);
    if (dataSource?.isInitialized) await dataSource.destroy().catch(() => undefined);
    throw error;
  }
}

/** A first start makes the keys. Once anything is sealed, missing keys mean a wrong path or a lost file, never new ones. */
async function openKeys(dataSource: DataSource, { keys }: HubConfig): Promise<HubKeys> {
  const [sealed] = await dataSource.query<unknown[]>('select 1 from referral limit 1');
  if (sealed && !existsSync(keys)) throw new StartRefusedError('KEYS_MISSING');
  return loadKeys(keys, true);
}

async function prepareDatabase(dataSource: DataSource, { embedded }: HubConfig): Promise<void> {
  if (embedded) {
    await runMigrations(dataSource);
    return;
  }
  await refuseForgetful(dataSource);
  await refusePendingMigrations(dataSource);
}

async function run(
  opened: Parameters<typeof HubModule.for>[0],
  awaits: readonly string[],
  port: HeldPort,
): Promise<RunningHub> {
  const { config, courier, log } = opened;
  const app = await NestFactory.create<NestExpressApplication>(HubModule.for(opened), {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  try {
    const readiness = app.get(Readiness);
    for (const part of awaits) readiness.expect(part);
    prepareHttp(app, log);
    serveConsole(app);
    app.connectMicroservice({
      strategy: new TsunagiServer({
        courier,
        queues: [{ queue: 'hub.intake' }, { queue: 'hub.answers' }, { queue: 'hub.control' }],
        log: ({ level, ...entry }) => (level === 'info' ? log.info('courier', entry) : log.warn('courier', entry)),
      }),
    });
    // Master data is read before the first message is taken.
    await app.init();
    await app.startAllMicroservices();
    await port.release();
    await app.listen(config.port, config.host);
    const baseUrl = urlOf(config, (app.getHttpServer().address() as AddressInfo).port);
    if (config.demo && !moveDemoAccess(config.dataDir, { baseUrl, databaseUrl: config.databaseUrl }))
      log.warn('the database holds data, and there is no demo-access.json for it');
    readiness.set();
    log.info('hub started', { port: new URL(baseUrl).port });
    return {
      baseUrl,
      app,
      serve: (prefix, listener) => answerBelow(app.getHttpServer(), prefix, listener),
      ready: (part) => readiness.set(part),
      close: () => app.close(),
    };
  } catch (error) {
    await app.close().catch(() => undefined);
    throw error;
  }
}

/** Who listens everywhere is reached here by the loopback address. */
function urlOf({ host }: Pick<HubConfig, 'host'>, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
