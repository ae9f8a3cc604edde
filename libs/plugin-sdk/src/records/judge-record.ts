// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { FieldWarning } from '@tsunagi/contracts';
import { day } from '@tsunagi/domain';
import { checkField, type GaijiTable, parseGyymmdd, parseYmd, type RawField } from '@tsunagi/legacy';
import { findMyNumber } from '@tsunagi/text';
import { readableText } from './readable-text';
import type { ReadValue, RecordField } from './record-field';

/** Why a row waits: a code and the field's number, never its value. */
export interface RecordFault {
  readonly code: string;
  readonly field?: number;
  /** Of E-ERA: `YYYY-MM-DD` that was probably meant. Comes from a value; not to leave the department's own place. */
  readonly suggestion?: string;
}

/** What is wrong with a row, in the order in which it is told: the first stands for the row. */
export type RecordFaults = readonly [RecordFault, ...RecordFault[]];

export interface JudgedFields<K extends string> {
  /** Of the fields in which nothing was found wrong. */
  readonly values: Partial<Record<K, string>>;
  readonly faults: RecordFault[];
  readonly warnings: FieldWarning[];
}

/** What is judged of a field. */
export type JudgeableField = Pick<RawField, 'text' | 'code'>;

/** Judges the fields of one row against their layout, as many of it as there are. Never throws. */
export function judgeFields<K extends string>(
  fields: readonly JudgeableField[],
  layout: readonly (RecordField & { readonly key: K })[],
  gaiji: GaijiTable,
): JudgedFields<K> {
  const values: Partial<Record<K, string>> = {};
  const faults: RecordFault[] = [];
  const warnings: FieldWarning[] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const field = index + 1;
    const raw = fields[index]!;
    const rule = layout[index]!;
    const code = rule.typed && holdsMyNumber(raw) ? myNumber : faultOf(raw, rule);
    if (code === 'W-CODE') warnings.push({ code, field });
    else if (code !== null) {
      faults.push({ code, field });
      continue;
    }
    const { text, warning } = mayHoldGaiji(rule) ? readableText(rule.key, raw.text, gaiji) : { text: raw.text };
    if (warning) warnings.push({ code: warning, field });
    if (text.trim() === '') continue;
    const read = rule.era ? westernDay(text, rule.era) : (rule.read?.(text) ?? { value: text });
    if ('code' in read) {
      faults.push({ ...read, field });
      continue;
    }
    if (read.value !== '') values[rule.key] = read.value;
    if (read.warning) warnings.push({ code: read.warning, field });
  }
  return { values, faults, warnings };
}

/**
 * Undefined when there are none. By field number, except that a possible 個人番号 comes before every other fault, because the office must clean its record
 * whatever else is wrong with it.
 */
export function inOrder(faults: readonly RecordFault[]): RecordFaults | undefined {
  const place = ({ code, field = 0 }: RecordFault) => (code === myNumber ? field - 100 : field);
  const [first, ...more] = [...faults].sort((one, other) => place(one) - place(other));
  return first && [first, ...more];
}

const myNumber = 'S-MYNUMBER';

/** Elsewhere they are no 英数 and no コード. */
const mayHoldGaiji = ({ attribute }: RecordField) => attribute === 'kanji' || attribute === 'text';

/** The first test spares most fields the slow one. */
function holdsMyNumber(field: JudgeableField): boolean {
  return /\p{N}/u.test(field.text) && findMyNumber(field.text).length > 0;
}

function faultOf(field: JudgeableField, rule: RecordField): string | null {
  if (field.code !== null) return field.code;
  const { text } = field;
  const code = checkField(text, rule);
  if (code === 'E-CODE' && rule.lenient) return rule.form?.(text) ?? 'W-CODE';
  if (code !== null || text === '') return code;
  if (text.trim() === '') return rule.required ? 'E-REQUIRED' : null;
  if (rule.date) return isRealDay(text) ? null : 'E-DATE';
  if (rule.time) return /^([01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]$/.test(text) ? null : 'E-DATE';
  return rule.form?.(text) ?? null;
}

/** A day written in an era, as `YYYYMMDD`. */
function westernDay(text: string, { table, overrun }: NonNullable<RecordField['era']>): ReadValue {
  const parsed = parseGyymmdd(text.replace(/^0(?=[0-9]{7}$)/, ''), table, { overrun });
  if (!parsed.ok) {
    const suggestion = parsed.code === 'E-ERA' ? parsed.suggestion : null;
    return { code: parsed.code, ...(suggestion !== null && { suggestion }) };
  }
  if (!day.safeParse(parsed.date).success) return { code: 'E-DATE' };
  return { value: parsed.date.replaceAll('-', ''), warning: parsed.warning };
}

/** A day of our centuries: 00010101 is as little a date as 20230229. */
function isRealDay(text: string): boolean {
  const parsed = parseYmd(text);
  return parsed.ok && day.safeParse(parsed.date).success;
}
