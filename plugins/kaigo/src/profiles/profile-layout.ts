// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { RawField } from '@tsunagi/plugin-sdk';
import { readCode } from '@tsunagi/plugin-sdk/profiles';
import { matching, type JudgeableField, type ReadValue, type RecordField } from '@tsunagi/plugin-sdk/records';
import { insurerForm } from '../intake/event-layout';
import { longestNumber } from '../intake/record-key';
import { insuredForm } from '../layout/insured-number';
import { codeLists, type Profile, type ProfileFields } from './profile.schema';
import { readDay } from './read-value';

export type ProfileKey = keyof ProfileFields;

/** One field of a record: where the file has it, and what may stand there. */
export interface MappedField {
  /** 1-based place of its first column. */
  readonly place: number;
  readonly rule: RecordField & { readonly key: ProfileKey };
  /** What the columns say together. */
  readonly take: (fields: readonly RawField[]) => JudgeableField;
}

/** The fields that a profile reads, in the order of the file. */
export function layoutOf({ columns: all, fields, eras }: Profile): MappedField[] {
  const eraTable = eras && new Map(Object.entries(eras));
  const mapped = (key: ProfileKey, columns: readonly string[], rule: FieldOf, take: Taking = {}): MappedField => {
    const places = columns.map((column) => all.indexOf(column));
    return {
      place: (places[0] ?? 0) + 1,
      rule: { key, name: columns[0] ?? key, maxBytes: 20, ...rule },
      take: (row) => taken(row, places, take),
    };
  };
  const found: MappedField[] = [];
  for (const key of Object.keys(fields) as ProfileKey[]) {
    const field = fields[key];
    if (field === undefined) continue;
    if ('attribute' in field) {
      const { columns, attribute, maxLength, blank } = field;
      const rule = {
        attribute,
        maxBytes: maxLength,
        spaceAndHyphen: true,
        typed: true,
        form: within(maxLength),
      } as const;
      found.push(mapped(key, columns, { ...rule, required: field.required }, { blank, between: between[key] ?? '' }));
    } else if ('format' in field) {
      // An end printed before an era's own is a day all the same; a birth or a beginning is not.
      const read = readDay(field.format, eraTable, { overrun: key === 'validTo' ? 'convert' : 'refuse' });
      found.push(mapped(key, [field.column], { ...text, required: field.required, read }));
    } else if ('lenient' in field) {
      const read = readCode(codeLists[key as keyof typeof codeLists], field);
      found.push(mapped(key, [field.column], { ...text, required: field.required, read }));
    } else if ('columns' in field)
      found.push(mapped(key, field.columns, { ...text, maxBytes: longestNumber, required: true }, { whole: '-' }));
    else {
      const required = 'required' in field ? field.required : key in always;
      found.push(mapped(key, [field.column], { ...text, required, ...(forms[key] ?? {}) }));
    }
  }
  return found.sort((one, other) => one.place - other.place);
}

type FieldOf = Omit<RecordField, 'key' | 'name' | 'maxBytes'> & { readonly maxBytes?: number };
const text = { attribute: 'text' } as const;

/** Nobody could tell whose record it is without them. */
const always = { insurer: true, insured: true };

/** What stands between the values of several columns. */
const between: Partial<Record<ProfileKey, string>> = { kanji: '　', kana: ' ', message: '　' };

/** The hub counts as JavaScript does: a character that CP932 has no place for may count twice. */
const within = (most: number) => (value: string) => (value.length <= most ? null : 'E-LENGTH');

const forms: Partial<Record<ProfileKey, Pick<RecordField, 'form' | 'read'>>> = {
  insured: { form: insuredForm },
  insurer: { read: readInsurer },
  concerns: { form: matching(/^[012]{12}$/, 'E-CODE') },
  householdSize: { form: matching(/^(0?[1-9]|[1-9][0-9])$/, 'E-CODE') },
};

/** Six digits, or eight as 証記載保険者番号 has them. */
function readInsurer(digits: string): ReadValue {
  const value = /^[0-9]{6}$/.test(digits) ? `00${digits}` : digits;
  const code = insurerForm(value);
  return code === null ? { value } : { code };
}

interface Taking {
  /** Said where there is nothing to say. */
  readonly blank?: readonly string[];
  readonly between?: string;
  /** Every column must say something, with this between them. */
  readonly whole?: string;
}

/** Spaces alone say nothing, in whatever width they are. */
function taken(
  row: readonly RawField[],
  places: readonly number[],
  { blank = [], between, whole }: Taking,
): JudgeableField {
  const parts = places.map((place) => row[place]);
  const texts = parts.map((part) => part?.text.trim() ?? '').map((said) => (blank.includes(said) ? '' : said));
  const code = parts.map((part) => part?.code ?? null).find((found) => found !== null) ?? null;
  const said = texts.filter((one) => one !== '');
  if (whole !== undefined) return { code, text: said.length === texts.length ? said.join(whole) : '' };
  return { code, text: said.join(between) };
}
