// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { AuditCheckpoints, AuditPage as Lines } from '@tsunagi/contracts';
import { useSearchParams } from 'react-router';
import '../../look/queue.css';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { choicesOf, SelectField, TextField } from '../../parts/fields';
import { ListTable } from '../../parts/list-table';
import { Facts, Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';

/** Ids and codes, as they stand in the lines; a name comes into no address. */
const ids = '[\\w.:\\-]+';
const asked = ['group', 'actor', 'object', 'from', 'to'] as const;

export default function AuditPage() {
  const { frame, privacy } = useTexts();
  return (
    <Page title={frame.pages.audit} lead={privacy.auditLead}>
      <Chain />
      <Acts />
    </Page>
  );
}

function Chain() {
  const { privacy } = useTexts();
  const checkpoints = useQuery({
    queryKey: ['audit', 'checkpoints'],
    queryFn: ({ signal }) => call<AuditCheckpoints>('/audit/checkpoints', { signal, query: { limit: 1 } }),
    refetchInterval: 30_000,
  });
  return (
    <Section heading={privacy.chain}>
      <Answered of={checkpoints}>
        {({ chain: { sealedUpTo, lagSeconds, lastCheckpoint, secondPlace } }) => (
          <div className="panel">
            <Facts
              of={[
                [privacy.sealedUpTo, String(sealedUpTo)],
                [privacy.lag, privacy.seconds(lagSeconds)],
                [
                  privacy.lastCheckpoint,
                  lastCheckpoint && (
                    <span key="last">
                      <Moment at={lastCheckpoint.at} /> {privacy.verified[lastCheckpoint.verified]}
                    </span>
                  ),
                ],
                [privacy.secondPlace, privacy.secondPlaceNames[secondPlace]],
              ]}
            />
          </div>
        )}
      </Answered>
    </Section>
  );
}

/** Ids only, in the address too. */
function Acts() {
  const { frame, privacy, common } = useTexts();
  const [search, setSearch] = useSearchParams();
  const query = Object.fromEntries(asked.flatMap((name) => (search.get(name) ? [[name, search.get(name)!]] : [])));
  const lines = useInfiniteQuery({
    queryKey: ['audit', 'lines', query],
    queryFn: ({ pageParam, signal }) =>
      call<Lines>('/audit', { signal, query: { ...query, cursor: pageParam, limit: 100 } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // A look is written down as well.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  });
  return (
    <Section heading={frame.pages.audit}>
      <form
        className="filters no-print"
        onSubmit={(event) => {
          event.preventDefault();
          const typed = new FormData(event.currentTarget);
          setSearch(
            Object.fromEntries(
              asked.flatMap((name) => {
                const value = typed.get(name);
                return typeof value === 'string' && value !== '' ? [[name, value.trim()]] : [];
              }),
            ),
          );
        }}
      >
        <SelectField
          name="group"
          label={privacy.group}
          empty=""
          choices={choicesOf(privacy.groups)}
          defaultValue={query['group']}
        />
        <TextField name="actor" pattern={ids} label={privacy.actor} defaultValue={query['actor']} />
        <TextField name="object" pattern={ids} label={privacy.object} defaultValue={query['object']} />
        <TextField name="from" type="date" label={privacy.fromDay} defaultValue={query['from']} />
        <TextField name="to" type="date" label={privacy.toDay} defaultValue={query['to']} />
        <div>
          <Button type="submit">{privacy.narrow}</Button>
        </div>
      </form>
      <Answered of={lines}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty>{privacy.noLines}</Empty>;
          return (
            <>
              <ListTable list="audit" label={frame.pages.audit} more={lines.hasNextPage}>
                <table className="grid">
                  <caption className="dads-u-visually-hidden">{frame.pages.audit}</caption>
                  <thead>
                    <tr>
                      <th scope="col">{privacy.line}</th>
                      <th scope="col">{privacy.when}</th>
                      <th scope="col">{privacy.actor}</th>
                      <th scope="col">{privacy.action}</th>
                      <th scope="col">{privacy.object}</th>
                      <th scope="col">{privacy.details}</th>
                    </tr>
                  </thead>
                  <tbody>
                    {items.map((one) => (
                      <tr key={one.line}>
                        <td className="number">{one.line}</td>
                        <td>
                          <Moment at={one.at} />
                        </td>
                        <td className="id">{one.actor}</td>
                        <th scope="row" className="id">
                          {one.action}
                        </th>
                        <td className="id">
                          {one.objectKind} {one.object}
                        </td>
                        <td className="id">
                          {Object.entries(one.details)
                            .map(([name, value]) => `${name}=${String(value)}`)
                            .join(' ')}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </ListTable>
              {lines.hasNextPage && (
                <div>
                  <Button onClick={() => void lines.fetchNextPage()}>{common.more}</Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
    </Section>
  );
}
