// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Incident } from '@tsunagi/contracts';
import type { DataCategory } from '@tsunagi/contracts/words';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { dueNames } from './dues';
import { call } from '../../api/call';
import { codeOf } from '../../api/problem';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { CheckBox, TextArea } from '../../parts/fields';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Failure } from '../../parts/states';
import { Day, Moment } from '../../parts/time';
import { useSending } from '../../parts/use-sending';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

export default function IncidentPage() {
  const { frame } = useTexts();
  const { incidentKindNames } = useNames();
  const { id = '' } = useParams();
  const incident = useQuery({
    queryKey: ['incidents', id],
    queryFn: ({ signal }) => call<Incident>(`/incidents/${id}`, { signal }),
  });
  return (
    <Page title={incident.data ? incidentKindNames[incident.data.kind] : frame.pages.incident}>
      <Answered of={incident}>{(one) => <Shown of={one} />}</Answered>
    </Page>
  );
}

function Shown({ of }: { readonly of: Incident }) {
  const { privacy, common } = useTexts();
  const { categoryNames } = useNames();
  const { roles } = useSession();
  const listed = (categories: readonly DataCategory[]) => categories.map((c) => categoryNames[c]).join(common.comma);
  return (
    <div className="stack" data-gap="large">
      <section className="panel" aria-label={privacy.state}>
        <Facts
          of={[
            [privacy.state, of.closedAt ? privacy.closed : privacy.open],
            [privacy.noticed, <Moment key="noticed" at={of.noticedAt} />],
            [privacy.from, of.from.name],
            [privacy.recipients, of.recipients.map(({ name }) => name).join(common.comma)],
            [privacy.contained, of.containedAt && <Moment key="contained" at={of.containedAt} />],
            ...dueNames.map((what) => [privacy.duesNames[what], <DueState key={what} of={of} what={what} />] as const),
            ...of.persons.map(
              ({ categories, sensitive }, n) =>
                [
                  privacy.person(n + 1),
                  sensitive ? common.aside(listed(categories), privacy.sensitive) : listed(categories),
                ] as const,
            ),
            [
              privacy.toReferral,
              of.referralId && (
                <Link key="referral" to={`/referrals/${of.referralId}`}>
                  {privacy.toReferral}
                </Link>
              ),
            ],
          ]}
        />
      </section>
      {roles.has('privacy_officer') && of.closedAt === undefined && <Steps of={of} />}
      <Notes of={of} />
    </div>
  );
}

function DueState({ of: { dues, done }, what }: { readonly of: Incident; readonly what: (typeof dueNames)[number] }) {
  const { privacy } = useTexts();
  const step = done[what];
  return (
    <>
      {dues[what] && (
        <>
          {privacy.dueBy} <Day on={dues[what]} />{' '}
        </>
      )}
      {step && (
        <strong>
          {privacy.answerNames[step.answer]} <Moment at={step.at} />
        </strong>
      )}
    </>
  );
}

type Step = 'contain' | 'report' | 'final-report' | 'tell' | 'close';

/** What is recorded when it was done; two of the reports may turn out not to be required. */
function Steps({ of }: { readonly of: Incident }) {
  const { privacy, common } = useTexts();
  const queries = useQueryClient();
  const [notRequired, setNotRequired] = useState(false);
  const [done, setDone] = useState<Step>();
  const [step, setStep] = useState<Step>();
  const { send, sending, error } = useSending(async () => {
    if (!step) return;
    const answers = step === 'contain' || step === 'close' ? {} : { answer: notRequired ? 'not_required' : 'done' };
    await call(`/incidents/${of.id}/${step}`, { body: answers, ifMatch: of.version }).finally(() =>
      queries.invalidateQueries({ queryKey: ['incidents'] }),
    );
    setNotRequired(false);
    setDone(step);
  });
  const left: Step[] = [
    ...(of.containedAt ? [] : (['contain'] as const)),
    ...(of.done.firstReport ? [] : (['report'] as const)),
    ...(of.done.finalReport ? [] : (['final-report'] as const)),
    ...(of.done.tell ? [] : (['tell'] as const)),
    'close',
  ];
  return (
    <form className="stack" onSubmit={send}>
      <div role="status">
        {done && (
          <Banner kind="success" heading={common.done}>
            <p>{privacy.steps[done]}</p>
          </Banner>
        )}
      </div>
      {codeOf(error) === 'VERSION_CONFLICT' ? (
        <Banner kind="warning" heading={privacy.raced} />
      ) : (
        error !== undefined && <Failure error={error} />
      )}
      <CheckBox label={privacy.notRequired} checked={notRequired} onChange={(e) => setNotRequired(e.target.checked)} />
      <div className="row">
        {left.map((name) => (
          <Button key={name} type="submit" size="md" disabled={sending} onClick={() => setStep(name)}>
            {privacy.steps[name]}
          </Button>
        ))}
      </div>
    </form>
  );
}

function Notes({ of }: { readonly of: Incident }) {
  const { privacy } = useTexts();
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const { send, sending, error } = useSending(async () => {
    await call(`/incidents/${of.id}/notes`, { body: { text } });
    setText('');
    await queries.invalidateQueries({ queryKey: ['incidents'] });
  });
  return (
    <Section heading={privacy.notes}>
      <ol className="stack" data-gap="small">
        {of.notes.map((note) => (
          <li key={note.id}>
            <p className="dim">
              <Moment at={note.at} /> {note.function?.name}
            </p>
            <p>{note.text}</p>
          </li>
        ))}
      </ol>
      <form className="form no-print" onSubmit={send}>
        {error !== undefined && <Failure error={error} />}
        <TextArea
          label={privacy.note}
          value={text}
          required
          maxLength={2000}
          onChange={(e) => setText(e.target.value)}
        />
        <div>
          <Button type="submit" disabled={sending}>
            {privacy.addNote}
          </Button>
        </div>
      </form>
    </Section>
  );
}
