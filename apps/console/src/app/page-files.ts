// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ComponentType } from 'react';
import { routes, type Route } from './route-table';

type PageFile = () => Promise<{ readonly default: ComponentType }>;

/** What is shown at a route. Each page is fetched when it is first opened. */
export const pageFiles: Readonly<Record<Route['name'], PageFile>> = {
  inbox: () => import('../pages/inbox/inbox-page'),
  queue: () => import('../pages/queue/queue-page'),
  referral: () => import('../pages/referral/referral-page'),
  newReferral: () => import('../pages/desk/new-referral-page'),
  proposals: () => import('../pages/desk/proposals-page'),
  proposal: () => import('../pages/desk/proposal-page'),
  sheet: () => import('../pages/desk/sheet-page'),
  person: () => import('../pages/consents/person-page'),
  persons: () => import('../pages/persons/persons-page'),
  consent: () => import('../pages/consents/consent-page'),
  ground: () => import('../pages/grounds/ground-page'),
  ratifications: () => import('../pages/grounds/ratifications-page'),
  authorities: () => import('../pages/grounds/authorities-page'),
  consentForms: () => import('../pages/consents/consent-forms-page'),
  conferences: () => import('../pages/conferences/conferences-page'),
  conference: () => import('../pages/conferences/conference-page'),
  overview: () => import('../pages/overview/overview-page'),
  plugins: () => import('../pages/machines/plugins-page'),
  plugin: () => import('../pages/machines/plugin-page'),
  deadLetters: () => import('../pages/machines/dead-letters-page'),
  clients: () => import('../pages/machines/clients-page'),
  doctor: () => import('../pages/machines/doctor-page'),
  incidents: () => import('../pages/privacy/incidents-page'),
  incident: () => import('../pages/privacy/incident-page'),
  ledger: () => import('../pages/privacy/ledger-page'),
  judgement: () => import('../pages/privacy/judgement-page'),
  exceptions: () => import('../pages/privacy/exceptions-page'),
  audit: () => import('../pages/privacy/audit-page'),
  settings: () => import('../pages/settings/settings-page'),
};

const come = new Map<Route['name'], ComponentType>();

/** Fetches the page at a route before anything is shown. */
export function fetchPage(name: Route['name']): void {
  // Whatever goes wrong shows again when it is opened.
  void pageFiles[name]().then(
    ({ default: page }) => come.set(name, page),
    () => undefined,
  );
}

/** One that has been fetched. */
export const comePage = (name: Route['name']): ComponentType | undefined => come.get(name);

/** The page at an address below `/console`, if there is one. */
export function nameAt(address: string): Route['name'] | undefined {
  const parts = (path: string) => path.split('/').filter((part) => part !== '');
  const asked = parts(address);
  const fits = (path: string) => {
    const own = parts(path);
    return own.length === asked.length && own.every((part, n) => part.startsWith(':') || part === asked[n]);
  };
  return routes.find(({ path }) => fits(path))?.name;
}
