// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConsentFormView, DeskFunctionView, ReferralView } from '@tsunagi/contracts';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { CheckStep } from './check-step';
import { consentOf, newDraft, refusalOf, stepOf, steps, type Change, type Draft, type Step } from './draft';
import { MannerStep } from './manner-step';
import { PreviewPanel } from './preview';
import { Recorded } from './recorded';
import { ScopeStep } from './scope-step';
import { SheetStep } from './sheet-step';
import { call } from '../../../api/call';
import { ProblemError } from '../../../api/problem';
import { Button } from '../../../parts/button';
import { ChoiceGroup } from '../../../parts/fields';
import { nameOf } from '../../../parts/name-in-referral';
import { Failure } from '../../../parts/states';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';
import { SpeakerFields } from '../speaker-fields';

interface Given {
  readonly referral: ReferralView;
  readonly forms: readonly ConsentFormView[];
  readonly desks: readonly DeskFunctionView[];
}

/** From the sheet to the record. What was typed stands beside the steps, so that going back loses nothing. */
export function Wizard({ referral, forms, desks }: Given) {
  const { consents } = useTexts();
  const names = useNames();
  const queries = useQueryClient();
  const [draft, setDraft] = useState<Draft>(() => newDraft(referral, forms[0]!));
  const [before] = useState(referral);
  const [step, setStep] = useState<Step>('sheet');
  const [missing, setMissing] = useState<Readonly<Record<string, string>>>({});
  const place = useRef<HTMLFormElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  const form = forms.find((f) => f.id === draft.form);
  const persons = referral.persons ?? [];
  const person = persons.find((p) => p.ref === draft.of)?.person ?? referral.person ?? '';

  const recording = useMutation({
    mutationFn: () =>
      draft.answer === 'yes'
        ? call('/consents', { body: consentOf(draft, person, form?.version ?? '') })
        : call('/refusals', { body: refusalOf(draft, person) }),
    onSuccess: () =>
      Promise.all(
        [['referral', referral.id], ['queue'], ['todos'], ['person', person]].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      ),
    onError: (error) => {
      const where = stepOf(error);
      if (where) setStep(where);
    },
  });
  const { error } = recording;
  const errorAt = (pointer: string) =>
    missing[pointer] ?? (error instanceof ProblemError ? error.at(pointer) : undefined);
  const change: Change = (changed) => {
    setMissing({});
    setDraft((now) => ({ ...now, ...changed }));
  };
  const toStep = (to: Step) => {
    moved.current = true;
    setStep(to);
  };
  useEffect(() => {
    if (moved.current) heading.current?.focus();
  }, [step]);
  // What must be corrected is where the cursor is.
  useEffect(() => {
    if (!error && Object.keys(missing).length === 0) return;
    const wrong = place.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    const group = place.current?.querySelector<HTMLElement>('fieldset:has(.dads-input-text__error-text) input');
    (wrong ?? group ?? heading.current)?.focus();
  }, [error, missing]);

  if (recording.isSuccess) return <Recorded agreed={draft.answer === 'yes'} {...{ before, person }} />;
  const at = steps.indexOf(step);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (step === 'check') return recording.mutate();
    const lacks =
      step === 'scope' ? lacking(draft, consents.needed) : step === 'manner' ? mannerless(draft, consents.needed) : {};
    setMissing(lacks);
    const next = steps[at + 1];
    if (Object.keys(lacks).length === 0 && next) toStep(next);
  };
  return (
    <div className="consent-wizard">
      <form className="stack" onSubmit={submit} ref={place}>
        <ol className="consent-steps no-print" aria-label={consents.stepsLabel}>
          {steps.map((s, n) => (
            <li key={s} aria-current={s === step ? 'step' : undefined}>
              {n < at ? (
                <button type="button" onClick={() => toStep(s)} aria-label={consents.toStep(consents.steps[s])}>
                  {consents.steps[s]}
                </button>
              ) : (
                consents.steps[s]
              )}
            </li>
          ))}
        </ol>
        <h2 ref={heading} tabIndex={-1} className="no-print">
          {consents.steps[step]} <span className="dim consent-steps__count">{consents.step(at + 1, steps.length)}</span>
        </h2>
        {error && <Failure error={error} />}
        <div className="form">
          {step === 'sheet' && <SheetStep {...{ forms, draft, change, errorAt }} recipient={referral.to?.name} />}
          {step === 'who' && (
            <>
              <ChoiceGroup
                label={consents.answer}
                several={false}
                choices={[
                  { value: 'yes', name: consents.answers.yes },
                  { value: 'no', name: consents.answers.no },
                ]}
                value={[draft.answer]}
                onChange={([answer]) => change({ answer: answer as Draft['answer'] })}
              />
              {persons.length > 1 && (
                <ChoiceGroup
                  label={consents.person}
                  several={false}
                  choices={persons.map(({ ref }) => ({
                    value: ref,
                    name: nameOf(referral, ref, consents.personNames, names),
                  }))}
                  value={[draft.of]}
                  onChange={([of]) => of !== undefined && change({ of, giverPerson: '' })}
                />
              )}
              <SpeakerFields
                label={consents.giver}
                hint={consents.giverHint}
                said={draft}
                forConsent={draft.answer === 'yes'}
                others={persons
                  .filter(({ ref }) => ref !== draft.of)
                  .map(({ ref, person: id }) => ({
                    value: id,
                    name: nameOf(referral, ref, consents.personNames, names),
                  }))}
                change={change}
                errorAt={errorAt}
              />
            </>
          )}
          {step === 'scope' && <ScopeStep {...{ referral, form, desks, draft, change, errorAt }} />}
          {step === 'manner' && <MannerStep {...{ form, draft, change, errorAt }} />}
          {step === 'check' && (
            <CheckStep {...{ draft, toStep }} formTitle={form ? `${form.title} ${form.version}` : ''} />
          )}
        </div>
        <div className="row no-print">
          {at > 0 && (
            <Button size="md" onClick={() => toStep(steps[at - 1]!)}>
              {consents.back}
            </Button>
          )}
          <Button type="submit" look="solid-fill" size="md" disabled={recording.isPending}>
            {step !== 'check' ? consents.next : draft.answer === 'yes' ? consents.record : consents.recordNo}
          </Button>
        </div>
      </form>
      <PreviewPanel {...{ referral, draft }} />
    </div>
  );
}

function lacking({ answer, everything, categories, recipients, purposes }: Draft, says: string) {
  if (answer === 'no') return !everything && categories.length + recipients.length === 0 ? { '/categories': says } : {};
  return {
    ...(categories.length === 0 && { '/scope/categories': says }),
    ...(recipients.length === 0 && { '/scope/recipients': says }),
    ...(purposes.length === 0 && { '/scope/purposes': says }),
  };
}
const mannerless = ({ answer, manner }: Draft, says: string) =>
  answer === 'yes' && manner === '' ? { '/manner': says } : {};
