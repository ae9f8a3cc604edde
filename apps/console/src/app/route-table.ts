// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/contracts/words';
import type { Texts } from '../texts';

export type RouteGroup = 'work' | 'people' | 'watch' | 'machines' | 'records';

/** A page: where it is, what it is called, and who uses it. The tests walk this table: a page that is not here does not exist. */
export interface Route {
  /** Below `/console`. */
  readonly path: string;
  readonly name: keyof Texts['frame']['pages'];
  /** Where it stands in the menu; absent = it is reached from another page. */
  readonly menu?: RouteGroup;
  readonly roles: readonly Role[];
}
export type RouteInMenu = Route & { readonly menu: RouteGroup };

const everybody: readonly Role[] = [
  'caseworker',
  'supervisor',
  'approver',
  'coordinator',
  'it_admin',
  'privacy_officer',
  'auditor',
];
/** Who has to do with referrals. */
const desks: readonly Role[] = ['caseworker', 'supervisor', 'coordinator', 'approver', 'privacy_officer', 'auditor'];

export const routes = [
  { path: '/', name: 'inbox', menu: 'work', roles: everybody },
  { path: '/queue', name: 'queue', menu: 'work', roles: desks },
  { path: '/referrals/:id', name: 'referral', roles: desks },
  { path: '/settings', name: 'settings', roles: everybody },
] as const satisfies readonly Route[] as readonly Route[];
