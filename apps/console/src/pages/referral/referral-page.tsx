// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ReferralView } from '@tsunagi/contracts';
import { uuidToBase32 } from '@tsunagi/text';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import '../../look/referral.css';
import { ActionPanel } from './action-panel';
import { useReferral } from './answers';
import { DangerDialog } from './danger-dialog';
import { DoubtDialog } from './doubt-dialog';
import { Journey } from './journey';
import { Lead } from './lead';
import { Neighbours } from './neighbours';
import { NoteOf } from './notes';
import { Timeline } from './timeline';
import { Why } from './why';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { DutyNumbersOf } from '../../parts/duty-numbers';
import { MemberShown } from '../../parts/member-shown';
import { nameOf } from '../../parts/name-in-referral';
import { Facts, Page, Section } from '../../parts/page';
import { Answered } from '../../parts/states';
import { Due, StateChip } from '../../parts/state-chip';
import { Day, Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export default function ReferralPage() {
  const { frame, referral } = useTexts();
  const { kindNames } = useNames();
  const { id = '' } = useParams();
  const [search] = useSearchParams();
  const asked = useReferral(id);
  const of = asked.data;
  return (
    <>
      <Neighbours id={id} list={search.get('in')} />
      {/* One page from the moment one comes to it: a second would take the focus from whoever has gone on meanwhile. */}
      <Page
        key={id}
        title={of ? kindNames[of.kind] : frame.pages.referral}
        lead={of && referral.fromTo(of.from.name, of.to?.name ?? referral.nobodyYet)}
        actions={of && <StateChip state={of.state} />}
      >
        <Answered of={asked}>{(view) => <Shown of={view} />}</Answered>
      </Page>
    </>
  );
}

function Shown({ of }: { readonly of: ReferralView }) {
  const { referral } = useTexts();
  return (
    <>
      {of.misdirected && <Banner kind="error" heading={referral.misdirected} />}
      <Reported of={of} />
      <div className="referral">
        <div className="stack" data-gap="large">
          <ActionPanel of={of} />
          <Section heading={referral.people}>
            {of.members ? (
              <>
                <p className="dim">{referral.onlyPermitted}</p>
                {of.members.map((member) => (
                  <MemberShown key={member.ref} member={member} />
                ))}
              </>
            ) : (
              <p>{referral.nothingShown}</p>
            )}
          </Section>
          {of.said && Object.keys(of.said).length > 0 && (
            <Section heading={referral.said}>
              <NoteOf note={of.said as never} />
            </Section>
          )}
          <Timeline id={of.id} />
        </div>
        <div className="stack" data-gap="large">
          <Outline of={of} />
          <Links of={of} />
          <Journey of={of} />
          <Lead of={of} />
          <Why id={of.id} of={of} />
        </div>
      </div>
    </>
  );
}

/** 通報しました is said to whoever reports when a person at the other desk has confirmed it, and not before. */
function Reported({ of }: { readonly of: ReferralView }) {
  const { referral } = useTexts();
  if (of.kind !== 'notification' || of.person === undefined) return null;
  if (of.state === 'sent')
    return (
      <Banner kind="warning" heading={referral.notYetReported}>
        <p>{referral.notYetReportedHint}</p>
      </Banner>
    );
  return of.state === 'received' ? <Banner kind="success" heading={referral.reported} /> : null;
}

function Outline({ of }: { readonly of: ReferralView }) {
  const { referral, common } = useTexts();
  const names = useNames();
  const other = (id: string | undefined) => id && <Link to={`/referrals/${id}`}>{referral.wentOn}</Link>;
  return (
    <section className="panel" aria-label={referral.number}>
      <Facts
        of={[
          [referral.state, names.stateNames[of.state]],
          [referral.since, <Moment key="since" at={of.stateAt} />],
          [referral.due, of.dueOn && <Due key="due" of={of} />],
          [referral.urgency, names.urgencyNames[of.urgency]],
          [referral.purpose, names.purposeNames[of.purpose]],
          [referral.meeting, of.howTheyMeet && names.meetingNames[of.howTheyMeet]],
          [referral.channel, of.channel && names.channelNames[of.channel]],
          [referral.fromWorker, of.fromWorker],
          [referral.worker, of.worker],
          [referral.nextContactOn, of.nextContactOn && <Day key="next" on={of.nextContactOn} />],
          [
            referral.followUps,
            of.followUps && of.followUps.length > 0 && of.followUps.map((day) => <Day key={day} on={day} />),
          ],
          [
            referral.phoned,
            of.phoned && (
              <span key="phoned">
                {referral.phonedWords(of.phoned.whom, of.phoned.by)} <Moment at={of.phoned.at} />
              </span>
            ),
          ],
          [
            referral.duty,
            of.urgency === 'same_day' && of.to !== undefined && <DutyNumbersOf key="duty" code={of.to.code} />,
          ],
          [referral.conditions, of.conditions?.join('\n')],
          [referral.notCarried, of.notCarried?.map((category) => names.categoryNames[category]).join(common.comma)],
          [referral.continues, other(of.continues)],
          [referral.reopens, other(of.reopens)],
          [referral.sheetCode, of.sheetCode && <span className="id">{of.sheetCode}</span>],
          [
            referral.number,
            <span key="id" className="id">
              {uuidToBase32(of.id)}
            </span>,
          ],
        ]}
      />
    </section>
  );
}

/** What the sending desk does beside the steps: consent, other bases, paper, whom to protect, whose it is. */
function Links({ of }: { readonly of: ReferralView }) {
  const { referral, consents } = useTexts();
  const names = useNames();
  const { roles } = useSession();
  const [open, setOpen] = useState<'danger' | 'doubt'>();
  const persons = (of.persons ?? []).map(({ ref, person }) => ({
    value: person,
    name: nameOf(of, ref, consents.personNames, names),
  }));
  const isSender = of.person !== undefined && (roles.has('caseworker') || roles.has('supervisor'));
  return (
    <div className="row no-print">
      {isSender && of.state === 'awaiting_authority' && (
        <>
          <ButtonLink to={`/referrals/${of.id}/consent`}>{referral.registerConsent}</ButtonLink>
          <ButtonLink to={`/referrals/${of.id}/ground`}>{referral.registerGround}</ButtonLink>
        </>
      )}
      {isSender && <ButtonLink to={`/persons/${of.person}`}>{referral.person}</ButtonLink>}
      {isSender &&
        persons
          .filter(({ value }) => value !== of.person)
          .map(({ value, name }) => (
            <ButtonLink key={value} to={`/persons/${value}`}>
              {referral.personOf(name)}
            </ButtonLink>
          ))}
      {isSender && <Button onClick={() => setOpen('danger')}>{referral.danger.open}</Button>}
      {isSender && of.state !== 'draft' && of.state !== 'awaiting_authority' && (
        <Button onClick={() => setOpen('doubt')}>{referral.doubt.open}</Button>
      )}
      {open === 'danger' && <DangerDialog persons={persons} onClose={() => setOpen(undefined)} />}
      {open === 'doubt' && <DoubtDialog person={of.person ?? ''} referral={of.id} onClose={() => setOpen(undefined)} />}
      {of.members && (
        <a
          className="dads-button"
          data-type="outline"
          data-size="sm"
          href={`/api/v1/referrals/${of.id}/sheet`}
          target="_blank"
          rel="noreferrer"
        >
          {referral.sheet}
        </a>
      )}
    </div>
  );
}
