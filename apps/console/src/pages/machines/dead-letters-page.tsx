// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import '../../look/machines.css';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { ParkedDelivery, ParkedPage, Replayed } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import { Told, useDoing } from './told';
import { call } from '../../api/call';
import { Button } from '../../parts/button';
import { Dialog } from '../../parts/dialog';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Remedy } from '../../parts/remedy';
import { Answered, Empty } from '../../parts/states';
import { Moment, momentText } from '../../parts/time';
import { useLanguage, useTexts } from '../../texts';

/** Those of one plugin with one cause, the oldest first. */
interface Group {
  readonly plugin: string;
  readonly code: string;
  readonly items: readonly ParkedDelivery[];
}

/** At once (`POST /deliveries/replay`). */
const most = 500;

/** What is asked before it is done: those that were seen, and no other that comes meanwhile. */
interface Asked extends Pick<Group, 'plugin' | 'code'> {
  readonly ids: readonly string[];
  readonly at: string;
}

export default function DeadLettersPage() {
  const { frame, machines, common } = useTexts();
  const { dead: words } = machines;
  const queries = useQueryClient();
  const { said, busy, act } = useDoing();
  const [asked, setAsked] = useState<Asked>();
  const pages = useInfiniteQuery({
    queryKey: ['deliveries'],
    queryFn: ({ pageParam }) =>
      call<ParkedPage>('/deliveries', { query: pageParam === undefined ? {} : { cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
  const replay = (path: string, body?: object) =>
    act('replay', async () => {
      setAsked(undefined);
      const { replayed, left } = await call<Replayed>(path, body === undefined ? { method: 'POST' } : { body });
      await queries.invalidateQueries({ queryKey: ['deliveries'] });
      void queries.invalidateQueries({ queryKey: ['plugins'] });
      return { done: words.replayed(replayed, left) };
    });
  return (
    <Page title={frame.pages.deadLetters} lead={words.lead}>
      <Told said={said} />
      <Answered of={{ data: pages.data, error: pages.error, refetch: pages.refetch }}>
        {({ pages: read }) => {
          const groups = groupsOf(read.flatMap(({ items }) => items));
          const buried = read[0]?.buried ?? [];
          return (
            <>
              {groups.length === 0 && <Empty>{words.empty}</Empty>}
              {groups.map((group) => (
                <Cause
                  key={`${group.plugin} ${group.code}`}
                  {...{ group }}
                  more={pages.hasNextPage}
                  busy={busy !== undefined}
                  onOne={(id) => void replay(`/deliveries/${id}/replay`)}
                  onAll={() =>
                    setAsked({
                      ...{ plugin: group.plugin, code: group.code },
                      ...{ ids: group.items.slice(0, most).map(({ id }) => id), at: new Date().toISOString() },
                    })
                  }
                />
              ))}
              {pages.hasNextPage && (
                <div>
                  <Button onClick={() => void pages.fetchNextPage()} disabled={pages.isFetchingNextPage}>
                    {common.more}
                  </Button>
                </div>
              )}
              {buried.length > 0 && <Buried of={buried} />}
            </>
          );
        }}
      </Answered>
      {asked && (
        <Confirm
          {...{ asked }}
          onClose={() => setAsked(undefined)}
          onYes={() => void replay('/deliveries/replay', { plugin: asked.plugin, code: asked.code, ids: asked.ids })}
        />
      )}
    </Page>
  );
}

function groupsOf(items: readonly ParkedDelivery[]): Group[] {
  const groups = new Map<string, { plugin: string; code: string; items: ParkedDelivery[] }>();
  for (const item of items) {
    const { plugin, code } = item;
    const name = `${plugin} ${code}`;
    const group = groups.get(name) ?? { plugin, code, items: [] };
    group.items.push(item);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function Cause(props: {
  readonly group: Group;
  readonly busy: boolean;
  readonly more: boolean;
  onOne(id: string): void;
  onAll(): void;
}) {
  const { machines } = useTexts();
  const { dead: words } = machines;
  const { plugin, code, items } = props.group;
  const [first] = items;
  const heading = words.group(plugin, first?.says ?? code);
  const count = machines.count(Math.min(items.length, most));
  return (
    <Section
      heading={heading}
      actions={
        <Button onClick={props.onAll} disabled={props.busy}>
          {words.replayAll(count)}…
        </Button>
      }
    >
      <p>
        <span className="id">{code}</span> <Remedy>{first?.remedy}</Remedy>{' '}
        <Link to={`/plugins/${plugin}`}>
          {words.plugin} {plugin}
        </Link>
      </p>
      <ListTable list="dead-letters" label={heading} more={props.more}>
        <table className="grid" aria-label={heading}>
          <thead>
            <tr>
              <th scope="col">{words.delivery}</th>
              <th scope="col">{words.kind}</th>
              <th scope="col" className="number">
                {words.attempts}
              </th>
              <th scope="col">{words.since}</th>
              <th scope="col">{words.replay}</th>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, kind, attempts, since }) => (
              <tr key={id}>
                <th scope="row" className="id">
                  {id}
                </th>
                <td>{words.kinds[kind]}</td>
                <td className="number">{attempts}</td>
                <td>
                  <Moment at={since} />
                </td>
                <td>
                  <Button
                    size="xs"
                    onClick={() => props.onOne(id)}
                    disabled={props.busy}
                    aria-label={words.replayOne(id)}
                  >
                    {words.replay}
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </ListTable>
    </Section>
  );
}

function Confirm({ asked, onClose, onYes }: { readonly asked: Asked; onClose(): void; onYes(): void }) {
  const { machines, common } = useTexts();
  const { language } = useLanguage();
  const { dead: words } = machines;
  const count = machines.count(asked.ids.length);
  return (
    <Dialog heading={words.replayHeading} {...{ onClose }}>
      <p>
        {asked.plugin} <span className="id">{asked.code}</span> ― {words.frozen(count, momentText(asked.at, language))}
      </p>
      <p>{words.replayLead}</p>
      <div className="row" data-end>
        <Button onClick={onClose}>{common.cancel}</Button>
        <Button look="solid-fill" onClick={onYes}>
          {words.confirm}
        </Button>
      </div>
    </Dialog>
  );
}

function Buried({ of }: { readonly of: ParkedPage['buried'] }) {
  const { machines } = useTexts();
  const { dead: words } = machines;
  return (
    <Section heading={words.buried}>
      <p className="dim">{words.buriedLead}</p>
      <ListTable list="buried-messages" label={words.buried}>
        <table className="grid" aria-label={words.buried}>
          <thead>
            <tr>
              {[words.at, words.queue, words.type, words.from, words.code].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {of.map(({ at, queue, type, from, code }, index) => (
              <tr key={`${at} ${index}`}>
                <th scope="row">
                  <Moment at={at} />
                </th>
                <td className="id">{queue}</td>
                <td className="id">{type}</td>
                <td className="id">{from}</td>
                <td className="id">{code}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ListTable>
    </Section>
  );
}
