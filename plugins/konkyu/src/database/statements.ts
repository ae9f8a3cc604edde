// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type CountedRows,
  type LegacyView,
  type Mark,
  type MarkedRows,
  type PagePlace,
  sqlName,
  type SqlRow,
  type SqlValue,
  type TableRow,
} from '@tsunagi/plugin-sdk';

/** Where the products part, as far as the text of a statement goes. */
export interface Dialect {
  /** A parameter, which is text, as a time or as a 64-bit number. */
  readonly asTime: string;
  readonly asNumber: string;
  /** A type for a time or a number as text. */
  readonly asText: string;
  /** The column as a time, or NULL where it holds none. */
  time(column: string): string;
  /** An order in which NULL comes last. */
  order(expression: string): string;
}

/** Its parameters stand in it as `?`, in their order. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export function selectPage(dialect: Dialect, view: LegacyView, place: PagePlace, limit: number): Statement {
  const { condition, params } = conditionOf(dialect, view, place);
  return { sql: select(dialect, view, condition, limit), params };
}

/** Needs the rights and names that {@link selectPage} needs, and reads nothing. */
export function selectNothing(dialect: Dialect, view: LegacyView): Statement {
  return { sql: select(dialect, view, '1 = 0', 1), params: [] };
}

function conditionOf({ asTime, asNumber }: Dialect, view: LegacyView, place: PagePlace) {
  const [at, number] = [sqlName(view.changedAt), sqlName(view.number)];
  switch (place.from) {
    case 'start':
      return { condition: '1 = 1', params: [] };
    case 'time':
      return { condition: `${at} >= ${asTime}`, params: [place.at] };
    case 'after-time':
      return { condition: `${at} > ${asTime}`, params: [place.at] };
    case 'number':
      return { condition: `${number} = ${asNumber}`, params: [place.number] };
    case 'row':
      return {
        condition: `(${at} > ${asTime} OR (${at} = ${asTime} AND ${number} > ${asNumber}))`,
        params: [place.at, place.at, place.number],
      };
  }
}

function select(dialect: Dialect, view: LegacyView, condition: string, limit: number): string {
  const [at, number, name] = [view.changedAt, view.number, view.name].map(sqlName) as [string, string, string];
  const columns = view.columns.map(sqlName).filter((column) => column !== at && column !== number);
  const asText = (expression: string, column: string) => `CAST(${expression} AS ${dialect.asText}) AS ${column}`;
  const place = [asText(dialect.time(at), at), asText(number, number)];
  // With the view's name, or the order would be that of the texts.
  const order = [dialect.time(`${name}.${at}`), `${name}.${number}`].map((column) => dialect.order(column));
  const wanted = view.onlyWith === undefined ? condition : `TRIM(${sqlName(view.onlyWith)}) <> '' AND ${condition}`;
  return `SELECT ${[...place, ...columns].join(', ')} FROM ${name} WHERE ${wanted} ORDER BY ${order.join(', ')} LIMIT ${limit}`;
}

/** Its one row has the number as `found`. */
export function countRows({ asTime }: Dialect, rows: CountedRows, from: string, until: string): Statement {
  const at = sqlName(rows.at);
  const counted = rows.number === undefined ? '*' : `DISTINCT ${sqlName(rows.number)}`;
  const wanted = rows.onlyWith === undefined ? '' : `TRIM(${sqlName(rows.onlyWith)}) <> '' AND `;
  return {
    sql: `SELECT COUNT(${counted}) AS found FROM ${sqlName(rows.name)} WHERE ${wanted}${at} >= ${asTime} AND ${at} < ${asTime}`,
    params: [from, until],
  };
}

/** Its rows are read by {@link markOf}. Nothing else of a row is looked at, and only names between these two. */
export function selectMarks(
  dialect: Dialect,
  rows: MarkedRows,
  { after, before }: { readonly after: string; readonly before: string },
  limit: number,
): Statement {
  const [name, key, mark, at] = [rows.name, rows.key, rows.mark, rows.markedAt].map(sqlName) as [
    string,
    string,
    string,
    string,
  ];
  const taken = `MIN(CASE WHEN TRIM(${mark}) = '1' THEN 1 ELSE 0 END) AS taken`;
  const when = `CAST(MAX(${dialect.time(at)}) AS ${dialect.asText}) AS taken_at`;
  return {
    sql: `SELECT ${key} AS marked, ${taken}, ${when} FROM ${name} WHERE ${key} > ? AND ${key} < ? GROUP BY ${key} ORDER BY ${key} LIMIT ${limit}`,
    params: [after, before],
  };
}

export function markOf({ marked, taken, taken_at: at }: SqlRow): Mark {
  return { key: String(marked).trim(), taken: Number(taken) === 1, at: typeof at === 'string' ? at : null };
}

/** Rows of one table and the same columns. */
export function insertRows(rows: readonly TableRow[]): Statement {
  const { table, values } = rows[0]!;
  const columns = Object.keys(values).map(sqlName);
  const tuple = `(${columns.map(() => '?').join(', ')})`;
  return {
    sql: `INSERT INTO ${sqlName(table)} (${columns.join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
    params: rows.flatMap((row) => columns.map((column) => row.values[column] ?? null)),
  };
}

/** Needs the rights and names that {@link insertRows} needs, and inserts nothing. */
export function insertNothing(table: string, columns: readonly string[]): Statement {
  const nothing = columns.map(() => 'NULL').join(', ');
  return {
    sql: `INSERT INTO ${sqlName(table)} (${columns.map(sqlName).join(', ')}) SELECT ${nothing} WHERE 1 = 0`,
    params: [],
  };
}
