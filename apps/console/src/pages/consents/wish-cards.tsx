// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ConsentOnFile } from '@tsunagi/contracts';
import { useId, type ReactNode } from 'react';
import { useRecipientNames } from './recipient-names';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip, type ChipColor } from '../../parts/chip';
import { Facts } from '../../parts/page';
import { Failure } from '../../parts/states';
import { Day, Moment, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';
import { useNames, type Names } from '../../texts/names';

export interface Refusal extends Partial<Pick<ConsentOnFile, 'giver' | 'entitled'>> {
  readonly id: string;
  readonly at: string;
  readonly how?: ConsentOnFile['withdrawnHow'];
  readonly categories?: ConsentOnFile['scope']['categories'];
  readonly recipients?: ConsentOnFile['scope']['recipients'];
  readonly askAgainOn?: string;
}

const colors: Readonly<Record<ConsentOnFile['status'], ChipColor>> = {
  active: 'green',
  withdrawn: 'red',
  expired: 'gray',
  refused: 'orange',
};

/** One consent with everything that was said, and what may be done with it. */
export function ConsentCard(props: {
  readonly consent: ConsentOnFile;
  readonly person: string;
  onWithdraw(): void;
  onProof(): void;
}) {
  const { consents, common } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const recipientNames = useRecipientNames();
  const { consent } = props;
  const { scope, status } = consent;
  const asked = consent.manner === 'asserted_by_system' && consent.confirmedAt === undefined && status === 'active';
  return (
    <Card heading={consents.consentOf(momentText(consent.grantedAt, language))}>
      <div className="row">
        <Chip color={colors[status]}>{names.consentStatusNames[status]}</Chip>
        {consent.supersededBy && <span className="dim">{consents.superseded}</span>}
        {consent.entitled === false && <span className="soon">{consents.notEntitled}</span>}
      </div>
      <Facts
        of={[
          [consents.giverFact, names.giverNames[consent.giver]],
          [consents.mannerFact, names.mannerNames[consent.manner]],
          [consents.categories, scope.categories.map((c) => names.categoryNames[c]).join(common.comma)],
          [consents.recipients, recipientNames(scope.recipients)],
          [consents.purposes, scope.purposes.map((p) => names.purposeNames[p]).join(common.comma)],
          [
            consents.periodFact,
            <>
              <Day on={scope.from} /> – <Day on={scope.until} />
            </>,
          ],
          [consents.feedback, names.feedbackNames[scope.feedback]],
          [consents.formFact, consent.formVersion],
          [consents.evidenceFact, consent.evidence?.reference],
          [consents.capacityFact, capacityText(consent, names, common.comma)],
          [consents.confirmedOn, consent.confirmedAt && <Moment at={consent.confirmedAt} />],
          [
            consents.withdrawnFact,
            consent.withdrawnAt &&
              consents.withdrawnBy(
                momentText(consent.withdrawnAt, language),
                [
                  consent.withdrawnBy && names.giverNames[consent.withdrawnBy],
                  consent.withdrawnHow && names.saidHowNames[consent.withdrawnHow],
                ]
                  .filter(Boolean)
                  .join(common.comma),
              ),
          ],
        ]}
      />
      {consent.entitledUntil && <p>{consents.entitledUntil(consent.entitledUntil)}</p>}
      {asked && <Confirming consent={consent} person={props.person} />}
      <div className="row no-print">
        {status === 'active' && <Button onClick={props.onWithdraw}>{consents.withdraw}</Button>}
        {status === 'withdrawn' && <Button onClick={props.onProof}>{consents.proofLoad}</Button>}
      </div>
    </Card>
  );
}

/** The paper behind what a system asserts has been seen by somebody. */
function Confirming({ consent, person }: { readonly consent: ConsentOnFile; readonly person: string }) {
  const { consents } = useTexts();
  const queries = useQueryClient();
  const confirming = useMutation({
    mutationFn: () => call(`/consents/${consent.id}/confirm`, { method: 'POST', body: {} }),
    onSuccess: () =>
      Promise.all(
        [['person', person, 'consents'], ['todos']].map((queryKey) => queries.invalidateQueries({ queryKey })),
      ),
  });
  return (
    <Banner
      kind="warning"
      heading={consents.unconfirmed}
      actions={
        <Button onClick={() => confirming.mutate()} disabled={confirming.isPending}>
          {consents.confirm}
        </Button>
      }
    >
      {confirming.error && <Failure error={confirming.error} />}
    </Banner>
  );
}

export function RefusalCard({ refusal }: { readonly refusal: Refusal }) {
  const { consents, common } = useTexts();
  const { language } = useLanguage();
  const names = useNames();
  const recipientNames = useRecipientNames();
  const { categories, recipients } = refusal;
  return (
    <Card heading={consents.refusalOf(momentText(refusal.at, language))}>
      {refusal.entitled === false && <p className="soon">{consents.notEntitled}</p>}
      <Facts
        of={[
          [consents.giverFact, names.giverNames[refusal.giver ?? 'self']],
          [consents.how, refusal.how && names.saidHowNames[refusal.how]],
          [
            consents.categoriesNo,
            categories ? categories.map((c) => names.categoryNames[c]).join(common.comma) : consents.all,
          ],
          [consents.recipientsNo, recipients ? recipientNames(recipients) : consents.all],
          [consents.askAgainOn, refusal.askAgainOn && <Day on={refusal.askAgainOn} />],
        ]}
      />
    </Card>
  );
}

function Card({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  const id = useId();
  return (
    <article className="consent-card panel stack" aria-labelledby={id}>
      <h3 id={id}>{heading}</h3>
      {children}
    </article>
  );
}

const capacityText = ({ capacity }: ConsentOnFile, { parentalNames }: Names, comma: string): string | undefined =>
  capacity &&
  [capacity.document, capacity.parental && parentalNames[capacity.parental], capacity.childView]
    .filter(Boolean)
    .join(comma);
