// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lazy, type ComponentType } from 'react';
import { comePage, pageFiles } from './page-files';
import type { Route } from './route-table';
import { UnreachableError } from '../api/problem';

const chosen = new Map<Route['name'], ComponentType>();

/**
 * What is shown at a route; always the same. Of one that has not come yet React shows for a third of a second that it waits,
 * however soon it comes; so one that is there already is shown as it is.
 */
export function pageOf(name: Route['name']): ComponentType {
  const page = chosen.get(name) ?? comePage(name) ?? lazy(() => fetched(name));
  chosen.set(name, page);
  return page;
}

/** One whose file cannot be had now is fetched anew when it is opened again. */
const fetched = (name: Route['name']) =>
  pageFiles[name]().catch(() => {
    chosen.delete(name);
    throw new UnreachableError();
  });
