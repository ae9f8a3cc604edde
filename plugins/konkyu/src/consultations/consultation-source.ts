// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type AnsweredRow,
  type Clock,
  type LegacyDatabase,
  type Reading,
  type Source,
  type SqlRow,
  sqlViewSource,
} from '@tsunagi/plugin-sdk';
import { consultationColumns, consultationRow, type ConsultationRow } from './consultation-row';
import type { KonkyuConfig } from '../konkyu.config';

/**
 * Polls `V_HUB_SODAN` for consultations that ask for another department. One without つなぎ先 asks for none: the hub has
 * no business with that person, so the row stays in the office's database unread.
 */
export function consultationSource(options: {
  database: LegacyDatabase;
  config: KonkyuConfig;
  clock: Clock;
  onAnswered: (answered: readonly AnsweredRow[]) => Promise<void>;
}): Source<ConsultationRow, never> {
  const { database, config, clock, onAnswered } = options;
  return sqlViewSource({
    name: 'sodan',
    database,
    view: `${config.schema}.v_hub_sodan`,
    columns: consultationColumns,
    onlyWith: 'tsunagi_bunya',
    read: readConsultationRow,
    onAnswered,
    everyMs: config.pollMs,
    overlapMs: config.overlapMinutes * 60_000,
    pauseAfter: config.pauseAfterRows,
    clock,
  });
}

/** A view that gives other types than agreed is the office's to mend; its rows wait. */
export function readConsultationRow(row: SqlRow): Reading<ConsultationRow, never> {
  const parsed = consultationRow.safeParse(row);
  if (parsed.success) return { event: parsed.data };
  const column = consultationColumns.findIndex((name) => name === parsed.error.issues[0]?.path[0]);
  return { quarantined: column === -1 ? { code: 'E-ROW' } : { code: 'E-ROW', field: column + 1 } };
}
