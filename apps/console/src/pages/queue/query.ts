// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { QueueFilters } from '@tsunagi/contracts';
import { base32ToUuid } from '@tsunagi/text';
import { useSearchParams } from 'react-router';
import { filtersIn, type Filters } from './filters';

export function useFilters(): readonly [Filters, (changed: Filters) => void, (whole: Filters) => void] {
  const [search, setSearch] = useSearchParams();
  const filters = filtersIn(search);
  const set = (whole: Filters) =>
    setSearch(Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined && value !== '')));
  return [filters, (changed) => set({ ...filters, ...changed }), set];
}

/** What may be kept as a view: everything but what somebody typed. */
export function kept({ q: _, ...filters }: Filters): QueueFilters {
  return filters as QueueFilters;
}

export const addressOf = (filters: Filters): string => new URLSearchParams(filters).toString();

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export const isUuid = (text: string): boolean => uuid.test(text);

/** The id that a referral's number stands for, as it is written in addresses or in the 26 characters of screen and files. */
export function idOf(typed: string): string | undefined {
  if (isUuid(typed)) return typed.toLowerCase();
  try {
    return base32ToUuid(typed);
  } catch {
    return undefined;
  }
}
