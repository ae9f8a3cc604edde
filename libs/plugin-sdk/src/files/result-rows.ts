// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ItemOutcome } from '@tsunagi/domain';
import type { SettledItem } from '../plugin/source';
import type { ResultRow } from './result-row';

type OpenRow = ResultRow | { readonly row: number; readonly label: string | undefined };

/** So many answers later it is looked again which rows can be packed: about 40 kB of them. */
const answersPerPack = 500;

/**
 * Collects the answers of a file, which come in any order, into the rows of its result. What is answered up to some row is
 * put down in bytes: of a row that is done with, its line is all that is kept until the file is.
 */
export class ResultRows implements Iterable<ResultRow> {
  private readonly packed: Buffer[] = [];
  private readonly open = new Map<number, OpenRow>();
  private answered = 0;

  expect(row: number, label: string | undefined): void {
    this.open.set(row, { row, label });
  }

  settle(settled: SettledItem): void {
    const { row } = settled.origin;
    const label = this.open.get(row)?.label;
    this.put({ row, label, ...(settled.fault ? ofFault(settled.fault) : ofAnswer(settled.answer)) });
  }

  /** The same record as an earlier row: it is not sent. */
  repeat(row: number, label: string | undefined): void {
    this.put({ row, label, outcome: 'duplicate' });
  }

  /** Rows that are answered. */
  get length(): number {
    return this.answered;
  }

  /** Rows that wait for their answer, or for that of a row before them. */
  get held(): number {
    return this.open.size;
  }

  /** The answered rows, in the order in which they were expected: that of the file. */
  *[Symbol.iterator](): Generator<ResultRow, undefined> {
    for (const rows of this.packed) yield* unpack(rows);
    for (const row of this.open.values()) if (isAnswered(row)) yield row;
  }

  private put(row: ResultRow): void {
    this.open.set(row.row, row);
    this.answered += 1;
    if (this.answered % answersPerPack !== 0) return;
    const rows: ResultRow[] = [];
    for (const next of this.open.values()) {
      if (!isAnswered(next)) break;
      rows.push(next);
      this.open.delete(next.row);
    }
    if (rows.length > 0) this.packed.push(pack(rows));
  }
}

const isAnswered = (row: OpenRow): row is ResultRow => 'outcome' in row;

/** Without the names of what they say, which would be the most of it. */
function pack(rows: readonly ResultRow[]): Buffer {
  return Buffer.from(
    JSON.stringify(
      rows.map(({ row, label, outcome, code, field, referralId }) => [row, outcome, label, code, field, referralId]),
    ),
  );
}

type Packed = [ResultRow['row'], ResultRow['outcome'], string | null, string | null, number | null, string | null];

function* unpack(rows: Buffer): Generator<ResultRow, undefined> {
  for (const [row, outcome, label, code, field, referralId] of JSON.parse(rows.toString()) as Packed[])
    yield {
      row,
      outcome,
      label: label ?? undefined,
      code: code ?? undefined,
      field: field ?? undefined,
      referralId: referralId ?? undefined,
    };
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
