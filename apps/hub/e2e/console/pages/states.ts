// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Locator, Page } from 'playwright-core';
import type { Route } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { uuidToCode } from '@tsunagi/text';
import type { Something } from './something-everywhere';

/** Nobody and nothing has this id. */
const absent = '01900000-0000-7000-8000-000000000000';

/** Before anybody has written anything, or with an address that nothing fits. */
interface Empty {
  readonly when: 'before' | 'after';
  readonly at?: (of: Something) => string;
  readonly says: string;
  /** What has to be done for it to be empty. */
  readonly begin?: (page: Page) => Promise<unknown>;
}

/** The states of one page. Those of its dialogs have a table of their own (dialogs.ts). */
export interface PageStates {
  /** Who is shown everything there, by the name they sign in with; the other roles of the route open it, too. */
  readonly seat: string;
  /** Its address, with something at it. */
  readonly at: (of: Something) => string;
  /** What is there when the answers have come. */
  readonly shows: (page: Page) => Locator;
  /** A page that asks for nothing by itself: what is typed so that it does. */
  readonly begin?: (page: Page, of: Something) => Promise<unknown>;
  /** It is made in the browser alone, and has no other state than the one. */
  readonly asksNothing?: true;
  /** What it says when there is nothing, or why that is never so. */
  readonly empty: Empty | { readonly never: string };
}

const table = (name: string) => (page: Page) => page.getByRole('table', { name, exact: true });
const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name }).first();
const region = (name: string) => (page: Page) => page.getByRole('region', { name, exact: true }).first();
const { frame } = ja;

const search = (words: string) => async (page: Page) => {
  await page.getByLabel(new RegExp(`^${ja.persons.q}`)).fill(words);
  await page.keyboard.press('Enter');
};
const before = (says: string): Empty => ({ when: 'before', says });

/** Every page of the route table. A new route does not compile before it is here. */
export const pageStates: Readonly<Record<Route['name'], PageStates>> = {
  inbox: {
    seat: 'caseworker.kaigo',
    at: () => '/',
    shows: (page) => region(ja.inbox.todos)(page).getByRole('listitem').first(),
    empty: before(ja.inbox.nothing),
  },
  queue: {
    seat: 'caseworker.kaigo',
    at: () => '/queue',
    shows: table(ja.queue.caption),
    empty: before(ja.queue.none),
  },
  referral: {
    seat: 'caseworker.konkyu',
    at: ({ referral }) => `/referrals/${referral}`,
    shows: button('引き受ける'),
    empty: { never: 'a referral is always somebody’s' },
  },
  newReferral: {
    seat: 'caseworker.kaigo',
    at: () => '/new',
    shows: (page) => page.getByLabel('氏名'),
    empty: { never: 'a form' },
  },
  proposals: {
    seat: 'caseworker.konkyu',
    at: () => '/proposals',
    shows: table(frame.pages.proposals),
    empty: before(ja.desk.proposalsEmpty),
  },
  proposal: {
    seat: 'caseworker.konkyu',
    at: ({ proposal }) => `/proposals/${proposal}`,
    shows: button(ja.desk.approve),
    empty: { never: 'what is proposed is something' },
  },
  sheet: {
    seat: 'caseworker.konkyu',
    at: () => '/sheet',
    begin: async (page, { referral }) => {
      await page.getByLabel(new RegExp(`^${ja.desk.sheetCode}`)).fill(uuidToCode(referral));
      await page.keyboard.press('Enter');
    },
    shows: (page) => page.getByRole('group', { name: ja.desk.sheetOpened }),
    empty: { never: 'a form' },
  },
  person: {
    seat: 'caseworker.kaigo',
    at: ({ person }) => `/persons/${person}`,
    shows: (page) => region(ja.consents.given)(page).getByRole('article').first(),
    empty: {
      when: 'after',
      at: ({ doubted }) => `/persons/${doubted}`,
      says: ja.consents.noneRefused,
    },
  },
  persons: {
    seat: 'caseworker.kaigo',
    at: () => '/persons',
    begin: search('ミホン　ハナ'),
    shows: table(frame.pages.persons),
    empty: { when: 'before', says: ja.persons.nobody, begin: search('ミホン　ハナ') },
  },
  consent: {
    seat: 'caseworker.kaigo',
    at: ({ waits }) => `/referrals/${waits}/consent`,
    shows: button('次へ'),
    empty: { never: 'a desk without a form is told so by the hub’s own spec of forms' },
  },
  ground: {
    seat: 'caseworker.kaigo',
    at: ({ grounded }) => `/referrals/${grounded}/ground`,
    shows: (page) => page.getByRole('article').first(),
    empty: { when: 'after', at: ({ waits }) => `/referrals/${waits}/ground`, says: ja.grounds.none },
  },
  ratifications: {
    seat: 'approver',
    at: () => '/ratifications',
    shows: table(ja.grounds.waiting),
    empty: before(ja.grounds.nothingWaits),
  },
  authorities: {
    seat: 'approver',
    at: () => '/authorities',
    shows: (page) => page.getByRole('table').first(),
    empty: { never: 'the law is never empty' },
  },
  consentForms: {
    seat: 'privacy_officer',
    at: () => '/consent-forms',
    shows: table(frame.pages.consentForms),
    empty: {
      when: 'after',
      says: ja.common.empty,
      begin: (page) => page.getByLabel(ja.consents.onlyWaiting).check(),
    },
  },
  conferences: {
    seat: 'caseworker.kaigo',
    at: () => '/conferences',
    shows: table(frame.pages.conferences),
    empty: before(ja.conferences.empty),
  },
  conference: {
    seat: 'caseworker.kaigo',
    at: ({ conference }) => `/conferences/${conference}`,
    shows: (page) => page.getByText(ja.conferences.addItem, { exact: true }),
    empty: { never: 'who is called is somebody' },
  },
  overview: {
    seat: 'coordinator',
    at: () => '/overview',
    shows: region(ja.overview.flows),
    empty: before(ja.overview.nothing),
  },
  plugins: {
    seat: 'it_admin',
    at: () => '/plugins',
    shows: table(frame.pages.plugins),
    empty: { never: 'the hub of these pages has two' },
  },
  plugin: {
    seat: 'it_admin',
    at: () => '/plugins/konkyu',
    shows: button(ja.machines.plugin.check),
    empty: { never: 'it is, or it is not there' },
  },
  deadLetters: {
    seat: 'it_admin',
    at: () => '/dead-letters',
    shows: (page) => page.getByRole('table').first(),
    empty: before(ja.machines.dead.empty),
  },
  clients: {
    seat: 'it_admin',
    at: () => '/clients',
    shows: table(frame.pages.clients),
    empty: { never: 'no hub is without' },
  },
  doctor: {
    seat: 'it_admin',
    at: () => '/doctor',
    shows: table(frame.pages.doctor),
    empty: { never: 'it always has something to say' },
  },
  incidents: {
    seat: 'privacy_officer',
    at: () => '/incidents',
    shows: (page) => page.getByRole('table').first(),
    empty: before(ja.privacy.noIncidents),
  },
  incident: {
    seat: 'privacy_officer',
    at: ({ incident }) => `/incidents/${incident}`,
    shows: button(ja.privacy.steps.contain),
    empty: { never: 'it is, or it is not there' },
  },
  ledger: {
    seat: 'privacy_officer',
    at: ({ person }) => `/ledger?person=${person}&page=working`,
    shows: table(ja.privacy.pages.working),
    empty: before(ja.privacy.noRequests),
  },
  judgement: {
    seat: 'privacy_officer',
    at: ({ doubted }) => `/judgements/${doubted}`,
    shows: button(ja.privacy.judging.preview),
    empty: { when: 'before', at: () => `/judgements/${absent}`, says: ja.privacy.judging.none },
  },
  exceptions: {
    seat: 'privacy_officer',
    at: () => '/exceptions',
    shows: table(frame.pages.exceptions),
    empty: before(ja.privacy.noExceptions),
  },
  audit: {
    seat: 'auditor',
    at: () => '/audit',
    shows: table(frame.pages.audit),
    empty: { when: 'after', at: () => '/audit?to=2001-01-01', says: ja.privacy.noLines },
  },
  settings: {
    seat: 'caseworker.kaigo',
    at: () => '/settings',
    shows: (page) => page.getByRole('combobox', { name: frame.language }),
    asksNothing: true,
    empty: { never: 'it is one’s own' },
  },
};
