// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createContext, use } from 'react';
import { valueAt, type Draft } from './draft';
import { itemKinds, type FieldKind, type ItemCategory } from '../../parts/item-fields';
import { useFieldName } from '../../parts/item-words';
import { CheckBox, ChoiceGroup, choicesOf, SelectField, TextArea, TextField, type Choice } from '../../parts/fields';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export interface Form {
  readonly draft: Draft;
  set(pointer: string, value: unknown): void;
  /** What the hub says of this place; of a place below it too when it is a group. */
  error(pointer: string, below?: 'below'): string | undefined;
}

const Context = createContext<Form | undefined>(undefined);
export const FormOf = Context.Provider;
export function useForm(): Form {
  const form = use(Context);
  if (!form) throw new Error('outside of a form');
  return form;
}

/** A place of the body, by the hub's own name for it. */
interface Place {
  readonly at: string;
  readonly label: string;
  readonly hint?: string | undefined;
  /** Marked, not enforced by the browser: the hub says what is missing, in its own words. */
  readonly required?: boolean;
  /** What is said of this place is said here, too. */
  readonly alsoAt?: string;
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');

function useField({ at, label, hint, required, alsoAt }: Place) {
  const { draft, set, error } = useForm();
  const value = valueAt(draft, at);
  return {
    value,
    set: (next: unknown) => set(at, next),
    shown: {
      label,
      hint,
      required,
      error: error(at) ?? (alsoAt === undefined ? undefined : error(alsoAt)),
      'data-at': at,
    },
  };
}

export function Line(place: Place & { readonly type?: string }) {
  const { value, set, shown } = useField(place);
  return (
    <TextField {...shown} type={place.type ?? 'text'} value={textOf(value)} onChange={(e) => set(e.target.value)} />
  );
}

export function Prose(place: Place & { readonly rows?: number }) {
  const { value, set, shown } = useField(place);
  return <TextArea {...shown} rows={place.rows ?? 3} value={textOf(value)} onChange={(e) => set(e.target.value)} />;
}

export function Select(place: Place & { readonly choices: readonly Choice[]; readonly empty?: string }) {
  const { value, set, shown } = useField(place);
  return (
    <SelectField
      {...shown}
      {...(place.empty !== undefined && { empty: place.empty })}
      choices={place.choices}
      value={textOf(value)}
      onChange={(e) => set(e.target.value === '' ? undefined : e.target.value)}
    />
  );
}

export function OneOf(place: Place & { readonly choices: readonly Choice[] }) {
  const { draft, set, error } = useForm();
  return (
    <div data-at={place.at}>
      <ChoiceGroup
        label={place.label}
        hint={place.hint}
        choices={place.choices}
        several={false}
        error={error(place.at, 'below')}
        value={[textOf(valueAt(draft, place.at))]}
        onChange={([chosen]) => set(place.at, chosen)}
      />
    </div>
  );
}

export function Several(place: Place & { readonly choices: readonly Choice[] }) {
  const { draft, set, error } = useForm();
  const value = (valueAt(draft, place.at) as string[] | undefined) ?? [];
  return (
    <div data-at={place.at}>
      <ChoiceGroup
        label={place.label}
        hint={place.hint}
        choices={place.choices}
        several
        error={error(place.at, 'below')}
        value={value}
        // In the order in which they stand on the sheet.
        onChange={(chosen) =>
          set(
            place.at,
            place.choices.map((c) => c.value).filter((v) => chosen.includes(v)),
          )
        }
      />
    </div>
  );
}

export function Check(place: Place) {
  const { value, set, shown } = useField(place);
  return (
    <CheckBox
      label={shown.label}
      data-at={place.at}
      checked={value === true}
      onChange={(e) => set(e.target.checked ? true : undefined)}
    />
  );
}

/** One in each line: an array of texts, or of names that keep their dates. */
function Lines(place: Place & { readonly named: boolean }) {
  const { desk } = useTexts();
  const { value, set, shown } = useField(place);
  const parts = (Array.isArray(value) ? value : []) as (string | { name: string })[];
  const nameOf = (part: string | { name: string }) => (typeof part === 'string' ? part : part.name);
  const typed = (text: string) =>
    text === ''
      ? undefined
      : text.split('\n').map((name) => {
          if (!place.named) return name;
          return parts.find((p) => nameOf(p) === name) ?? { name };
        });
  return (
    <TextArea
      {...shown}
      hint={desk.oneInEachLine}
      rows={2}
      value={parts.map(nameOf).join('\n')}
      onChange={(e) => set(typed(e.target.value))}
    />
  );
}

function YesOrNo(place: Place) {
  const { common, desk } = useTexts();
  const { value, set, shown } = useField(place);
  return (
    <SelectField
      {...shown}
      empty={desk.unknown}
      choices={[
        { value: 'true', name: common.yes },
        { value: 'false', name: common.no },
      ]}
      value={typeof value === 'boolean' ? String(value) : ''}
      onChange={(e) => set(e.target.value === '' ? undefined : e.target.value === 'true')}
    />
  );
}

/** One field of a category, by what it is. */
export function ItemField(props: {
  readonly member: string;
  readonly category: ItemCategory;
  readonly field: string;
  readonly required?: boolean;
  readonly alsoAt?: string;
}) {
  const { desk } = useTexts();
  const { draft } = useForm();
  const { careLevelNames, concernNames, interpreterNames, sexNames } = useNames();
  const fieldNameOf = useFieldName();
  const { member, category, field, ...rest } = props;
  const kind = (itemKinds[category] as Readonly<Record<string, FieldKind>>)[field];
  const place = { ...rest, at: `${member}/items/${category}/${field}`, label: fieldNameOf(category, field) };
  switch (kind) {
    case 'text':
      return <Prose {...place} />;
    case 'day':
      return <Line {...place} type="date" />;
    case 'number':
      return <NumberLine {...place} />;
    case 'yes':
      return <YesOrNo {...place} />;
    case 'check':
      return <Check {...place} />;
    case 'lines':
    case 'names':
      return <Lines {...place} named={kind === 'names'} />;
    case 'sex':
      return <Select {...place} choices={choicesOf(sexNames)} empty={desk.unwritten} />;
    case 'interpreter':
      return <Select {...place} choices={choicesOf(interpreterNames)} empty={desk.unwritten} />;
    case 'careLevel':
      return <Select {...place} choices={choicesOf(careLevelNames).sort(byValue)} empty={desk.unwritten} />;
    case 'careApplication':
      return <Select {...place} choices={choicesOf(desk.careApplications)} empty={desk.unwritten} />;
    case 'concerns': {
      const all = choicesOf(concernNames);
      if (field === 'boxes') return <Several {...place} choices={all} />;
      const boxes = (valueAt(draft, `${member}/items/concern/boxes`) as string[] | undefined) ?? [];
      const chosen = all.filter((c) => boxes.includes(c.value));
      return chosen.length > 0 && <Several {...place} choices={chosen} />;
    }
    default:
      return <Line {...place} />;
  }
}

const byValue = (a: Choice, b: Choice) => Number(a.value) - Number(b.value);

function NumberLine(place: Place) {
  const { value, set, shown } = useField(place);
  return (
    <TextField
      {...shown}
      inputMode="numeric"
      value={textOf(value)}
      onChange={(e) => set(/^\d{1,2}$/.test(e.target.value) ? Number(e.target.value) : e.target.value)}
    />
  );
}
