// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  Concern,
  concernsTo16,
  dataCategories,
  type DataCategory,
  type DisclosedReferral,
  ERA_DIGITS_FROM_TAISHO,
  formatEraDate,
  type MemberItems,
} from '@tsunagi/plugin-sdk';
import { cutText, fitting } from '../database/fitting';
import { narrativeText } from './narrative-text';
import { sexCodes } from './reception-codes';
import type { ReceptionRow } from './reception-row';

type Columns = Partial<ReceptionRow>;

interface Carried {
  readonly columns: Columns;
  /** What else there is of the category, for which the table has no column, or none that is wide enough. */
  readonly left?: readonly unknown[];
}

/**
 * What the table can hold of each category. A category without an entry has no column; one whose columns all stay empty
 * was not carried either.
 */
const columnsOf: { [C in keyof MemberItems]?: (items: NonNullable<MemberItems[C]>) => Carried } = {
  identity: ({ name, kana, birthDate, birthDateText, sex, ...more }) => {
    const texts = { shimei: fitting(name, 60), furigana: fitting(kana, 60) };
    const birth = birthColumns(birthDate, birthDateText);
    return {
      columns: { ...texts, seibetsu: sex ? sexCodes[sex] : null, ...birth },
      left: [
        texts.shimei === null ? name : undefined,
        texts.furigana === null ? kana : undefined,
        birth.seinen_ymd === null ? birthDate : undefined,
        birthDateText,
        ...Object.values(more),
      ],
    };
  },
  contact: ({ postalCode, address, residence, telephone, mobile, ...more }) => {
    const place = address ?? residence;
    const columns = { jusho: fitting(place, 200), tel: fitting(telephone, 15) ?? fitting(mobile, 15) };
    return {
      columns,
      left: [
        columns.jusho === null ? place : undefined,
        ...[telephone, mobile].filter((number) => number !== (columns.tel ?? undefined)),
        // The address says where it is without its 郵便番号.
        ...(address === undefined ? [postalCode] : [residence]),
        ...Object.values(more),
      ],
    };
  },
  household_outline: ({ size, ...more }) => ({ columns: { setai_ninzu: size ?? null }, left: Object.values(more) }),
  concern: ({ boxes, mostPressing = [] }) => ({
    columns: { sodan_naiyo: concernsTo16(flagsOf(boxes, mostPressing)) },
  }),
  narrative: (texts) => {
    const text = narrativeText(texts);
    const renraku_bun = text && cutText(text, 2000);
    return { columns: { renraku_bun }, left: renraku_bun === text ? [] : [text] };
  },
};

/** For the plugin's declaration: never carried, whatever the referral holds. */
export const notCarried: readonly DataCategory[] = dataCategories.filter((name) => !(name in columnsOf));

export interface PersonColumns {
  readonly columns: Columns;
  /** Disclosed, but not, or not all, in the row. */
  readonly notCarried: DataCategory[];
}

/**
 * The subject's columns. A category is read only where the 提供項目マスク has a 1; everything else stays NULL, whatever the
 * message holds.
 */
export function personColumns({ subject, others, mask }: DisclosedReferral): PersonColumns {
  const columns: Columns = {};
  const leftOut: DataCategory[] = [];
  for (const [bit, category] of dataCategories.entries()) {
    if (mask[bit] !== '1') continue;
    const carried = category === 'household' ? others.length > 0 && nothing : carry(category, subject.items);
    if (!carried) continue;
    Object.assign(columns, carried.columns);
    if (!isWhole(carried)) leftOut.push(category);
  }
  return { columns, notCarried: leftOut };
}

/** `undefined` when the member has no such items. */
function carry<C extends keyof MemberItems>(category: C, items: MemberItems): Carried | undefined {
  const group = items[category];
  return group === undefined ? undefined : (columnsOf[category]?.(group) ?? nothing);
}

const nothing: Carried = { columns: {} };

function isWhole({ columns, left = [] }: Carried): boolean {
  return Object.values(columns).some((value) => value !== null) && left.every((one) => one === undefined);
}

/**
 * 1 大正 2 昭和 3 平成 4 令和. A day of 明治 has no code there and stays NULL: 999999 would call it 不詳, which it is not.
 */
function birthColumns(
  date: string | undefined,
  text: string | undefined,
): Pick<ReceptionRow, 'seinen_gengo' | 'seinen_ymd'> {
  if (date === undefined) return { seinen_gengo: null, seinen_ymd: text === undefined ? null : '999999' };
  const era = formatEraDate(date, ERA_DIGITS_FROM_TAISHO);
  return { seinen_gengo: era?.gengo ?? null, seinen_ymd: era?.yymmdd ?? null };
}

function flagsOf(boxes: readonly Concern[], mostPressing: readonly Concern[]): string {
  return Concern.options.map((box) => (mostPressing.includes(box) ? '2' : boxes.includes(box) ? '1' : '0')).join('');
}
