// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ExportedRows, SqlRow } from '@tsunagi/plugin-sdk';
import { parse } from 'csv-parse/sync';
import { isUtf8 } from 'node:buffer';

/**
 * Rows of a view as somebody has taken them out of the database: UTF-8, as CSV (`.csv`) under a line with the view's column
 * names, or as JSON (`.json`), a list of objects with those names. Small or capital letters, in any order; other columns
 * stay unread, an empty cell is NULL. Takes any bytes without throwing.
 */
export function exportedRows(bytes: Uint8Array, name: string, columns: readonly string[]): ExportedRows {
  if (!isUtf8(bytes)) return { ok: false, code: 'E-UTF8' };
  const isJson = /\.json$/i.test(name);
  const rows = isJson ? objectsOf(bytes) : cellsOf(bytes);
  const named = rows?.map(inSmallLetters);
  // Without one of its columns the view would not be read at all.
  return named?.every((row) => columns.every((column) => Object.hasOwn(row, column)))
    ? { ok: true, rows: named.map((row) => only(row, columns)) }
    : { ok: false, code: isJson ? 'E-JSON' : 'E-CSV' };
}

/** Undefined where no table stands. What an error of these says may quote it. */
function cellsOf(bytes: Uint8Array): SqlRow[] | undefined {
  try {
    const options = { bom: true, record_delimiter: ['\r\n', '\n'], skip_empty_lines: true };
    const [header, ...lines]: string[][] = parse(Buffer.from(bytes), options);
    if (!header || new Set(header.map((column) => column.toLowerCase())).size < header.length) return undefined;
    return lines.map((cells) => Object.fromEntries(header.map((column, at) => [column, cells[at] || null])));
  } catch {
    return undefined;
  }
}

function objectsOf(bytes: Uint8Array): SqlRow[] | undefined {
  try {
    const text = new TextDecoder().decode(bytes);
    const list: unknown = JSON.parse(text);
    const isRow = (one: unknown): one is SqlRow => typeof one === 'object' && one !== null && !Array.isArray(one);
    return Array.isArray(list) && list.every(isRow) ? list : undefined;
  } catch {
    return undefined;
  }
}

const inSmallLetters = (row: SqlRow): SqlRow =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column.trim().toLowerCase(), value]));

/** Numbers come as the adapters bring them: as text. */
const only = (row: SqlRow, columns: readonly string[]): SqlRow =>
  Object.fromEntries(
    columns.map((column) => {
      const value = row[column];
      return [column, typeof value === 'number' ? String(value) : value];
    }),
  );
