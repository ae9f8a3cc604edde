// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { inBlocks } from './blocks';
import { type FixedField, joinFields } from './fixed-fields';
import {
  findHeaderFault,
  type FixedFrame,
  type FixedHeader,
  HashTotal,
  joinHeader,
  joinTrailer,
  lineEnd,
  toRecord,
} from './fixed-frame';
import { HeaderRecordError } from './legacy.errors';

/** What a file of records of one length is written from. */
export interface FixedFileContent<Row> {
  readonly frame: FixedFrame;
  /**
   * Without データ種別, which is the frame's; undefined: zeros, in the answer to a file whose own header cannot be read.
   */
  readonly header: Omit<FixedHeader, 'dataKind'> | undefined;
  /** From 区分 and 連番 on, whose values are written here whatever the rows say of them. */
  readonly layout: readonly FixedField[];
  readonly rows: Iterable<Row>;
  readonly valuesOf: (row: Row) => readonly string[];
}

/**
 * A file of records of one length in CP932. Numbers its records, counts and sums them up itself.
 * @throws HeaderRecordError, or UnencodableError, ForbiddenCharacterError or FieldWidthError with row and field.
 */
export function writeFixedFile(file: Omit<FixedFileContent<readonly string[]>, 'valuesOf'>): Uint8Array {
  return Buffer.concat([...fixedFileBlocks({ ...file, valuesOf: (row) => row })]);
}

/** The same in blocks, each made when it is asked for, as is what it throws. */
export function fixedFileBlocks<Row>(file: FixedFileContent<Row>): Iterable<Uint8Array> {
  return inBlocks(recordsOf(file));
}

function* recordsOf<Row>({ frame, layout, rows, valuesOf, ...file }: FixedFileContent<Row>): Generator<Uint8Array> {
  const header: FixedHeader = { ...(file.header ?? unreadable), dataKind: frame.dataKind };
  const fault = file.header === undefined ? null : findHeaderFault(header);
  if (fault !== null) throw new HeaderRecordError(fault);
  const eol = frame.eol === 'crlf' ? lineEnd : Buffer.alloc(0);
  const hash = new HashTotal(frame.hashedAt);
  yield toRecord(joinHeader(header), frame);
  yield eol;
  let number = 0;
  for (const row of rows) {
    number += 1;
    const [, , ...values] = valuesOf(row);
    const record = toRecord(joinFields(['2', String(number), ...values], layout, `row ${number}`), frame);
    hash.add(record);
    yield record;
    yield eol;
  }
  yield toRecord(joinTrailer(header.municipality, number, hash.value), frame);
  yield eol;
}

/** Nothing comes from a clock: what is not known is zeros. */
const unreadable: Omit<FixedHeader, 'dataKind'> = {
  municipality: '000000',
  madeOn: '00000000',
  madeAt: '000000',
  transmission: '000000',
};
