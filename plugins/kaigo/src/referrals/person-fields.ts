// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Concern,
  dataCategories,
  type DataCategory,
  type DisclosedReferral,
  formatYmd,
  type MemberItems,
} from '@tsunagi/plugin-sdk';
import { type Fitted, fits, leftOut, type Replacements } from '../layout/fitted';
import { kanaField } from '../layout/kana-field';
import { kanjiField } from '../layout/kanji-field';
import { telephoneField } from '../layout/telephone-field';
import { narrativeText } from './narrative-text';
import { type ReferralKey, widthOf } from './referral-layout';

/** Only what is there has a field. */
type Fields = Partial<Record<ReferralKey, Fitted | undefined>>;

interface Written {
  readonly fields: Fields;
  /** What else there is of the category, for which the record has no place, or no more. */
  readonly left?: readonly unknown[];
}

/** What the record can hold of each category. A category without an entry has no place in it. */
const fieldsOf: {
  [C in keyof MemberItems]?: (items: NonNullable<MemberItems[C]>, replacements: Replacements) => Written;
} = {
  identity: ({ name, kana, birthDate, birthDateText, sex, ...more }, replacements) => ({
    fields: {
      kana: kana === undefined ? undefined : kanaField(kana, widthOf('kana'), replacements),
      kanji: text('kanji', name, replacements),
      birthDate: birth(birthDate, birthDateText),
      sex: sex && sexes[sex],
    },
    left: [birthDateText, ...Object.values(more)],
  }),
  contact: ({ postalCode, address, residence, telephone, mobile, ...more }, replacements) => {
    const numbers = [telephone, mobile].filter((number) => number !== undefined);
    const written = numbers.find((number) => toTelephone(number).flaw === undefined) ?? numbers[0];
    return {
      fields: {
        address: text('address', address ?? residence, replacements),
        telephone: written === undefined ? undefined : toTelephone(written),
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
  narrative: (texts, replacements) => ({ fields: { message: text('message', narrativeText(texts), replacements) } }),
};

/** For the plugin's declaration: never carried, whatever the referral holds. */
export const notCarried: readonly DataCategory[] = dataCategories.filter((name) => !(name in fieldsOf));

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
export function personFields({ subject, others, mask }: DisclosedReferral, replacements: Replacements): PersonFields {
  const fields: Fields = {};
  const incomplete: DataCategory[] = [];
  for (const [bit, category] of dataCategories.entries()) {
    if (mask[bit] !== '1') continue;
    const written =
      category === 'household' ? others.length > 0 && nothing : write(category, subject.items, replacements);
    if (!written) continue;
    Object.assign(fields, written.fields);
    if (!isWhole(written)) incomplete.push(category);
  }
  return { fields, notCarried: incomplete };
}

/** `undefined` when the member has no such items. */
function write<C extends keyof MemberItems>(
  category: C,
  items: MemberItems,
  replacements: Replacements,
): Written | undefined {
  const group = items[category];
  return group === undefined ? undefined : (fieldsOf[category]?.(group, replacements) ?? nothing);
}

const nothing: Written = { fields: {} };

function isWhole({ fields, left = [] }: Written): boolean {
  const found = Object.values(fields).filter((field) => field !== undefined);
  return found.length > 0 && found.every(({ flaw }) => flaw === undefined) && left.every((one) => one === undefined);
}

function text(key: ReferralKey, words: string | undefined, replacements: Replacements): Fitted | undefined {
  return words === undefined ? undefined : kanjiField(words, widthOf(key), replacements);
}

/** 不詳 has no place in a date, and none is invented for it. */
function birth(date: string | undefined, text: string | undefined): Fitted | undefined {
  if (date !== undefined) return fits(formatYmd(date));
  return text === undefined ? undefined : leftOut('W-DATE');
}

/** 性別: 1 男 2 女. The field has no code for another; 不明 says nothing that could be lost. */
const sexes: Record<'male' | 'female' | 'other' | 'unknown', Fitted | undefined> = {
  male: fits('1'),
  female: fits('2'),
  other: leftOut('W-CODE'),
  unknown: undefined,
};

function toTelephone(number: string): Fitted {
  return telephoneField(number, widthOf('telephone'));
}

/** 12 flags in the order of the つなぐシート; 2 is ◎. */
function flagsOf(boxes: readonly Concern[], mostPressing: readonly Concern[]): string {
  return Concern.options.map((box) => (mostPressing.includes(box) ? '2' : boxes.includes(box) ? '1' : '0')).join('');
}
