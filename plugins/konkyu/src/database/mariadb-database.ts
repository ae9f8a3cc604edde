// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { errorCode, type LegacyDatabase, type Log, type SqlRow } from '@tsunagi/plugin-sdk';
import { createPool, type PoolConnection } from 'mysql2/promise';
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
  asTime: 'CAST(? AS datetime(6))',
  asNumber: 'CAST(? AS signed)',
  asText: 'char(40)',
  // Days like 0000-00-00 come before all others, and are days of no calendar.
  time: (column) => `CASE WHEN MONTH(${column}) > 0 AND DAYOFMONTH(${column}) > 0 THEN ${column} END`,
  // NULL would be the first.
  order: (expression) => `${expression} IS NULL, ${expression}`,
};

/**
 * What the plugin relies on, however the server is set: what was written is there for all, a text that is too long is
 * refused and not cut, a column of type `timestamp` shows the time in Japan, and a statement that nobody waits for any more
 * comes to an end.
 */
const session = ({ queryMs }: Patience) =>
  `SET SESSION autocommit = 1, sql_mode = 'STRICT_ALL_TABLES', time_zone = '+09:00', max_statement_time = ${queryMs / 1000}`;

/** Values go apart from their statement (`execute`), and come as text but for whole numbers up to 32 bits. */
export function mariadbDatabase(connectionString: string, log: Log, patience: Patience): LegacyDatabase {
  const pool = createPool({
    uri: connectionString,
    connectionLimit: patience.connections,
    maxIdle: patience.connections,
    idleTimeout: patience.idleMs,
    connectTimeout: patience.connectMs,
    enableKeepAlive: true,
    // As many different statements as there are: one page of each kind for each view, batches of some sizes.
    maxPreparedStatements: 50,
    // Every character as it is, and compared as it is.
    charset: 'UTF8MB4_BIN',
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    multipleStatements: false,
  });
  const begun = new WeakSet<object>();

  const query = async (statement: Statement): Promise<SqlRow[]> => {
    const connection = await pool.getConnection().catch(told);
    try {
      const rows = await within(patience.queryMs + 1_000, connection, async () => {
        if (!begun.has(connection.connection)) await connection.query(session(patience));
        begun.add(connection.connection);
        const [found] = await connection.execute(statement.sql, [...statement.params]);
        return found;
      });
      connection.release();
      return Array.isArray(rows) ? (rows as SqlRow[]) : [];
    } catch (error) {
      // After anything but an answer of the server nobody knows what this connection would say next.
      if (isAnswer(error)) connection.release();
      else {
        connection.destroy();
        log.warn({ code: errorCode(error, 'CONNECTION_LOST') }, 'legacy database connection lost');
      }
      return told(error);
    }
  };

  /** The key is there: the one error that means it was written before. Every other says that a row was not written. */
  const insert = async (statement: Statement): Promise<boolean> => {
    try {
      await query(statement);
      return true;
    } catch (error) {
      if (error instanceof MariadbError && error.errno === duplicateKey) return false;
      throw error;
    }
  };

  return {
    read: (view, place, limit) => query(selectPage(dialect, view, place, limit)),
    tryRead: async (view) => {
      await query(selectNothing(dialect, view));
    },
    // ON DUPLICATE KEY UPDATE would need the right to UPDATE, and IGNORE would cut texts and fill in what is missing.
    insertIfAbsent: async (rows) => {
      if (rows.length === 0 || (await insert(insertRows(rows))) || rows.length === 1) return;
      for (const row of rows) await insert(insertRows([row]));
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
const noRight: readonly string[] = ['ER_TABLEACCESS_DENIED_ERROR', 'ER_COLUMNACCESS_DENIED_ERROR'];

async function unlessForbidden<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look();
  } catch (error) {
    if (error instanceof MariadbError && noRight.includes(error.code)) return undefined;
    throw error;
  }
}

const duplicateKey = 1062;

/** What the server or the client says, without its text: that may hold values. */
class MariadbError extends Error {
  constructor(
    readonly code: string,
    readonly errno: number | undefined,
  ) {
    super(code);
    this.name = 'MariadbError';
  }
}

interface Told {
  readonly code?: string;
  readonly errno?: number;
  readonly sqlState?: string;
}

/** An error of the row by its SQLSTATE, as the SDK asks for it; every other by the name it has in MariaDB. */
function told(error: unknown): never {
  const { errno, sqlState = '' } = error as Told;
  throw new MariadbError(/^2[23]/.test(sqlState) ? sqlState : errorCode(error, 'CONNECTION_LOST'), errno);
}

const isAnswer = (error: unknown) => Boolean((error as Told).sqlState) && !(error as { fatal?: boolean }).fatal;

/** A frozen server answers nothing, not even that it takes too long. */
async function within<T>(milliseconds: number, connection: PoolConnection, work: () => Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const working = work();
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      connection.destroy();
      reject(Object.assign(new Error('no answer'), { code: 'QUERY_TIMEOUT' }));
    }, milliseconds);
  });
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
    working.catch(() => undefined);
  }
}
