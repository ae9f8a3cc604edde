// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { DatabaseAwayError, isAway } from './database.errors';

export type Row = Record<string, unknown>;

/**
 * The one transaction handle. Every write of the hub goes through it, so that state, event, audit and delivery of one
 * step cannot part. SQL takes parameters only.
 */
export class Tx {
  constructor(readonly manager: EntityManager) {}

  query<T = Row>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.manager.query<T[]>(sql, parameters);
  }

  /** Inserts all rows in one statement. The rows name the same columns; `bytea` goes in as `\x…` text. */
  async insert(table: string, rows: readonly Row[], onConflict = ''): Promise<void> {
    const first = rows[0];
    if (!first) return;
    const columns = Object.keys(first).join(', ');
    await this.manager.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb) ${onConflict}`,
      [JSON.stringify(rows)],
    );
  }
}

@Injectable()
export class Database {
  constructor(private readonly dataSource: DataSource) {}

  /** Runs `work` in one transaction; it commits when `work` resolves. Never await another connection inside. */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction((manager) => work(new Tx(manager)));
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
