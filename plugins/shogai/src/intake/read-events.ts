// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  type FieldWarning,
  type FileReading,
  type FileRow,
  type FixedHeader,
  type FixedRow,
  type Mapping,
  type ReleasedRow,
  sliceFields,
  type SubmissionDraft,
} from '@tsunagi/plugin-sdk';
import type { IntakeRules } from '../layout/intake-rules';
import { contentHash, readRecordFile, type RecordFileHeader } from '../layout/record-file';
import { eventLayout, type EventRecord, fieldNumber } from './event-layout';
import { judgeEvent, type Overridden } from './judge-event';
import { submissionKey } from './record-key';
import { type IntakeSettings, toSubmission } from './to-submission';

/** A row that was judged sound. */
export interface ChangeEvent {
  readonly record: EventRecord;
  readonly contentHash: string;
  readonly warnings: readonly FieldWarning[];
}

/** Reads an `SHG` file. Never throws. */
export function readEvents(
  bytes: Uint8Array,
  rules: IntakeRules,
  released?: ReleasedRow,
): FileReading<ChangeEvent, never, RecordFileHeader> {
  return readRecordFile(bytes, 'SHG', rules, (row, header, flags) =>
    readRow(row, header, { ...rules, override: released?.row === row.row ? released.override : undefined }, flags),
  );
}

/** The row's event in the common schema. */
export function toEventSubmission(event: ChangeEvent, settings: IntakeSettings): Mapping<SubmissionDraft> {
  const { record, contentHash: hash, warnings } = event;
  return { ok: true, value: toSubmission(record, hash, settings), warnings };
}

function readRow(
  { row, bytes }: FixedRow,
  { municipality }: FixedHeader,
  rules: IntakeRules & Overridden,
  flags: Map<number, FieldWarning>,
): FileRow<ChangeEvent, never> {
  const judged = judgeEvent(bytes, municipality, rules);
  if (!judged.ok) {
    const { code, field } = judged.faults[0];
    const externalNumber = externalNumberIn(bytes);
    if (externalNumber === undefined) return { row, quarantined: { code, field } };
    const key = submissionKey({ municipality, externalNumber });
    return { row, label: externalNumber, quarantined: { code, field, key } };
  }
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  return { row, label: record.externalNumber, event: { record, contentHash: contentHash(bytes), warnings } };
}

/** The sender's own number of a row that waits, where it is of its form: it finds its record by it. */
function externalNumberIn(bytes: Uint8Array): string | undefined {
  const text = sliceFields(bytes, eventLayout)[fieldNumber('externalNumber') - 1]?.text ?? '';
  return /^[A-Z0-9-]{1,20}$/.test(text) ? text : undefined;
}
