// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import type { QueueItem, QueuePage } from '@tsunagi/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { asked, rowsOf, type Filters } from './filters';
import { call } from '../../api/call';
import { useHints } from '../../api/live';
import { useSession } from '../../api/session';

/** Hints come as fast as things happen; a list is looked after once in so long. */
const everyMs = 1_000;
/** So many rows that are not on the first page any more are asked for one by one; instead of more the whole list is offered. */
const mostRows = 20;

export interface LiveRow extends QueueItem {
  /** It does not belong here any more; it stays where it is until the list is shown anew. */
  readonly gone?: true;
}

/**
 * A list under which no row jumps: what is shown stays in its place, with its newest state; what has come is counted, and shown when
 * asked for. One for each filter and each desk that is acted for: the caller gives it a key of its own.
 */
export function useLiveList(filters: Filters) {
  const queries = useQueryClient();
  const { actingFor } = useSession();
  const query = asked(filters);
  const key = ['list', actingFor, query] as const;
  const [fresh, setFresh] = useState<readonly QueueItem[]>([]);
  const [outdated, setOutdated] = useState(false);
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  /** Beside the pages, not in them: a page that is on its way brings those before it as they were. */
  const [renewed, setRenewed] = useState<ReadonlyMap<string, QueueItem>>(new Map());

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
    return [...items.values()].map((item) => {
      const newest = renewed.get(item.id) ?? item;
      return gone.has(item.id) ? { ...newest, gone: true } : newest;
    });
  }, [list.data, gone, renewed]);

  /** Absent: the first rows are on their way. */
  const shown = useRef<LiveRow[] | undefined>(undefined);
  shown.current = list.data && rows;
  const changed = useRef(new Set<string>());
  /** Counts how often the whole list was asked for. */
  const turn = useRef(0);

  const lookAfter = async (known: ReadonlySet<string>) => {
    const began = turn.current;
    const mine = [...changed.current].filter((id) => known.has(id));
    changed.current.clear();
    const head = await call<QueuePage>('/referrals', { query: rowsOf(filters) });
    const newest = new Map(head.items.map((item) => [item.id, item]));
    const left = new Set<string>();
    const elsewhere = mine.filter((id) => !newest.has(id));
    if (elsewhere.length <= mostRows)
      for (const id of elsewhere) {
        const { items } = await call<QueuePage>('/referrals', { query: { ...query, q: id } });
        if (items[0]) newest.set(id, items[0]);
        else left.add(id);
      }
    // All were shown anew meanwhile, and are newer than this.
    if (began !== turn.current) return;
    if (elsewhere.length > mostRows) setOutdated(true);
    setRenewed((before) => new Map([...before, ...newest]));
    setGone((before) => new Set([...[...before].filter((id) => !newest.has(id)), ...left]));
    const now = new Set(shown.current?.map(({ id }) => id));
    // Beyond the last row that is shown there is more anyway.
    setFresh(head.items.filter(({ id }) => !now.has(id)));
  };

  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const isWanted = useRef(false);
  /** One look after the other, and none before the first rows are there. */
  const soon = () => {
    isWanted.current = true;
    timer.current ??= setTimeout(async () => {
      if (shown.current) {
        isWanted.current = false;
        // What could not be asked now is asked with the next hint; the mark of the line says that it is down.
        await lookAfter(new Set(shown.current.map(({ id }) => id))).catch(() => setOutdated(true));
      }
      timer.current = undefined;
      if (isWanted.current) soon();
    }, everyMs);
  };
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );

  useHints((change) => {
    const isAny = change === 'reload' || change.more;
    for (const id of isAny ? (shown.current ?? []).map((row) => row.id) : change.referrals) changed.current.add(id);
    soon();
  });

  const show = async () => {
    turn.current++;
    setFresh([]);
    setOutdated(false);
    setGone(new Set());
    setRenewed(new Map());
    await queries.resetQueries({ queryKey: key });
  };

  return { ...list, rows, counters: list.data?.pages[0]?.counters ?? [], fresh: fresh.length, outdated, show };
}
