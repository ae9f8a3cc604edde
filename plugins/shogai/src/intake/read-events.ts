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
import { type EventFormat, standardFormat } from '../profiles/event-format';
import type { ChangeRecord } from './event-layout';
import { judgeEvent, type Overridden } from './judge-event';
import { type IntakeSettings, toSubmission } from './to-submission';

/** A row that was judged sound. */
export interface ChangeEvent {
  readonly record: ChangeRecord;
  readonly format: EventFormat;
  readonly contentHash: string;
  readonly warnings: readonly FieldWarning[];
}

/** Reads an `SHG` file. Never throws. */
export function readEvents(
  bytes: Uint8Array,
  rules: IntakeRules,
  released?: ReleasedRow,
  format: EventFormat = standardFormat,
): FileReading<ChangeEvent, never, RecordFileHeader> {
  return readRecordFile(bytes, format.frame(rules), rules, (row, header, flags) => {
    const override = released?.row === row.row ? released.override : undefined;
    return readRow(row, header, { ...rules, override, format }, flags);
  });
}

/** The row's event in the common schema. */
export function toEventSubmission(event: ChangeEvent, settings: IntakeSettings): Mapping<SubmissionDraft> {
  const { record, contentHash: hash, warnings, format } = event;
  const { keyOf, formVersion = settings.formVersion } = format;
  return { ok: true, value: toSubmission(record, hash, { ...settings, formVersion, keyOf }), warnings };
}

function readRow(
  { row, bytes }: FixedRow,
  { municipality }: FixedHeader,
  { format, ...rules }: IntakeRules & Overridden & { readonly format: EventFormat },
  flags: Map<number, FieldWarning>,
): FileRow<ChangeEvent, never> {
  const judged = judgeEvent(bytes, municipality, rules, format);
  if (!judged.ok) {
    const { code, field } = judged.faults[0];
    const externalNumber = externalNumberIn(bytes, format, rules);
    if (externalNumber === undefined) return { row, quarantined: { code, field } };
    const key = format.keyOf({ municipality, externalNumber });
    return { row, label: externalNumber, quarantined: { code, field, key } };
  }
  const { record, warnings } = judged;
  if (warnings[0]) flags.set(row, warnings[0]);
  return { row, label: record.externalNumber, event: { record, contentHash: contentHash(bytes), warnings, format } };
}

/** The sender's own number of a row that waits, where it is of its form: it finds its record by it. */
function externalNumberIn(bytes: Uint8Array, format: EventFormat, rules: IntakeRules): string | undefined {
  const text = sliceFields(bytes, format.layout(rules).all)[format.externalNumber - 1]?.text ?? '';
  return /^[A-Z0-9-]{1,20}$/.test(text) ? text : undefined;
}
