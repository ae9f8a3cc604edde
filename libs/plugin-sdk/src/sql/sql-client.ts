// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What a row of a legacy database may hold, whichever client reads it. */
export type SqlValue = string | number | bigint | boolean | Date | null;
export type SqlRow = Readonly<Record<string, unknown>>;

/** The little a source or sink asks of a database client. The plugin brings the client; placeholders are `$1`, `$2`. */
export interface SqlClient {
  /** Runs one statement in its own transaction. */
  query(sql: string, params: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  close(): Promise<void>;
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
