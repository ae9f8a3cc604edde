// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode, type Log, type SqlClient } from '@tsunagi/plugin-sdk';
import { Pool } from 'pg';

/** Two are enough: one pass of the source and one batch of the sink. */
const connections = 2;
const connectTimeoutMs = 5_000;
/** On this side, because the database may be one that knows no server-side time-outs. A frozen one must not stop us. */
const queryTimeoutMs = 20_000;

/**
 * The case system's database. Statements carry no name and leave nothing in the session; dates and times come as the text
 * they are, because a `Date` would lose microseconds and guess a zone.
 */
export function legacyDatabase(connectionString: string, log: Log): SqlClient {
  const pool = new Pool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    query_timeout: queryTimeoutMs,
    keepAlive: true,
    idleTimeoutMillis: 30_000,
    application_name: 'tsunagi-konkyu',
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) =>
    log.warn({ code: errorCode(error, 'CONNECTION_LOST') }, 'legacy database connection lost'),
  );
  return {
    query: async (text, values) => {
      const { rows } = await pool.query<Record<string, unknown>>({ text, values: [...values], types: asText });
      return rows;
    },
    close: () => pool.end(),
  };
}

const int4 = 23;
/** Everything as PostgreSQL writes it, but whole numbers as numbers. */
const asText = {
  getTypeParser: (type: number) => (value: string) => (type === int4 ? Number(value) : value),
};
