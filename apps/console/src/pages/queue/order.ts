// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addressOf } from './query';
import { asked, type Filters } from './filters';
import { useSession } from '../../api/session';

const stored = 'tsunagi-list';

/** The rows of a list in the order in which they were shown, and where those come that were not shown yet. */
export interface Order {
  readonly ids: readonly string[];
  readonly next: string | undefined;
}

/** Which list of whom: another person, or one who acts for another desk, has another one. */
export function useListName(filters: Filters): string {
  const { caller, actingFor } = useSession();
  return [caller.id, actingFor ?? '', addressOf(asked(filters))].join(' ');
}

/**
 * The list one was in last, as long as the tab is open: whoever goes through it referral by referral finds the next one also when the
 * step before has taken one out of it.
 */
export function keepOrder(list: string, order: Order): void {
  try {
    sessionStorage.setItem(stored, JSON.stringify({ list, ...order }));
  } catch {
    // There is no room for so long a list: its order is asked for again.
    sessionStorage.removeItem(stored);
  }
}

export function keptOrder(list: string): Order | undefined {
  const kept = JSON.parse(sessionStorage.getItem(stored) ?? '{}') as Partial<Order & { list: string }>;
  return kept.list === list && kept.ids ? { ids: kept.ids, next: kept.next } : undefined;
}
