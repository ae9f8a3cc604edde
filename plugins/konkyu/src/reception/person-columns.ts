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
import { fitting } from '../database/fitting';
import { narrativeText } from './narrative-text';
import { sexCodes } from './reception-codes';
import type { ReceptionRow } from './reception-row';

type Columns = Partial<ReceptionRow>;

/**
 * What the table can hold of each category. A category without an entry has no column; one whose columns all stay empty
 * was not carried either.
 */
const columnsOf: { [C in keyof MemberItems]?: (items: NonNullable<MemberItems[C]>) => Columns } = {
  identity: ({ name, kana, birthDate, birthDateText, sex }) => ({
    shimei: fitting(name, 60),
    furigana: fitting(kana, 60),
    seibetsu: sex ? sexCodes[sex] : null,
    ...birthColumns(birthDate, birthDateText),
  }),
  contact: ({ address, residence, telephone, mobile }) => ({
    jusho: fitting(address ?? residence, 200),
    tel: fitting(telephone, 15) ?? fitting(mobile, 15),
  }),
  household_outline: ({ size }) => ({ setai_ninzu: size ?? null }),
  concern: ({ boxes, mostPressing = [] }) => ({ sodan_naiyo: concernsTo16(flagsOf(boxes, mostPressing)) }),
  narrative: (texts) => ({ renraku_bun: narrativeText(texts) }),
};

/** For the plugin's declaration: never carried, whatever the referral holds. */
export const notCarried: readonly DataCategory[] = dataCategories.filter((name) => !(name in columnsOf));

export interface PersonColumns {
  readonly columns: Columns;
  /** Disclosed, but the table has no place for it. */
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
    const carried = category === 'household' ? (others.length > 0 ? {} : undefined) : carry(category, subject.items);
    if (carried === undefined) continue;
    Object.assign(columns, carried);
    if (Object.values(carried).every((value) => value === null)) leftOut.push(category);
  }
  return { columns, notCarried: leftOut };
}

/** `undefined` when the member has no such items. */
function carry<C extends keyof MemberItems>(category: C, items: MemberItems): Columns | undefined {
  const group = items[category];
  return group === undefined ? undefined : (columnsOf[category]?.(group) ?? {});
}

/**
 * 1 大正 2 昭和 3 平成 4 令和. A day of 明治 has no code there and stays NULL: 999999 would call it 不詳, which it is not.
 */
function birthColumns(date: string | undefined, text: string | undefined): Columns {
  if (date === undefined) return { seinen_gengo: null, seinen_ymd: text === undefined ? null : '999999' };
  const era = formatEraDate(date, ERA_DIGITS_FROM_TAISHO);
  return { seinen_gengo: era?.gengo ?? null, seinen_ymd: era?.yymmdd ?? null };
}

function flagsOf(boxes: readonly Concern[], mostPressing: readonly Concern[]): string {
  return Concern.options.map((box) => (mostPressing.includes(box) ? '2' : boxes.includes(box) ? '1' : '0')).join('');
}
