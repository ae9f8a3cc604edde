// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FieldWarning, hasResidentNumberCheckDigit, sliceFields } from '@tsunagi/plugin-sdk';
import { inOrder, judgeFields, type RecordFaults } from '@tsunagi/plugin-sdk/records';
import type { IntakeRules } from '../layout/intake-rules';
import { convertingEras, type EventRecord, fieldNumber, layoutFor } from './event-layout';

export type JudgedEvent =
  | { readonly ok: true; readonly record: EventRecord; readonly warnings: readonly FieldWarning[] }
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
): JudgedEvent {
  const { override } = rules;
  const layout = override === 'E-ERA' ? layoutFor(rules).map(convertingEras) : layoutFor(rules);
  const sliced = sliceFields(bytes, layout);
  const fields =
    override === 'E-CD-MUNI'
      ? sliced.map((field, at) => (at + 1 === fieldNumber('municipality') ? field.saying(municipality) : field))
      : sliced;
  const { values, faults, warnings } = judgeFields(fields, layout, rules.gaiji);
  const { resident = '', validFrom, validTo } = values;
  if (values.municipality !== undefined && values.municipality !== municipality)
    faults.push({ code: 'E-CODE', field: fieldNumber('municipality') });
  // An end before its beginning is no period: the end is the field to correct.
  if (validFrom && validTo && validTo < validFrom) faults.push({ code: 'E-DATE', field: fieldNumber('validTo') });
  // Old numbers were not issued again when check digits came: never more than a flag.
  if (!/^0*$/.test(resident) && hasResidentNumberCheckDigit(resident) === false)
    warnings.push({ code: 'W-CD-ATENA', field: fieldNumber('resident') });
  const found = inOrder(faults);
  // Without a fault every required field was found filled on the way here.
  return found ? { ok: false, faults: found, warnings } : { ok: true, record: values as EventRecord, warnings };
}
