// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode, type LegacyDatabase, type Log, type SqlRow } from '@tsunagi/plugin-sdk';
import { Pool } from 'pg';
import type { Patience } from './patience';
import {
  countRows,
  type Dialect,
  insertNothing,
  insertRows,
  markOf,
  selectMarks,
  selectNothing,
  selectPage,
  type Statement,
} from './statements';

const dialect: Dialect = {
  asTime: 'CAST(? AS timestamp)',
  asNumber: 'CAST(? AS bigint)',
  asText: 'varchar(40)',
  time: (column) => column,
  // NULL is the last as it is.
  order: (expression) => expression,
};

/**
 * Statements carry no name and leave nothing in the session; dates and times come as the text they are. Time-outs are on
 * this side, because a frozen server keeps none.
 */
export function postgresDatabase(connectionString: string, log: Log, patience: Patience): LegacyDatabase {
  const pool = new Pool({
    connectionString,
    max: patience.connections,
    connectionTimeoutMillis: patience.connectMs,
    query_timeout: patience.queryMs,
    keepAlive: true,
    idleTimeoutMillis: patience.idleMs,
    application_name: 'tsunagi-konkyu',
  });
  // Without a listener the loss of an idle connection would end the process.
  pool.on('error', (error) =>
    log.warn({ code: errorCode(error, 'CONNECTION_LOST') }, 'legacy database connection lost'),
  );
  const query = async ({ sql, params }: Statement): Promise<SqlRow[]> => {
    const { rows } = await pool.query<SqlRow>({ text: numbered(sql), values: [...params], types: asText });
    return rows;
  };
  return {
    read: (view, place, limit) => query(selectPage(dialect, view, place, limit)),
    tryRead: async (view) => {
      await query(selectNothing(dialect, view));
    },
    insertIfAbsent: async (rows) => {
      if (rows.length === 0) return;
      const { sql, params } = insertRows(rows);
      // Without a target: naming one would need the right to SELECT.
      await query({ sql: `${sql} ON CONFLICT DO NOTHING`, params });
    },
    tryInsert: async (table, columns) => {
      await query(insertNothing(table, columns));
    },
    count: (rows, from, until) =>
      unlessForbidden(async () => {
        const [counted] = await query(countRows(dialect, rows, from, until));
        return Number(counted?.['found']);
      }),
    readMarks: (rows, between, limit) =>
      unlessForbidden(async () => (await query(selectMarks(dialect, rows, between, limit))).map(markOf)),
    close: () => pool.end(),
  };
}

/** The right to SELECT is none of those that the plugin asks for on its tables. */
const noRight = '42501';

async function unlessForbidden<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (errorCode(error, '') === noRight) return undefined;
    throw error;
  }
}

/** `$1`, `$2`: the statements hold no other `?` than parameters. */
function numbered(sql: string): string {
  let position = 0;
  return sql.replaceAll('?', () => `$${(position += 1)}`);
}

const int4 = 23;
/** Everything as PostgreSQL writes it, but whole numbers as numbers. */
const asText = {
  getTypeParser: (type: number) => (value: string) => (type === int4 ? Number(value) : value),
};
