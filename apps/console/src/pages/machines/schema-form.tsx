// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useState, type ReactNode } from 'react';
import { below, drawnOf, emptyOf, isRow, withKey, wordsOf, type Schema } from './schema';
import { Button } from '../../parts/button';
import { SelectField, TextArea, TextField } from '../../parts/fields';
import { useTexts } from '../../texts';

interface Part {
  readonly schema: Schema;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: unknown;
  readonly pointer: string;
  readonly required: boolean;
  /** What the hub says of the field at this place. */
  errorAt(pointer: string): string | undefined;
  onChange(value: unknown): void;
}

/** The settings of a plugin as fields, from the schema that its host said. */
export function SchemaForm(props: {
  readonly schema: Schema;
  readonly value: unknown;
  errorAt(pointer: string): string | undefined;
  onChange(value: Record<string, unknown>): void;
}) {
  const { schema, value, errorAt, onChange } = props;
  const drawn = drawnOf(schema);
  const { machines } = useTexts();
  if (drawn.as !== 'group')
    return (
      <JsonField
        {...{ schema, value, errorAt }}
        label={machines.settings.heading}
        pointer=""
        required
        onChange={(json) => isRow(json) && onChange(json)}
      />
    );
  return <Fields {...{ ...drawn, value, errorAt, onChange }} pointer="" />;
}

function Fields(props: {
  readonly properties: Readonly<Record<string, Schema>>;
  readonly required: ReadonlySet<string>;
  readonly value: unknown;
  readonly pointer: string;
  errorAt(pointer: string): string | undefined;
  onChange(value: Record<string, unknown>): void;
}) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const held = isRow(props.value) ? props.value : {};
  // What the schema of today does not know stays, and can be seen.
  const others = Object.keys(held).filter((key) => !(key in props.properties));
  const field = (key: string, schema: Schema) => {
    const { label, explains } = wordsOf(key, schema);
    const otherwise =
      schema.default === undefined || held[key] !== undefined || isBare(schema.default)
        ? undefined
        : words.default(typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default));
    return (
      <Field
        key={key}
        {...{ schema, label }}
        hint={[explains, words.name(key), otherwise].filter(Boolean).join(' ― ')}
        value={held[key]}
        pointer={below(props.pointer, key)}
        required={props.required.has(key)}
        errorAt={props.errorAt}
        onChange={(value) => props.onChange(withKey(held, key, value))}
      />
    );
  };
  return (
    <>
      {inOrder(props.properties, props.required).map(([key, schema]) => field(key, schema))}
      {others.map((key) => field(key, {}))}
    </>
  );
}

/** What must be written first: the database keeps no order of names. */
const inOrder = (properties: Readonly<Record<string, Schema>>, required: ReadonlySet<string>) =>
  Object.entries(properties).sort(([a], [b]) => Number(required.has(b)) - Number(required.has(a)));

const isBare = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function Field(part: Part) {
  const drawn = drawnOf(part.schema);
  switch (drawn.as) {
    case 'text':
      return <OneLine {...part} />;
    case 'number':
      return <NumberField {...part} />;
    case 'boolean':
      return <YesOrNo {...part} />;
    case 'choice':
      return <OneOf {...part} choices={drawn.choices} />;
    case 'secret':
      return <Secret {...part} />;
    case 'group':
      return (
        <Optional {...part}>
          <Fields
            {...drawn}
            value={part.value}
            pointer={part.pointer}
            errorAt={part.errorAt}
            onChange={part.onChange}
          />
        </Optional>
      );
    case 'list':
      return <List {...part} items={drawn.items} />;
    case 'record':
      return <Named {...part} values={drawn.values} />;
    case 'json':
      return <JsonField {...part} />;
  }
}

const textOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
/** Nothing written in a field that need not be written is no setting. */
const orAbsent = (text: string, required: boolean) => (text === '' && !required ? undefined : text);

function OneLine({ label, hint, value, pointer, required, errorAt, onChange, schema }: Part) {
  const error = errorAt(pointer);
  const own = { label, hint, error, required: required && (schema.minLength ?? 0) > 0, value: textOf(value) };
  return (schema.maxLength ?? 0) > 200 ? (
    <TextArea {...own} onChange={(e) => onChange(orAbsent(e.target.value, required))} />
  ) : (
    <TextField {...own} onChange={(e) => onChange(orAbsent(e.target.value, required))} />
  );
}

function NumberField({ label, hint, value, pointer, required, errorAt, onChange }: Part) {
  const change = (text: string) => {
    const number = Number(text);
    // What is no number goes to the hub as it is, which says so beside the field.
    onChange(text.trim() === '' ? undefined : /^-?\d+(\.\d+)?$/.test(text) ? number : text);
  };
  return (
    <TextField
      {...{ label, hint, required, error: errorAt(pointer) }}
      inputMode="numeric"
      value={textOf(value)}
      onChange={(e) => change(e.target.value)}
    />
  );
}

function YesOrNo({ label, hint, value, pointer, required, errorAt, onChange }: Part) {
  const { common, machines } = useTexts();
  return (
    <SelectField
      {...{ label, hint, required, error: errorAt(pointer) }}
      value={typeof value === 'boolean' ? String(value) : ''}
      empty={machines.settings.unset}
      choices={[
        { value: 'true', name: common.yes },
        { value: 'false', name: common.no },
      ]}
      onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value === 'true')}
    />
  );
}

function OneOf({
  label,
  hint,
  value,
  pointer,
  required,
  errorAt,
  onChange,
  choices,
}: Part & { readonly choices: readonly string[] }) {
  const { machines } = useTexts();
  return (
    <SelectField
      {...{ label, hint, required, error: errorAt(pointer) }}
      value={textOf(value)}
      empty={machines.settings.unset}
      choices={choices.map((choice) => ({ value: choice, name: choice }))}
      onChange={(e) => onChange(e.target.value === '' ? undefined : e.target.value)}
    />
  );
}

function Secret({ label, hint, value, pointer, required, errorAt, onChange }: Part) {
  const { machines } = useTexts();
  const name = isRow(value) ? textOf(value['secretRef']) : '';
  return (
    <TextField
      {...{ label, required, error: errorAt(pointer) }}
      hint={[machines.settings.secretName, hint].filter(Boolean).join(' ― ')}
      value={name}
      onChange={(e) => onChange(e.target.value === '' && !required ? undefined : { secretRef: e.target.value })}
    />
  );
}

/** A part with parts. One that need not be there is written and left out as a whole. */
function Optional({
  label,
  hint,
  value,
  required,
  onChange,
  schema,
  children,
}: Part & { readonly children: ReactNode }) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const absent = value === undefined;
  return (
    <fieldset>
      <legend>{label}</legend>
      <div className="group">
        {hint && <p className="dim">{hint}</p>}
        {absent && !required ? (
          <div>
            <Button size="xs" onClick={() => onChange(emptyOf(schema))}>
              {words.open(label)}
            </Button>
          </div>
        ) : (
          <>
            {children}
            {!required && (
              <div>
                <Button size="xs" onClick={() => onChange(undefined)}>
                  {words.leaveOut(label)}
                </Button>
              </div>
            )}
          </>
        )}
      </div>
    </fieldset>
  );
}

function List(part: Part & { readonly items: Schema }) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const { label, value, pointer, errorAt, onChange, items } = part;
  const held = Array.isArray(value) ? (value as readonly unknown[]) : [];
  return (
    <Optional {...part}>
      {errorAt(pointer) !== undefined && held.length === 0 && <p className="late">{errorAt(pointer)}</p>}
      {held.map((item, index) => {
        const name = `${label} ${words.item(index + 1)}`;
        return (
          // Items have no name but their place.
          <div key={index} className="stack" data-gap="small">
            <Field
              schema={items}
              label={name}
              hint={items.description}
              value={item}
              pointer={below(pointer, index)}
              required
              errorAt={errorAt}
              onChange={(changed) => onChange(held.map((each, n) => (n === index ? changed : each)))}
            />
            <div>
              <Button size="xs" onClick={() => onChange(held.filter((_, n) => n !== index))}>
                {words.removeItem(name)}
              </Button>
            </div>
          </div>
        );
      })}
      <div>
        <Button size="xs" onClick={() => onChange([...held, emptyOf(items)])}>
          {words.addItem(label)}
        </Button>
      </div>
    </Optional>
  );
}

function Named(part: Part & { readonly values: Schema }) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const [name, setName] = useState('');
  const { label, value, pointer, errorAt, onChange, values } = part;
  const held = isRow(value) ? value : {};
  return (
    <Optional {...part}>
      {Object.entries(held).map(([key, each]) => (
        <div key={key} className="stack" data-gap="small">
          <Field
            schema={values}
            label={`${label} ${key}`}
            value={each}
            pointer={below(pointer, key)}
            required
            errorAt={errorAt}
            onChange={(changed) => onChange(withKey(held, key, changed))}
          />
          <div>
            <Button size="xs" onClick={() => onChange(withKey(held, key, undefined))}>
              {words.removeItem(`${label} ${key}`)}
            </Button>
          </div>
        </div>
      ))}
      <TextField label={`${label} ${words.newKey}`} value={name} onChange={(e) => setName(e.target.value)} />
      <div>
        <Button
          size="xs"
          disabled={name === '' || name in held}
          onClick={() => {
            onChange({ ...held, [name]: emptyOf(values) });
            setName('');
          }}
        >
          {words.addItem(label)}
        </Button>
      </div>
    </Optional>
  );
}

/** What cannot be drawn. While it is no JSON, what held before holds, and the field says so. */
function JsonField({ label, hint, value, pointer, errorAt, onChange }: Part) {
  const { machines } = useTexts();
  const { settings: words } = machines;
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [wrong, setWrong] = useState(false);
  const change = (typed: string) => {
    setText(typed);
    try {
      onChange(typed.trim() === '' ? undefined : JSON.parse(typed));
      setWrong(false);
    } catch {
      setWrong(true);
    }
  };
  return (
    <TextArea
      label={label}
      hint={[hint, words.json].filter(Boolean).join(' ― ')}
      error={wrong ? words.jsonWrong : errorAt(pointer)}
      value={text}
      rows={Math.min(16, Math.max(3, text.split('\n').length))}
      onChange={(e) => change(e.target.value)}
      spellCheck={false}
      // A form with it is not sent.
      ref={(element) => element?.setCustomValidity(wrong ? words.jsonWrong : '')}
    />
  );
}
