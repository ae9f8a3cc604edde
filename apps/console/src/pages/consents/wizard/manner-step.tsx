// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentFormView, NewConsent } from '@tsunagi/contracts';
import type { Change, Draft, ErrorAt } from './draft';
import { choicesOf, ChoiceGroup, TextField } from '../../../parts/fields';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';

/** How it was said, when, and what shows it. */
export function MannerStep(props: {
  readonly form: ConsentFormView | undefined;
  readonly draft: Draft;
  readonly change: Change;
  readonly errorAt: ErrorAt;
}) {
  const { draft } = props;
  return draft.answer === 'yes' ? <OfConsent {...props} /> : <OfRefusal {...props} />;
}

function OfConsent({ form, draft, change, errorAt }: Parameters<typeof MannerStep>[0]) {
  const { consents } = useTexts();
  const { mannerNames } = useNames();
  // What a system asserts comes from there, and is recorded by nobody.
  const { asserted_by_system: _, ...manners } = mannerNames;
  return (
    <>
      <ChoiceGroup
        label={consents.manner}
        error={errorAt('/manner')}
        several={false}
        required
        choices={choicesOf(manners)}
        value={draft.manner === '' ? [] : [draft.manner]}
        onChange={([value]) => change({ manner: value as NewConsent['manner'] })}
      />
      <GrantedOn {...{ draft, change }} error={errorAt('/grantedAt') ?? errorAt('/oral/at')} />
      {draft.manner === 'oral_recorded' ? (
        <Oral {...{ form, draft, change, errorAt }} />
      ) : (
        <TextField
          label={consents.reference}
          hint={consents.referenceHint}
          error={errorAt('/evidence/reference')}
          value={draft.reference}
          onChange={(e) => change({ reference: e.target.value })}
        />
      )}
      {draft.manner === 'electronic' && (
        <TextField
          label={consents.sha256}
          error={errorAt('/evidence/sha256')}
          value={draft.sha256}
          onChange={(e) => change({ sha256: e.target.value })}
        />
      )}
    </>
  );
}

function Oral({ form, draft, change, errorAt }: Parameters<typeof MannerStep>[0]) {
  const { consents } = useTexts();
  const { oral } = draft;
  const field = (
    key: keyof Draft['oral'],
    label: string,
    more: { hint?: string; required?: boolean; type?: string } = {},
  ) => (
    <TextField
      label={label}
      {...more}
      error={errorAt(`/oral/${key}`)}
      value={oral[key]}
      onChange={(e) => change({ oral: { ...oral, [key]: e.target.value } })}
    />
  );
  return (
    <fieldset className="form">
      <legend>{consents.oral}</legend>
      <p className="dim">{consents.oralHint}</p>
      {form?.script && (
        <blockquote className="panel" aria-label={consents.script}>
          {form.script}
        </blockquote>
      )}
      {field('by', consents.readBy, { required: true })}
      {field('time', consents.readTime, { required: true, type: 'time' })}
      {field('number', consents.number, { hint: consents.numberHint, type: 'tel' })}
      {field('recognisedBy', consents.recognisedBy, { required: true })}
      {field('secondListener', consents.secondListener, { hint: consents.secondListenerHint })}
    </fieldset>
  );
}

function OfRefusal({ draft, change, errorAt }: Parameters<typeof MannerStep>[0]) {
  const { consents } = useTexts();
  const { saidHowNames } = useNames();
  return (
    <>
      <ChoiceGroup
        label={consents.how}
        error={errorAt('/how')}
        several={false}
        choices={choicesOf(saidHowNames)}
        value={draft.how === '' ? [] : [draft.how]}
        onChange={([value]) => change({ how: value as keyof typeof saidHowNames })}
      />
      <GrantedOn {...{ draft, change }} error={errorAt('/at')} />
      <TextField
        label={consents.askAgainOn}
        error={errorAt('/askAgainOn')}
        type="date"
        value={draft.askAgainOn}
        onChange={(e) => change({ askAgainOn: e.target.value })}
      />
    </>
  );
}

function GrantedOn(props: { readonly draft: Draft; readonly change: Change; readonly error: string | undefined }) {
  const { consents } = useTexts();
  return (
    <TextField
      label={consents.grantedOn}
      error={props.error}
      type="date"
      value={props.draft.grantedOn}
      onChange={(e) => props.change({ grantedOn: e.target.value })}
      required
    />
  );
}
