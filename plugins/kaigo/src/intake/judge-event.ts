// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  checkField,
  type FieldRule,
  type FieldWarning,
  findMyNumber,
  type GaijiTable,
  isInsurerNumber,
  parseYmd,
  type RawField,
} from '@tsunagi/plugin-sdk';
import { type EventKey, eventLayout, type EventRecord, fieldNumber, shortRecord } from './event-layout';
import { readableText } from './readable-text';

/** What the settings say about judging a row. */
export interface IntakeRules {
  readonly gaiji: GaijiTable;
  /** 証記載保険者番号 that are taken; empty = all. */
  readonly insurers: readonly string[];
}

/** Why a row waits: a code and the field's number, never its value. */
export interface EventFault {
  readonly code: string;
  readonly field?: number;
}

export type JudgedEvent =
  | { readonly ok: true; readonly record: EventRecord; readonly warnings: readonly FieldWarning[] }
  | { readonly ok: false; readonly fault: EventFault };

/**
 * Judges the fields of one row: the first fault by field number, except that a possible 個人番号 comes before every other,
 * because the office must clean its record whatever else is wrong with it. Never throws.
 */
export function judgeEvent(fields: readonly RawField[], { gaiji, insurers }: IntakeRules): JudgedEvent {
  if (fields.length !== shortRecord && fields.length !== rules.length) return refuse('E-FIELDS');
  for (const number of texts) {
    if (holdsMyNumber(fields[number - 1])) return refuse('S-MYNUMBER', number);
  }
  const record: Partial<Record<EventKey, string>> = {};
  const warnings: FieldWarning[] = [];
  for (let index = 0; index < fields.length; index += 1) {
    const field = index + 1;
    const raw = fields[index]!;
    const rule = rules[index]!;
    const code = faultOf(raw, rule);
    if (code === 'W-CODE') warnings.push({ code, field });
    else if (code !== null) return refuse(code, field);
    // Only 漢字 can hold 外字: elsewhere they are no 英数 and no コード.
    const { text, warning } = rule.attribute === 'kanji' ? readableText(rule.key, raw.text, gaiji) : { text: raw.text };
    if (warning) warnings.push({ code: warning, field });
    if (text !== '') record[rule.key] = text;
  }
  const { insurer = '', validFrom, validTo } = record;
  if (insurers.length > 0 && !insurers.includes(insurer)) return refuse('E-CODE', fieldNumber('insurer'));
  // An end before its beginning is no period: the end is the field to correct.
  if (validFrom && validTo && validTo < validFrom) return refuse('E-DATE', fieldNumber('validTo'));
  // Every required field was found filled on the way here.
  return { ok: true, record: record as EventRecord, warnings };
}

const rules: readonly (FieldRule & { key: EventKey; date?: true; lenient?: true })[] = eventLayout;

/** Fields in which somebody may have typed an 個人番号. */
const texts = (['kana', 'kanji', 'message', 'address', 'telephone'] as const).map(fieldNumber);

/** The first test spares most fields the slow one. */
function holdsMyNumber(field: RawField | undefined): boolean {
  return field !== undefined && /\p{N}/u.test(field.text) && findMyNumber(field.text).length > 0;
}

function refuse(code: string, field?: number): JudgedEvent {
  return { ok: false, fault: field === undefined ? { code } : { code, field } };
}

function faultOf(field: RawField, rule: (typeof rules)[number]): string | null {
  if (field.code !== null) return field.code;
  const { text } = field;
  const code = checkField(text, rule);
  if (code === 'E-CODE' && rule.lenient) return 'W-CODE';
  if (code !== null || text === '') return code;
  if (text.trim() === '') return rule.required ? 'E-REQUIRED' : null;
  if (rule.date) return parseYmd(text).ok ? null : 'E-DATE';
  return forms[rule.key]?.(text) ?? null;
}

const matching = (form: RegExp, code: string) => (text: string) => (form.test(text) ? null : code);

/** Forms that attribute, length and code list do not say. */
const forms: Partial<Record<EventKey, (text: string) => string | null>> = {
  insurer: (text) => (!/^00[0-9]{6}$/.test(text) ? 'E-CODE' : isInsurerNumber(text) ? null : 'E-CD-HOKENSHA'),
  insured: matching(/^([0-9]{10}|H[0-9]{9})$/, 'E-CODE'),
  concerns: matching(/^[012]{12}$/, 'E-CODE'),
  externalNumber: matching(/^[A-Z0-9-]+$/, 'E-ATTR'),
  householdSize: matching(/^(0?[1-9]|[1-9][0-9])$/, 'E-CODE'),
};
