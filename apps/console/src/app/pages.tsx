// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lazy, type ComponentType } from 'react';
import { comePage, pageFiles } from './page-files';
import type { Route } from './route-table';

const chosen = new Map<Route['name'], ComponentType>();

/**
 * What is shown at a route; always the same. Of one that has not come yet React shows for a third of a second that it waits,
 * however soon it comes; so one that is there already is shown as it is.
 */
export function pageOf(name: Route['name']): ComponentType {
  const page = chosen.get(name) ?? comePage(name) ?? lazy(pageFiles[name]);
  chosen.set(name, page);
  return page;
}
