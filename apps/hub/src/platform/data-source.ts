// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DataSource, MigrationExecutor, type DataSourceOptions } from 'typeorm';
import { types } from 'pg';
import type { HubConfig } from '../hub.config';
import { StartRefusedError } from './start.errors';

/** What the rooms bring along. */
export interface Schema {
  readonly entities: readonly (new () => object)[];
  readonly migrations: readonly (new () => object)[];
}

type Where = Pick<HubConfig, 'databaseUrl' | 'embedded'>;

const dateOid = 1082;
/** A day is text, `YYYY-MM-DD`: a Date would move it with the time zone of the process. Only for our own connections. */
const dayAsText = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === dateOid ? (value: string) => value : (types.getTypeParser as Parser)(oid, format),
};
type Parser = (oid: number, format?: 'text' | 'binary') => (value: string) => unknown;

/** PGlite has one backend behind the socket: more connections only wait for each other. */
const embeddedConnections = 4;
/** Per process. Short transactions; intake alone takes up to eight. */
const connections = 20;

/**
 * Without limits `pg` waits for ever on a frozen backend or an exhausted pool. PGlite takes no server-side time-outs, and
 * behind its socket a statement waits for the transactions before it.
 */
const timeouts = {
  statement_timeout: 20_000,
  query_timeout: 25_000,
  connectionTimeoutMillis: 10_000,
  idle_in_transaction_session_timeout: 30_000,
};

/**
 * The hub asks short questions. To compile one costs up to a second, and PostgreSQL does so wherever it takes what is rare
 * for common: it knows little of tables that are nearly empty.
 */
const uncompiled = { options: '-c jit=off' };

/** Behind PGlite's socket all connections are one session, and what one of them has named is named for all. */
export const keepsStatements = ({ options }: DataSource): boolean =>
  (options as { extra?: { keepsStatements?: boolean } }).extra?.keepsStatements === true;

export function dataSourceOptions({ databaseUrl, embedded }: Where, schema: Schema): DataSourceOptions {
  return {
    type: 'postgres',
    entities: [...schema.entities],
    migrations: [...schema.migrations] as never,
    migrationsTableName: 'hub_migration',
    migrationsRun: false,
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize: embedded ? embeddedConnections : connections,
    // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
    poolErrorHandler: () => undefined,
    // As a whole, not in parts: only pg itself understands `?host=/directory`.
    // `pipeline`: what is asked at once travels together.
    extra: {
      connectionString: databaseUrl,
      keepAlive: true,
      pipeline: true,
      types: dayAsText,
      keepsStatements: !embedded,
      ...(embedded ? {} : { ...timeouts, ...uncompiled }),
    },
  };
}

export async function openDataSource(where: Where, schema: Schema): Promise<DataSource> {
  const dataSource = new DataSource(dataSourceOptions(where, schema));
  if (dataSource.options.synchronize) throw new Error('synchronize must stay off');
  return dataSource.initialize();
}

/** Any number; the same in every version of the hub. */
const migrationLock = 7_837_201_114;

/** Runs what is pending in one transaction. Instances that migrate at the same time wait for each other. */
export async function runMigrations(dataSource: DataSource): Promise<string[]> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction();
    // Held by the transaction, so that it also works where sessions are shared (PGlite) or pooled.
    await runner.query('select pg_advisory_xact_lock($1)', [migrationLock]);
    const done = await new MigrationExecutor(dataSource, runner).executePendingMigrations();
    await runner.commitTransaction();
    return done.map((m) => m.name);
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** @throws {StartRefusedError} */
export async function refusePendingMigrations(dataSource: DataSource): Promise<void> {
  const pending = await new MigrationExecutor(dataSource).getPendingMigrations();
  if (pending.length > 0) throw new StartRefusedError('MIGRATIONS_PENDING');
}

/** A database that forgets what it has confirmed is none to keep a record in. @throws {StartRefusedError} */
export async function refuseForgetful(dataSource: DataSource): Promise<void> {
  const [row] = await dataSource.query<{ fsync: string; commit: string }[]>(
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit`,
  );
  if (row?.fsync === 'off') throw new StartRefusedError('FSYNC_OFF');
  if (row?.commit === 'off') throw new StartRefusedError('SYNCHRONOUS_COMMIT_OFF');
}
