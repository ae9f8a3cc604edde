// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { QueueItem, QueuePage } from '@tsunagi/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { asked, rowsOf, type Filters } from './filters';
import { call } from '../../api/call';
import { useHints } from '../../api/live';

/** Hints come as fast as things happen; a list is looked after once in so long. */
const everyMs = 1_000;
/** Of the shown rows that are not on the first page any more so many are asked for anew one by one; of more the whole list is offered. */
const mostRows = 20;

export interface LiveRow extends QueueItem {
  /** It does not belong here any more; it stays where it is until the list is shown anew. */
  readonly gone?: true;
}

/**
 * A list under which no row jumps: what is shown stays in its place, with its newest state; what has come is counted, and shown when
 * asked for.
 */
export function useLiveList(filters: Filters) {
  const queries = useQueryClient();
  const query = asked(filters);
  const key = ['list', query] as const;
  const [fresh, setFresh] = useState<readonly QueueItem[]>([]);
  const [outdated, setOutdated] = useState(false);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());

  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => call<QueuePage>('/referrals', { signal, query: rowsOf(filters, pageParam) }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    // It is looked after here, row by row.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });

  const rows = useMemo((): LiveRow[] => {
    const items = new Map(list.data?.pages.flatMap(({ items: page }) => page.map((item) => [item.id, item] as const)));
    return [...items.values()].map((item) => (gone.has(item.id) ? { ...item, gone: true } : item));
  }, [list.data, gone]);

  const shown = useRef<LiveRow[]>([]);
  shown.current = rows;
  const changed = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const address = JSON.stringify(query);
  useEffect(() => {
    setFresh([]);
    setOutdated(false);
    setGone(new Set());
    changed.current.clear();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [address]);

  const lookAfter = async () => {
    const ids = [...changed.current];
    changed.current.clear();
    const known = new Set(shown.current.map(({ id }) => id));
    const mine = ids.filter((id) => known.has(id));
    const head = await call<QueuePage>('/referrals', { query: rowsOf(filters) });
    const renewed = new Map(head.items.map((item) => [item.id, item]));
    const left = new Set<string>();
    const elsewhere = mine.filter((id) => !renewed.has(id));
    if (elsewhere.length > mostRows) setOutdated(true);
    for (const id of elsewhere.slice(0, mostRows)) {
      const { items } = await call<QueuePage>('/referrals', { query: { ...query, q: id } });
      if (items[0]) renewed.set(id, items[0]);
      else left.add(id);
    }
    queries.setQueryData<InfiniteData<QueuePage>>(
      key,
      (data) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({ ...page, items: page.items.map((item) => renewed.get(item.id) ?? item) })),
        },
    );
    setGone((before) => new Set([...[...before].filter((id) => !renewed.has(id)), ...left]));
    // Beyond the last row that is shown there is more anyway.
    setFresh(head.items.filter(({ id }) => !known.has(id)));
  };

  useHints((change) => {
    const isAny = change === 'reload' || change.more;
    for (const id of isAny ? shown.current.map((row) => row.id) : change.referrals) changed.current.add(id);
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      // What could not be asked now is asked with the next hint; the mark of the line says that it is down.
      void lookAfter().catch(() => setOutdated(true));
    }, everyMs);
  });

  const show = async () => {
    setFresh([]);
    setOutdated(false);
    setGone(new Set());
    await queries.resetQueries({ queryKey: key });
  };

  return { ...list, rows, counters: list.data?.pages[0]?.counters ?? [], fresh: fresh.length, outdated, show };
}
