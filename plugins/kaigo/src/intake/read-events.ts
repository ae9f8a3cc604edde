// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type {
  EnvelopeControl,
  FieldWarning,
  FileReading,
  FileRow,
  Mapping,
  ReleasedRow,
  SubmissionDraft,
} from '@tsunagi/plugin-sdk';
import type { IntakeRules } from '../layout/intake-rules';
import type { OpenRow } from '../layout/open-file';
import { contentHash, readRecordFile, type RecordFileHeader } from '../layout/record-file';
import { type EventFormat, standardFormat } from '../profiles/event-format';
import { type ChangeRecord, fieldNumber } from './event-layout';
import { isOwnForm } from './record-key';
import { type IntakeSettings, toSubmission } from './to-submission';

/** A row that was judged sound. */
export interface ChangeEvent {
  readonly record: ChangeRecord;
  readonly contentHash: string;
  readonly warnings: readonly FieldWarning[];
  /** @default the hub's own */
  readonly format?: EventFormat;
}

/**
 * Reads a file of change records. Never throws.
 * @param format @default the hub's own, a `KAI` file
 * @param released what a person has let pass, of a file whose control record names the insurer
 */
export function readEvents(
  bytes: Uint8Array,
  rules: IntakeRules,
  format: EventFormat = standardFormat,
  fileName = '',
  released?: ReleasedRow,
): FileReading<ChangeEvent, never, RecordFileHeader> {
  return readRecordFile(format.open(bytes, fileName), (row, flags, { madeOn, control }) => {
    const lets = released?.row === row.row && released.override === 'E-CD-HOKENSHA' && format === standardFormat;
    const { fields } = lets && control ? ofControl(row, control) : row;
    const judged = format.judge(fields, rules, madeOn);
    // A number that cannot be an insurer's names none: the right one will bring the record under that of the file.
    const isMisnumbered = !judged.ok && judged.faults[0].code === 'E-CD-HOKENSHA' && format === standardFormat;
    return readRow(isMisnumbered && control ? ofControl(row, control) : row, format, judged, flags);
  });
}

/** A person has looked: the insurer is the one that the control record names. */
function ofControl(row: OpenRow, { insurerNumber }: Pick<EnvelopeControl, 'insurerNumber'>): OpenRow {
  const text = insurerNumber.padStart(8, '0');
  const fields = row.fields.map((field, index) => (index + 1 === fieldNumber('insurer') ? field.saying(text) : field));
  return { ...row, fields };
}

/** The row's event in the common schema. */
export function toEventSubmission(event: ChangeEvent, settings: IntakeSettings): Mapping<SubmissionDraft> {
  const { record, contentHash: hash, warnings, format } = event;
  const of = format
    ? { keyOf: format.keyOf, asks: format.asks, formVersion: format.formVersion ?? settings.formVersion }
    : {};
  return { ok: true, value: toSubmission(record, hash, { ...settings, ...of }), warnings };
}

function readRow(
  { row, content, fields }: OpenRow,
  format: EventFormat,
  judged: ReturnType<EventFormat['judge']>,
  flags: Map<number, FieldWarning>,
): FileRow<ChangeEvent, never> {
  if (!judged.ok) {
    const { label, key } = format.ownKeys(fields);
    return { row, ...(label && { label }), quarantined: { ...judged.faults[0], ...(key && { key }) } };
  }
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  const event = { record, contentHash: contentHash(content), warnings };
  return {
    row,
    // The result file has room for numbers of its own form only; others are found by their row.
    ...(isOwnForm(record.externalNumber) && { label: record.externalNumber }),
    event: format === standardFormat ? event : { ...event, format },
  };
}
