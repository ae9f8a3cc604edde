// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ConferencePage, ProposedConference, QueuePage } from '@tsunagi/contracts';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { Link, useSearchParams } from 'react-router';
import { NotTaken } from './step-form';
import { call } from '../../api/call';
import { useIdInAddress } from '../../api/ids';
import { ProblemError } from '../../api/problem';
import { useSession } from '../../api/session';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { Chip } from '../../parts/chip';
import { deskLabel, useDesks } from '../../parts/desks';
import { choicesOf, SelectField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Answered, Empty, Lacking } from '../../parts/states';
import { Day, momentText } from '../../parts/time';
import { Unsaved } from '../../parts/unsaved';
import { useLanguage, useTexts } from '../../texts';
import { useNames } from '../../texts/names';
import { said, withValueAt, type Draft } from '../desk/draft';
import { FormOf, Prose, Select, Several } from '../desk/form-fields';
import '../../look/desk.css';

/** Those to which one was called, and those that one's own desk holds. For everybody else they are not there. */
export default function ConferencesPage() {
  const { conferences, frame } = useTexts();
  const { caller, actingFor } = useSession();
  const [search] = useSearchParams();
  const [proposing, setProposing] = useState(search.has('referral'));
  const [proposed, setProposed] = useState(false);
  return (
    <Page
      title={frame.pages.conferences}
      lead={conferences.lead}
      actions={
        !proposing && (
          <Button
            look="solid-fill"
            size="md"
            onClick={() => {
              setProposed(false);
              setProposing(true);
            }}
          >
            {conferences.propose}
          </Button>
        )
      }
    >
      {caller.functions.length > 1 && actingFor === undefined && (
        <Banner kind="info-1" heading={conferences.chooseDesk} />
      )}
      {proposed && <Proposed />}
      {proposing && (
        <Propose
          onDone={() => {
            setProposing(false);
            setProposed(true);
          }}
          onCancel={() => setProposing(false)}
        />
      )}
      <List />
    </Page>
  );
}

function Proposed() {
  const { conferences } = useTexts();
  const room = useRef<HTMLDivElement>(null);
  useEffect(() => room.current?.focus(), []);
  return (
    <div ref={room} tabIndex={-1}>
      <Banner kind="success" heading={conferences.proposed}>
        <p>{conferences.proposedHint}</p>
      </Banner>
    </div>
  );
}

function List() {
  const { conferences, frame, common } = useTexts();
  const { conferenceKindNames, conferenceStateNames } = useNames();
  const [search, setSearch] = useSearchParams();
  const state = search.get('state') ?? undefined;
  const list = useInfiniteQuery({
    queryKey: ['conferences', state],
    queryFn: ({ pageParam }) => call<ConferencePage>('/conferences', { query: { state, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next,
  });
  return (
    <>
      <div>
        <SelectField
          label={conferences.state}
          choices={choicesOf(conferenceStateNames)}
          empty={conferences.allStates}
          value={state ?? ''}
          onChange={(e) => setSearch(e.target.value === '' ? {} : { state: e.target.value }, { replace: true })}
        />
      </div>
      <Answered of={list}>
        {({ pages }) => {
          const items = pages.flatMap((p) => p.items);
          if (items.length === 0) return <Empty>{conferences.empty}</Empty>;
          return (
            <>
              <ListTable list="conferences" label={frame.pages.conferences} more={list.hasNextPage}>
                <table className="grid" aria-label={frame.pages.conferences}>
                  <thead>
                    <tr>
                      <th scope="col">{conferences.kind}</th>
                      <th scope="col">{conferences.state}</th>
                      <th scope="col">{conferences.host}</th>
                      <th scope="col">{conferences.on}</th>
                      <th scope="col">{conferences.reviewOn}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((c) => (
                      <tr key={c.id}>
                        <td>
                          <Link to={`/conferences/${c.id}`}>
                            {[c.kind, ...c.parts].map((k) => conferenceKindNames[k]).join(common.comma)}
                          </Link>
                        </td>
                        <td>
                          <Chip color={c.state === 'open' ? 'green' : 'gray'}>{conferenceStateNames[c.state]}</Chip>
                        </td>
                        <td>{c.host.name}</td>
                        <td>{c.heldOn && <Day on={c.heldOn} />}</td>
                        <td>{c.reviewOn && <Day on={c.reviewOn} />}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ListTable>
              {list.hasNextPage && (
                <div>
                  <Button disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                    {common.more}
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </>
  );
}

/** Any desk asks the one that holds it, about somebody with whom it has to do. */
function Propose({ onDone, onCancel }: { readonly onDone: () => void; readonly onCancel: () => void }) {
  const { conferences, common } = useTexts();
  const { language } = useLanguage();
  const { conferenceKindNames, kindNames, stateNames } = useNames();
  const queries = useQueryClient();
  const referral = useIdInAddress('referral');
  const [begin] = useState<Draft>(() => ({ kind: 'shien_kaigi', ...(referral !== undefined && { referral }) }));
  const [draft, setDraft] = useState(begin);
  const desks = useDesks();
  const own = useQuery({
    queryKey: ['queue', 'to propose'],
    queryFn: () => call<QueuePage>('/referrals', { query: { limit: 200 } }),
  });
  const proposing = useMutation({
    mutationFn: () => call<ProposedConference>('/conferences', { body: said(draft) ?? {} }),
    onSuccess: () => {
      for (const queryKey of [['conferences'], ['todos']]) void queries.invalidateQueries({ queryKey });
      onDone();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!proposing.isPending) proposing.mutate();
  };
  const referrals = (own.data?.items ?? []).map((r) => ({
    value: r.id,
    name: `${momentText(r.createdAt, language)} ${kindNames[r.kind]} ${r.from.name}${r.to ? ` → ${r.to.name}` : ''} ${stateNames[r.state]}`,
  }));
  return (
    <Section heading={conferences.propose}>
      <FormOf
        value={{
          draft,
          set: (pointer, value) => setDraft((before) => withValueAt(before, pointer, value)),
          error: (pointer) => (proposing.error instanceof ProblemError ? proposing.error.at(pointer) : undefined),
        }}
      >
        <form className="form panel" onSubmit={send} noValidate aria-label={conferences.propose}>
          <Select at="/kind" label={conferences.kind} choices={choicesOf(conferenceKindNames)} />
          <Select
            at="/to"
            label={conferences.secretariat}
            hint={conferences.secretariatHint}
            choices={(desks.data ?? []).map((d) => ({ value: d.id, name: deskLabel(d) }))}
          />
          <Lacking of={desks} what={common.lists.desks} />
          <Select
            at="/referral"
            label={conferences.aboutReferral}
            hint={conferences.aboutReferralHint}
            empty={conferences.aboutNobody}
            choices={referrals}
          />
          <Lacking of={own} what={common.lists.referrals} />
          <Prose at="/reason" label={conferences.reason} hint={conferences.reasonHint} rows={5} />
          <details>
            <summary>{conferences.together}</summary>
            <Several
              at="/parts"
              label={conferences.together}
              hint={conferences.togetherHint}
              choices={choicesOf(conferenceKindNames).filter((c) => c.value !== draft['kind'])}
            />
          </details>
          <NotTaken error={proposing.error} />
          <div className="row">
            <Button type="submit" look="solid-fill" size="md" disabled={proposing.isPending}>
              {conferences.proposeSubmit}
            </Button>
            <Button size="md" onClick={onCancel}>
              {common.cancel}
            </Button>
          </div>
        </form>
        <Unsaved typed={draft !== begin && !proposing.isSuccess} />
      </FormOf>
    </Section>
  );
}
