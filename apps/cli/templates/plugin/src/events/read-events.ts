// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning, FileReading, FileRow, GaijiTable, RawField } from '@tsunagi/plugin-sdk';
import { inOrder, judgeFields, type RecordFault } from '@tsunagi/plugin-sdk/records';
import { readRecordFile } from '../layout/record-file';
import { caseNumberForm, eventLayout, type EventRecord } from './event-layout';

/** A record that was judged sound. */
export interface Event {
  readonly record: EventRecord;
  readonly warnings: readonly FieldWarning[];
}

/** Reads a `HOG` file. Never throws. */
export function readEvents(bytes: Uint8Array, gaiji: GaijiTable): FileReading<Event, never, undefined> {
  const file = readRecordFile(bytes, 'HOG');
  if (!file.ok) return file;
  return { ok: true, header: undefined, rows: file.records.map((fields, index) => toRow(fields, index + 1, gaiji)) };
}

/** Every fault of a record, a possible 個人番号 first; or the sound record. */
export function judgeEvent(
  fields: readonly RawField[],
  gaiji: GaijiTable,
): Event | { readonly faults: readonly RecordFault[] } {
  if (fields.length !== eventLayout.length) return { faults: [{ code: 'E-FIELDS' }] };
  const { values, faults, warnings } = judgeFields(fields, eventLayout, gaiji);
  const found = inOrder(faults);
  // Without a fault every required field was found filled.
  return found ? { faults: found } : { record: values as EventRecord, warnings };
}

function toRow(fields: readonly RawField[], row: number, gaiji: GaijiTable): FileRow<Event, never> {
  const judged = judgeEvent(fields, gaiji);
  if ('record' in judged) return { row, label: judged.record.caseNumber, event: judged };
  const number = fields[0]?.text ?? '';
  const named = caseNumberForm.test(number) ? { label: number } : {};
  const { code = 'E-ROW', field } = judged.faults[0] ?? {};
  return { row, ...named, quarantined: { code, field, ...(named.label && { key: named.label }) } };
}
