// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import { scopeOf, type Draft, type Step } from './draft';
import { Button } from '../../../parts/button';
import { Facts } from '../../../parts/page';
import { Day } from '../../../parts/time';
import { useTexts } from '../../../texts';
import { useNames } from '../../../texts/names';
import { useRecipientNames } from '../recipient-names';

/** Everything once more before it is recorded, each part with the way back to it. */
export function CheckStep(props: { readonly draft: Draft; readonly formTitle: string; toStep(step: Step): void }) {
  const { consents, common } = useTexts();
  const names = useNames();
  const recipientNames = useRecipientNames();
  const { draft } = props;
  const agrees = draft.answer === 'yes';
  const { categories, recipients, purposes, from, until } = scopeOf(draft);
  const all = !agrees && draft.everything;
  const list = (said: readonly string[]) => (said.length === 0 ? consents.all : said.join(common.comma));
  const part = (step: Step, of: Parameters<typeof Facts>[0]['of']) => (
    <div className="panel row" key={step}>
      <div className="grow">
        <Facts of={of} />
      </div>
      <Button onClick={() => props.toStep(step)}>{consents.fix(consents.steps[step])}</Button>
    </div>
  );
  const { capacity } = draft;
  const shown: (string | false)[] = [
    capacity.document,
    capacity.parental !== '' && names.parentalNames[capacity.parental as keyof typeof names.parentalNames],
    capacity.childView,
  ];
  const day = (on: string): ReactNode => (on === '' ? undefined : <Day on={on} />);
  return (
    <>
      <p>{consents.checkHint}</p>
      {part('who', [
        [consents.answer, consents.answers[draft.answer]],
        [consents.person, consents.personNames[draft.of] ?? draft.of],
        [consents.giver, draft.giver === '' ? undefined : names.giverNames[draft.giver]],
        [consents.capacityFact, shown.filter((s) => s !== false && s !== '').join(common.comma)],
      ])}
      {part('scope', [
        [
          agrees ? consents.categories : consents.categoriesNo,
          all ? consents.all : list(categories.map((c) => names.categoryNames[c])),
        ],
        [
          agrees ? consents.recipients : consents.recipientsNo,
          all || recipients.length === 0 ? consents.all : recipientNames(recipients),
        ],
        agrees && draft.namedOrganization !== '' ? [consents.namedFact, consents.namedOnly] : undefined,
        agrees ? [consents.purposes, list(purposes.map((p) => names.purposeNames[p]))] : undefined,
        agrees ? [consents.from, day(from)] : undefined,
        agrees ? [consents.until, day(until)] : undefined,
        agrees ? [consents.feedback, names.feedbackNames[draft.feedback]] : undefined,
      ])}
      {part('manner', [
        agrees
          ? [consents.manner, draft.manner === '' ? undefined : names.mannerNames[draft.manner]]
          : [consents.how, draft.how === '' ? undefined : names.saidHowNames[draft.how]],
        [consents.grantedOn, day(draft.grantedOn)],
        agrees ? [consents.formFact, props.formTitle] : [consents.askAgainOn, day(draft.askAgainOn)],
        agrees ? [consents.reference, draft.reference] : undefined,
      ])}
    </>
  );
}
