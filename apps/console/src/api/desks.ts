// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { useQuery } from '@tanstack/react-query';
import type { DeskFunctionView, Page } from '@tsunagi/contracts';
import { call } from './call';

/** Who there is to refer to: the same for everybody who is signed in, and no resident is in it. */
export const useDesks = () =>
  useQuery({
    queryKey: ['desk-functions'],
    queryFn: ({ signal }) =>
      call<Page<DeskFunctionView>>('/desk-functions', { query: { limit: 500 }, signal }).then((page) => page.items),
    staleTime: 600_000,
  });
