// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import type { Writable } from 'node:stream';
import { DataSource } from 'typeorm';
import { keepsStatements } from './data-source';
import { DatabaseAwayError, isAway } from './database.errors';
import { StatementNames } from './statement-names';

export type Row = Record<string, unknown>;

interface Insertion {
  readonly table: string;
  readonly columns: string;
  readonly onConflict: string;
  readonly rows: Row[];
}

interface Change {
  readonly table: string;
  readonly sql: string;
  readonly parameters: unknown[];
}

interface Wave {
  readonly insertions: Insertion[];
  readonly changes: Change[];
}

/** What a connection must be able to do; with `pipeline` it sends a query while others are still under way. */
interface Connection {
  /** @param isKept planned once, for the tables however full they are */
  query(sql: string, parameters?: unknown[], isKept?: boolean): Promise<{ rows: unknown[]; command: string }>;
}

interface PgConnection {
  query(statement: {
    name?: string | undefined;
    text: string;
    values?: unknown[] | undefined;
  }): ReturnType<Connection['query']>;
  readonly connection: { readonly stream: Writable };
}

/**
 * The one transaction handle. Every write of the hub goes through it, so that state, event, audit and delivery of one
 * step cannot part. SQL takes parameters only.
 *
 * Most of the time of a short transaction is spent on the way there and back. Therefore inserts, and updates whose
 * outcome nobody asks for, wait for the next query or the commit and go in one statement; and queries that are asked at
 * once (`Promise.all`) travel together, are worked on in this order, and each sees what was committed before its own
 * turn. A violated constraint is reported by whatever comes next.
 */
export class Tx {
  /** One statement each, in order: what a later write may build on is in an earlier one. */
  private waves: Wave[] = [];

  constructor(private readonly connection: Connection) {}

  query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.after<T>(sql, parameters, false);
  }

  /**
   * What is asked again and again, and found by the same indexes whatever is asked for: planned once for each connection. That
   * costs PostgreSQL half the time, and of a long statement nearly all of it.
   */
  ask<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.after<T>(sql, parameters, true);
  }

  private async after<T>(sql: string, parameters: unknown[], isKept: boolean): Promise<T[]> {
    // Sent at once, answered in order: when the first fails, so does the second, and the first is what counts.
    const [, { rows }] = await Promise.all([this.flush(), this.connection.query(sql, parameters, isKept)]);
    return rows as T[];
  }

  /** Inserts all rows. They name the same columns, `undefined` where there is nothing; `bytea` goes in as `\\x…` text. */
  insert(table: string, rows: readonly Row[], onConflict = ''): void {
    const first = rows[0];
    if (!first) return;
    const columns = Object.keys(first).join(', ');
    const wave = this.waves.at(-1) ?? this.newWave();
    const same = wave.insertions.find((i) => i.table === table && i.columns === columns && i.onConflict === onConflict);
    if (same) same.rows.push(...rows);
    else wave.insertions.push({ table, columns, onConflict, rows: [...rows] });
  }

  /** Updates rows of `table`; nobody asks how many. */
  change(table: string, sql: string, parameters: unknown[]): void {
    // A statement does not see what the others in it write, and must not write a row twice.
    const last = this.waves.at(-1);
    const isTouched = last && [...last.insertions, ...last.changes].some((w) => w.table === table);
    const wave = last && !isTouched ? last : this.newWave();
    wave.changes.push({ table, sql, parameters });
  }

  /** Writes what waits; foreign keys among it are checked at the end of each statement. */
  async flush(): Promise<void> {
    const waves = this.waves;
    this.waves = [];
    await Promise.all(waves.map((wave) => this.connection.query(...statementOf(wave))));
  }

  private newWave(): Wave {
    const wave = { insertions: [], changes: [] };
    this.waves.push(wave);
    return wave;
  }
}

/** All of a wave as one statement. What only inserts is always done in the same way: no table is searched for anything. */
function statementOf({ insertions, changes }: Wave): [sql: string, parameters: unknown[], isKept: boolean] {
  const parameters: unknown[] = [];
  const statements = insertions.map(({ table, columns, onConflict, rows }) => {
    parameters.push(JSON.stringify(rows));
    return `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $${parameters.length}::jsonb) ${onConflict}`;
  });
  for (const change of changes) {
    const before = parameters.length;
    parameters.push(...change.parameters);
    statements.push(change.sql.replace(/\$(\d+)/g, (_, n: string) => `$${Number(n) + before}`));
  }
  const last = statements.pop() ?? '';
  const others = statements.map((sql, n) => `w${n} as (${sql})`);
  return [others.length > 0 ? `with ${others.join(', ')} ${last}` : last, parameters, changes.length === 0];
}

@Injectable()
export class Database {
  private readonly names: StatementNames | undefined;

  constructor(private readonly dataSource: DataSource) {
    if (keepsStatements(dataSource)) this.names = new StatementNames();
  }

  /** Runs `work` in one transaction; it commits when `work` resolves. Never await another connection inside. */
  async transaction<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await within(together((await runner.connect()) as PgConnection, this.names), work);
    } catch (error) {
      throw isAway(error) ? new DatabaseAwayError() : error;
    } finally {
      await runner.release();
    }
  }

  /** Runs `work` like a transaction and undoes everything at the end: what would happen. */
  async dryRun<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const undone = new Undone<T>();
    try {
      return await this.transaction(async (tx) => {
        undone.result = await work(tx);
        await tx.flush();
        throw undone;
      });
    } catch (error) {
      if (error === undone) return undone.result as T;
      throw error;
    }
  }

  /** Reads outside a transaction. */
  async query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    try {
      return await this.dataSource.query<T[]>(sql, parameters);
    } catch (error) {
      throw isAway(error) ? new DatabaseAwayError() : error;
    }
  }

  /** Reads what nearly every request asks: planned once for each connection, as in `Tx.ask`. */
  ask<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.transaction((tx) => tx.ask<T>(sql, parameters));
  }
}

/** Queries of one turn of the event loop leave in one packet. */
function together(connection: PgConnection, names: StatementNames | undefined): Connection {
  const { stream } = connection.connection;
  let isHeld = false;
  return {
    query(sql, parameters, isKept) {
      if (!isHeld) {
        isHeld = true;
        stream.cork();
        process.nextTick(() => {
          isHeld = false;
          stream.uncork();
        });
      }
      const name = isKept ? names?.of(sql) : undefined;
      return connection.query({ name, text: sql, values: parameters });
    },
  };
}

/**
 * A transaction touches a few rows by their keys. Of tables that have just grown the planner knows nothing yet and would
 * read them as a whole.
 */
const begin = [
  'start transaction',
  ...['seqscan', 'hashjoin', 'mergejoin'].map((p) => `set local enable_${p} = off`),
].join('; ');

async function within<T>(connection: Connection, work: (tx: Tx) => T | Promise<T>): Promise<T> {
  // Not waited for: the first query goes along with it.
  const begun = connection.query(begin);
  begun.catch(() => undefined);
  try {
    const tx = new Tx(connection);
    const result = await work(tx);
    const [, , ended] = await Promise.all([begun, tx.flush(), connection.query('commit')]);
    // PostgreSQL ends a transaction in which something failed with a rollback, whoever overlooked the failure.
    if (ended.command !== 'COMMIT') throw new Error('a failed transaction cannot be committed');
    return result;
  } catch (error) {
    await connection.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** Thrown to roll a dry run back; carries its result out. */
class Undone<T> extends Error {
  result: T | undefined;
}
