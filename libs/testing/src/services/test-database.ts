// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Client } from 'pg';

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
  return { name, url: url.href, drop: () => run(serverUrl, `DROP DATABASE IF EXISTS ${identifier} WITH (FORCE)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
