// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash, randomBytes } from 'node:crypto';
import { findMariadb, startPrivateMariadb } from './services/private-mariadb';
import { findPostgres, startPrivatePostgres } from './services/private-postgres';
import { findRabbit, startPrivateRabbit } from './services/private-rabbit';
import { RabbitControl, type RabbitAccess, type RabbitQueue, type RabbitRights } from './services/rabbit-control';
import { copyDatabase, createDatabase, dropDatabases, type TestDatabase } from './services/test-database';

/**
 * What a suite may need. `rabbit-accounts` is a broker of this run, where accounts and virtual hosts can be made: a broker
 * given by TEST_AMQP_URL cannot be asked for them. `private-…` is for suites that start, kill and erase a server themselves.
 */
export type Need =
  | 'postgres'
  | 'rabbit'
  | 'mariadb'
  | 'rabbit-accounts'
  | 'private-postgres'
  | 'private-rabbit'
  | 'private-mariadb';

/** A virtual host of one suite. With a given TEST_AMQP_URL it is that broker's, shared by all suites. */
export interface TestVhost {
  readonly name: string;
  /** Administrator in this virtual host. */
  readonly url: string;
  /** Adds an account with these rights here and returns its URL; accounts of the same name may exist in other suites. */
  addAccount(name: string, rights: RabbitRights): Promise<string>;
  accountUrl(name: string): string;
  setPermissions(name: string, rights: RabbitRights): Promise<void>;
  listQueues(): Promise<RabbitQueue[]>;
  deleteVhost(): Promise<void>;
}

export interface TestServices {
  readonly postgres: {
    readonly url: string;
    createDatabase(label?: string): Promise<TestDatabase>;
    /** A copy of what `prepare` makes of an empty database; only the first who asks for it under this name prepares it. */
    copyDatabase(label: string, prepared: string, prepare: (url: string) => Promise<unknown>): Promise<TestDatabase>;
  };
  readonly rabbit: { readonly url: string; createVhost(label?: string): Promise<TestVhost> };
  /** A legacy system's server: an account that may make databases and accounts. Each suite takes names of its own. */
  readonly mariadb: { readonly url: string };
}

/** How the run's services reach its suites, which run in other processes: as JSON in TSUNAGI_TEST_SERVICES. */
interface Handover {
  /** Of this run alone are the databases that are copied. */
  readonly run: string;
  readonly rabbit?: RabbitAccess;
}
const preparedIn = (run: string) => `tsunagi_prepared_${run}_`;

/** For jest's global set-up: one server of each kind for the whole run, where it is not given. */
export async function startTestServices(): Promise<{ stop(): Promise<void> }> {
  const [mariadb, postgres, rabbit] = await Promise.all([
    process.env['TEST_MARIADB_URL'] || !findMariadb() ? undefined : startPrivateMariadb(),
    process.env['TEST_DATABASE_URL'] || !findPostgres() ? undefined : startPrivatePostgres(),
    process.env['TEST_AMQP_URL'] || !findRabbit() ? undefined : startPrivateRabbit(),
  ]);
  const run = randomBytes(6).toString('hex');
  const told: Handover = { run, ...(rabbit && { rabbit: rabbit.access }) };
  process.env['TSUNAGI_TEST_SERVICES'] = JSON.stringify(told);
  if (postgres) process.env['TEST_DATABASE_URL'] = postgres.url;
  if (rabbit) process.env['TEST_AMQP_URL'] = rabbit.url;
  if (mariadb) process.env['TEST_MARIADB_URL'] = mariadb.url;
  return {
    async stop() {
      const given = process.env['TEST_DATABASE_URL'];
      if (!postgres && given !== undefined) await dropDatabases(given, preparedIn(run));
      await Promise.all([postgres?.stop(), rabbit?.stop(), mariadb?.stop()]);
      if (postgres) delete process.env['TEST_DATABASE_URL'];
      if (rabbit) delete process.env['TEST_AMQP_URL'];
      if (mariadb) delete process.env['TEST_MARIADB_URL'];
      delete process.env['TSUNAGI_TEST_SERVICES'];
    },
  };
}

/** The services of this run. Every suite makes its own database and virtual host, so that suites do not disturb each other. */
export function testServices(): TestServices {
  return {
    get postgres() {
      const url = given('postgres', 'TEST_DATABASE_URL');
      return {
        url,
        createDatabase: (label = 'suite') => createDatabase(url, uniqueName(label)),
        copyDatabase: (label: string, prepared: string, prepare: (url: string) => Promise<unknown>) =>
          copyDatabase(url, uniqueName(label), { prepared: `${preparedIn(handover().run)}${prepared}`, prepare }),
      };
    },
    get rabbit() {
      const url = given('rabbit', 'TEST_AMQP_URL');
      return { url, createVhost: (label = 'suite') => createVhost(url, uniqueName(label)) };
    },
    get mariadb() {
      return { url: given('mariadb', 'TEST_MARIADB_URL') };
    },
  };
}

/** `describe` for suites that need real services: without them it is skipped, and the run says so (with CI=true it fails). */
export function describeWithServices(needs: Need[], name: string, suite: () => void): void {
  const missing = needs.filter((need) => !isThere[need]());
  if (missing.length === 0) describe(name, suite);
  else describe.skip(`${name} [needs ${missing.join(', ')}]`, suite);
}

const isThere: Record<Need, () => boolean> = {
  postgres: () => Boolean(process.env['TEST_DATABASE_URL']),
  rabbit: () => Boolean(process.env['TEST_AMQP_URL']),
  mariadb: () => Boolean(process.env['TEST_MARIADB_URL']),
  'rabbit-accounts': () => rabbitAccess() !== undefined,
  'private-postgres': () => findPostgres() !== undefined,
  'private-rabbit': () => findRabbit(),
  'private-mariadb': () => findMariadb(),
};

function given(need: Need, variable: string): string {
  const url = process.env[variable];
  if (url) return url;
  throw new Error(
    process.env['TSUNAGI_TEST_SERVICES'] === undefined
      ? 'Only *.int.spec.ts and e2e specs have services; private ones start with startPrivatePostgres(), startPrivateRabbit() and startPrivateMariadb()'
      : `This run has no ${need}: install it or give ${variable}, and use describeWithServices() in the suite`,
  );
}

function rabbitAccess(): RabbitAccess | undefined {
  return handover().rabbit;
}

function handover(): Handover {
  return JSON.parse(process.env['TSUNAGI_TEST_SERVICES'] ?? '{}') as Handover;
}

async function createVhost(brokerUrl: string, name: string): Promise<TestVhost> {
  const access = rabbitAccess();
  if (!access) return sharedVhost(brokerUrl);
  const control = new RabbitControl(access);
  // The same password in every suite, because an account belongs to the whole broker.
  const passwordOf = (account: string) =>
    createHash('sha256')
      .update(access.adminPassword + account)
      .digest('hex')
      .slice(0, 24);
  const accountUrl = (account: string) => control.accountUrl(name, account, passwordOf(account));
  await control.createVhost(name);
  return {
    name,
    url: control.adminUrl(name),
    addAccount: (account, rights) => control.addAccount(name, account, passwordOf(account), rights),
    accountUrl,
    setPermissions: (account, rights) => control.setPermissions(name, account, rights),
    listQueues: () => control.listQueues(name),
    deleteVhost: () => control.deleteVhost(name),
  };
}

function sharedVhost(url: string): TestVhost {
  const refuse = (): never => {
    throw new Error("A broker given by TEST_AMQP_URL has no accounts of ours: this suite needs 'rabbit-accounts'");
  };
  return {
    name: decodeURIComponent(new URL(url).pathname.slice(1)) || '/',
    url,
    addAccount: refuse,
    accountUrl: refuse,
    setPermissions: refuse,
    listQueues: refuse,
    deleteVhost: () => Promise.resolve(),
  };
}

const uniqueName = (label: string) =>
  `${label.replace(/[^a-z0-9]+/gi, '_').toLowerCase()}_${randomBytes(4).toString('hex')}`;
