// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning, GaijiTable, RawField } from '@tsunagi/plugin-sdk';
import { inOrder, judgeFields, neededFor, type RecordFaults } from '@tsunagi/plugin-sdk/records';
import { answerLayout, type AnswerKey, type AnswerRecord, fieldNumber } from './answer-layout';

export type JudgedAnswer =
  | { readonly ok: true; readonly record: AnswerRecord; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly faults: RecordFaults; readonly warnings: readonly FieldWarning[] };

/**
 * Judges the fields of one row: every fault by field number, a possible 個人番号 before all others. Never throws.
 * @param insurer whose number 被保険者番号 is; undefined: nobody can tell, and the number is not used.
 */
export function judgeAnswer(
  fields: readonly RawField[],
  rules: { readonly gaiji: GaijiTable; readonly insurer: string | undefined },
): JudgedAnswer {
  if (fields.length !== answerLayout.length) return { ok: false, faults: [{ code: 'E-FIELDS' }], warnings: [] };
  const { values, faults, warnings } = judgeFields(fields, answerLayout, rules.gaiji);
  const key = neededFor(values.action);
  const blank = (name: AnswerKey) => fields[fieldNumber(name) - 1]?.text.trim() === '';
  if (key !== undefined && blank(key)) faults.push({ code: 'E-REQUIRED', field: fieldNumber(key) });
  if (values.insured !== undefined && rules.insurer === undefined)
    warnings.push({ code: 'W-INSURER', field: fieldNumber('insured') });
  const found = inOrder(faults);
  // Without a fault every required field was found filled on the way here.
  return found ? { ok: false, faults: found, warnings } : { ok: true, record: values as AnswerRecord, warnings };
}
