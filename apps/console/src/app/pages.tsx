// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lazy, type ComponentType } from 'react';
import type { Texts } from '../texts';

/** What is shown at a route. Each page is fetched when it is first opened. */
export const pages: Readonly<Record<keyof Texts['frame']['pages'], ComponentType>> = {
  inbox: lazy(() => import('../pages/inbox/inbox-page')),
  queue: lazy(() => import('../pages/queue/queue-page')),
  referral: lazy(() => import('../pages/referral/referral-page')),
  settings: lazy(() => import('../pages/settings/settings-page')),
};
