// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  EnvelopeControl,
  EnvelopeRow,
  FieldWarning,
  FileReading,
  FileRow,
  Mapping,
  RawField,
  ReleasedRow,
  SubmissionDraft,
} from '@tsunagi/plugin-sdk';
import type { IntakeRules } from '../layout/intake-rules';
import { contentHash, readRecordFile, type RecordFileHeader } from '../layout/record-file';
import { type EventKey, type EventRecord, fieldNumber } from './event-layout';
import { judgeEvent } from './judge-event';
import { submissionKey } from './record-key';
import { type IntakeSettings, toSubmission } from './to-submission';

/** A row that was judged sound. */
export interface ChangeEvent {
  readonly record: EventRecord;
  readonly contentHash: string;
  readonly warnings: readonly FieldWarning[];
}

/** Reads a `KAI` file. Never throws. */
export function readEvents(
  bytes: Uint8Array,
  rules: IntakeRules,
  released?: ReleasedRow,
): FileReading<ChangeEvent, never, RecordFileHeader> {
  return readRecordFile(bytes, (row, control, flags) => {
    const lets = released?.row === row.row && released.override === 'E-CD-HOKENSHA';
    return readRow(lets ? ofControl(row, control) : row, rules, flags);
  });
}

/** A person has looked: the insurer is the one that the control record names. */
function ofControl(row: EnvelopeRow, { insurerNumber }: EnvelopeControl): EnvelopeRow {
  const text = insurerNumber.padStart(8, '0');
  const fields = row.fields.map((field, index) => (index + 1 === fieldNumber('insurer') ? field.saying(text) : field));
  return { ...row, fields };
}

/** The row's event in the common schema. */
export function toEventSubmission(event: ChangeEvent, settings: IntakeSettings): Mapping<SubmissionDraft> {
  const { record, contentHash: hash, warnings } = event;
  return { ok: true, value: toSubmission(record, hash, settings), warnings };
}

function readRow(
  { row, bytes, fields }: EnvelopeRow,
  rules: IntakeRules,
  flags: Map<number, FieldWarning>,
): FileRow<ChangeEvent, never> {
  const judged = judgeEvent(fields, rules);
  if (!judged.ok) return { row, ...ownKeys(fields), quarantined: { ...judged.faults[0], ...namedKey(fields) } };
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  return { row, label: record.externalNumber, event: { record, contentHash: contentHash(bytes), warnings } };
}

const sender = (fields: readonly RawField[], key: EventKey, form: RegExp) => {
  const text = fields[fieldNumber(key) - 1]?.text ?? '';
  return form.test(text) ? text : undefined;
};
const externalNumberOf = (fields: readonly RawField[]) => sender(fields, 'externalNumber', /^[A-Z0-9-]{1,20}$/);

/** The sender's own number of a row that waits, where it is of its form: it finds its record by it. */
function ownKeys(fields: readonly RawField[]): { label?: string } {
  const label = externalNumberOf(fields);
  return label === undefined ? {} : { label };
}

function namedKey(fields: readonly RawField[]): { key?: string } {
  const insurer = sender(fields, 'insurer', /^[0-9]{8}$/);
  const externalNumber = externalNumberOf(fields);
  return insurer && externalNumber ? { key: submissionKey({ insurer, externalNumber }) } : {};
}
