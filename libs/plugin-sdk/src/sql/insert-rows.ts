// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { sqlName, type SqlClient, type SqlValue } from './sql-client';

/** A row for one of the legacy system's tables. */
export interface TableRow {
  readonly table: string;
  /** Column → value. Rows of one table should have the same columns, to go in one statement. */
  readonly values: Readonly<Record<string, SqlValue>>;
}

/** One statement for rows of one table and the same columns. A row whose key is there already stays as it is. */
export async function insertRows(client: SqlClient, rows: readonly TableRow[]): Promise<void> {
  if (rows.length > 0) await client.query(...insertStatement(rows));
}

function insertStatement(rows: readonly TableRow[]): [sql: string, params: SqlValue[]] {
  const { table, values } = rows[0]!;
  const columns = Object.keys(values);
  const tuples = rows.map(
    (_, row) => `(${columns.map((_, column) => `$${row * columns.length + column + 1}`).join(', ')})`,
  );
  const sql = `INSERT INTO ${sqlName(table)} (${columns.map(sqlName).join(', ')}) VALUES ${tuples.join(', ')} ON CONFLICT DO NOTHING`;
  return [sql, rows.flatMap((row) => columns.map((column) => row.values[column] ?? null))];
}
