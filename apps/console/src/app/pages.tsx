// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { lazy, type ComponentType } from 'react';
import type { Texts } from '../texts';

/** What is shown at a route. Each page is fetched when it is first opened. */
export const pages: Readonly<Record<keyof Texts['frame']['pages'], ComponentType>> = {
  inbox: lazy(() => import('../pages/inbox/inbox-page')),
  queue: lazy(() => import('../pages/queue/queue-page')),
  referral: lazy(() => import('../pages/referral/referral-page')),
  newReferral: lazy(() => import('../pages/desk/new-referral-page')),
  proposals: lazy(() => import('../pages/desk/proposals-page')),
  proposal: lazy(() => import('../pages/desk/proposal-page')),
  sheet: lazy(() => import('../pages/desk/sheet-page')),
  person: lazy(() => import('../pages/consents/person-page')),
  persons: lazy(() => import('../pages/persons/persons-page')),
  consent: lazy(() => import('../pages/consents/consent-page')),
  ground: lazy(() => import('../pages/grounds/ground-page')),
  ratifications: lazy(() => import('../pages/grounds/ratifications-page')),
  authorities: lazy(() => import('../pages/grounds/authorities-page')),
  consentForms: lazy(() => import('../pages/consents/consent-forms-page')),
  conferences: lazy(() => import('../pages/conferences/conferences-page')),
  conference: lazy(() => import('../pages/conferences/conference-page')),
  overview: lazy(() => import('../pages/overview/overview-page')),
  plugins: lazy(() => import('../pages/machines/plugins-page')),
  plugin: lazy(() => import('../pages/machines/plugin-page')),
  deadLetters: lazy(() => import('../pages/machines/dead-letters-page')),
  clients: lazy(() => import('../pages/machines/clients-page')),
  doctor: lazy(() => import('../pages/machines/doctor-page')),
  incidents: lazy(() => import('../pages/privacy/incidents-page')),
  incident: lazy(() => import('../pages/privacy/incident-page')),
  ledger: lazy(() => import('../pages/privacy/ledger-page')),
  judgement: lazy(() => import('../pages/privacy/judgement-page')),
  exceptions: lazy(() => import('../pages/privacy/exceptions-page')),
  audit: lazy(() => import('../pages/privacy/audit-page')),
  settings: lazy(() => import('../pages/settings/settings-page')),
};
