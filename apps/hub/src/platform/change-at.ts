// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError } from '@tsunagi/domain';
import type { Row, Tx } from './database';
import { NotFoundError } from './http.errors';

/** Somebody else changed it since it was looked at. */
export class ChangedMeanwhileError extends DomainError {
  override readonly code = 'VERSION_CONFLICT';

  constructor() {
    super('it was changed since it was read');
  }
}

/**
 * Changes a row of master data at the version that was seen, and counts its version up. `undefined` leaves a column as it
 * is. The row is locked from here on.
 *
 * @param table one of ours, with `id` and `version`; never from outside
 * @throws {NotFoundError} @throws {ChangedMeanwhileError}
 */
export async function changeAt(tx: Tx, table: string, id: string, version: number, to: Row): Promise<void> {
  const [row] = await tx.query<{ version: number }>(`select version from ${table} where id = $1 for update`, [id]);
  if (!row) throw new NotFoundError();
  if (row.version !== version) throw new ChangedMeanwhileError();
  const columns = Object.keys(to).filter((column) => to[column] !== undefined);
  await tx.query(
    `update ${table} t set ${[...columns.map((c) => `${c} = n.${c}`), 'version = t.version + 1'].join(', ')}
     from jsonb_populate_record(null::${table}, $2::jsonb) n where t.id = $1`,
    [id, JSON.stringify(to)],
  );
}
