// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemOutcome } from '@tsunagi/domain';
import type { SettledItem } from '../plugin/source';
import type { ResultRow } from './result-row';

/** Collects the answers of a file, which come in any order, into the rows of its result. */
export class ResultRows {
  private readonly rows = new Map<number, ResultRow | { row: number; label: string | undefined }>();

  expect(row: number, label: string | undefined): void {
    this.rows.set(row, { row, label });
  }

  settle(settled: SettledItem): void {
    const { row } = settled.origin;
    const label = this.rows.get(row)?.label;
    this.rows.set(row, { row, label, ...(settled.fault ? ofFault(settled.fault) : ofAnswer(settled.answer)) });
  }

  /** The same record as an earlier row: it is not sent. */
  repeat(row: number, label: string | undefined): void {
    this.rows.set(row, { row, label, outcome: 'duplicate' });
  }

  /** In the order in which the rows were expected: that of the file. */
  get all(): ResultRow[] {
    return [...this.rows.values()].filter((row): row is ResultRow => 'outcome' in row);
  }
}

function ofFault(fault: { code: string; field?: number | undefined }): Omit<ResultRow, 'row'> {
  return { outcome: 'quarantined', code: fault.code, field: fault.field };
}

function ofAnswer(answer: SettledItem['answer']): { outcome: ItemOutcome } & Omit<ResultRow, 'row' | 'outcome'> {
  const place = Number(answer.pointer);
  return {
    outcome: answer.outcome,
    code: answer.codes[0],
    field: Number.isInteger(place) && place >= 1 && place <= 99 ? place : undefined,
    referralId: answer.referralId,
  };
}
