// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Route } from './route-table';
import { askAhead } from '../api/call';
import { filtersIn, rowsOf } from '../pages/queue/filters';

/** Of the pages that one comes to first, what their first rows are made of. */
export const firstQuestions: Partial<Record<Route['name'], (search: URLSearchParams) => void>> = {
  inbox: () => askAhead('/todos', { limit: 100 }),
  queue: (search) => askAhead('/referrals', rowsOf(filtersIn(search))),
};
