// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Locator, Page } from 'playwright-core';
import { ja } from '@tsunagi/console/texts';
import { uuidToCode } from '@tsunagi/text';
import { chooses, presses } from './keyboard';
import type { AtTheDialogs } from './something-for-dialogs';

/**
 * One dialog, and how it opens. All of it is done with the keyboard; that Tab leads to each thing on a page is looked at in
 * pages.spec.ts.
 */
export interface DialogStates {
  /** Who opens it, by the name they sign in with, and at which page. */
  readonly seat: string;
  readonly at: (of: AtTheDialogs) => string;
  /** What is done before there is anything to press. */
  readonly begin?: (page: Page, of: AtTheDialogs) => Promise<unknown>;
  /** What is pressed. */
  readonly opener: (page: Page, of: AtTheDialogs) => Locator;
  readonly name: string | RegExp;
  /** What has the focus when it is closed; else what was pressed. */
  readonly returnsTo?: (page: Page) => Locator;
  /** It shows nothing without asking the hub first: what is there when the answer has come. */
  readonly asks?: (dialog: Locator) => Locator;
  /** It stands until it is answered: how. */
  readonly mustAnswer?: (dialog: Locator, of: AtTheDialogs) => Promise<unknown>;
}

const button = (name: string | RegExp) => (page: Page) => page.getByRole('button', { name, exact: true }).first();
const starting = (words: string) => new RegExp(`^${words}`);
const anyOf = (words: Readonly<Record<string, string>>) => new RegExp(`^(${Object.values(words).join('|')})$`);
const { clients, dead, quarantine, plugin, intake, days } = ja.machines;

const enters = async (field: Locator, words: string) => {
  await field.pressSequentially(words);
  await field.press('Enter');
};
const searched = (page: Page) => enters(page.getByLabel(starting(ja.persons.q)), 'ミホン　ハナ');
const selects = async (page: Page, field: Locator, name: string) => {
  await field.focus();
  await chooses(page, field, name);
};
const rowChosen = (page: Page) =>
  page.getByRole('checkbox', { name: quarantine.choose('a3a3a3a3 2行目'), exact: true }).press('Space');
const firstChosen = (page: Page) =>
  page.getByRole('table', { name: ja.queue.caption }).getByRole('checkbox').first().press('Space');

/**
 * Every dialog of the console, by the file and the heading by which its source has it. One that is not here fails
 * dialogs-of-the-console.spec.ts.
 */
export const dialogStates: Readonly<Record<string, DialogStates>> = {
  'app/app.tsx frame.sessionEnded': {
    seat: 'auditor',
    at: () => '/audit',
    begin: async (page, { signOut }) => {
      await selects(page, page.getByLabel(ja.privacy.group), ja.privacy.groups.seen);
      await signOut('auditor');
    },
    opener: button(ja.privacy.narrow),
    name: ja.frame.sessionEnded,
    mustAnswer: async (dialog, { passwordOf }) => {
      await dialog.getByLabel(ja.frame.signInName).pressSequentially('auditor');
      await dialog.getByLabel(starting(ja.frame.password)).pressSequentially(passwordOf('auditor'));
      await dialog.getByLabel(starting(ja.frame.password)).press('Enter');
    },
  },
  'pages/conferences/items.tsx conferences.eraseAsk': {
    seat: 'caseworker.kaigo',
    at: ({ conference }) => `/conferences/${conference}`,
    opener: button(ja.conferences.erase),
    name: ja.conferences.eraseAsk,
  },
  'pages/consents/draft-dialog.tsx consents.draft': {
    seat: 'it_admin',
    at: () => '/consent-forms',
    opener: button(ja.consents.draft),
    name: ja.consents.draft,
  },
  'pages/consents/retire-dialog.tsx `${consents.retire} ${form.version}`': {
    seat: 'privacy_officer',
    at: () => '/consent-forms',
    opener: (page) => page.getByRole('button', { name: starting(ja.consents.retire) }).first(),
    name: starting(`${ja.consents.retire} `),
  },
  'pages/consents/withdraw-dialog.tsx consents.withdrawOf': {
    seat: 'caseworker.kaigo',
    at: ({ person }) => `/persons/${person}`,
    opener: button(ja.consents.withdraw),
    name: ja.consents.withdrawOf,
  },
  'pages/desk/sheet-page.tsx actionNames[open]': {
    seat: 'caseworker.kaigo',
    at: () => '/sheet',
    begin: (page, { onPaper }) => enters(page.getByLabel(starting(ja.desk.sheetCode)), uuidToCode(onPaper)),
    opener: button('引き受ける'),
    name: '引き受ける',
  },
  'pages/grounds/check-dialog.tsx grounds.checkOf(names.authorityNames[row.code])': {
    seat: 'privacy_officer',
    at: () => '/authorities',
    opener: button(starting(`${ja.grounds.check} `)),
    name: new RegExp(`${ja.grounds.checkOf('')}$`),
  },
  'pages/inbox/tick-off.tsx inbox.tick': {
    seat: 'supervisor.kaigo',
    at: () => '/',
    opener: button(ja.inbox.tick),
    name: ja.inbox.tick,
  },
  'pages/machines/clients-page.tsx words.add': {
    seat: 'it_admin',
    at: () => '/clients',
    opener: button(clients.add),
    name: clients.add,
  },
  'pages/machines/clients-page.tsx words.rotateOf(asking.client.id)': {
    seat: 'it_admin',
    at: () => '/clients',
    opener: button(clients.rotateOf('demo-kaigo')),
    name: clients.rotateOf('demo-kaigo'),
  },
  'pages/machines/clients-page.tsx words.revokeOf(asking.client.id)': {
    seat: 'it_admin',
    at: () => '/clients',
    opener: button(clients.revokeOf('demo-kaigo')),
    name: clients.revokeOf('demo-kaigo'),
  },
  'pages/machines/clients-page.tsx words.secretOf(id)': {
    seat: 'it_admin',
    at: () => '/clients',
    begin: async (page) => {
      await button(clients.add)(page).press('Enter');
      const dialog = page.getByRole('dialog', { name: clients.add });
      await dialog.getByLabel(starting(clients.id)).pressSequentially('kensa-kiki');
      await dialog.getByRole('checkbox', { name: '監査担当' }).press('Space');
    },
    opener: (page) => page.getByRole('dialog').getByRole('button', { name: clients.add }),
    name: clients.secretOf('kensa-kiki'),
    returnsTo: button(clients.add),
    mustAnswer: (dialog) => dialog.getByRole('button', { name: clients.keptIt }).press('Enter'),
  },
  'pages/machines/dead-letters-page.tsx words.replayHeading': {
    seat: 'it_admin',
    at: () => '/dead-letters',
    opener: button(`${dead.replayAll('1件')}…`),
    name: dead.replayHeading,
  },
  'pages/machines/plugin-intake.tsx goOn': {
    seat: 'it_admin',
    at: () => '/plugins/konkyu',
    opener: button(intake.readOn),
    name: intake.readOn,
  },
  'pages/machines/plugin-intake.tsx words.settle(dayText(settling, language))': {
    seat: 'it_admin',
    at: () => '/plugins/konkyu',
    opener: button(new RegExp(`${days.settle('')}$`)),
    name: new RegExp(`${days.settle('')}$`),
  },
  'pages/machines/plugin-switch.tsx words.force': {
    seat: 'it_admin',
    at: () => '/plugins/kaigo',
    // It has never been checked.
    begin: async (page) => {
      await presses(page, button(plugin.disable)(page));
      await presses(page, button(plugin.enable)(page));
    },
    opener: button(`${plugin.force}…`),
    name: plugin.force,
  },
  'pages/machines/quarantine.tsx words.closeHeading': {
    seat: 'it_admin',
    at: () => '/plugins/kaigo',
    begin: rowChosen,
    opener: button(`${quarantine.close(1)}…`),
    name: quarantine.closeHeading,
  },
  'pages/machines/quarantine.tsx words.releaseHeading': {
    seat: 'it_admin',
    at: () => '/plugins/kaigo',
    begin: rowChosen,
    opener: button(`${quarantine.release(1)}…`),
    name: quarantine.releaseHeading,
  },
  'pages/privacy/requests.tsx privacy.answerIt': {
    seat: 'privacy_officer',
    at: () => '/ledger',
    opener: button(ja.privacy.answerIt),
    name: ja.privacy.answerIt,
  },
  'pages/queue/basis-chip.tsx queue.why': {
    seat: 'caseworker.kaigo',
    at: () => '/queue',
    opener: button(starting(ja.queue.whyOf(''))),
    name: ja.queue.why,
    asks: (dialog) => dialog.getByText(anyOf(ja.referral.outcomes)).first(),
  },
  'pages/queue/bulk.tsx queue.bulkAsk(name, possible?.length ?? items.length)': {
    seat: 'caseworker.konkyu',
    at: () => '/queue',
    begin: firstChosen,
    opener: button(ja.queue.bulkActions.inform),
    name: starting(ja.queue.bulkAsk(ja.queue.bulkActions.inform, 0).split('0')[0]!.trim()),
    asks: (dialog) => dialog.getByRole('listitem').first(),
  },
  'pages/queue/views.tsx queue.saveView': {
    seat: 'caseworker.kaigo',
    at: () => '/queue',
    opener: button(ja.queue.saveView),
    name: ja.queue.saveView,
  },
  'pages/referral/action-panel.tsx actionNames[open]': {
    seat: 'caseworker.konkyu',
    at: ({ referral }) => `/referrals/${referral}`,
    opener: button('引き受ける'),
    name: '引き受ける',
  },
  'pages/referral/danger-dialog.tsx referral.danger.open': {
    seat: 'caseworker.kaigo',
    at: ({ referral }) => `/referrals/${referral}`,
    opener: button(ja.referral.danger.open),
    name: ja.referral.danger.open,
  },
  'pages/referral/doubt-dialog.tsx referral.doubt.open': {
    seat: 'caseworker.kaigo',
    at: ({ referral }) => `/referrals/${referral}`,
    opener: button(ja.referral.doubt.open),
    name: ja.referral.doubt.open,
    asks: (dialog) => dialog.getByRole('radio', { name: ja.referral.doubt.onlyThis }),
  },
  'parts/ask-disclosures.tsx privacy.ask.open': {
    seat: 'caseworker.kaigo',
    at: ({ person }) => `/persons/${person}`,
    opener: button(ja.privacy.ask.open),
    name: ja.privacy.ask.open,
  },
  'parts/keys.tsx frame.keys': {
    seat: 'caseworker.kaigo',
    at: () => '/settings',
    opener: button(ja.frame.keys),
    name: ja.frame.keys,
  },
  'parts/reveal.tsx persons.askSecond': {
    seat: 'caseworker.kaigo',
    at: () => '/persons',
    begin: async (page) => {
      await searched(page);
      await button(ja.persons.reveal)(page).press('Enter');
      const dialog = page.getByRole('dialog', { name: ja.persons.reveal });
      await selects(page, dialog.getByLabel(starting(ja.persons.revealWhy)), '連絡・訪問の準備');
      await dialog.getByRole('button', { name: ja.persons.reveal }).press('Enter');
    },
    opener: button(ja.persons.askSecond),
    name: ja.persons.askSecond,
  },
  'parts/reveal.tsx persons.reveal': {
    seat: 'caseworker.kaigo',
    at: () => '/persons',
    begin: searched,
    opener: button(ja.persons.reveal),
    name: ja.persons.reveal,
  },
  'parts/unsaved.tsx common.unsaved': {
    seat: 'caseworker.kaigo',
    at: () => '/new',
    begin: (page) => page.getByLabel('氏名').pressSequentially('見本　楓'),
    opener: (page) => page.getByRole('link', { name: ja.frame.pages.queue, exact: true }),
    name: ja.common.unsaved,
  },
};
