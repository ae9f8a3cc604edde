// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery } from '@tanstack/react-query';
import type { QueuePage } from '@tsunagi/contracts';
import { useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { asked, filtersIn } from '../queue/filters';
import { keepOrder, keptOrder, useListName } from '../queue/order';
import { call } from '../../api/call';
import { areKeysFree, useKey } from '../../parts/keys';
import { Lacking, type Asked } from '../../parts/states';
import { useTexts } from '../../texts';

/** So far somebody is looked for in a list that nobody has been in, as whoever was sent an address. */
const mostSought = 2_000;

/** Before and after it in the list one came from (`in` = the address of that list), and the way back there. */
export function Neighbours({ id, list }: { readonly id: string; readonly list: string | null }) {
  const { referral, common } = useTexts();
  const order = useOrder(id, list);
  const { ids, asked } = order;
  const hrefOf = (other: string) => `/referrals/${other}?in=${encodeURIComponent(list ?? '')}`;
  const go = useSteps(list ?? '', order, hrefOf);
  useKey('j', referral.next, () => go(1));
  useKey('k', referral.previous, () => go(-1));
  if (list === null) return null;
  const at = ids.indexOf(id);
  const before = ids[at - 1];
  const after = at < 0 ? undefined : ids[at + 1];
  return (
    <nav className="row no-print" aria-label={referral.toList}>
      <Link to={`/queue?${list}`}>{referral.toList}</Link>
      {before && <Link to={hrefOf(before)}>← {referral.previous}</Link>}
      {after && <Link to={hrefOf(after)}>{referral.next} →</Link>}
      <Lacking of={asked} what={common.lists.referrals} />
    </nav>
  );
}

interface Order {
  /** As far as the list has been asked for. */
  readonly ids: readonly string[];
  /** More of it comes; until then nobody knows what is beyond. */
  readonly isComing: boolean;
  /** What has to come before one can go on, or did not. */
  readonly asked: Asked<true>;
}

function useOrder(id: string, list: string | null): Order {
  const filters = filtersIn(new URLSearchParams(list ?? ''));
  const name = useListName(filters);
  const { data, error, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } = useInfiniteQuery({
    // It stays as one has seen it, whatever the hub says of it meanwhile.
    queryKey: ['list', 'order', name],
    enabled: list !== null,
    queryFn: async ({ pageParam, signal }) => {
      const query = { ...asked(filters), limit: 200, cursor: pageParam };
      const { items, next } = await call<QueuePage>('/referrals', { signal, query });
      return { ids: items.map((item) => item.id), next };
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    initialData: () => {
      const kept = keptOrder(name);
      return kept && { pages: [{ ids: [...kept.ids], next: kept.next }], pageParams: [undefined] };
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  const ids = [...new Set(data?.pages.flatMap((page) => page.ids))];
  const at = ids.indexOf(id);
  const isShort = at < 0 ? ids.length < mostSought : at > ids.length - 3;
  const isMore = hasNextPage && !isFetchNextPageError;
  useEffect(() => {
    if (isShort && isMore && !isFetching) void fetchNextPage();
  }, [isShort, isMore, isFetching]);
  useEffect(() => {
    if (data && at >= 0) keepOrder(name, { ids, next: data.pages.at(-1)?.next });
  }, [data, at >= 0]);
  const isComing = list !== null && (at >= 0 || isShort) && (isFetching || isMore);
  const isThere = !error && !((at < 0 || at === ids.length - 1) && isComing);
  return {
    ids,
    isComing,
    asked: {
      data: isThere ? true : undefined,
      error: isFetching ? undefined : error,
      refetch: () => void (data ? fetchNextPage() : refetch()),
    },
  };
}

/** Steps beyond what there is of the list yet, and from where. The page of the last one that is there is made anew meanwhile. */
let owed: { readonly list: string; readonly from: string; readonly by: number } | undefined;

const inAddress = () => location.pathname.split('/').at(-1) ?? '';

/**
 * So many steps on or back in the list. A key may be pressed before the page that the last one led to is drawn, or before the
 * rows that come next are there: none is lost.
 */
function useSteps(
  list: string,
  { ids, isComing, asked: { error } }: Order,
  hrefOf: (id: string) => string,
): (by: number) => void {
  const navigate = useNavigate();
  /** The referral that a key led to, until its address is there. */
  const going = useRef<{ readonly to: string }>(undefined);
  // The address is there before the page is drawn.
  const here = () => going.current?.to ?? inAddress();
  const go = (by: number) => {
    const from = here();
    const at = ids.indexOf(from);
    const steps = by + (owed?.from === from && owed.list === list ? owed.by : 0);
    owed = undefined;
    const place = at < 0 ? -1 : Math.max(0, Math.min(ids.length - 1, at + steps));
    const to = ids[place] ?? from;
    const rest = at < 0 ? steps : Math.max(0, at + steps - place);
    if (isComing && rest !== 0) owed = { list, from: to, by: rest };
    if (to === from) return;
    const step = { to };
    going.current = step;
    void Promise.resolve(navigate(hrefOf(to))).finally(() => {
      if (going.current === step) going.current = undefined;
    });
  };
  useEffect(() => {
    if (owed === undefined) return;
    // Whoever has begun something else meanwhile stays at it.
    if (error || !areKeysFree(document.activeElement)) owed = undefined;
    else go(0);
  }, [ids.length, isComing, error]);
  // Whoever goes elsewhere owes nothing any more.
  useEffect(
    () => () => {
      if (owed?.from !== inAddress()) owed = undefined;
    },
    [],
  );
  return go;
}
