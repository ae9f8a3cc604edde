// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Query } from '../../api/call';

const names = [
  'view',
  'state',
  'kind',
  'urgency',
  'overdue',
  'waiting',
  'function',
  'from',
  'to',
  'lead',
  'journey',
  'sort',
  'q',
] as const;
type Name = (typeof names)[number];

/** What is looked for stands in the address: ids and codes only, so that it may be kept, shared and gone back to. */
export type Filters = Readonly<Partial<Record<Name, string>>>;

export const filtersIn = (search: URLSearchParams): Filters =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );

/** As the hub is asked: the soonest due first, unless somebody wants another order. */
export const asked = (filters: Filters): Filters => ({ sort: 'due', ...filters });

/** The first rows, and those from a place on. */
export const rowsOf = (filters: Filters, cursor?: string): Query => ({ ...asked(filters), limit: 100, cursor });
