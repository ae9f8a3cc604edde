// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { WithdrawalProof } from '@tsunagi/contracts';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { ListTable } from '../../parts/list-table';
import { Section } from '../../parts/page';
import { Answered } from '../../parts/states';
import { Moment, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** What the withdrawal has stopped, what had left before it, and what the others have answered. */
export function Proof(props: { readonly person: string; readonly consent: string; readonly fresh: boolean }) {
  const { consents } = useTexts();
  const { person, consent, fresh } = props;
  const place = useRef<HTMLDivElement>(null);
  const proof = useQuery({
    queryKey: ['person', person, 'withdrawal', consent],
    queryFn: ({ signal }) => call<WithdrawalProof>(`/consents/${consent}/withdrawal`, { signal }),
    refetchOnWindowFocus: false,
  });
  useEffect(() => place.current?.focus(), []);
  return (
    <div ref={place} tabIndex={-1}>
      <Section
        heading={consents.proof}
        actions={
          <div className="row no-print">
            <Button onClick={() => void proof.refetch()}>{consents.proofAgain}</Button>
            {/* The hub's own page: on paper, and in the ledger as printed. */}
            <a
              className="dads-button"
              data-type="outline"
              data-size="sm"
              href={`/api/v1/consents/${consent}/withdrawal`}
              target="_blank"
              rel="noreferrer"
            >
              {consents.proofPrint}
            </a>
          </div>
        }
      >
        {fresh && <Banner kind="success" heading={consents.withdrawn} />}
        <Answered of={proof}>{(of) => <Tables of={of} />}</Answered>
      </Section>
    </div>
  );
}

type Line = WithdrawalProof['gone'][number];

function Tables({ of }: { readonly of: WithdrawalProof }) {
  const { consents } = useTexts();
  const { language } = useLanguage();
  const link = (referral: string) => <Link to={`/referrals/${referral}`}>{consents.goTo}</Link>;
  return (
    <>
      <Lines heading={consents.stopped} lines={of.stopped} />
      <Lines heading={consents.gone} lines={of.gone} recalled />
      <h3>{consents.revoked}</h3>
      {of.revoked.length === 0 && <p className="dim">{consents.nothing}</p>}
      <ul>
        {of.revoked.map(({ referralId, to }) => (
          <li key={referralId}>
            {to.name} {link(referralId)}
          </li>
        ))}
      </ul>
      <h3>{consents.talks}</h3>
      {of.talks.length === 0 && <p className="dim">{consents.nothing}</p>}
      <ul>
        {of.talks.map(({ referralId, to, doneAt }) => (
          <li key={referralId}>
            {to.name} – {doneAt ? consents.talkDone(momentText(doneAt, language)) : consents.talkOpen}{' '}
            {link(referralId)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Lines(props: { readonly heading: string; readonly lines: readonly Line[]; readonly recalled?: boolean }) {
  const { consents, common } = useTexts();
  const { categoryNames } = useNames();
  const { heading, lines, recalled } = props;
  const columns = consents.proofColumns;
  return (
    <>
      <h3>{heading}</h3>
      {lines.length === 0 ? (
        <p className="dim">{consents.nothing}</p>
      ) : (
        <ListTable list="withdrawal-proof" label={heading}>
          <table className="grid" aria-label={heading}>
            <thead>
              <tr>
                <th scope="col">{columns.to}</th>
                <th scope="col">{columns.what}</th>
                {recalled && <th scope="col">{columns.at}</th>}
                {recalled && <th scope="col">{columns.recall}</th>}
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => (
                <tr key={line.id}>
                  <th scope="row">{line.to.name}</th>
                  <td>
                    {[...new Set(line.members.flatMap((m) => m.categories))]
                      .map((c) => categoryNames[c])
                      .join(common.comma)}
                  </td>
                  {recalled && (
                    <td>
                      <Moment at={line.at} />
                    </td>
                  )}
                  {recalled && (
                    <td>
                      <Recall line={line} />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </ListTable>
      )}
    </>
  );
}

function Recall({ line: { recall, state } }: { readonly line: Line }) {
  const { consents } = useTexts();
  const { language } = useLanguage();
  if (!recall) return <>{state === 'claimed' ? consents.recallOnWay : consents.recallNone}</>;
  const { requestedAt, dueOn, acknowledgedAt, disposition } = recall;
  return (
    <ul className="plain">
      <li>{consents.recallAsked(momentText(requestedAt, language))}</li>
      {acknowledgedAt ? (
        <li>{consents.recallDone(momentText(acknowledgedAt, language))}</li>
      ) : (
        dueOn && <li>{consents.recallDue(dueOn)}</li>
      )}
      {disposition && (
        <li>
          {consents.dispositions[disposition.done]}
          {disposition.done === 'kept' && ` (${disposition.law})`}
        </li>
      )}
    </ul>
  );
}
