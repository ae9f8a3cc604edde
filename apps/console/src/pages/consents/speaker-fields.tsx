// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ownWord, type ErrorAt, type SpeakerTyped } from './wizard/draft';
import { CheckBox, choicesOf, SelectField, TextArea, TextField, type Choice } from '../../parts/fields';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

const withDocument: readonly string[] = [
  'authorized_agent',
  'adult_guardian',
  'curator_or_assistant',
  'voluntary_guardian',
];

/** Who says it, and what shows that they may; only what this giver is asked for. */
export function SpeakerFields(props: {
  readonly label: string;
  readonly hint?: string;
  readonly said: SpeakerTyped;
  /** Whoever speaks for a child says how old it is, and how the child sees it. */
  readonly forConsent: boolean;
  /** Who else is in the referral. */
  readonly others?: readonly Choice[];
  change(change: Partial<SpeakerTyped>): void;
  readonly errorAt: ErrorAt;
}) {
  const { consents } = useTexts();
  const names = useNames();
  const { said, change, errorAt, forConsent, others = [] } = props;
  const { giver, capacity } = said;
  const words = consents.capacity;
  const set = (more: Partial<SpeakerTyped['capacity']>) => change({ capacity: { ...capacity, ...more } });
  const check = (key: 'powerForThis' | 'childAgrees' | 'understood' | 'expectant') => (
    <div className="stack" data-gap="small">
      <CheckBox
        label={words[key]}
        checked={capacity[key]}
        aria-invalid={errorAt(`/capacity/${key}`) ? true : undefined}
        onChange={(e) => set({ [key]: e.target.checked })}
      />
      <Wrong>{errorAt(`/capacity/${key}`)}</Wrong>
    </div>
  );
  const born = (
    <TextField
      label={words.bornOn}
      hint={words.bornOnHint}
      error={errorAt('/bornOn')}
      type="date"
      value={said.bornOn}
      onChange={(e) => change({ bornOn: e.target.value })}
    />
  );
  const hasChildFacts =
    said.bornOn !== '' ||
    capacity.understood ||
    capacity.expectant ||
    ['/bornOn', '/capacity/understood', '/capacity/expectant'].some((at) => errorAt(at) !== undefined);
  return (
    <>
      <SelectField
        label={props.label}
        hint={props.hint}
        error={errorAt('/giver')}
        choices={choicesOf(names.giverNames)}
        value={giver}
        onChange={(e) => change({ giver: e.target.value as keyof typeof names.giverNames | '' })}
        required
      />
      {giver !== '' && !ownWord.includes(giver) && others.length > 0 && (
        <SelectField
          label={consents.giverPerson}
          hint={consents.giverPersonHint}
          error={errorAt('/giverPerson')}
          choices={others}
          empty={consents.giverElsewhere}
          value={said.giverPerson}
          onChange={(e) => change({ giverPerson: e.target.value })}
        />
      )}
      {giver === 'family' && <p className="soon">{consents.familyHint}</p>}
      {withDocument.includes(giver) && (
        <TextField
          label={words.document}
          hint={words.documentHint}
          error={errorAt('/capacity/document')}
          value={capacity.document}
          onChange={(e) => set({ document: e.target.value })}
        />
      )}
      {giver === 'curator_or_assistant' && check('powerForThis')}
      {giver === 'legal_guardian' && (
        <>
          <SelectField
            label={words.parental}
            error={errorAt('/capacity/parental')}
            choices={choicesOf(names.parentalNames)}
            value={capacity.parental}
            onChange={(e) => set({ parental: e.target.value })}
          />
          {capacity.parental === 'joint' && (
            <SelectField
              label={words.otherParent}
              error={errorAt('/capacity/otherParent')}
              choices={choicesOf(words.otherParents)}
              value={capacity.otherParent}
              onChange={(e) => set({ otherParent: e.target.value })}
            />
          )}
          {born}
          {forConsent && (
            <>
              <TextArea
                label={words.childView}
                hint={words.childViewHint}
                error={errorAt('/capacity/childView')}
                rows={2}
                value={capacity.childView}
                onChange={(e) => set({ childView: e.target.value })}
              />
              {check('childAgrees')}
            </>
          )}
        </>
      )}
      {forConsent && ownWord.includes(giver) && (
        <details open={hasChildFacts}>
          <summary>{words.young}</summary>
          <div className="form">
            {born}
            {check('understood')}
            {check('expectant')}
          </div>
        </details>
      )}
    </>
  );
}

export const Wrong = ({ children }: { readonly children: string | undefined }) =>
  children === undefined ? null : <p className="dads-input-text__error-text">＊{children}</p>;
