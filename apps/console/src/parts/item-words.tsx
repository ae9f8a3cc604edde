// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MemberItems } from '@tsunagi/contracts/words';
import { itemKinds, type FieldKind, type ItemCategory } from './item-fields';
import { Facts } from './page';
import { dayText } from './time';
import { useLanguage, useTexts } from '../texts';
import { useNames } from '../texts/names';

const categories = Object.keys(itemKinds) as ItemCategory[];

/** A value as one reads it. */
export function useItemWords() {
  const { common, desk } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const codes: Readonly<Partial<Record<FieldKind, Readonly<Record<string, string>>>>> = {
    sex: names.sexNames,
    interpreter: names.interpreterNames,
    careLevel: names.careLevelNames,
    careApplication: desk.careApplications,
    concerns: names.concernNames,
  };
  const one = (kind: FieldKind | undefined, value: unknown): string => {
    if (typeof value === 'boolean') return value ? common.yes : common.no;
    if (typeof value === 'object' && value !== null && 'name' in value) {
      const { name, validFrom, validTo } = value as { name: string; validFrom?: string; validTo?: string };
      const on = (day: string | undefined) => (day === undefined ? '' : dayText(day, language));
      return (validFrom ?? validTo) ? common.aside(name, common.fromUntil(on(validFrom), on(validTo))) : name;
    }
    const text = String(value);
    if (kind === 'day') return dayText(text, language);
    return (kind && codes[kind]?.[text]) ?? text;
  };
  return (category: string, field: string, value: unknown): string => {
    const kinds = itemKinds[category as ItemCategory] as Readonly<Record<string, FieldKind>> | undefined;
    const kind = kinds?.[field];
    return Array.isArray(value) ? value.map((v) => one(kind, v)).join(common.comma) : one(kind, value);
  };
}

/** What a field of a category is called. */
export function useFieldName(): (category: string, field: string) => string {
  const { itemNames } = useNames();
  const names: Readonly<Record<string, Readonly<Record<string, string>>>> = itemNames;
  return (category, field) => names[category]?.[field] ?? field;
}

/** What of a person is shown, category by category. What is not there is not spoken of. */
export function ItemsShown({ items }: { readonly items: MemberItems }) {
  const { categoryNames } = useNames();
  const words = useItemWords();
  const fieldNameOf = useFieldName();
  const present = categories.filter((c) => Object.keys(items[c] ?? {}).length > 0);
  return (
    <div className="stack" data-gap="small">
      {present.map((category) => (
        <section key={category} aria-label={categoryNames[category]}>
          <h4>{categoryNames[category]}</h4>
          <Facts
            of={Object.entries(items[category] ?? {}).map(([field, value]) => [
              fieldNameOf(category, field),
              words(category, field, value),
            ])}
          />
        </section>
      ))}
    </div>
  );
}
