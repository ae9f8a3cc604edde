// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type AnsweredRow, type Clock, type LegacyDatabase, type Source, sqlViewSource } from '@tsunagi/plugin-sdk';
import type { ConsultationRow } from './consultation-row';
import { exportedRows } from '../database/exported-rows';
import type { KonkyuConfig } from '../konkyu.config';
import type { ConsultationView } from '../profiles/consultation-view';

/**
 * Polls the office's view for consultations that ask for another department. One without つなぎ先 asks for none: the hub has
 * no business with that person, so the row stays in the office's database unread.
 * @param onAnswered is told of rows by our names of the columns
 */
export function consultationSource(options: {
  database: LegacyDatabase;
  view: ConsultationView;
  config: Pick<KonkyuConfig, 'schema' | 'pollMs' | 'overlapMinutes' | 'pauseAfterRows'>;
  clock: Clock;
  onAnswered: (answered: readonly AnsweredRow[]) => Promise<void>;
}): Source<ConsultationRow, never> {
  const { database, view, config, clock, onAnswered } = options;
  return sqlViewSource({
    name: 'sodan',
    database,
    view: `${config.schema}.${view.name}`,
    columns: view.columns,
    changedAt: view.changedAt,
    number: view.number,
    onlyWith: view.onlyWith,
    read: view.read,
    onAnswered: (answered) => onAnswered(answered.map((one) => ({ ...one, row: view.named(one.row) }))),
    readExport: exportedRows,
    everyMs: config.pollMs,
    overlapMs: config.overlapMinutes * 60_000,
    pauseAfter: config.pauseAfterRows,
    clock,
  });
}
