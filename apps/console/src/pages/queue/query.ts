// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueFilters } from '@tsunagi/contracts';
import { base32ToUuid } from '@tsunagi/text';
import { useSearchParams } from 'react-router';

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

export function useFilters(): readonly [Filters, (changed: Filters) => void, (whole: Filters) => void] {
  const [search, setSearch] = useSearchParams();
  const filters: Filters = Object.fromEntries(
    names.flatMap((name) => {
      const value = search.get(name);
      return value === null || value === '' ? [] : [[name, value]];
    }),
  );
  const set = (whole: Filters) =>
    setSearch(Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined && value !== '')));
  return [filters, (changed) => set({ ...filters, ...changed }), set];
}

/** As the hub is asked: the soonest due first, unless somebody wants another order. */
export const asked = (filters: Filters): Filters => ({ sort: 'due', ...filters });

/** What may be kept as a view: everything but what somebody typed. */
export function kept({ q: _, ...filters }: Filters): QueueFilters {
  return filters as QueueFilters;
}

export const addressOf = (filters: Filters): string => new URLSearchParams(filters).toString();

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A referral's number as the hub reads it: a UUID, or the 26 characters of screen and files. */
export function isNumber(typed: string): boolean {
  if (uuid.test(typed)) return true;
  try {
    return base32ToUuid(typed) !== '';
  } catch {
    return false;
  }
}
