// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Reading, SqlRow } from '@tsunagi/plugin-sdk';
import { readCode } from '@tsunagi/plugin-sdk/profiles';
import {
  type ConsultationColumn,
  consultationColumns,
  consultationRow,
  type ConsultationRow,
} from '../consultations/consultation-row';
import { codedColumns, type Profile } from './profile.schema';

/** The view in which the office's consultations are found, and how its rows are read. */
export interface ConsultationView {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns of the order in which rows were changed. */
  readonly changedAt: string;
  readonly number: string;
  /** A row that is blank here asks for nothing; undefined: every row asks. */
  readonly onlyWith: string | undefined;
  /** A row by our names of its columns, with our codes. Never throws. */
  readonly named: (row: SqlRow) => SqlRow;
  /** A view that gives other types than agreed is the office's to mend; its rows wait. */
  readonly read: (row: SqlRow) => Reading<ConsultationRow, never>;
}

/** `V_HUB_SODAN`, as this hub asks for it. */
export const standardView: ConsultationView = {
  name: 'v_hub_sodan',
  columns: consultationColumns,
  changedAt: 'koshin_dt',
  number: 'renban',
  onlyWith: 'tsunagi_bunya',
  named: (row) => row,
  read: readConsultationRow,
};

/** The view that a profile describes. */
export function viewOf(profile: Profile): ConsultationView {
  const { view, columns, codes, fixed } = profile;
  const readers = new Map(
    (Object.keys(codedColumns) as (keyof typeof codedColumns)[]).map((column) => [
      column as ConsultationColumn,
      readCode(codedColumns[column], { codes: codes[column], lenient: false }),
    ]),
  );
  const valueOf = (column: ConsultationColumn, row: SqlRow): unknown => {
    const theirs = columns[column];
    if (theirs === undefined) return (fixed as Partial<Record<ConsultationColumn, string>>)[column] ?? null;
    const value = textOf(row[theirs]);
    const read = readers.get(column);
    // Blank is blank in every table.
    if (typeof value !== 'string' || value.trim() === '' || read === undefined) return value;
    const said = read(value.trim());
    return 'value' in said ? said.value : noCode;
  };
  const named = (row: SqlRow): SqlRow =>
    Object.fromEntries(consultationColumns.map((column) => [column, valueOf(column, row)]));
  return {
    name: view,
    columns: [...new Set(Object.values(columns).filter((column) => column !== undefined))],
    changedAt: columns.koshin_dt,
    number: columns.renban,
    onlyWith: columns.tsunagi_bunya,
    named,
    read: (row) => readConsultationRow(named(row)),
  };
}

/** What a code that stands in no table is read as: none of ours, so that the column itself is named. */
const noCode = '?';

/** A code or a number may be kept as a number. */
const textOf = (value: unknown): unknown =>
  typeof value === 'number' || typeof value === 'bigint' ? String(value) : (value ?? null);

export function readConsultationRow(row: SqlRow): Reading<ConsultationRow, never> {
  const parsed = consultationRow.safeParse(row);
  if (parsed.success) return { event: parsed.data };
  const column = consultationColumns.findIndex((name) => name === parsed.error.issues[0]?.path[0]);
  return { quarantined: column === -1 ? { code: 'E-ROW' } : { code: 'E-ROW', field: column + 1 } };
}
