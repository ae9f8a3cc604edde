// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

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

/**
 * A file of records of one length in CP932. Numbers its records, counts and sums them up itself.
 * @param file.header without データ種別, which is the frame's; undefined: zeros, in the answer to a file whose own header
 * cannot be read.
 * @param file.layout from 区分 and 連番 on, whose values are written here whatever the rows say of them.
 * @throws HeaderRecordError, or UnencodableError, ForbiddenCharacterError or FieldWidthError with row and field.
 */
export function writeFixedFile(file: {
  frame: FixedFrame;
  header: Omit<FixedHeader, 'dataKind'> | undefined;
  layout: readonly FixedField[];
  rows: readonly (readonly string[])[];
}): Uint8Array {
  const { frame, layout, rows } = file;
  const header: FixedHeader = { ...(file.header ?? unreadable), dataKind: frame.dataKind };
  const fault = file.header === undefined ? null : findHeaderFault(header);
  if (fault !== null) throw new HeaderRecordError(fault);
  const hash = new HashTotal(frame.hashedAt);
  const records = rows.map(([, , ...values], index) => {
    const fields = joinFields(['2', String(index + 1), ...values], layout, `row ${index + 1}`);
    const record = toRecord(fields, frame);
    hash.add(record);
    return record;
  });
  const all = [
    toRecord(joinHeader(header), frame),
    ...records,
    toRecord(joinTrailer(header.municipality, rows.length, hash.value), frame),
  ];
  return Buffer.concat(frame.eol === 'crlf' ? all.flatMap((record) => [record, lineEnd]) : all);
}

/** Nothing comes from a clock: what is not known is zeros. */
const unreadable: Omit<FixedHeader, 'dataKind'> = {
  municipality: '000000',
  madeOn: '00000000',
  madeAt: '000000',
  transmission: '000000',
};
