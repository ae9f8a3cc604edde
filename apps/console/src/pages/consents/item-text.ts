// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  careLevelNames,
  concernNames,
  interpreterNames,
  itemNames,
  sexNames,
  type DataCategory,
  type MemberItems,
} from '@tsunagi/contracts/words';

const coded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sex: sexNames,
  boxes: concernNames,
  mostPressing: concernNames,
  interpreter: interpreterNames,
  level: careLevelNames,
};

/** What stands in one category, in words; `undefined` = nothing. */
export function itemText(
  items: MemberItems,
  category: DataCategory,
  says: { yes: string; no: string },
): string | undefined {
  const fields = items[category as keyof MemberItems] as Readonly<Record<string, unknown>> | undefined;
  if (!fields) return undefined;
  const names: Readonly<Record<string, string>> = itemNames[category as keyof typeof itemNames] ?? {};
  const text = (field: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => text(field, one)).join('、');
    if (typeof value === 'boolean') return value ? says.yes : says.no;
    if (typeof value === 'object' && value !== null) return (value as { name?: string }).name ?? '';
    return coded[field]?.[String(value)] ?? String(value);
  };
  return Object.keys(names)
    .flatMap((field) => (fields[field] === undefined ? [] : [`${names[field]}: ${text(field, fields[field])}`]))
    .join('\n');
}
