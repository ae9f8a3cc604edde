// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type Clock,
  type LegacyDatabase,
  type Reading,
  type Source,
  type SqlRow,
  sqlViewSource,
} from '@tsunagi/plugin-sdk';
import { exportedRows } from '../database/exported-rows';
import type { KonkyuConfig } from '../konkyu.config';
import { answerColumns, answerRow, type AnswerRow } from './answer-row';

/** Polls `V_HUB_OTO` for what the office has answered. */
export function answerSource(database: LegacyDatabase, config: KonkyuConfig, clock: Clock): Source<never, AnswerRow> {
  return sqlViewSource({
    name: 'oto',
    database,
    view: `${config.schema}.v_hub_oto`,
    columns: answerColumns,
    holds: 'answers',
    read: readAnswer,
    readExport: exportedRows,
    everyMs: config.pollMs,
    overlapMs: config.overlapMinutes * 60_000,
    pauseAfter: config.pauseAfterRows,
    clock,
  });
}

/** A view that gives other types than agreed is the office's to mend; its rows wait. */
export function readAnswer(row: SqlRow): Reading<never, AnswerRow> {
  const parsed = answerRow.safeParse(row);
  if (parsed.success) return { answer: parsed.data };
  const column = answerColumns.findIndex((name) => name === parsed.error.issues[0]?.path[0]);
  return { quarantined: column === -1 ? { code: 'E-ROW' } : { code: 'E-ROW', field: column + 1 } };
}
