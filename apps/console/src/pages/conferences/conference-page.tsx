// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { AgendaView, ConferenceStepped, ConferenceView } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { Link, useParams } from 'react-router';
import { CallForm } from './calling';
import { AddItem, Items, RequestMaterial } from './items';
import { kindsOf, usePersonWords } from './parts-of';
import { StepButton, StepForm, type Seen } from './step-form';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button, ButtonLink } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { choicesOf } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Facts, Page, Section } from '../../parts/page';
import { Answered } from '../../parts/states';
import { Day, Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { todayInJapan } from '../desk/draft';
import { Line, OneOf, Prose } from '../desk/form-fields';
import '../../look/desk.css';
import '../../look/conferences.css';

export default function ConferencePage() {
  const { id = '' } = useParams();
  const { conferences, frame } = useTexts();
  const asked = useQuery({
    queryKey: ['conference', id],
    queryFn: () => call<ConferenceView>(`/conferences/${id}`),
    gcTime: 0,
  });
  return (
    <Page
      title={frame.pages.conference}
      lead={conferences.oneLead}
      actions={
        <>
          <ButtonLink to="/conferences">{conferences.toList}</ButtonLink>
          <Button onClick={() => print()}>{conferences.printAgenda}</Button>
        </>
      }
    >
      <Answered of={asked}>{(conference) => <Conference conference={conference} />}</Answered>
    </Page>
  );
}

interface Done {
  readonly words: string;
  readonly answer: ConferenceStepped;
}

function Conference({ conference }: { readonly conference: ConferenceView }) {
  const { conferences } = useTexts();
  const { caller } = useSession();
  const { conferenceKindNames } = useNames();
  const [done, setDone] = useState<Done>();
  const seen: Seen = { conference, onDone: (words, answer) => setDone({ words, answer }) };
  const { state, acknowledged, members, decided } = conference;
  const mySeats = members?.filter((m) => m.staff === caller.id);
  const isCalled = members === undefined || mySeats?.some((m) => !m.acknowledged) === true;
  const holds = decided !== undefined;
  const isIn = acknowledged.length > 0;
  return (
    <div className="stack" data-gap="large">
      {done && <WasDone {...done} key={`${done.words} ${done.answer.version}`} />}
      <Overview conference={conference} />
      {isCalled && ['called', 'open', 'held'].includes(state) && <Secrecy seen={seen} />}
      {(isIn || holds) && <Roster seen={seen} isIn={isIn} />}
      {isIn && <Persons conference={conference} />}
      {isIn &&
        kindsOf(conference).map(
          (kind, part) =>
            acknowledged.includes(part) && (
              <Section key={kind} heading={conferences.itemsOf(conferenceKindNames[kind])}>
                <Items seen={seen} part={part} />
              </Section>
            ),
        )}
      {state === 'open' && isIn && (
        <div className="stack">
          <AddItem seen={seen} />
          <RequestMaterial seen={seen} />
        </div>
      )}
      {conference.record !== undefined && (
        <Section heading={conferences.record}>
          <p className="prose">{conference.record}</p>
        </Section>
      )}
      {(holds || conference.chair === caller.id) && state !== 'ended' && state !== 'declined' && (
        <Section heading={conferences.running}>
          <Running seen={seen} isChair={conference.chair === caller.id} holds={holds} />
        </Section>
      )}
      {decided !== undefined && decided.length > 0 && <Decided of={decided} />}
    </div>
  );
}

function WasDone({ words, answer }: Done) {
  const { conferences } = useTexts();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => room.current?.focus(), []);
  return (
    <div ref={room} tabIndex={-1} className="no-print">
      <Banner kind="success" heading={words}>
        {answer.referralId !== undefined && (
          <p>
            <Link to={`/referrals/${answer.referralId}`}>{conferences.openReferral}</Link>
          </p>
        )}
      </Banner>
    </div>
  );
}

function Overview({ conference }: { readonly conference: ConferenceView }) {
  const { conferences, common } = useTexts();
  const { conferenceKindNames, conferenceStateNames } = useNames();
  const { host, state, heldOn, reviewOn, reason } = conference;
  return (
    <Facts
      of={[
        [
          conferences.kind,
          kindsOf(conference)
            .map((k) => conferenceKindNames[k])
            .join(common.comma),
        ],
        [conferences.state, <Chip key="state">{conferenceStateNames[state]}</Chip>],
        [conferences.host, host.name],
        [conferences.on, heldOn && <Day key="on" on={heldOn} />],
        [conferences.reviewOn, reviewOn && <Day key="review" on={reviewOn} />],
        [conferences.reason, reason],
      ]}
    />
  );
}

function Secrecy({ seen }: { readonly seen: Seen }) {
  const { conferences } = useTexts();
  return (
    <Section heading={conferences.secrecy}>
      <p className="panel prose">{seen.conference.secrecy}</p>
      <p className="dim">{conferences.secrecyHint}</p>
      <StepButton seen={seen} action="acknowledge" done={conferences.acknowledgedDone} primary>
        {conferences.acknowledge}
      </StepButton>
    </Section>
  );
}

function Persons({ conference }: { readonly conference: ConferenceView }) {
  const { conferences } = useTexts();
  const words = usePersonWords(conference);
  const { persons = [] } = conference;
  if (persons.length === 0) return null;
  return (
    <Section heading={conferences.persons}>
      <ul className="row plain">
        {persons.map((person) => (
          <li key={person}>
            <Link to={`/persons/${person}`}>{words(person)}</Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** Who comes to which part, who has acknowledged secrecy, and who sees nothing yet because the consent does not cover them. */
function Roster({ seen, isIn }: { readonly seen: Seen; readonly isIn: boolean }) {
  const { conferences, common } = useTexts();
  const { attendanceNames, categoryNames, conferenceKindNames, modeNames } = useNames();
  const { conference } = seen;
  const person = usePersonWords(conference);
  const agenda = useQuery({
    queryKey: ['conference', conference.id, 'agenda', conference.version],
    queryFn: () => call<AgendaView>(`/conferences/${conference.id}/agenda`),
    gcTime: 0,
  });
  return (
    <Answered of={agenda}>
      {({ parts }) =>
        parts.map(({ part, kind, attendees }) => {
          const isCoverageKnown = attendees.some((a) => a.uncovered !== undefined);
          return (
            <Section key={part} heading={conferences.rosterOf(conferenceKindNames[kind])}>
              {attendees.length === 0 ? (
                <p className="dim">{conferences.nobodyCalled}</p>
              ) : (
                <ListTable list="conference-roster" label={conferences.rosterOf(conferenceKindNames[kind])}>
                  <table className="grid" aria-label={conferences.rosterOf(conferenceKindNames[kind])}>
                    <thead>
                      <tr>
                        <th scope="col">{conferences.staff}</th>
                        <th scope="col">{conferences.desk}</th>
                        <th scope="col">{conferences.attendance}</th>
                        <th scope="col">{conferences.mode}</th>
                        <th scope="col">{conferences.secrecyState}</th>
                        {isIn && isCoverageKnown && <th scope="col">{conferences.uncovered}</th>}
                      </tr>
                    </thead>
                    <tbody>
                      {attendees.map((a, n) => (
                        <tr key={n}>
                          <td>{a.name ?? attendanceNames[a.attendance]}</td>
                          <td>{a.function?.name}</td>
                          <td>
                            {attendanceNames[a.attendance]}
                            {a.staff !== undefined && a.staff === conference.chair && ` (${conferences.chair})`}
                          </td>
                          <td>{modeNames[a.mode]}</td>
                          <td>
                            {a.staff !== undefined && (
                              <Chip color={a.acknowledged ? 'green' : 'orange'}>
                                {a.acknowledged ? conferences.hasAcknowledged : conferences.hasNotAcknowledged}
                              </Chip>
                            )}
                          </td>
                          {isIn && isCoverageKnown && (
                            <td>
                              {a.uncovered?.length === 0 && common.yes}
                              {a.uncovered?.map((u) => (
                                <p key={u.person}>
                                  {conferences.uncoveredOf(
                                    person(u.person),
                                    u.categories.map((c) => categoryNames[c]).join(common.comma),
                                  )}
                                </p>
                              ))}
                            </td>
                          )}
                        </tr>
                      ))}
                    </tbody>
                  </table>
                </ListTable>
              )}
            </Section>
          );
        })
      }
    </Answered>
  );
}

/** What the chair and the 事務局 do. */
function Running(props: { readonly seen: Seen; readonly isChair: boolean; readonly holds: boolean }) {
  const { conferences } = useTexts();
  const { seen } = props;
  const { state } = seen.conference;
  return (
    <div className="stack">
      {['proposed', 'called', 'open'].includes(state) && <CallForm seen={seen} />}
      {state === 'called' && (
        <StepButton seen={seen} action="open" done={conferences.opened} primary>
          {conferences.open}
        </StepButton>
      )}
      {state === 'proposed' && (
        <StepForm
          seen={seen}
          action="decline"
          heading={conferences.decline}
          submit={conferences.declineSubmit}
          done={conferences.declined}
        >
          <Prose at="/reason" label={conferences.why} hint={conferences.namesNobody} />
        </StepForm>
      )}
      {state === 'open' && props.isChair && (
        <StepForm
          seen={seen}
          action="record"
          heading={conferences.writeRecord}
          hint={conferences.writeRecordHint}
          submit={conferences.writeRecordSubmit}
          done={conferences.recorded}
          begin={{ heldOn: todayInJapan() }}
        >
          <Line at="/heldOn" label={conferences.heldOn} type="date" />
          <Prose at="/record" label={conferences.record} rows={8} />
          <Line at="/reviewOn" label={conferences.reviewOn} hint={conferences.reviewOnHint} type="date" />
        </StepForm>
      )}
      {state === 'held' && (
        <StepForm
          seen={seen}
          action="review"
          heading={conferences.review}
          submit={conferences.reviewSubmit}
          done={conferences.reviewed}
        >
          <OneOf at="/outcome" label={conferences.outcome} choices={choicesOf(conferences.outcomes)} />
          <Line at="/reviewOn" label={conferences.reviewOn} hint={conferences.reviewOnHint} type="date" />
          <Line at="/reason" label={conferences.why} hint={conferences.namesNobody} />
        </StepForm>
      )}
      <StepForm
        seen={seen}
        action="end"
        heading={conferences.end}
        hint={conferences.endHint}
        submit={conferences.endSubmit}
        done={conferences.ended}
      >
        <Line at="/reason" label={conferences.why} hint={conferences.namesNobody} />
      </StepForm>
    </div>
  );
}

function Decided({ of }: { readonly of: NonNullable<ConferenceView['decided']> }) {
  const { conferences } = useTexts();
  return (
    <Section heading={conferences.decided}>
      <ul className="plain">
        {of.map((d) => (
          <li key={d.at}>
            <Moment at={d.at} /> {conferences.decidedSteps[d.step]}
            {d.outcome !== undefined && ` (${conferences.outcomes[d.outcome]})`}: {d.reason}
          </li>
        ))}
      </ul>
    </Section>
  );
}
