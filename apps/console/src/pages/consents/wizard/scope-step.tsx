// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ConsentFormView, DeskFunctionView, ReferralView } from '@tsunagi/contracts';
import type { DataCategory, Feedback, Purpose } from '@tsunagi/contracts/words';
import { recipientOf, type Change, type Draft, type ErrorAt } from './draft';
import { Button } from '../../../parts/button';
import { CheckBox, choicesOf, ChoiceGroup, SelectField, TextField, type Choice } from '../../../parts/fields';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';

/** What, to whom, for what, until when, and what comes back. */
export function ScopeStep(props: {
  readonly referral: ReferralView;
  readonly form: ConsentFormView | undefined;
  readonly desks: readonly DeskFunctionView[];
  readonly draft: Draft;
  readonly change: Change;
  readonly errorAt: ErrorAt;
}) {
  const { consents } = useTexts();
  const names = useNames();
  const { referral, form, desks, draft, change, errorAt } = props;
  const operator = desks.find((d) => d.code === referral.to?.code)?.organization;
  const agrees = draft.answer === 'yes';
  return (
    <>
      {!agrees && (
        <ChoiceGroup
          label={consents.extent}
          several={false}
          choices={[
            { value: 'all', name: consents.everything },
            { value: 'some', name: consents.someOnly },
          ]}
          value={[draft.everything ? 'all' : 'some']}
          onChange={([value]) => change({ everything: value === 'all' })}
        />
      )}
      {(agrees || !draft.everything) && (
        <>
          <Categories
            {...{ referral, form, draft, change, agrees }}
            error={errorAt('/scope/categories') ?? errorAt('/categories')}
          />
          <Recipients
            {...{ referral, desks, draft, change, agrees }}
            error={errorAt('/scope/recipients') ?? errorAt('/recipients')}
          />
        </>
      )}
      {agrees && (
        <>
          {operator && (
            <CheckBox
              label={consents.namedOrganization(operator.name)}
              checked={draft.namedOrganization === operator.id}
              onChange={(e) => change({ namedOrganization: e.target.checked ? operator.id : '' })}
            />
          )}
          <ChoiceGroup
            label={consents.purposes}
            error={errorAt('/scope/purposes')}
            several
            required
            choices={choicesOf(names.purposeNames)}
            value={draft.purposes}
            onChange={(value) => change({ purposes: value as Purpose[] })}
          />
          <div className="row">
            <TextField
              label={consents.from}
              error={errorAt('/scope/from')}
              type="date"
              value={draft.from}
              onChange={(e) => change({ from: e.target.value })}
              required
            />
            <TextField
              label={consents.until}
              error={errorAt('/scope/until')}
              type="date"
              min={draft.from}
              value={draft.until}
              onChange={(e) => change({ until: e.target.value })}
              required
            />
          </div>
          <ChoiceGroup
            label={consents.feedback}
            error={errorAt('/scope/feedback')}
            several={false}
            required
            choices={choicesOf(names.feedbackNames)}
            value={[draft.feedback]}
            onChange={([value]) => change({ feedback: value as Feedback })}
          />
        </>
      )}
    </>
  );
}

interface Part {
  readonly referral: ReferralView;
  readonly draft: Draft;
  readonly change: Change;
  readonly agrees: boolean;
  readonly error: string | undefined;
}

function Categories({
  referral,
  form,
  draft,
  change,
  agrees,
  error,
}: Part & { readonly form: ConsentFormView | undefined }) {
  const { consents } = useTexts();
  const { categoryNames } = useNames();
  const there = new Set(
    referral.members?.flatMap((m) => (m.ref === draft.of ? Object.keys(m.items) : [])) as DataCategory[] | undefined,
  );
  const all = choicesOf(categoryNames);
  const set = (shown: readonly Choice[], value: readonly string[]) =>
    change({
      categories: [...draft.categories.filter((c) => !shown.some((s) => s.value === c)), ...(value as DataCategory[])],
    });
  const inReferral = all.filter(({ value }) => there.has(value as DataCategory));
  const others = all.filter(({ value }) => !there.has(value as DataCategory));
  return (
    <>
      <ChoiceGroup
        label={agrees ? consents.categories : consents.categoriesNo}
        hint={consents.inReferral}
        error={error}
        several
        required
        choices={inReferral}
        value={draft.categories}
        onChange={(value) =>
          set(
            inReferral,
            value.filter((v) => inReferral.some((c) => c.value === v)),
          )
        }
      />
      <div className="row">
        {form && (
          <Button look="text" onClick={() => change({ categories: form.profile.categories })}>
            {consents.allOnSheet}
          </Button>
        )}
        <Button look="text" onClick={() => change({ categories: [] })}>
          {consents.none}
        </Button>
      </div>
      <details open={others.some(({ value }) => draft.categories.includes(value as DataCategory))}>
        <summary>{consents.otherItems}</summary>
        <ChoiceGroup
          label={consents.otherItems}
          several
          choices={others}
          value={draft.categories}
          onChange={(value) =>
            set(
              others,
              value.filter((v) => others.some((c) => c.value === v)),
            )
          }
        />
      </details>
    </>
  );
}

function Recipients({
  referral,
  desks,
  draft,
  change,
  agrees,
  error,
}: Part & { readonly desks: readonly DeskFunctionView[] }) {
  const { consents } = useTexts();
  const { domainNames } = useNames();
  const desk = desks.find((d) => d.code === referral.to?.code);
  const domain = referral.to?.domain;
  const near: Choice[] = [
    ...(desk ? [{ value: recipientOf({ function: desk.id }), name: consents.onlyDesk(desk.name) }] : []),
    ...(desk ? [{ value: recipientOf({ functionType: desk.functionType }), name: consents.wholeType }] : []),
    ...(domain ? [{ value: recipientOf({ domain }), name: consents.wholeDomain(domainNames[domain]) }] : []),
    ...(domain === 'takikan' ? [] : [{ value: recipientOf({ domain: 'takikan' }), name: consents.coordinators }]),
  ];
  const more = desks.map((d) => ({ value: recipientOf({ function: d.id }), name: d.name }));
  const chosen = more.filter(
    ({ value }) => draft.recipients.includes(value) && !near.some((choice) => choice.value === value),
  );
  return (
    <>
      <ChoiceGroup
        label={agrees ? consents.recipients : consents.recipientsNo}
        error={error}
        several
        required
        choices={[...near, ...chosen]}
        value={draft.recipients}
        onChange={(recipients) => change({ recipients })}
      />
      <SelectField
        label={consents.moreDesk}
        value=""
        choices={more.filter(({ value }) => !draft.recipients.includes(value))}
        onChange={(e) => e.target.value !== '' && change({ recipients: [...draft.recipients, e.target.value] })}
      />
    </>
  );
}
