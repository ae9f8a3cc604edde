// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type FieldWarning, type GaijiTable, sliceFields } from '@tsunagi/plugin-sdk';
import { inOrder, judgeFields, neededFor, type RecordFaults } from '@tsunagi/plugin-sdk/records';
import { answerLayout, type AnswerRecord, fieldNumber } from './answer-layout';

export type JudgedAnswer =
  | { readonly ok: true; readonly record: AnswerRecord; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly faults: RecordFaults; readonly warnings: readonly FieldWarning[] };

/**
 * Judges one record: every fault by field number, a possible 個人番号 before all others. Never throws.
 * @param municipality the header's; a record of another is none of this file's.
 */
export function judgeAnswer(
  bytes: Uint8Array,
  municipality: string,
  { gaiji }: { readonly gaiji: GaijiTable },
): JudgedAnswer {
  const fields = sliceFields(bytes, answerLayout);
  const { values, faults, warnings } = judgeFields(fields, answerLayout, gaiji);
  const key = neededFor(values.action);
  if (key !== undefined && fields[fieldNumber(key) - 1]?.text.trim() === '')
    faults.push({ code: 'E-REQUIRED', field: fieldNumber(key) });
  if (values.municipality !== undefined && values.municipality !== municipality)
    faults.push({ code: 'E-CODE', field: fieldNumber('municipality') });
  const found = inOrder(faults);
  // Without a fault every required field was found filled on the way here.
  return found ? { ok: false, faults: found, warnings } : { ok: true, record: values as AnswerRecord, warnings };
}
