// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQueries } from '@tanstack/react-query';
import type { QueueItem, QueuePage } from '@tsunagi/contracts';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { LiveRow } from './live-list';
import { isUuid } from './query';
import { call } from '../../api/call';
import { useSession } from '../../api/session';
import type { Asked } from '../../parts/states';

/** As many as are named at once (POST /referrals/reveal), and as an address has room for. */
export const mostSelected = 50;
const name = 'selected';

const idsIn = (address: string): readonly string[] =>
  [...new Set(address.split('.').filter(isUuid))].slice(0, mostSelected);

/** Which rows are selected stands in the address: it is there after one has looked at one of them, and when the page is loaded anew. */
export function useSelection() {
  const [search, setSearch] = useSearchParams();
  const inAddress = search.get(name) ?? '';
  // A box that was ticked is ticked at once; the address comes after it.
  const [ids, setIds] = useState(() => idsIn(inAddress));
  const [seen, setSeen] = useState(inAddress);
  const onItsWay = useRef<string>(undefined);
  if (seen !== inAddress) {
    setSeen(inAddress);
    if (onItsWay.current === undefined) setIds(idsIn(inAddress));
  }
  useEffect(() => {
    if (onItsWay.current === inAddress) onItsWay.current = undefined;
  }, [inAddress]);
  const set = (changed: readonly string[]) => {
    setIds(changed);
    onItsWay.current = changed.join('.');
    // Not a step to go back by.
    setSearch((before) => withSelected(before, changed), { replace: true });
  };
  return {
    ids,
    select: (id: string, on: boolean) => {
      const others = ids.filter((other) => other !== id);
      if (!on) set(others);
      else if (others.length < mostSelected) set([...others, id]);
    },
    clear: () => set([]),
  };
}

/** The address of a list with what is selected in it. */
export function withSelected(address: URLSearchParams, ids: readonly string[]): URLSearchParams {
  const changed = new URLSearchParams(address);
  if (ids.length === 0) changed.delete(name);
  else changed.set(name, ids.join('.'));
  return changed;
}

/** The rows that are selected; those that have not been loaded yet are asked for one by one, and may be lacking. */
export function useSelectedItems(ids: readonly string[], rows: readonly LiveRow[], areThere: boolean) {
  const { actingFor } = useSession();
  const loaded = new Set(rows.map((row) => row.id));
  const asked = useQueries({
    queries: (areThere ? ids.filter((id) => !loaded.has(id)) : []).map((id) => ({
      queryKey: ['queue', 'selected', actingFor, id],
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        (await call<QueuePage>('/referrals', { signal, query: { q: id, limit: 1 } })).items,
    })),
  });
  const items: QueueItem[] = [...rows.filter(({ id }) => ids.includes(id)), ...asked.flatMap(({ data }) => data ?? [])];
  const open = asked.filter(({ data }) => data === undefined);
  const others: Asked<true> = {
    data: open.length === 0 ? true : undefined,
    error: open.find(({ error }) => error !== null)?.error,
    refetch: () => open.forEach((one) => void one.refetch()),
  };
  return { items, others };
}
