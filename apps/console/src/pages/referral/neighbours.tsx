// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useInfiniteQuery } from '@tanstack/react-query';
import type { QueuePage } from '@tsunagi/contracts';
import { useEffect } from 'react';
import { Link, useNavigate } from 'react-router';
import { asked, filtersIn } from '../queue/filters';
import { keepOrder, keptOrder, useListName } from '../queue/order';
import { call } from '../../api/call';
import { useKey } from '../../parts/keys';
import { useTexts } from '../../texts';

/** So far somebody is looked for in a list that nobody has been in, as whoever was sent an address. */
const mostSought = 2_000;

/** Before and after it in the list one came from (`in` = the address of that list), and the way back there. */
export function Neighbours({ id, list }: { readonly id: string; readonly list: string | null }) {
  const { referral } = useTexts();
  const [before, after] = useNeighbours(id, list);
  const navigate = useNavigate();
  useKey('j', referral.next, () => after && void navigate(after));
  useKey('k', referral.previous, () => before && void navigate(before));
  if (list === null) return null;
  return (
    <nav className="row no-print" aria-label={referral.toList}>
      <Link to={`/queue?${list}`}>{referral.toList}</Link>
      {before && <Link to={before}>← {referral.previous}</Link>}
      {after && <Link to={after}>{referral.next} →</Link>}
    </nav>
  );
}

function useNeighbours(id: string, list: string | null): readonly (string | undefined)[] {
  const filters = filtersIn(new URLSearchParams(list ?? ''));
  const name = useListName(filters);
  const { data, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage } = useInfiniteQuery({
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
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetching, isFetchNextPageError]);
  useEffect(() => {
    if (data && at >= 0) keepOrder(name, { ids, next: data.pages.at(-1)?.next });
  }, [data, at >= 0]);
  const to = (other: string | undefined) => other && `/referrals/${other}?in=${encodeURIComponent(list ?? '')}`;
  return at < 0 ? [] : [to(ids[at - 1]), to(ids[at + 1])];
}
