// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readdirSync, readFileSync } from 'node:fs';
import { Client } from 'pg';
import { waitFor } from '../wait-for';

/** A database of one suite. */
export interface TestDatabase {
  readonly name: string;
  readonly url: string;
  /** Drops it, also when somebody is still connected. */
  drop(): Promise<void>;
}

/** Makes an empty database on the server behind `serverUrl`; its role must be allowed to. */
export function createDatabase(serverUrl: string, name: string): Promise<TestDatabase> {
  // template0 has no connections that could be in the way of a copy.
  return createFrom(serverUrl, name, 'template0');
}

/**
 * Makes a copy of the database `prepared`. Who finds none prepares it; others wait for that, in whichever process.
 * `prepare` must leave no connection behind.
 */
export async function copyDatabase(
  serverUrl: string,
  name: string,
  { prepared, prepare }: { readonly prepared: string; readonly prepare: (url: string) => Promise<unknown> },
): Promise<TestDatabase> {
  if (!(await exists(serverUrl, prepared))) {
    const client = new Client({ connectionString: serverUrl });
    await client.connect();
    try {
      await client.query('SELECT pg_advisory_lock(hashtext($1))', [prepared]);
      if (!(await exists(serverUrl, prepared))) {
        const unready = await createDatabase(serverUrl, `${name}_unready`);
        await prepare(unready.url);
        await client.query(`ALTER DATABASE ${quoted(unready.name)} RENAME TO ${quoted(prepared)}`);
      }
    } finally {
      await client.end();
    }
  }
  return createFrom(serverUrl, name, prepared);
}

/** Drops every database whose name begins so. */
export async function dropDatabases(serverUrl: string, beginning: string): Promise<void> {
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
      [beginning],
    );
    for (const { name } of rows) await client.query(`DROP DATABASE ${quoted(name)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}

async function createFrom(serverUrl: string, name: string, template: string): Promise<TestDatabase> {
  await run(serverUrl, `CREATE DATABASE ${quoted(name)} TEMPLATE ${quoted(template)}`);
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return { name, url: url.href, drop: () => dropDatabase(serverUrl, name, quoted(name)) };
}

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

const exists = async (serverUrl: string, name: string) =>
  (await run(serverUrl, 'SELECT FROM pg_database WHERE datname = $1', [name])) === 1;

/** Who has said goodbye is given a moment to leave: an error on a connection that is closing would fail the test it comes from. */
async function dropDatabase(serverUrl: string, name: string, identifier: string): Promise<void> {
  const isLeft = async () => (await run(serverUrl, 'SELECT FROM pg_stat_activity WHERE datname = $1', [name])) === 0;
  await waitFor(isLeft, { what: 'the connections to leave', timeoutMs: 500 }).catch(() => undefined);
  await run(serverUrl, `DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`);
}

/** How many rows it has answered or touched. */
async function run(url: string, statement: string, parameters: string[] = []): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect().catch((error: unknown) => {
    if ((error as { code?: string }).code !== tooManyConnections) throw error;
    throw new Error(`PostgreSQL takes no more connections. It has, by database: ${connectionsByDatabase()}`, {
      cause: error,
    });
  });
  try {
    return (await client.query(statement, parameters)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}

const tooManyConnections = '53300';

/** As the titles of its processes have it: it can no longer be asked itself. */
function connectionsByDatabase(): string {
  const counts = new Map<string, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    const [, database] = /^postgres: \S+ (\S+) \S*\([0-9]+\)/.exec(titleOf(pid)) ?? [];
    if (database !== undefined) counts.set(database, (counts.get(database) ?? 0) + 1);
  }
  return [...counts].map(([database, count]) => `${database} ${count}`).join(', ');
}

function titleOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
