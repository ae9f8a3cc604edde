// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import {
  QueryClient,
  type InvalidateOptions,
  type InvalidateQueryFilters,
  type Query,
  type QueryKey,
} from '@tanstack/react-query';
import { ProblemError, UnreachableError } from './problem';

class Asking extends QueryClient {
  /** First answers that are under way and will be asked for once more. */
  private readonly onceMore = new Set<Query>();

  /**
   * The library asks anew for what is there, but lets a first question run on: it may have been answered before the change,
   * and the answer would stand until the next one. So it is asked once more when it has come, however much changes meanwhile.
   */
  override async invalidateQueries<K extends QueryKey = QueryKey>(
    filters?: InvalidateQueryFilters<K>,
    options?: InvalidateOptions,
  ): Promise<void> {
    const first = this.getQueryCache()
      .findAll(filters)
      .filter((q) => q.state.fetchStatus === 'fetching' && q.state.data === undefined && !this.onceMore.has(q));
    for (const query of first) this.onceMore.add(query);
    await super.invalidateQueries(filters, options);
    if (first.length === 0) return;
    for (const query of first) this.onceMore.delete(query);
    await super.invalidateQueries({ predicate: (query) => first.includes(query) }, options);
  }
}

/** An answer counts as fresh until the hub says otherwise; what it does not speak of is asked for again when one comes back to it. */
export const newQueryClient = () =>
  new Asking({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // What is asked without a line fails, and the page says so; the library's own way is to wait, as if it were loading.
        networkMode: 'always',
        refetchOnReconnect: true,
        retry: (failures, error) =>
          failures < 2 &&
          navigator.onLine &&
          (error instanceof UnreachableError || (error instanceof ProblemError && error.problem.retryable)),
        refetchOnWindowFocus: true,
      },
      // Nothing is sent later by itself, when whoever pressed has long gone on.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
