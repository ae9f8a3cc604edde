// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a row of a legacy database may hold, whichever client reads it. */
export type SqlValue = string | number | bigint | boolean | Date | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** A view of the legacy system with its two columns of order. */
export interface LegacyView {
  /** With its schema where it needs one. */
  readonly name: string;
  /** All that are read, the two of order among them. */
  readonly columns: readonly string[];
  /** Local time of the last change. */
  readonly changedAt: string;
  /** The row's own number. */
  readonly number: string;
  /** A row that is NULL or blank here is not even read. */
  readonly onlyWith: string | undefined;
}

/** Where a page begins. Times are `YYYY-MM-DD HH:MM:SS.ffffff`, numbers up to 64 bits, both as text. */
export type PagePlace =
  | { readonly from: 'start' }
  /** That time and later ones. */
  | { readonly from: 'time'; readonly at: string }
  /** Behind that row: a later time, or the same with a greater number. */
  | { readonly from: 'row'; readonly at: string; readonly number: string }
  /** Later times only. */
  | { readonly from: 'after-time'; readonly at: string }
  /** Those of this number only, whatever their time. */
  | { readonly from: 'number'; readonly number: string };

/** Rows of one day to be counted. */
export interface CountedRows {
  /** View or table, with its schema where it needs one. */
  readonly name: string;
  /** Column with the local time that says of which day a row is. */
  readonly at: string;
  /** Rows that are NULL or blank here are none of these. */
  readonly onlyWith?: string | undefined;
  /** Rows of one value here are one; those without are none. @default every row is one */
  readonly number?: string | undefined;
}

/** A table of what the hub brought, in which the legacy system marks what it has taken in. */
export interface MarkedRows {
  /** With its schema where it needs one. */
  readonly name: string;
  /** Column with the hub's own name of what it brought; rows of one name are one, taken in when all are. */
  readonly key: string;
  /** Column that is `1` once the row is taken in. */
  readonly mark: string;
  /** Column with the local time of that. */
  readonly markedAt: string;
}

/** Has the legacy system taken this in, and when, if it says so: `YYYY-MM-DD HH:MM:SS.ffffff`. */
export interface Mark {
  readonly key: string;
  readonly taken: boolean;
  readonly at: string | null;
}

/** A row for one of the legacy system's tables. */
export interface TableRow {
  readonly table: string;
  /** Column → value. Rows of one table should have the same columns, to go in one statement. */
  readonly values: Readonly<Record<string, SqlValue>>;
}

/**
 * All that {@link sqlViewSource} and {@link insertOnlyTableSink} ask of a legacy system's database. A plugin brings one for
 * each product it speaks to. Names were through {@link sqlName}; values must go as parameters, never in the statement.
 *
 * Whatever fails throws an error with a `code`: the SQLSTATE where it is of class 22 or 23 (the fault of the row, the
 * others may get through), else the word that the product's people know. Nothing may wait for ever.
 */
export interface LegacyDatabase {
  /**
   * At most `limit` rows in the order of time and number, either last where there is none. Both come as text: a client's
   * `Date` would lose microseconds and guess a zone, a 64-bit number its last digits. A value that is no time is none.
   */
  read(view: LegacyView, place: PagePlace, limit: number): Promise<readonly SqlRow[]>;
  /** The statement of {@link read}, on no row: needs what reading needs. */
  tryRead(view: LegacyView): Promise<void>;
  /**
   * Inserts rows of one table and the same columns. A row whose key is there already stays as it is and counts as
   * inserted; nothing else may be passed over, a text that is too long least of all. INSERT is the only right to need.
   * All or none of the rows, or at least so that a repeat does no harm.
   */
  insertIfAbsent(rows: readonly TableRow[]): Promise<void>;
  /** The statement of {@link insertIfAbsent}, with no row: needs what inserting needs. */
  tryInsert(table: string, columns: readonly string[]): Promise<void>;
  /**
   * How many rows there are from one local time until before another; undefined: the account has no right to look. A database
   * that does not bring this is not compared with what the hub has taken and brought.
   */
  count?(rows: CountedRows, from: string, until: string): Promise<number | undefined>;
  /**
   * At most `limit` marks behind one name and before another, in the order of the names; undefined: the account has no right
   * to look. A database that does not bring this never says what was taken in.
   */
  readMarks?(
    rows: MarkedRows,
    between: { readonly after: string; readonly before: string },
    limit: number,
  ): Promise<readonly Mark[] | undefined>;
  close(): Promise<void>;
}

/** The local times between which a day of the legacy system lies. */
export function timesOfDay(day: string): readonly [from: string, until: string] {
  const next = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return [`${day} 00:00:00.000000`, `${next} 00:00:00.000000`];
}

/** Names of the legacy system stand in statements as they are; this keeps anything else out. */
export function sqlName(name: string): string {
  if (!/^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*){0,2}$/.test(name)) throw new SqlNameError();
  return name;
}

/** A configured table, view or column is no plain name. */
export class SqlNameError extends Error {
  readonly code = 'SQL_NAME';

  constructor() {
    super('a table, view or column is no plain name');
    this.name = 'SqlNameError';
  }
}
