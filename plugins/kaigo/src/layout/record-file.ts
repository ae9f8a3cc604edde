// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type EnvelopeControl,
  type EnvelopeRow,
  type FieldWarning,
  type FileReading,
  type FileRow,
  readEnvelope,
} from '@tsunagi/plugin-sdk';
import { createHash } from 'node:crypto';
import { dataKind } from './data-kind';
import { readableControl } from './readable-control';

/** What the result file needs of the input beside the answers. */
export interface RecordFileHeader {
  readonly control: Omit<EnvelopeControl, 'recordCount'>;
  /** First flag of each flagged row; complete when all rows have been read. */
  readonly flags: ReadonlyMap<number, FieldWarning>;
}

/** Reads a file of records: the frame at once, the rows one by one as they are asked for. Never throws. */
export function readRecordFile<Event, Answer>(
  bytes: Uint8Array,
  readRow: (row: EnvelopeRow, control: EnvelopeControl, flags: Map<number, FieldWarning>) => FileRow<Event, Answer>,
): FileReading<Event, Answer, RecordFileHeader> {
  const envelope = readEnvelope(bytes, { dataKind });
  const flags = new Map<number, FieldWarning>();
  if (!envelope.ok) {
    const control = readableControl(bytes);
    return {
      ok: false,
      code: envelope.code,
      ...(envelope.field !== null && { field: envelope.field }),
      ...(control && { header: { control, flags } }),
    };
  }
  const { control, rows } = envelope;
  return {
    ok: true,
    header: { control, flags },
    rows: {
      *[Symbol.iterator]() {
        for (const row of rows) yield readRow(row, control, flags);
      },
    },
  };
}

/**
 * SHA-256 over a row's bytes as they came, behind record kind and number: the same record in another file or at another
 * place is the same content.
 */
export function contentHash(line: Uint8Array): string {
  const comma = 0x2c;
  return createHash('sha256')
    .update(line.subarray(line.indexOf(comma, '2,'.length) + 1))
    .digest('hex');
}
