// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type AnsweredRow, type Clock, errorCode, type LegacyDatabase, type Log } from '@tsunagi/plugin-sdk';
import { toRefusal } from './to-refusal';

/**
 * Writes 90 for rows of the office that wait or were refused. Not a delivery: nobody but the office itself is concerned,
 * and a host that dies just before leaves the row on the hub's list all the same.
 */
export function tellRefusals(options: {
  database: LegacyDatabase;
  clock: Clock;
  log: Log;
  table: string;
}): (answered: readonly AnsweredRow[]) => Promise<void> {
  const { database, clock, log, table } = options;
  return async (answered) => {
    for (const row of answered) {
      const refusal = toRefusal(row, clock.now());
      if (refusal === undefined) continue;
      try {
        await database.insertIfAbsent([{ table, values: { ...refusal } }]);
      } catch (error) {
        const code = errorCode(error, 'FAILED');
        // A table stricter than agreed must not keep the rows behind this one from being read.
        if (!/^2[23]/.test(code)) throw error;
        log.warn({ itemId: row.itemId, code }, 'refusal not written');
      }
    }
  };
}
