// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useId, type ComponentProps, type ReactNode } from 'react';
import { useTexts } from '../texts';

interface Labelled {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
}

/** Label, hint, the field itself, and what is wrong with it, tied together for whoever hears the page. */
function Around({
  label,
  hint,
  error,
  required,
  id,
  children,
}: Labelled & { readonly id: string; readonly required?: boolean | undefined; readonly children: ReactNode }) {
  const { common } = useTexts();
  return (
    <div className="dads-form-control-label" data-size="md">
      <label className="dads-form-control-label__label" htmlFor={id}>
        {label}
        {required && (
          <span className="dads-form-control-label__requirement" data-required="true">
            ※{common.required}
          </span>
        )}
      </label>
      {hint && (
        <p id={`${id}-hint`} className="dads-form-control-label__support-text">
          {hint}
        </p>
      )}
      <div>
        {children}
        {error && (
          <p id={`${id}-error`} className="dads-input-text__error-text">
            ＊{error}
          </p>
        )}
      </div>
    </div>
  );
}

const described = (id: string, { hint, error }: Labelled) => ({
  id,
  'aria-invalid': error ? (true as const) : undefined,
  'aria-describedby': [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(' ') || undefined,
});

export function TextField({ label, hint, error, ...input }: ComponentProps<'input'> & Labelled) {
  const id = useId();
  return (
    <Around {...{ label, hint, error, id, required: input.required }}>
      <input
        {...input}
        {...described(id, { label, hint, error })}
        className="dads-input-text__input"
        data-size="md"
        autoComplete={input.autoComplete ?? 'off'}
      />
    </Around>
  );
}

export function TextArea({ label, hint, error, ...input }: ComponentProps<'textarea'> & Labelled) {
  const id = useId();
  return (
    <Around {...{ label, hint, error, id, required: input.required }}>
      <textarea
        rows={4}
        {...input}
        {...described(id, { label, hint, error })}
        className="dads-textarea__textarea wide"
      />
    </Around>
  );
}

export interface Choice {
  readonly value: string;
  readonly name: string;
}
export const choicesOf = (names: Readonly<Record<string, string>>): Choice[] =>
  Object.entries(names).map(([value, name]) => ({ value, name }));

export function SelectField({
  label,
  hint,
  error,
  choices,
  empty,
  ...input
}: ComponentProps<'select'> & Labelled & { readonly choices: readonly Choice[]; readonly empty?: string }) {
  const { common } = useTexts();
  const id = useId();
  return (
    <Around {...{ label, hint, error, id, required: input.required }}>
      <span className="dads-select__control">
        <select {...input} {...described(id, { label, hint, error })} className="dads-select__select" data-size="md">
          <option value="">{empty ?? common.choose}</option>
          <Unnamed value={input.value} choices={choices} />
          {choices.map(({ value, name }) => (
            <option key={value} value={value}>
              {name}
            </option>
          ))}
        </select>
        <svg className="dads-select__chevron" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 17L3 8L4 7L12 15L20 7L21 8L12 17Z" fill="currentcolor" />
        </svg>
      </span>
    </Around>
  );
}

/** What is chosen and is not in the list, or not yet: it must not look as if nothing were chosen. */
export function Unnamed(props: { readonly value: unknown; readonly choices: readonly Pick<Choice, 'value'>[] }) {
  const { common } = useTexts();
  const { value, choices } = props;
  if (typeof value !== 'string' || value === '' || choices.some((choice) => choice.value === value)) return null;
  return <option value={value}>{common.chosenUnnamed}</option>;
}

export function CheckBox({ label, ...input }: ComponentProps<'input'> & { readonly label: ReactNode }) {
  return (
    <label className="dads-checkbox" data-size="sm">
      <span className="dads-checkbox__checkbox">
        <input {...input} className="dads-checkbox__input" type="checkbox" />
      </span>
      <span className="dads-checkbox__label">{label}</span>
    </label>
  );
}

/** Several of a few, or one of a few: `several` says which. */
export function ChoiceGroup(props: {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly required?: boolean;
  readonly choices: readonly Choice[];
  readonly several: boolean;
  readonly value: readonly string[];
  onChange(value: string[]): void;
}) {
  const { common } = useTexts();
  const id = useId();
  const set = (value: string, on: boolean) =>
    props.onChange(props.several ? [...props.value.filter((v) => v !== value), ...(on ? [value] : [])] : [value]);
  return (
    <fieldset
      aria-describedby={
        [props.error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined
      }
    >
      <legend>
        {props.label}
        {props.required && <span className="dads-form-control-label__requirement"> ※{common.required}</span>}
      </legend>
      {props.hint && (
        <p id={`${id}-hint`} className="dim">
          {props.hint}
        </p>
      )}
      <div className="row">
        {props.choices.map(({ value, name }) =>
          props.several ? (
            <CheckBox
              key={value}
              label={name}
              checked={props.value.includes(value)}
              onChange={(e) => set(value, e.target.checked)}
            />
          ) : (
            <label key={value} className="dads-radio" data-size="sm">
              <span className="dads-radio__radio">
                <input
                  className="dads-radio__input"
                  type="radio"
                  name={id}
                  checked={props.value.includes(value)}
                  onChange={() => set(value, true)}
                />
              </span>
              <span className="dads-radio__label">{name}</span>
            </label>
          ),
        )}
      </div>
      {props.error && (
        <p id={`${id}-error`} className="dads-input-text__error-text">
          ＊{props.error}
        </p>
      )}
    </fieldset>
  );
}
