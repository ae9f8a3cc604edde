// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  DATA,
  findHeaderFault,
  type FixedFrame,
  type FixedHeader,
  HashTotal,
  HEADER,
  lineEnd,
  municipalityField,
  readHeader,
  readTrailer,
  sequenceOf,
  strideOf,
  TRAILER,
} from './fixed-frame';
import { isUtf8Text } from './other-encoding';

/**
 * Why a file is refused as a whole.
 * E-ENCODING: UTF-8 · E-RECLEN: a record is shorter or longer than the others · E-HEADER: header or trailer · E-CD-MUNI:
 * check digit of the header's 市町村番号 · E-NO-END: the last record is no trailer · E-SEQ: a record is missing, doubled or
 * out of place · E-COUNT, E-HASH: the trailer counts or sums up other than there is.
 */
export type FixedFileErrorCode =
  | 'E-ENCODING'
  | 'E-RECLEN'
  | 'E-HEADER'
  | 'E-CD-MUNI'
  | 'E-NO-END'
  | 'E-SEQ'
  | 'E-COUNT'
  | 'E-HASH';

export interface FixedRow {
  /** Data row, from 1; its 連番. */
  readonly row: number;
  /** The whole record, without a line end. A view on the file: copy it to keep it. */
  readonly bytes: Uint8Array;
}

export type FixedFile =
  | {
      readonly ok: true;
      readonly header: FixedHeader;
      /** レコード件数: data records only. */
      readonly recordCount: number;
      /** Cuts while it goes, and may be gone through again. */
      readonly rows: Iterable<FixedRow>;
    }
  | {
      readonly ok: false;
      readonly code: FixedFileErrorCode;
      /** 1-based place in the header, or in the trailer for E-COUNT and E-HASH. */
      readonly field: number | null;
      /** Of E-RECLEN: where the first record does not begin that should, in bytes from 0. */
      readonly offset: number | null;
      /** As it could be read all the same. */
      readonly header: FixedHeader | null;
    };

/**
 * A file of records of one length in CP932: header, data records numbered from 1, trailer with their number and the sum of
 * their ten-digit numbers. Takes a final 0x1A, and the last record without its line end. The frame is checked first and
 * cheaply; a record is cut into fields by whoever goes through the rows, so that a file takes no more memory than its
 * bytes. Where records do not begin is no guess made at where they might. Never throws.
 */
export function readFixedFile(bytes: Uint8Array, frame: FixedFrame): FixedFile {
  const file = withoutTail(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  const header = soundHeader(file, frame);
  const refuse = (code: FixedFileErrorCode, field: number | null = null, offset: number | null = null): FixedFile => ({
    ok: false,
    code,
    field,
    offset,
    header: typeof header === 'number' ? null : header,
  });
  if (isUtf8Text(file)) return refuse('E-ENCODING');
  const shifted = firstShift(file, frame);
  if (shifted !== null) return refuse('E-RECLEN', null, shifted);
  if (typeof header === 'number') return refuse(header === municipalityField ? 'E-CD-MUNI' : 'E-HEADER', header);

  const records = recordsOf(file, frame);
  const last = records(records.count - 1);
  if (last[0] !== TRAILER) return refuse('E-NO-END');
  const hash = new HashTotal(frame.hashedAt);
  const recordCount = records.count - 2;
  for (let row = 1; row <= recordCount; row += 1) {
    const record = records(row);
    if (sequenceOf(record) !== row) return refuse('E-SEQ');
    hash.add(record);
  }
  const trailer = readTrailer(last);
  if (trailer.municipality !== header.municipality) return refuse('E-HEADER', municipalityField);
  if (trailer.count !== recordCount) return refuse('E-COUNT', 3);
  if (trailer.hash !== hash.value) return refuse('E-HASH', 4);
  return {
    ok: true,
    header,
    recordCount,
    rows: {
      *[Symbol.iterator]() {
        for (let row = 1; row <= recordCount; row += 1) yield { row, bytes: records(row) };
      },
    },
  };
}

const END_OF_FILE = 0x1a;

function withoutTail(file: Buffer): Buffer {
  return file.at(-1) === END_OF_FILE ? file.subarray(0, -1) : file;
}

/** The header, or the 1-based place of its first fault. */
function soundHeader(file: Buffer, { dataKind, recordBytes }: FixedFrame): FixedHeader | number {
  if (file[0] !== HEADER) return 1;
  const header = readHeader(file.subarray(0, recordBytes));
  const fault = findHeaderFault(header);
  if (fault !== null) return fault;
  return header.dataKind === dataKind ? header : 3;
}

/** Where the first record does not begin that should, or does not end with its line end; null: nowhere. */
function firstShift(file: Buffer, frame: FixedFrame): number | null {
  const { recordBytes, eol = 'none' } = frame;
  const stride = strideOf(frame);
  let at = 0;
  do {
    const kind = file[at];
    if (kind !== HEADER && kind !== DATA && kind !== TRAILER) return at;
    const end = at + recordBytes;
    if (end > file.length) return at;
    if (eol === 'crlf' && end < file.length && !file.subarray(end, end + 2).equals(lineEnd)) return end;
    at += stride;
  } while (at < file.length);
  return null;
}

function recordsOf(file: Buffer, frame: FixedFrame) {
  const stride = strideOf(frame);
  const record = (index: number) => file.subarray(index * stride, index * stride + frame.recordBytes);
  return Object.assign(record, { count: Math.ceil(file.length / stride) });
}
