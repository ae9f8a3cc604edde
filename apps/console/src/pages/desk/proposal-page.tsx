// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Proposal, ProposalSettled } from '@tsunagi/contracts';
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { Changes } from './changes';
import { MemberShown } from '../../parts/member-shown';
import { useProposals } from './proposals-page';
import { call } from '../../api/call';
import { codeOf } from '../../api/problem';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { Facts, Page } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import '../../look/desk.css';

export default function ProposalPage() {
  const { id = '' } = useParams();
  const { desk, frame } = useTexts();
  const list = useProposals();
  const ids = (list.data?.pages ?? []).flatMap((p) => p.items.map((i) => i.id));
  const place = ids.indexOf(id);
  const before = place > 0 ? ids[place - 1] : undefined;
  const after = ids.find((other, n) => n > place && other !== id);
  return (
    <Page
      title={frame.pages.proposal}
      lead={desk.proposalLead}
      actions={
        <>
          <ButtonLink to="/proposals">{desk.toList}</ButtonLink>
          {before !== undefined && <ButtonLink to={`/proposals/${before}`}>{desk.previousOne}</ButtonLink>}
          {place >= 0 && after !== undefined && <ButtonLink to={`/proposals/${after}`}>{desk.nextOne}</ButtonLink>}
        </>
      }
    >
      <Settling key={id} id={id} next={after} />
    </Page>
  );
}

function Settling({ id, next }: { readonly id: string; readonly next: string | undefined }) {
  const { desk } = useTexts();
  const { kindNames, urgencyNames } = useNames();
  const queries = useQueryClient();
  const asked = useQuery({
    queryKey: ['proposal', id],
    queryFn: () => call<Proposal>(`/proposals/${id}`),
    // It is settled as it was seen: it does not change under the eyes, and each look stands in the ledger.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
    gcTime: 0,
  });
  const settling = useMutation({
    mutationFn: ({ how, version }: { how: 'approve' | 'decline'; version: string }) =>
      call<ProposalSettled>(`/proposals/${id}/${how}`, { body: {}, ifMatch: version }),
    onSuccess: () => {
      for (const queryKey of [['todos'], ['queue'], ['referral', id]]) void queries.invalidateQueries({ queryKey });
    },
  });
  const look = () => {
    settling.reset();
    void asked.refetch();
  };
  if (settling.isSuccess) return <Settled of={settling.data} next={next} />;
  return (
    <Answered of={asked}>
      {(proposal) => (
        <div className="stack">
          {settling.isError &&
            (codeOf(settling.error) === 'VERSION_CONFLICT' ? (
              <Banner
                kind="warning"
                heading={desk.proposalChanged}
                actions={<Button onClick={look}>{desk.lookAgain}</Button>}
              >
                <p>{desk.proposalChangedHint}</p>
              </Banner>
            ) : (
              <Failure error={settling.error} />
            ))}
          <Facts
            of={[
              [desk.what, desk.proposalKinds[proposal.kind]],
              [desk.kind, kindNames[proposal.referralKind]],
              [desk.urgency, urgencyNames[proposal.urgency]],
              [desk.from, proposal.content.from.name],
              [desk.toDesk, proposal.to.name],
              [desk.since, <Moment key="since" at={proposal.since} />],
            ]}
          />
          <Changes of={proposal} />
          {proposal.comparedWith === 'written' && (
            <details>
              <summary>{desk.allOfIt}</summary>
              <div className="stack">
                {[proposal.content.subject, ...proposal.content.others].map((member) => (
                  <MemberShown key={member.ref} member={member} />
                ))}
              </div>
            </details>
          )}
          <p className="dim">{desk.noPlaceHint}</p>
          <div className="row">
            <Button
              look="solid-fill"
              size="md"
              disabled={settling.isPending}
              onClick={() => settling.mutate({ how: 'approve', version: proposal.version })}
            >
              {desk.approve}
            </Button>
            <Button
              size="md"
              disabled={settling.isPending}
              onClick={() => settling.mutate({ how: 'decline', version: proposal.version })}
            >
              {desk.decline}
            </Button>
            <span className="dim">{desk.declineHint}</span>
          </div>
        </div>
      )}
    </Answered>
  );
}

function Settled({ of, next }: { readonly of: ProposalSettled; readonly next: string | undefined }) {
  const { desk } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel stack" aria-label={desk.settled[of.outcome]}>
      <h2 ref={heading} tabIndex={-1}>
        {desk.settled[of.outcome]}
      </h2>
      <p>{desk.settledHints[of.outcome]}</p>
      <div className="row">
        {next !== undefined && (
          <ButtonLink to={`/proposals/${next}`} look="solid-fill" size="md">
            {desk.nextOne}
          </ButtonLink>
        )}
        <ButtonLink to={`/referrals/${of.id}`} size="md">
          {desk.openReferral}
        </ButtonLink>
      </div>
    </section>
  );
}
