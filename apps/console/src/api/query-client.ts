// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { QueryClient } from '@tanstack/react-query';
import { ProblemError, UnreachableError } from './problem';

/** An answer counts as fresh until the hub says otherwise; what it does not speak of is asked for again when one comes back to it. */
export const newQueryClient = () =>
  new QueryClient({
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
