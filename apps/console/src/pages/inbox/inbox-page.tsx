// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueuePage, Todos } from '@tsunagi/contracts';
import { useState } from 'react';
import { Link } from 'react-router';
import '../../look/queue.css';
import { RevealRequests } from './reveal-requests';
import { TickOff } from './tick-off';
import { todoHref } from './todo-href';
import { call } from '../../api/call';
import { Banner } from '../../parts/banner';
import { Button } from '../../parts/button';
import { ListTable } from '../../parts/list-table';
import { Page, Section } from '../../parts/page';
import { Answered, Empty } from '../../parts/states';
import { StateChip } from '../../parts/state-chip';
import { Moment } from '../../parts/time';
import { useTexts } from '../../texts';
import { asked as askedBy, type Filters } from '../queue/filters';
import { addressOf } from '../queue/query';
import { hrefOf } from '../queue/rows';
import { useSession } from '../../api/session';

type Todo = Todos['items'][number];

/** The first page: what waits for me. */
export default function InboxPage() {
  const { frame, inbox } = useTexts();
  const { roles } = useSession();
  const atDesk = roles.has('caseworker') || roles.has('supervisor');
  return (
    <Page title={frame.pages.inbox} lead={inbox.lead}>
      <TodoList />
      {atDesk && <RevealRequests />}
      {atDesk && <MyTurn />}
    </Page>
  );
}

function TodoList() {
  const { inbox, common } = useTexts();
  const queries = useQueryClient();
  const [ticking, setTicking] = useState<Todo>();
  const [ticked, setTicked] = useState<string>();
  const todos = useInfiniteQuery({
    queryKey: ['todos', 'all'],
    queryFn: ({ pageParam, signal }) => call<Todos>('/todos', { signal, query: { limit: 100, cursor: pageParam } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // Some are read off what no hint is about.
    refetchInterval: 60_000,
  });
  return (
    <Section heading={inbox.todos}>
      {ticked && (
        <Banner kind="success" heading={common.done}>
          {<p>{ticked}</p>}
        </Banner>
      )}
      <Answered of={todos}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty>{inbox.nothing}</Empty>;
          return (
            <>
              <ul className="todos">
                {items.map((todo) => (
                  <OneTodo key={todo.id} todo={todo} onTick={() => setTicking(todo)} />
                ))}
              </ul>
              {todos.hasNextPage && (
                <div>
                  <Button onClick={() => void todos.fetchNextPage()}>{inbox.more}</Button>
                </div>
              )}
            </>
          );
        }}
      </Answered>
      {ticking && (
        <TickOff
          todo={ticking}
          onClose={() => setTicking(undefined)}
          onDone={() => {
            setTicked(ticking.sentence);
            setTicking(undefined);
            void queries.invalidateQueries({ queryKey: ['todos'] });
          }}
        />
      )}
    </Section>
  );
}

function OneTodo({ todo, onTick }: { readonly todo: Todo; onTick(): void }) {
  const { inbox } = useTexts();
  const href = todoHref(todo);
  return (
    <li className="todo" data-late={todo.escalated}>
      <div className="grow">
        <p>
          {href ? <Link to={href}>{todo.sentence}</Link> : todo.sentence}
          {todo.escalated && <strong className="late"> {inbox.escalated}</strong>}
        </p>
        <p className="dim">
          {[todo.function?.name, todo.plugin].filter(Boolean).join(' ')} <Moment at={todo.createdAt} />
        </p>
      </div>
      {todo.tickable && <Button onClick={onTick}>{inbox.tick}</Button>}
    </li>
  );
}

/** The referrals whose next step is mine, soonest due first; the list has the rest. */
function MyTurn() {
  const { inbox, queue, referral } = useTexts();
  const mine: Filters = { waiting: 'me' };
  const address = addressOf(mine);
  const asked = useQuery({
    queryKey: ['queue', 'mine'],
    queryFn: ({ signal }) => call<QueuePage>('/referrals', { signal, query: { ...askedBy(mine), limit: 10 } }),
  });
  return (
    <Section heading={inbox.waiting} actions={<Link to={`/queue?${address}`}>{inbox.all}</Link>}>
      <Answered of={asked}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty>{inbox.nothingWaits}</Empty>
          ) : (
            <ListTable className="queue" list="my-turn" label={inbox.waiting}>
              <table className="grid">
                <caption className="dads-u-visually-hidden">{inbox.waiting}</caption>
                <thead>
                  <tr>
                    <th scope="col">{queue.columns.due}</th>
                    <th scope="col">{queue.columns.way}</th>
                    <th scope="col">{queue.columns.state}</th>
                  </tr>
                </thead>
                <tbody>
                  {items.map((item) => (
                    <tr key={item.id}>
                      <td className={item.overdue ? 'late' : undefined}>
                        {item.dueInDays !== undefined && queue.dueIn(item.dueInDays)}
                      </td>
                      <th scope="row">
                        <Link to={hrefOf(item.id, address)}>
                          {referral.fromTo(item.from.name, item.to?.name ?? referral.nobodyYet)}
                        </Link>
                      </th>
                      <td>
                        <StateChip state={item.state} />
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </ListTable>
          )
        }
      </Answered>
    </Section>
  );
}
