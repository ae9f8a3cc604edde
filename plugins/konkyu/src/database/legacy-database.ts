// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { LegacyDatabase, Log } from '@tsunagi/plugin-sdk';
import { mariadbDatabase } from './mariadb-database';
import { type Patience, patienceWithOffices } from './patience';
import { postgresDatabase } from './postgres-database';
import { standInAt } from './stand-ins';

/** One line for each product the plugin speaks to: the adapter by the scheme of the connection string. */
const adapters: Readonly<Record<string, (connectionString: string, log: Log, patience: Patience) => LegacyDatabase>> = {
  'postgres:': postgresDatabase,
  'postgresql:': postgresDatabase,
  'mariadb:': mariadbDatabase,
  'mysql:': mariadbDatabase,
};

/** The case system's database. @throws DatabaseUrlError */
export function legacyDatabase(connectionString: string, log: Log, patience = patienceWithOffices): LegacyDatabase {
  const adapter = adapters[/^[a-z]+:(?=\/\/)/.exec(connectionString)?.[0] ?? ''];
  // Only where a conformance suite has put one: in a host there is none.
  const database = adapter?.(connectionString, log, patience) ?? standInAt(connectionString);
  if (database === undefined) throw new DatabaseUrlError();
  return database;
}

/** The secret is no connection string of a product the plugin speaks to. What it holds is not told. */
export class DatabaseUrlError extends Error {
  readonly code = 'DATABASE_URL';

  constructor() {
    super('the connection string begins with none of postgres://, mariadb://, mysql://');
    this.name = 'DatabaseUrlError';
  }
}
