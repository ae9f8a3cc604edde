// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DeskFunctionView } from '@tsunagi/contracts';
import { call } from '../api/call';

interface Page {
  readonly items: readonly DeskFunctionView[];
  readonly next?: string;
}

/** Every desk function there is, by domain and name: to whom one can write. They change seldom. */
export const useDesks = () =>
  useQuery({
    queryKey: ['desk-functions'],
    staleTime: 5 * 60_000,
    queryFn: async ({ signal }) => {
      const all: DeskFunctionView[] = [];
      let cursor: string | undefined;
      do {
        const page: Page = await call('/desk-functions', { signal, query: { limit: 200, cursor } });
        all.push(...page.items);
        cursor = page.next;
      } while (cursor !== undefined);
      return all.sort((a, b) => a.domain.localeCompare(b.domain) || a.name.localeCompare(b.name, 'ja'));
    },
  });
