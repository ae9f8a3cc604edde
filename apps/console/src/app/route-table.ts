// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Role } from '@tsunagi/contracts/words';
import type { Texts } from '../texts/texts';

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

export const routes: readonly Route[] = [
  { path: '/', name: 'inbox', menu: 'work', roles: everybody },
  { path: '/queue', name: 'queue', menu: 'work', roles: desks },
  { path: '/referrals/:id', name: 'referral', roles: desks },
  { path: '/new', name: 'newReferral', menu: 'work', roles: ['caseworker', 'supervisor', 'coordinator'] },
  { path: '/proposals', name: 'proposals', menu: 'work', roles: ['caseworker', 'supervisor'] },
  { path: '/proposals/:id', name: 'proposal', roles: ['caseworker', 'supervisor'] },
  { path: '/sheet', name: 'sheet', menu: 'work', roles: ['caseworker', 'supervisor'] },
  { path: '/persons/:id', name: 'person', roles: ['caseworker', 'supervisor'] },
  { path: '/persons', name: 'persons', menu: 'people', roles: ['caseworker', 'supervisor'] },
  { path: '/referrals/:id/consent', name: 'consent', roles: ['caseworker', 'supervisor'] },
  { path: '/referrals/:id/ground', name: 'ground', roles: ['caseworker', 'supervisor', 'approver'] },
  { path: '/ratifications', name: 'ratifications', menu: 'work', roles: ['approver'] },
  {
    path: '/authorities',
    name: 'authorities',
    menu: 'records',
    roles: ['approver', 'privacy_officer', 'auditor', 'coordinator', 'it_admin'],
  },
  {
    path: '/consent-forms',
    name: 'consentForms',
    menu: 'records',
    roles: ['privacy_officer', 'approver', 'supervisor', 'it_admin'],
  },
  {
    path: '/conferences',
    name: 'conferences',
    menu: 'work',
    roles: ['caseworker', 'supervisor', 'coordinator', 'approver'],
  },
  { path: '/conferences/:id', name: 'conference', roles: ['caseworker', 'supervisor', 'coordinator', 'approver'] },
  { path: '/overview', name: 'overview', menu: 'watch', roles: ['coordinator', 'supervisor', 'approver'] },
  { path: '/plugins', name: 'plugins', menu: 'machines', roles: ['it_admin'] },
  { path: '/plugins/:id', name: 'plugin', roles: ['it_admin'] },
  { path: '/dead-letters', name: 'deadLetters', menu: 'machines', roles: ['it_admin'] },
  { path: '/clients', name: 'clients', menu: 'machines', roles: ['it_admin'] },
  { path: '/doctor', name: 'doctor', menu: 'machines', roles: ['it_admin'] },
  { path: '/incidents', name: 'incidents', menu: 'records', roles: ['privacy_officer', 'supervisor'] },
  { path: '/incidents/:id', name: 'incident', roles: ['privacy_officer', 'supervisor'] },
  { path: '/ledger', name: 'ledger', menu: 'records', roles: ['privacy_officer'] },
  { path: '/judgements/:id', name: 'judgement', roles: ['privacy_officer'] },
  { path: '/exceptions', name: 'exceptions', menu: 'records', roles: ['privacy_officer', 'approver'] },
  { path: '/audit', name: 'audit', menu: 'records', roles: ['auditor', 'privacy_officer'] },
  { path: '/settings', name: 'settings', roles: everybody },
];
