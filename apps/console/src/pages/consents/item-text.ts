// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DataCategory, MemberItems } from '@tsunagi/contracts/words';
import type { Texts } from '../../texts';
import type { Names } from '../../texts/names';

/** What stands in one category, in words; `undefined` = nothing. */
export function itemText(
  items: MemberItems,
  category: DataCategory,
  common: Texts['common'],
  names: Names,
): string | undefined {
  const fields = items[category as keyof MemberItems] as Readonly<Record<string, unknown>> | undefined;
  if (!fields) return undefined;
  const coded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    sex: names.sexNames,
    boxes: names.concernNames,
    mostPressing: names.concernNames,
    interpreter: names.interpreterNames,
    level: names.careLevelNames,
  };
  const fieldNames: Readonly<Record<string, string>> = names.itemNames[category as keyof Names['itemNames']] ?? {};
  const text = (field: string, value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => text(field, one)).join(common.comma);
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    if (typeof value === 'object' && value !== null) return (value as { name?: string }).name ?? '';
    return coded[field]?.[String(value)] ?? String(value);
  };
  return Object.keys(fieldNames)
    .flatMap((field) => (fields[field] === undefined ? [] : [`${fieldNames[field]}: ${text(field, fields[field])}`]))
    .join('\n');
}
