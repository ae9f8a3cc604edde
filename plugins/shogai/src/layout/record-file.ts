// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type FieldWarning,
  type FileReading,
  type FileRow,
  type FixedFrame,
  type FixedHeader,
  type FixedFile,
  type FixedRow,
  readFixedFile,
} from '@tsunagi/plugin-sdk';
import { createHash } from 'node:crypto';
import type { IntakeRules } from './intake-rules';

/** What the result file needs of the input beside the answers. */
export interface RecordFileHeader {
  /** Undefined where it could not be read. */
  readonly header: FixedHeader | undefined;
  /** First flag of each flagged row; complete when all rows have been read. */
  readonly flags: ReadonlyMap<number, FieldWarning>;
}

/** A file whose frame is not as it should be. */
export interface RefusedFile {
  readonly ok: false;
  readonly code: string;
  readonly field?: number;
  readonly offset?: number;
  readonly header?: FixedHeader;
}

/** The frame of a file; one of another municipality than the settings' is refused with E-CODE. */
export function readFrame(
  bytes: Uint8Array,
  frame: FixedFrame,
  { municipality }: IntakeRules,
): Extract<FixedFile, { ok: true }> | RefusedFile {
  const file = readFixedFile(bytes, frame);
  if (!file.ok) {
    const { code, field, offset, header } = file;
    return {
      ok: false,
      code,
      ...(field !== null && { field }),
      ...(offset !== null && { offset }),
      ...(header !== null && { header }),
    };
  }
  const { header } = file;
  const served = municipality === undefined || header.municipality === municipality;
  return served ? file : { ok: false, code: 'E-CODE', field: 2, header };
}

/** Reads a file of records: the frame at once, the rows one by one as they are asked for. Never throws. */
export function readRecordFile<Event, Answer>(
  bytes: Uint8Array,
  frame: FixedFrame,
  rules: IntakeRules,
  readRow: (row: FixedRow, header: FixedHeader, flags: Map<number, FieldWarning>) => FileRow<Event, Answer>,
): FileReading<Event, Answer, RecordFileHeader> {
  const file = readFrame(bytes, frame, rules);
  const flags = new Map<number, FieldWarning>();
  if (!file.ok) return { ...file, header: { header: file.header, flags } };
  const { header, rows } = file;
  return {
    ok: true,
    header: { header, flags },
    rows: {
      *[Symbol.iterator]() {
        for (const row of rows) yield readRow(row, header, flags);
      },
    },
  };
}

/**
 * SHA-256 over a record's bytes as they came, behind 区分 and 連番: the same record in another file or at another place is
 * the same content.
 */
export function contentHash(record: Uint8Array): string {
  return createHash('sha256').update(record.subarray(8)).digest('hex');
}

/** Of several files of one kind: 送信連番 counts per municipality and データ種別. */
export function transmissionOf({ header }: RecordFileHeader): string {
  return `${header?.municipality}/${header?.dataKind}/${header?.transmission}`;
}
