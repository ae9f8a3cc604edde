// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DisclosureLines } from '@tsunagi/contracts';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { Requests } from './requests';
import '../../look/queue.css';
import { call } from '../../api/call';
import { useIdInAddress } from '../../api/ids';
import { AskDisclosures } from '../../parts/ask-disclosures';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { choicesOf, SelectField, TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { useNames } from '../../texts/names';

/** Who has asked, and the ledger of a person as it is handed out or worked on. What is shown stands in the address by its id. */
export default function LedgerPage() {
  const { frame, privacy, common } = useTexts();
  const [search, setSearch] = useSearchParams();
  const person = useIdInAddress('person') ?? '';
  const [typed, setTyped] = useState(person);
  const page = search.get('page') ?? 'working';
  const askedBy = search.get('askedBy') ?? 'self';
  const set = (changed: Record<string, string>) => setSearch({ person, page, askedBy, ...changed });
  return (
    <Page
      title={frame.pages.ledger}
      lead={privacy.ledgerLead}
      actions={
        person !== '' && (
          <>
            <AskDisclosures person={person} />
            <Button onClick={() => print()}>{common.print}</Button>
          </>
        )
      }
    >
      <div className="no-print">
        <Requests
          onOpen={(request) => {
            setTyped(request.person);
            set({ person: request.person, askedBy: request.askedBy });
          }}
        />
      </div>
      <form
        className="filters no-print"
        onSubmit={(event) => {
          event.preventDefault();
          set({ person: typed.trim() });
        }}
      >
        <TextField
          label={privacy.personId}
          hint={privacy.personIdHint}
          value={typed}
          pattern="[0-9a-fA-F\-]{36}"
          required
          onChange={(e) => setTyped(e.target.value)}
        />
        <SelectField
          label={privacy.page}
          value={page}
          choices={choicesOf(privacy.pages)}
          onChange={(e) => set({ page: e.target.value || 'working' })}
        />
        {page === 'resident' && (
          <SelectField
            label={privacy.askedBy}
            value={askedBy}
            choices={choicesOf(privacy.askedByNames)}
            onChange={(e) => set({ askedBy: e.target.value || 'self' })}
          />
        )}
        <div>
          <Button type="submit" look="solid-fill" size="md">
            {privacy.show}
          </Button>
        </div>
      </form>
      {person !== '' && <Lines {...{ person, page, askedBy }} />}
    </Page>
  );
}

function Lines({
  person,
  page,
  askedBy,
}: {
  readonly person: string;
  readonly page: string;
  readonly askedBy: string;
}) {
  const { privacy, common } = useTexts();
  const { authorityNames, categoryNames } = useNames();
  const basisNames: Readonly<Record<string, string>> = authorityNames;
  const lines = useQuery({
    queryKey: ['person', person, 'disclosures', page, askedBy],
    queryFn: ({ signal }) =>
      call<DisclosureLines>(`/persons/${encodeURIComponent(person)}/disclosures`, {
        signal,
        query: { page, ...(page === 'resident' && { askedBy }) },
      }),
    // Each look stands in the ledger: it is not taken twice without being asked for.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  return (
    <Section heading={privacy.pages[page as keyof typeof privacy.pages]}>
      {page === 'working' && <Banner kind="warning" heading={privacy.workingMark} />}
      <Answered of={lines}>
        {({ items, notices = [], cautions = [] }) => (
          <>
            {cautions.map((caution) => (
              <Banner key={caution} kind="error" heading={privacy.cautions[caution]} />
            ))}
            {notices.map((notice) => (
              <p key={notice}>{notice}</p>
            ))}
            {items.length === 0 ? (
              <Empty />
            ) : (
              <ListTable list="ledger" label={privacy.pages[page as keyof typeof privacy.pages]}>
                <table className="grid">
                  <caption className="dads-u-visually-hidden">
                    {privacy.pages[page as keyof typeof privacy.pages]}
                  </caption>
                  <thead>
                    <tr>
                      <th scope="col">{privacy.when}</th>
                      <th scope="col">{privacy.from}</th>
                      <th scope="col">{privacy.to}</th>
                      <th scope="col">{privacy.basis}</th>
                      <th scope="col">{privacy.items}</th>
                      <th scope="col">{privacy.state}</th>
                      <th scope="col">{privacy.viewer}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => (
                      <tr key={one.id}>
                        <td>
                          <Moment at={one.at} />
                        </td>
                        <td>{one.from?.name}</td>
                        <td>{one.to?.name}</td>
                        <td>{basisNames[one.authority] ?? one.authority}</td>
                        <td>
                          {[...new Set(one.members.flatMap((m) => m.categories))]
                            .map((c) => categoryNames[c])
                            .join(common.comma)}
                        </td>
                        <td>
                          {privacy.states[one.state]}
                          {one.recall && (
                            <>
                              {' '}
                              {privacy.recall}: {privacy.recallAsked} <Moment at={one.recall.requestedAt} />
                              {one.recall.acknowledgedAt && (
                                <>
                                  {' '}
                                  {privacy.recallAcknowledged} <Moment at={one.recall.acknowledgedAt} />
                                </>
                              )}
                            </>
                          )}
                        </td>
                        <td>{one.viewer}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ListTable>
            )}
          </>
        )}
      </Answered>
    </Section>
  );
}
