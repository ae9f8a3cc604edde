// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import type { Attempt, FormField, Typed, Entry } from './action-forms';
import type { ProblemError } from '../../api/problem';
import { Button } from '../../parts/button';
import { DeskField } from '../../parts/desk-field';
import { CheckBox, ChoiceGroup, choicesOf, SelectField, TextArea, TextField } from '../../parts/fields';
import { useTexts, type Texts } from '../../texts';
import { useNames } from '../../texts/names';

interface Props {
  readonly fields: readonly FormField[];
  readonly typed: Typed;
  readonly of: ReferralView;
  readonly problem: ProblemError | undefined;
  onType(at: string, entry: Entry): void;
}

/** The fields of a step; what belongs together and is asked for less often is folded. */
export function ActionFields(props: Props) {
  const { referral } = useTexts();
  const asked = props.fields.filter(({ when }) => !when || when(props.typed, props.of));
  const groups = [...new Set(asked.flatMap(({ group }) => (group ? [group] : [])))];
  return (
    <>
      {asked
        .filter(({ group }) => group === undefined)
        .map((field) => (
          <Field key={field.at} field={field} {...props} />
        ))}
      {groups.map((group) => {
        const fields = asked.filter((field) => field.group === group);
        const wrong = fields.some(({ at }) => props.problem?.at(`/${at}`) !== undefined);
        return (
          <details key={group} open={wrong || fields.some(({ at }) => props.typed[at] !== undefined) || undefined}>
            <summary>{referral.groups[group]}</summary>
            <div className="form">
              {fields.map((field) => (
                <Field key={field.at} field={field} {...props} />
              ))}
            </div>
          </details>
        );
      })}
    </>
  );
}

function Field({ field, typed, problem, onType }: Props & { readonly field: FormField }) {
  const { referral } = useTexts();
  const names = useNames();
  const { at, kind, required } = field;
  const label = referral.fields[field.label];
  const hint = field.hint && referral.fields[field.hint];
  const error = problem?.at(`/${at}`);
  const entry = typed[at];
  const text = typeof entry === 'string' ? entry : '';
  const shared = { label, hint, error, required };
  const set = (value: Entry) => onType(at, value);
  switch (kind) {
    case 'line':
      return <TextField {...shared} value={text} onChange={(e) => set(e.target.value)} />;
    case 'prose':
    case 'lines':
      return (
        <TextArea {...shared} value={text} rows={kind === 'lines' ? 2 : 4} onChange={(e) => set(e.target.value)} />
      );
    case 'day':
    case 'moment':
      return (
        <TextField
          {...shared}
          type={kind === 'day' ? 'date' : 'datetime-local'}
          value={text}
          onChange={(e) => set(e.target.value)}
        />
      );
    case 'yes':
      return (
        <CheckBox label={label} required={required} checked={entry === true} onChange={(e) => set(e.target.checked)} />
      );
    case 'desk':
      return <DeskField {...{ label, error, required }} value={text} onChange={set} />;
    case 'choice':
      return (
        <SelectField
          {...shared}
          value={text}
          choices={choicesOf(names[field.names!])}
          onChange={(e) => set(e.target.value)}
        />
      );
    case 'choices':
      return (
        <ChoiceGroup
          {...{ label, hint, error, required: required === true }}
          several
          choices={choicesOf(names[field.names!])}
          value={(entry ?? []) as string[]}
          onChange={set}
        />
      );
    case 'attempts':
      return (
        <Attempts {...{ label, hint, error, texts: referral }} value={(entry ?? []) as Attempt[]} onChange={set} />
      );
  }
}

function Attempts(props: {
  readonly label: string;
  readonly hint: string | undefined;
  readonly error: string | undefined;
  readonly texts: Texts['referral'];
  readonly value: readonly Attempt[];
  onChange(value: readonly Attempt[]): void;
}) {
  const { common } = useTexts();
  const { value, texts, onChange } = props;
  const change = (n: number, part: Partial<Attempt>) =>
    onChange(value.map((one, i) => (i === n ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack" data-gap="small">
      <legend>{props.label}</legend>
      {props.hint && <p className="dim">{props.hint}</p>}
      {value.map((attempt, n) => (
        <div key={n} className="row">
          <TextField
            type="date"
            label={`${n + 1} ${texts.fields.attemptOn}`}
            value={attempt.on}
            required
            onChange={(e) => change(n, { on: e.target.value })}
          />
          <TextField
            label={`${n + 1} ${texts.fields.attemptHow}`}
            value={attempt.how}
            required
            onChange={(e) => change(n, { how: e.target.value })}
          />
          <CheckBox
            label={texts.fields.attemptVisit}
            checked={attempt.visit}
            onChange={(e) => change(n, { visit: e.target.checked })}
          />
          <Button look="text" onClick={() => onChange(value.filter((_, i) => i !== n))}>
            {common.remove}
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...value, { on: '', how: '', visit: false }])}>{texts.addAttempt}</Button>
      </div>
      {props.error && <p className="dads-input-text__error-text">＊{props.error}</p>}
    </fieldset>
  );
}
