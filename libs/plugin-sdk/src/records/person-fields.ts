// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DisclosedReferral } from '@tsunagi/contracts';
import { dataCategories, type DataCategory, type MemberItems } from '@tsunagi/domain';
import { flagsOf } from './concern-flags';
import { type Fitted, fits, leftOut, type Replacements } from './fitted';
import { kanaField } from './kana-field';
import { kanjiField } from './kanji-field';
import { narrativeText } from './narrative-text';
import { telephoneField } from './telephone-field';

/** The fields that speak of the person a referral is about. */
export type PersonKey =
  | 'kana'
  | 'kanji'
  | 'birthDate'
  | 'sex'
  | 'address'
  | 'telephone'
  | 'concerns'
  | 'householdSize'
  | 'message';

/** What one layout has for them. */
export interface PersonLayout {
  /** Bytes that a field has room for. */
  readonly widthOf: (key: PersonKey) => number;
  /** 生年月日 as the layout writes days; of `YYYY-MM-DD`. */
  readonly dayField: (date: string) => Fitted;
  readonly replacements: Replacements;
}

/** Only what is there has a field. */
type Fields = Partial<Record<PersonKey, Fitted | undefined>>;

interface Written {
  readonly fields: Fields;
  /** What else there is of the category, for which the record has no place, or no more. */
  readonly left?: readonly unknown[];
}

/** What a record can hold of each category. A category without an entry has no place in it. */
const fieldsOf: {
  [C in keyof MemberItems]?: (items: NonNullable<MemberItems[C]>, into: PersonLayout) => Written;
} = {
  identity: ({ name, kana, birthDate, birthDateText, sex, ...more }, into) => ({
    fields: {
      kana: kana === undefined ? undefined : kanaField(kana, into.widthOf('kana'), into.replacements),
      kanji: text('kanji', name, into),
      birthDate: birth(birthDate, birthDateText, into),
      sex: sex && sexes[sex],
    },
    left: [birthDateText, ...Object.values(more)],
  }),
  contact: ({ postalCode, address, residence, telephone, mobile, ...more }, into) => {
    const numbers = [telephone, mobile].filter((number) => number !== undefined);
    const written = numbers.find((number) => toTelephone(number, into).flaw === undefined) ?? numbers[0];
    return {
      fields: {
        address: text('address', address ?? residence, into),
        telephone: written === undefined ? undefined : toTelephone(written, into),
      },
      left: [
        ...numbers.filter((number) => number !== written),
        // The address says where it is without its 郵便番号.
        ...(address === undefined ? [postalCode] : [residence]),
        ...Object.values(more),
      ],
    };
  },
  household_outline: ({ size, ...more }) => ({
    fields: { householdSize: size === undefined ? undefined : fits(String(size)) },
    left: Object.values(more),
  }),
  concern: ({ boxes, mostPressing = [] }) => ({ fields: { concerns: fits(flagsOf(boxes, mostPressing)) } }),
  narrative: (texts, into) => ({ fields: { message: text('message', narrativeText(texts), into) } }),
};

/** For the plugin's declaration: never carried, whatever the referral holds. */
export const notCarriedInRecords: readonly DataCategory[] = dataCategories.filter((name) => !(name in fieldsOf));

export interface PersonFields {
  readonly fields: Fields;
  /**
   * Disclosed, but not, or not all, in the record: nothing of the category could be written, something of it has no field, or
   * a field of it had to be left blank.
   */
  readonly notCarried: DataCategory[];
}

/**
 * The subject's fields. A category is read only where the 提供項目マスク has a 1; everything else stays blank, whatever the
 * message holds.
 */
export function personFields({ subject, others, mask }: DisclosedReferral, into: PersonLayout): PersonFields {
  const fields: Fields = {};
  const incomplete: DataCategory[] = [];
  for (const [bit, category] of dataCategories.entries()) {
    if (mask[bit] !== '1') continue;
    const written = category === 'household' ? others.length > 0 && nothing : write(category, subject.items, into);
    if (!written) continue;
    Object.assign(fields, written.fields);
    if (!isWhole(written)) incomplete.push(category);
  }
  return { fields, notCarried: incomplete };
}

/** `undefined` when the member has no such items. */
function write<C extends keyof MemberItems>(category: C, items: MemberItems, into: PersonLayout): Written | undefined {
  const group = items[category];
  return group === undefined ? undefined : (fieldsOf[category]?.(group, into) ?? nothing);
}

const nothing: Written = { fields: {} };

function isWhole({ fields, left = [] }: Written): boolean {
  const found = Object.values(fields).filter((field) => field !== undefined);
  return found.length > 0 && found.every(({ flaw }) => flaw === undefined) && left.every((one) => one === undefined);
}

function text(key: PersonKey, words: string | undefined, { widthOf, replacements }: PersonLayout): Fitted | undefined {
  return words === undefined ? undefined : kanjiField(words, widthOf(key), replacements);
}

/** 不詳 has no place in a date, and none is invented for it. */
function birth(date: string | undefined, text: string | undefined, { dayField }: PersonLayout): Fitted | undefined {
  if (date !== undefined) return dayField(date);
  return text === undefined ? undefined : leftOut('W-DATE');
}

/** 性別: 1 男 2 女. The field has no code for another; 不明 says nothing that could be lost. */
const sexes: Record<'male' | 'female' | 'other' | 'unknown', Fitted | undefined> = {
  male: fits('1'),
  female: fits('2'),
  other: leftOut('W-CODE'),
  unknown: undefined,
};

function toTelephone(number: string, { widthOf }: PersonLayout): Fitted {
  return telephoneField(number, widthOf('telephone'));
}
