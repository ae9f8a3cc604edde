// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type EnvelopeControl,
  type FieldWarning,
  type FileReading,
  type FileRow,
  readEnvelope,
} from '@tsunagi/plugin-sdk';
import { createHash } from 'node:crypto';
import { dataKind } from './data-kind';
import type { OpenFile, OpenRow } from './open-file';
import { readableControl } from './readable-control';

/** What the result file needs of the input beside the answers. */
export interface RecordFileHeader {
  /** Undefined of a file that has none. */
  readonly control: Omit<EnvelopeControl, 'recordCount'> | undefined;
  /** First flag of each flagged row; complete when all rows have been read. */
  readonly flags: ReadonlyMap<number, FieldWarning>;
}

/** A file in the envelope of this interface. */
export function openRecordFile(bytes: Uint8Array): OpenFile {
  const envelope = readEnvelope(bytes, { dataKind });
  if (!envelope.ok) {
    const { code, field } = envelope;
    return { ok: false, code, ...(field !== null && { field }), control: readableControl(bytes) };
  }
  const { control, rows } = envelope;
  return {
    ok: true,
    control,
    rows: {
      *[Symbol.iterator]() {
        for (const { row, bytes: line, fields } of rows) yield { row, content: recordOf(line), fields };
      },
    },
  };
}

/** Reads a file of records: the frame at once, the rows one by one as they are asked for. Never throws. */
export function readRecordFile<Event, Answer>(
  file: OpenFile,
  readRow: (
    row: OpenRow,
    flags: Map<number, FieldWarning>,
    open: Extract<OpenFile, { ok: true }>,
  ) => FileRow<Event, Answer>,
): FileReading<Event, Answer, RecordFileHeader> {
  const flags = new Map<number, FieldWarning>();
  if (!file.ok) {
    const { code, field, control } = file;
    return { ok: false, code, ...(field !== undefined && { field }), ...(control && { header: { control, flags } }) };
  }
  return {
    ok: true,
    header: { control: file.control, flags },
    rows: {
      *[Symbol.iterator]() {
        for (const row of file.rows) yield readRow(row, flags, file);
      },
    },
  };
}

/** A line of the envelope behind record kind and number. */
export function recordOf(line: Uint8Array): Uint8Array {
  const comma = 0x2c;
  return line.subarray(line.indexOf(comma, '2,'.length) + 1);
}

/** SHA-256 over a record's bytes as they came. */
export function contentHash(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
