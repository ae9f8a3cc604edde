// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DeskFunctionView, Page } from '@tsunagi/contracts';
import { call } from '../api/call';
import { useSession } from '../api/session';
import { useTexts } from '../texts';

/** Who there is to refer to. Residents are not in it, and it changes seldom. */
export const useDesks = () =>
  useQuery({
    queryKey: ['desk-functions'],
    queryFn: async () => {
      const items: DeskFunctionView[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await call<Page<DeskFunctionView>>('/desk-functions', { query: { limit: 500, cursor } });
        items.push(...page.items);
        if (page.next === undefined)
          return items.sort((a, b) => a.domain.localeCompare(b.domain) || a.name.localeCompare(b.name, 'ja'));
        cursor = page.next;
      }
    },
    staleTime: 5 * 60_000,
  });

/** One's own desks at which referrals are worked on; of several the one that is acted for comes alone. */
export function useOwnDesks() {
  const { caller, actingFor } = useSession();
  const own = caller.functions.filter((f) => f.roles.some((role) => role === 'caseworker' || role === 'supervisor'));
  return actingFor === undefined ? own : own.filter((f) => f.id === actingFor);
}

/** A desk's name by its id. Whoever uses it says once on the page, with `Lacking`, that the names are not there. */
export function useDeskNames(): (id: string) => string {
  const { data } = useDesks();
  const { common } = useTexts();
  return (id) => (data === undefined ? common.someDesk : (data.find((desk) => desk.id === id)?.name ?? id));
}

export const deskLabel = (desk: Pick<DeskFunctionView, 'name' | 'desk'>): string => `${desk.name} (${desk.desk.name})`;
