// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { LegacyDatabase, LegacyView, PagePlace, SqlRow, TableRow } from '@tsunagi/plugin-sdk';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table or view of the interface, as the vendor of the case system creates it. */
interface Relation {
  /** Characters that a column of text holds, by its name; of another type there is no limit. */
  readonly columns: ReadonlyMap<string, number | undefined>;
  readonly required: ReadonlySet<string>;
  readonly key: readonly string[];
}

/**
 * The office's database without a server: what the plugin's adapters are to a real one, this is to the suite. Its tables are
 * read out of `interface.sql`, so that it refuses what the real ones refuse. The account may insert and read the views.
 */
export class TablesInMemory implements LegacyDatabase {
  private readonly relations = relationsIn(readFileSync(join(__dirname, '..', '..', 'interface.sql'), 'utf8'));
  private readonly rows = new Map<string, SqlRow[]>();

  /** What stands in this table or behind this view. */
  in(name: string): readonly SqlRow[] {
    return this.rows.get(name) ?? [];
  }

  /** The office writes it down; false: its database would not have taken that. */
  put(view: string, row: SqlRow): boolean {
    const { columns } = this.relation(view);
    const isTaken = Object.entries(row).every(([column, value]) => isHeld(columns, column, value));
    if (!isTaken || !isPlace(row['koshin_dt'], row['renban'])) return false;
    this.rows.set(view, [...this.in(view), row]);
    return true;
  }

  async read(view: LegacyView, place: PagePlace, limit: number): Promise<readonly SqlRow[]> {
    await this.tryRead(view);
    const placed = this.in(named(view.name))
      .map((row) => ({ row, at: timeOf(row[view.changedAt]), number: BigInt(String(row[view.number])) }))
      .filter(({ row, ...at }) => isThere(place, at) && (view.onlyWith === undefined || isFilled(row[view.onlyWith])))
      .sort((one, other) => compare(one.at, other.at) || compare(one.number, other.number));
    return placed.slice(0, limit).map(({ row, at, number }) => ({
      ...Object.fromEntries(view.columns.map((column) => [column, row[column] ?? null])),
      [view.changedAt]: at,
      [view.number]: String(number),
    }));
  }

  tryRead(view: LegacyView): Promise<void> {
    return this.knows(view.name, view.columns);
  }

  async insertIfAbsent(rows: readonly TableRow[]): Promise<void> {
    for (const { table, values } of rows) {
      await this.knows(table, Object.keys(values));
      const { columns, required } = this.relation(named(table));
      for (const [column, value] of Object.entries(values))
        if (!isHeld(columns, column, value)) throw new RefusedRowError('22001');
      for (const column of required) if ((values[column] ?? null) === null) throw new RefusedRowError('23502');
    }
    // All or none.
    for (const { table, values } of rows) {
      const name = named(table);
      const keyOf = (row: SqlRow) =>
        this.relation(name)
          .key.map((column) => row[column])
          .join(' ');
      if (!this.in(name).some((row) => keyOf(row) === keyOf(values))) this.rows.set(name, [...this.in(name), values]);
    }
  }

  tryInsert(table: string, columns: readonly string[]): Promise<void> {
    return this.knows(table, columns);
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private knows(name: string, columns: readonly string[]): Promise<void> {
    const { columns: known } = this.relation(named(name));
    return columns.every((column) => known.has(column))
      ? Promise.resolve()
      : Promise.reject(new RefusedRowError('UNKNOWN_COLUMN'));
  }

  private relation(name: string): Relation {
    const found = this.relations.get(name);
    if (!found) throw new RefusedRowError('UNKNOWN_TABLE');
    return found;
  }
}

/** With the code that the product's adapters give. */
class RefusedRowError extends Error {
  constructor(readonly code: string) {
    super('the database refuses it');
    this.name = 'RefusedRowError';
  }
}

const named = (name: string) => name.slice(name.lastIndexOf('.') + 1).toLowerCase();

function relationsIn(sql: string): ReadonlyMap<string, Relation> {
  const found = [...sql.matchAll(/^CREATE (TABLE|VIEW) (\w+)\b([^;]*);/gm)];
  return new Map(
    found.map(([, kind, name = '', body = '']) => {
      const written =
        kind === 'TABLE'
          ? /^ {2}([a-z_]+) [a-z]+(?:\((\d+)\))?/gm
          : /CAST\(NULL AS [a-z]+(?:\((\d+)\))?\) AS ([a-z_]+)/g;
      const columns = [...body.matchAll(written)].map(([, one, other]): [string, number | undefined] => {
        const [column, width] = kind === 'TABLE' ? [one, other] : [other, one];
        return [column ?? '', width === undefined ? undefined : Number(width)];
      });
      const required = [...body.matchAll(/^ {2}([a-z_]+) .*NOT NULL/gm)].map(([, column = '']) => column);
      const key = /PRIMARY KEY \(([^)]*)\)/.exec(body)?.[1]?.split(', ') ?? [];
      return [name.toLowerCase(), { columns: new Map(columns), required: new Set(required), key }];
    }),
  );
}

function isHeld(columns: ReadonlyMap<string, number | undefined>, column: string, value: unknown): boolean {
  if (!columns.has(column)) return false;
  if (value === null) return true;
  const width = columns.get(column);
  if (typeof value === 'number') return width === undefined;
  return typeof value === 'string' && !value.includes('\0') && (width === undefined || [...value].length <= width);
}

const written = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?$/;

/** A time that the calendar has, and a number of 64 bits. */
function isPlace(at: unknown, number: unknown): boolean {
  if (typeof at !== 'string' || !written.test(at) || typeof number !== 'string' || !/^-?\d{1,18}$/.test(number))
    return false;
  const read = new Date(`${at.slice(0, 19).replace(' ', 'T')}Z`);
  return !Number.isNaN(read.getTime()) && read.toISOString().slice(0, 10) === at.slice(0, 10);
}

/** To the microsecond, as it is compared. */
const timeOf = (at: unknown) => {
  const [seconds = '', fraction = ''] = String(at).split('.');
  return `${seconds}.${fraction.padEnd(6, '0')}`;
};

const isFilled = (value: unknown) => typeof value === 'string' && value.trim() !== '';
const compare = <T extends string | bigint>(one: T, other: T) => (one < other ? -1 : one > other ? 1 : 0);

function isThere(place: PagePlace, { at, number }: { readonly at: string; readonly number: bigint }): boolean {
  switch (place.from) {
    case 'start':
      return true;
    case 'time':
      return at >= timeOf(place.at);
    case 'after-time':
      return at > timeOf(place.at);
    case 'number':
      return number === BigInt(place.number);
    case 'row':
      return at > timeOf(place.at) || (at === timeOf(place.at) && number > BigInt(place.number));
  }
}
