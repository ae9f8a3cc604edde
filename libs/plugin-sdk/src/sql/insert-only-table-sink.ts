// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CheckFinding } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/domain';
import type { Journal } from '../journal/journal';
import type { DayCount } from '../plugin/day-count';
import type { Delivery, Rendering, Sink, WriteOutcome } from '../plugin/sink';
import { errorCode } from '../surroundings/error-code';
import { type CountedRows, type LegacyDatabase, sqlName, type TableRow, timesOfDay } from './legacy-database';

export interface InsertOnlyTableSinkOptions {
  readonly database: LegacyDatabase;
  readonly journal: Journal;
  /** Pure. An error with a `code` counts as a fault of this delivery. */
  readonly toRow: (delivery: Delivery) => Rendering<TableRow>;
  /** The tables written to, for the check, each with the columns of a row. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /**
   * Where referrals and statuses stand with the day on which they were written, for the daily comparison.
   * @default nothing of them is compared
   */
  readonly counted?: Readonly<Partial<Record<'referrals' | 'statuses', CountedRows>>> | undefined;
}

/** Inserts one row per delivery, for which INSERT is the only right needed. The table's primary key makes a repeat a no-op. */
export function insertOnlyTableSink(options: InsertOnlyTableSinkOptions): Sink {
  return new InsertOnlyTableSink(options);
}

interface Rendered {
  readonly deliveryId: string;
  readonly row: TableRow;
  readonly notCarried: readonly DataCategory[] | undefined;
}

class InsertOnlyTableSink implements Sink {
  constructor(private readonly options: InsertOnlyTableSinkOptions) {}

  /** Inserts nothing, but only for who may insert. */
  async check(): Promise<CheckFinding[]> {
    const findings: CheckFinding[] = [];
    for (const [table, columns] of Object.entries(this.options.tables)) {
      const name = `表 ${table}`;
      try {
        await this.options.database.tryInsert(sqlName(table), columns.map(sqlName));
        findings.push({ name, ok: true });
      } catch (error) {
        const hint = '接続先、表の名前、列、追加の権限を確かめてください。';
        findings.push({ name, ok: false, code: errorCode(error, 'FAILED'), hint });
      }
    }
    return findings;
  }

  async countDay(day: string): Promise<readonly DayCount[]> {
    const counts: DayCount[] = [];
    for (const what of ['referrals', 'statuses'] as const) {
      const rows = this.options.counted?.[what];
      const count = rows && (await this.options.database.count?.(rows, ...timesOfDay(day)));
      counts.push({ what, ...(count !== undefined && { count }) });
    }
    return counts;
  }

  wasWritten(deliveryId: string): boolean | 'unknown' {
    if (this.options.journal.wasWritten(deliveryId)) return true;
    return this.options.journal.killsOf(deliveryId) > 0 ? 'unknown' : false;
  }

  notCarried(delivery: Delivery): readonly DataCategory[] | undefined {
    const rendered = this.render(delivery);
    return 'row' in rendered ? rendered.notCarried : undefined;
  }

  async write(deliveries: readonly Delivery[]): Promise<readonly WriteOutcome[]> {
    const outcomes = new Map<string, WriteOutcome>();
    const groups = new Map<string, Rendered[]>();
    for (const delivery of deliveries) {
      const rendered = this.render(delivery);
      if ('row' in rendered) {
        const key = [rendered.row.table, ...Object.keys(rendered.row.values)].join(' ');
        groups.set(key, [...(groups.get(key) ?? []), rendered]);
      } else outcomes.set(rendered.deliveryId, rendered);
    }
    for (const group of groups.values()) {
      for (const outcome of await this.insert(group)) outcomes.set(outcome.deliveryId, outcome);
    }
    return [...outcomes.values()];
  }

  private render(delivery: Delivery): Rendered | Extract<WriteOutcome, { ok: false }> {
    const { deliveryId } = delivery;
    try {
      const rendering = this.options.toRow(delivery);
      if (!rendering.ok) return { deliveryId, ok: false, code: rendering.code, retryable: rendering.retryable };
      [rendering.record.table, ...Object.keys(rendering.record.values)].forEach(sqlName);
      return { deliveryId, row: rendering.record, notCarried: rendering.notCarried };
    } catch (error) {
      return { deliveryId, ok: false, code: errorCode(error, 'RENDERING_FAILED') };
    }
  }

  /** One statement for all; if one row spoils it, row by row, so that the others get through. */
  private async insert(rows: readonly Rendered[]): Promise<readonly WriteOutcome[]> {
    try {
      await this.options.database.insertIfAbsent(rows.map(({ row }) => row));
      await this.remember(rows);
      return rows.map(({ deliveryId, notCarried }) => ({ deliveryId, ok: true, notCarried }));
    } catch (error) {
      if (!isFaultOfTheRow(error)) throw error;
      if (rows.length > 1) {
        const outcomes: WriteOutcome[] = [];
        for (const row of rows) outcomes.push(...(await this.insert([row])));
        return outcomes;
      }
      return rows.map(({ deliveryId }) => ({ deliveryId, ok: false, code: `SQL_${errorCode(error, 'FAILED')}` }));
    }
  }

  private remember(rows: readonly Rendered[]): Promise<void> {
    return this.options.journal.append({ entry: 'written', deliveries: rows.map(({ deliveryId }) => deliveryId) });
  }
}

/** SQLSTATE classes 22 (data) and 23 (constraint): another row may well get through. */
function isFaultOfTheRow(error: unknown): boolean {
  return /^2[23][0-9A-Z]{3}$/.test(errorCode(error, ''));
}
