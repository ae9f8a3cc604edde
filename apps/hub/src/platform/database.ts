// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DatabaseAwayError, isAway } from './database.errors';

export type Row = Record<string, unknown>;

interface Insertion {
  readonly table: string;
  readonly columns: string;
  readonly onConflict: string;
  readonly rows: Row[];
}

/**
 * The one transaction handle. Every write of the hub goes through it, so that state, event, audit and delivery of one
 * step cannot part. SQL takes parameters only.
 *
 * Inserts wait for the next query or the commit and go to the database in one statement: most of the time of a short
 * transaction is spent on the way there and back. A violated constraint is therefore reported by whatever comes next.
 */
export class Tx {
  private waiting: Insertion[] = [];

  constructor(private readonly manager: EntityManager) {}

  async query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    await this.flush();
    return this.manager.query<T[]>(sql, parameters);
  }

  /** Inserts all rows. They name the same columns; `bytea` goes in as `\\x…` text. */
  insert(table: string, rows: readonly Row[], onConflict = ''): void {
    const first = rows[0];
    if (!first) return;
    const columns = Object.keys(first).join(', ');
    const same = this.waiting.find((w) => w.table === table && w.columns === columns && w.onConflict === onConflict);
    if (same) same.rows.push(...rows);
    else this.waiting.push({ table, columns, onConflict, rows: [...rows] });
  }

  /** Writes what waits; foreign keys among it are checked at the end of the statement. */
  async flush(): Promise<void> {
    if (this.waiting.length === 0) return;
    const insertions = this.waiting;
    this.waiting = [];
    const [last = '', ...others] = insertions
      .map(
        ({ table, columns, onConflict }, n) =>
          `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $${n + 1}::jsonb) ${onConflict}`,
      )
      .reverse();
    const before = others.reverse().map((sql, n) => `w${n} as (${sql})`);
    await this.manager.query(
      `${before.length > 0 ? `with ${before.join(', ')} ` : ''}${last}`,
      insertions.map((w) => JSON.stringify(w.rows)),
    );
  }
}

@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction; it commits when `work` resolves. Never await another connection inside. */
  async transaction<T>(work: (tx: Tx) => T | Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(async (manager) => {
        const tx = new Tx(manager);
        const result = await work(tx);
        await tx.flush();
        return result;
      });
    } catch (error) {
      throw isAway(error) ? new DatabaseAwayError() : error;
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
}

/** Thrown to roll a dry run back; carries its result out. */
class Undone<T> extends Error {
  result: T | undefined;
}
