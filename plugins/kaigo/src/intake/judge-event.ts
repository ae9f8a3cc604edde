// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning, RawField } from '@tsunagi/plugin-sdk';
import type { IntakeRules } from '../layout/intake-rules';
import { inOrder, judgeFields, type RecordFaults } from '@tsunagi/plugin-sdk/records';
import { type ChangeRecord, eventLayout, type EventRecord, fieldNumber, shortRecord } from './event-layout';

export type JudgedEvent =
  | { readonly ok: true; readonly record: ChangeRecord; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly faults: RecordFaults; readonly warnings: readonly FieldWarning[] };

/** Judges the fields of one row: every fault by field number, a possible 個人番号 before all others. Never throws. */
export function judgeEvent(fields: readonly RawField[], { gaiji, insurers }: IntakeRules): JudgedEvent {
  if (fields.length !== shortRecord && fields.length !== eventLayout.length)
    return { ok: false, faults: [{ code: 'E-FIELDS' }], warnings: [] };
  const { values, faults, warnings } = judgeFields(fields, eventLayout, gaiji);
  const { insurer, validFrom, validTo } = values;
  if (insurer !== undefined && insurers.length > 0 && !insurers.includes(insurer))
    faults.push({ code: 'E-CODE', field: fieldNumber('insurer') });
  // An end before its beginning is no period: the end is the field to correct.
  if (validFrom && validTo && validTo < validFrom) faults.push({ code: 'E-DATE', field: fieldNumber('validTo') });
  const found = inOrder(faults);
  // Without a fault every required field was found filled on the way here.
  return found ? { ok: false, faults: found, warnings } : { ok: true, record: values as EventRecord, warnings };
}
