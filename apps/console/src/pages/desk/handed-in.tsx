// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { Preview, ReferralView, Stepped, Submitted } from '@tsunagi/contracts';
import { useEffect, useRef } from 'react';
import { call } from '../../api/call';
import { Button, ButtonLink } from '../../parts/button';
import { Section } from '../../parts/page';
import { Answered, Lacking } from '../../parts/states';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { MemberShown } from '../../parts/member-shown';

/** What became of it, and what comes next. */
export function HandedIn({ of, another }: { readonly of: Submitted; readonly another: () => void }) {
  const { desk } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <>
      <section className="panel stack" aria-label={desk.handedIn[of.outcome]}>
        <h2 ref={heading} tabIndex={-1}>
          {desk.handedIn[of.outcome]}
        </h2>
        <p>{of.sentence}</p>
        <div className="row">
          {of.id !== undefined && of.outcome === 'held' && (
            <ButtonLink to={`/referrals/${of.id}/consent`} look="solid-fill" size="md">
              {desk.registerConsent}
            </ButtonLink>
          )}
          {of.id !== undefined && of.outcome === 'draft' && (
            <ButtonLink to={`/new?edit=${of.id}`} look="solid-fill" size="md">
              {desk.goOnWriting}
            </ButtonLink>
          )}
          {of.id !== undefined && (
            <ButtonLink to={`/referrals/${of.id}`} size="md">
              {desk.openReferral}
            </ButtonLink>
          )}
          <Button size="md" onClick={another}>
            {desk.writeAnother}
          </Button>
        </div>
        {of.id !== undefined && <SheetOf id={of.id} />}
      </section>
      {of.id !== undefined && <AsTheySeeIt id={of.id} />}
    </>
  );
}

/** What was written anew is kept; whether it leaves is seen at the referral. */
export function Edited({ of }: { readonly of: Stepped }) {
  const { desk } = useTexts();
  const { stateNames } = useNames();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <section className="panel stack" aria-label={desk.edited}>
      <h2 ref={heading} tabIndex={-1}>
        {desk.edited}
      </h2>
      <p>{desk.stateNow(stateNames[of.state])}</p>
      <div className="row">
        <ButtonLink to={`/referrals/${of.id}`} look="solid-fill" size="md">
          {desk.openReferral}
        </ButtonLink>
      </div>
    </section>
  );
}

/** What goes by a sheet is printed now. */
function SheetOf({ id }: { readonly id: string }) {
  const { desk, common } = useTexts();
  const asked = useQuery({ queryKey: ['referral', id], queryFn: () => call<ReferralView>(`/referrals/${id}`) });
  if (asked.data === undefined) return <Lacking of={asked} what={common.lists.sheet} />;
  if (asked.data.sheetCode === undefined) return null;
  return (
    <p>
      <a href={`/api/v1/referrals/${id}/sheet`} target="_blank" rel="noreferrer">
        {desk.printSheet}
      </a>
    </p>
  );
}

/** The recipient's view of it, as the hub would let it out now. */
function AsTheySeeIt({ id }: { readonly id: string }) {
  const { desk } = useTexts();
  const asked = useQuery({
    queryKey: ['referral', id, 'preview'],
    queryFn: () => call<Preview>('/disclosures/preview', { body: { referralId: id } }),
  });
  return (
    <Answered of={asked}>
      {({ shown, to, sentences }) => (
        <Section heading={desk.asSeenBy(to.name)}>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          {shown && [shown.subject, ...shown.others].map((member) => <MemberShown key={member.ref} {...{ member }} />)}
        </Section>
      )}
    </Answered>
  );
}
