// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useMutation } from '@tanstack/react-query';
import type { SearchedPersons } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import '../../look/queue.css';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { choicesOf, SelectField, TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { NameOf, useReveal } from '../../parts/reveal';
import { Empty, Failure, Loading } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

export default function PersonsPage() {
  const { frame, persons } = useTexts();
  const [q, setQ] = useState('');
  const [sort, setSort] = useState('kana');
  const search = useMutation({
    mutationFn: () => call<SearchedPersons>('/persons/search', { body: { q, sort } }),
    // Who was found is not kept longer than the page.
    gcTime: 0,
  });
  return (
    <Page title={frame.pages.persons} lead={persons.lead}>
      <form
        className="filters"
        role="search"
        onSubmit={(event) => {
          event.preventDefault();
          search.mutate();
        }}
      >
        <TextField label={persons.q} hint={persons.qHint} value={q} required onChange={(e) => setQ(e.target.value)} />
        <SelectField
          label={persons.sort}
          value={sort}
          choices={choicesOf(persons.sorts)}
          onChange={(e) => setSort(e.target.value || 'kana')}
        />
        <div>
          <Button type="submit" look="solid-fill" size="md">
            {persons.search}
          </Button>
        </div>
      </form>
      {search.isPending && <Loading />}
      {search.error && <Failure error={search.error} />}
      {search.data && <Found of={search.data} />}
    </Page>
  );
}

function Found({ of: { items, sentence } }: { readonly of: SearchedPersons }) {
  const { persons, frame } = useTexts();
  const reveal = useReveal('persons');
  return (
    <Section
      heading={persons.found}
      actions={
        items.length > 0 && (
          <Button onClick={() => (reveal.shown ? reveal.hide() : reveal.ask(items.map(({ id }) => id)))}>
            {reveal.shown ? persons.remask : persons.reveal}
          </Button>
        )
      }
    >
      <div role="status">{sentence && <Banner kind="info-1" heading={sentence} />}</div>
      {items.length === 0 ? (
        <Empty>{persons.nobody}</Empty>
      ) : (
        <ListTable list="persons" label={frame.pages.persons}>
          <table className="grid">
            <caption className="dads-u-visually-hidden">{frame.pages.persons}</caption>
            <thead>
              <tr>
                <th scope="col">{persons.name}</th>
                <th scope="col">{persons.desk}</th>
                <th scope="col">{persons.referrals}</th>
                <th scope="col">{persons.last}</th>
              </tr>
            </thead>
            <tbody>
              {items.map((person) => {
                const name = reveal.nameOf(person.id);
                return (
                  <tr key={person.id}>
                    <th scope="row">
                      {name ? (
                        <NameOf one={name} referral={person.referralId} />
                      ) : (
                        <span className="dim">{persons.masked}</span>
                      )}
                    </th>
                    <td>{person.function.name}</td>
                    <td>
                      <Link to={`/referrals/${person.referralId}`}>{persons.toReferral}</Link>{' '}
                      {persons.open(person.open, person.referrals)}
                    </td>
                    <td>
                      <Moment at={person.lastAt} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ListTable>
      )}
      {reveal.dialog}
    </Section>
  );
}
