// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

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
export async function createDatabase(serverUrl: string, name: string): Promise<TestDatabase> {
  const identifier = `"${name.replaceAll('"', '""')}"`;
  // template0 has no connections that could be in the way of a copy.
  await run(serverUrl, `CREATE DATABASE ${identifier} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = `/${encodeURIComponent(name)}`;
  return { name, url: url.href, drop: () => dropDatabase(serverUrl, name, identifier) };
}

/** Who has said goodbye is given a moment to leave: an error on a connection that is closing would fail the test it comes from. */
async function dropDatabase(serverUrl: string, name: string, identifier: string): Promise<void> {
  const isLeft = async () => (await run(serverUrl, 'SELECT FROM pg_stat_activity WHERE datname = $1', [name])) === 0;
  await waitFor(isLeft, { what: 'the connections to leave', timeoutMs: 500 }).catch(() => undefined);
  await run(serverUrl, `DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`);
}

/** How many rows it has answered or touched. */
async function run(url: string, statement: string, parameters: string[] = []): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement, parameters)).rowCount ?? 0;
  } finally {
    await client.end();
  }
}
