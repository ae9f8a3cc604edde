// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FieldWarning, hasResidentNumberCheckDigit, sliceFields } from '@tsunagi/plugin-sdk';
import { inOrder, judgeFields, type RecordFault, type RecordFaults } from '@tsunagi/plugin-sdk/records';
import type { IntakeRules } from '../layout/intake-rules';
import { type EventFormat, type EventLayout, type ReadKey, standardFormat } from '../profiles/event-format';
import { type ChangeRecord, convertingEras } from './event-layout';

export type JudgedEvent =
  | { readonly ok: true; readonly record: ChangeRecord; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly faults: RecordFaults; readonly warnings: readonly FieldWarning[] };

/** A person lets the record go on in spite of this fault: an era, or the municipality of the row. */
export interface Overridden {
  readonly override?: string | undefined;
}

/**
 * Judges one record: every fault by field number, a possible 個人番号 before all others. Never throws.
 * @param municipality the header's; a record of another is none of this file's.
 */
export function judgeEvent(
  bytes: Uint8Array,
  municipality: string,
  rules: Pick<IntakeRules, 'gaiji' | 'validityDates'> & Overridden,
  format: EventFormat = standardFormat,
): JudgedEvent {
  const { override } = rules;
  const layout = override === 'E-ERA' ? converting(format.layout(rules)) : format.layout(rules);
  const { all, read, places } = layout;
  const sliced = sliceFields(bytes, all);
  const fields = places.map((at, index) => {
    const field = sliced[at]!;
    return override === 'E-CD-MUNI' && read[index]?.key === 'municipality' ? field.saying(municipality) : field;
  });
  const judged = judgeFields(fields, read, format.gaiji ?? rules.gaiji);
  const { values } = judged;
  const placed = <F extends { readonly field?: number | undefined }>(one: F): F =>
    one.field === undefined ? one : { ...one, field: (places[one.field - 1] ?? 0) + 1 };
  const faults: RecordFault[] = judged.faults.map(placed);
  const warnings = judged.warnings.map(placed);
  const { resident = '', validFrom, validTo } = values;
  if (values.municipality !== undefined && values.municipality !== municipality)
    faults.push({ code: 'E-CODE', ...placeOf('municipality', layout) });
  // An end before its beginning is no period: the end is the field to correct.
  if (validFrom && validTo && validTo < validFrom) faults.push({ code: 'E-DATE', ...placeOf('validTo', layout) });
  // Old numbers were not issued again when check digits came: never more than a flag.
  if (!/^0*$/.test(resident) && hasResidentNumberCheckDigit(resident) === false)
    warnings.push({ code: 'W-CD-ATENA', ...placeOf('resident', layout) });
  const found = inOrder(faults);
  return found
    ? { ok: false, faults: found, warnings }
    : { ok: true, record: format.recordOf(values, municipality), warnings };
}

const converting = ({ all, read, places }: EventLayout): EventLayout => ({
  all,
  read: read.map(convertingEras),
  places,
});

/** Of a field that was read. */
function placeOf(key: ReadKey, { read, places }: EventLayout): { readonly field: number } {
  return { field: places[read.findIndex((field) => field.key === key)]! + 1 };
}
