// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { valueAt } from './draft';
import { Check, ItemField, Line, Select, useForm } from './form-fields';
import { itemKinds, type FieldKind, type ItemCategory } from '../../parts/item-fields';
import { Button } from '../../parts/button';
import { choicesOf } from '../../parts/fields';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const all = Object.keys(itemKinds) as ItemCategory[];
/** These take a line of their own. */
const long: readonly FieldKind[] = ['text', 'concerns', 'check', 'lines', 'names'];

/** The fields of one category of one person. */
export function CategoryFields(props: {
  readonly member: string;
  readonly category: ItemCategory;
  readonly onRemove?: () => void;
}) {
  const { desk } = useTexts();
  const { categoryNames } = useNames();
  const { member, category } = props;
  const kinds = itemKinds[category] as Readonly<Record<string, FieldKind>>;
  const fields = Object.keys(kinds);
  const isLong = (field: string) => long.includes(kinds[field]!);
  const field = (name: string) => <ItemField key={name} {...{ member, category, field: name }} />;
  return (
    <fieldset className="panel stack" data-category={`${member}/${category}`}>
      <legend>{categoryNames[category]}</legend>
      {fields.filter(isLong).map(field)}
      {!fields.every(isLong) && <div className="pair">{fields.filter((f) => !isLong(f)).map(field)}</div>}
      {props.onRemove && (
        <div>
          <Button onClick={props.onRemove}>{desk.removeItem(categoryNames[category])}</Button>
        </div>
      )}
    </fieldset>
  );
}

/** Whoever it is. */
export function IdentityFields({ member, required }: { readonly member: string; readonly required?: boolean }) {
  const field = (name: string, more: object = {}) => (
    <ItemField key={name} {...{ member, category: 'identity', field: name, ...more }} />
  );
  return (
    <div className="stack">
      <div className="pair">
        {field('name', { required, alsoAt: `${member}/items/identity` })}
        {field('kana')}
      </div>
      <div className="pair">
        {field('birthDate')}
        {field('birthDateText')}
        {field('sex')}
      </div>
      {field('otherNames')}
    </div>
  );
}

/** Everything else that may be said of somebody, opened one by one: what is not needed is not asked for. */
export function MoreItems({ member, apart }: { readonly member: string; readonly apart: readonly ItemCategory[] }) {
  const { desk } = useTexts();
  const { categoryNames } = useNames();
  const { draft, set } = useForm();
  const room = useRef<HTMLDivElement>(null);
  const [opened, setOpened] = useState<readonly ItemCategory[]>([]);
  const isThere = (c: ItemCategory) => valueAt(draft, `${member}/items/${c}`) !== undefined;
  // 出自 is collected where the municipality has decided so; nobody is invited to write it.
  const offered = all.filter((c) => !apart.includes(c) && (c !== 'origin' || isThere(c)));
  const isOpen = (c: ItemCategory) => opened.includes(c) || isThere(c);
  const open = (category: ItemCategory) => {
    flushSync(() => setOpened([...opened, category]));
    room.current
      ?.querySelector<HTMLElement>(`[data-category="${member}/${category}"] :is(input, select, textarea)`)
      ?.focus();
  };
  const remove = (category: ItemCategory) => {
    flushSync(() => {
      setOpened(opened.filter((c) => c !== category));
      set(`${member}/items/${category}`, undefined);
    });
    room.current?.querySelector<HTMLElement>(`[data-opens="${category}"]`)?.focus();
  };
  const closed = offered.filter((c) => !isOpen(c));
  return (
    <div className="stack" ref={room}>
      {offered.filter(isOpen).map((category) => (
        <CategoryFields key={category} {...{ member, category }} onRemove={() => remove(category)} />
      ))}
      {closed.length > 0 && (
        <div role="group" aria-label={desk.moreItems} className="row">
          {closed.map((category) => (
            <Button key={category} size="xs" data-opens={category} onClick={() => open(category)}>
              <span aria-hidden="true">+ </span>
              {categoryNames[category]}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Somebody else of whom one must know. Each needs a basis of their own. */
export function OtherPerson(props: { readonly n: number; readonly onRemove: () => void }) {
  const { desk } = useTexts();
  const { relativeNames } = useNames();
  const member = `/others/${props.n}`;
  const { subject: _, ...relatives } = relativeNames;
  return (
    <fieldset className="panel stack">
      <legend>{desk.other(props.n + 1)}</legend>
      <div className="pair">
        <Select at={`${member}/role`} label={desk.role} choices={choicesOf(relatives)} />
        <Line at={`${member}/relation`} label={desk.relation} />
      </div>
      <IdentityFields member={member} />
      <MoreItems member={member} apart={['identity']} />
      <Check at={`${member}/sealed`} label={desk.sealed} />
      <div>
        <Button onClick={props.onRemove}>{desk.removeOther(props.n + 1)}</Button>
      </div>
    </fieldset>
  );
}
