// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import type { Route } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { uuidToCode } from '@tsunagi/text';
import { chooses, presses, tabTo, writes, writesDay } from './keyboard';
import type { Something } from './something-everywhere';

/** What people come to the page for, done by keys alone and to its end; of a page to read, what leads on from it. */
export interface Act {
  readonly does: string;
  /** Who does it; else whoever the states of the page are shown to. */
  readonly seat?: string;
  readonly at?: (of: Something) => string;
  readonly act: (page: Page, of: Something) => Promise<unknown>;
}

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const says = (page: Page, words: string | RegExp) => page.getByText(words).first().waitFor();
const typed = (page: Page, label: string) => page.getByLabel(new RegExp(`^${label}`)).first();

/** Every page of the route table. A new route does not compile before it is here. */
export const pageActs: Readonly<Record<Route['name'], Act>> = {
  inbox: {
    does: 'refuses a colleague to see a name',
    seat: 'supervisor.kaigo',
    act: async (page) => {
      await presses(page, button(page, ja.inbox.refuse));
      await button(page, ja.inbox.refuse).waitFor({ state: 'detached' });
    },
  },
  queue: {
    does: 'narrows the list and opens the first of it',
    act: async (page) => {
      await presses(page, page.getByText(ja.queue.filters, { exact: true }));
      await chooses(page, page.getByLabel(ja.queue.sort), ja.queue.sorts.newest);
      await page.waitForURL(/sort=newest/);
      await presses(page, page.getByRole('table', { name: ja.queue.caption }).getByRole('link').first());
      await page.waitForURL(/\/referrals\//);
    },
  },
  referral: {
    does: 'takes it over',
    act: async (page) => {
      await presses(page, button(page, '引き受ける').first());
      const dialog = page.getByRole('dialog', { name: '引き受ける' });
      await writes(page, dialog.getByLabel(/^担当者/), '試験　月');
      await presses(page, dialog.getByLabel('届いた方と、自分の窓口の記録の方が同じ人だと確かめました'), 'Space');
      await presses(page, dialog.getByRole('button', { name: '引き受ける' }));
      await says(page, '「引き受ける」を行いました');
    },
  },
  newReferral: {
    does: 'writes what is known and leaves it as a draft',
    act: async (page) => {
      await chooses(page, page.getByLabel('分野', { exact: true }), '生活困窮');
      await writes(page, page.getByLabel('氏名'), '見本　楓');
      await presses(page, button(page, ja.desk.keepDraft));
      await page.getByRole('heading', { name: ja.desk.handedIn.draft }).waitFor();
    },
  },
  proposals: {
    does: 'opens what waits to be written',
    act: async (page, { proposal }) => {
      await presses(page, page.getByRole('link', { name: ja.desk.proposalKinds.referral }).first());
      await page.waitForURL(`**/proposals/${proposal}`);
    },
  },
  proposal: {
    does: 'lets it be written',
    act: async (page) => {
      await presses(page, button(page, ja.desk.approve));
      await page.getByRole('heading', { name: '書き込みを承認しました' }).waitFor();
    },
  },
  sheet: {
    does: 'types the code of a sheet and goes to answer it',
    act: async (page, { referral }) => {
      await writes(page, typed(page, ja.desk.sheetCode), uuidToCode(referral));
      await page.keyboard.press('Enter');
      await presses(page, page.getByRole('link', { name: ja.desk.sheetAnswer }));
      await page.waitForURL(`**/referrals/${referral}`);
    },
  },
  person: {
    does: 'takes down that she asks who has seen her data',
    act: async (page) => {
      await presses(page, button(page, ja.privacy.ask.open));
      const dialog = page.getByRole('dialog', { name: ja.privacy.ask.open });
      await chooses(page, dialog.getByLabel(new RegExp(`^${ja.privacy.askedBy}`)), ja.privacy.askedByNames.self);
      await writesDay(page, dialog.getByLabel(new RegExp(`^${ja.privacy.requestOn}`)), '2026-11-02');
      await chooses(
        page,
        dialog.getByLabel(new RegExp(`^${ja.privacy.identity}`)),
        ja.privacy.identityNames.photo_document,
      );
      await presses(page, dialog.getByRole('button', { name: ja.privacy.ask.record, exact: true }));
      await says(page, ja.privacy.ask.recorded);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    },
  },
  persons: {
    does: 'looks for somebody and sees the name for a purpose',
    act: async (page) => {
      await writes(page, typed(page, ja.persons.q), 'ミホン　ハナ');
      await page.keyboard.press('Enter');
      await presses(page, button(page, ja.persons.reveal));
      const dialog = page.getByRole('dialog', { name: ja.persons.reveal });
      await chooses(page, dialog.getByLabel(new RegExp(`^${ja.persons.revealWhy}`)), '連絡・訪問の準備');
      await presses(page, dialog.getByRole('button', { name: ja.persons.reveal }));
      await says(page, '見本　花子');
    },
  },
  consent: {
    does: 'goes from the sheet to who answers, and back',
    act: async (page) => {
      await presses(page, button(page, '次へ'));
      await page.getByRole('heading', { level: 2, name: /だれの答えか/ }).waitFor();
      await chooses(page, page.getByLabel(/^だれが答えたか/), '本人');
      await presses(page, button(page, '次へ'));
      await page.getByRole('checkbox', { name: '氏名・生年月日・性別', exact: true }).waitFor();
      await presses(page, page.getByRole('checkbox', { name: '氏名・生年月日・性別', exact: true }), 'Space');
      await presses(page, button(page, ja.consents.back));
      await page.getByRole('heading', { level: 2, name: /だれの答えか/ }).waitFor();
    },
  },
  ground: {
    does: 'records an emergency for what is needed now',
    at: ({ waits }) => `/referrals/${waits}/ground`,
    act: async (page) => {
      const emergency = page.getByRole('radio', { name: /^緊急/ });
      const [first] = await page.getByRole('radio').all();
      await presses(page, first!, 'Space');
      for (let n = 0; n < 30 && !(await emergency.isChecked()); n++) await page.keyboard.press('ArrowDown');
      await presses(page, page.getByRole('checkbox', { name: '相談事由', exact: true }), 'Space');
      await chooses(page, typed(page, ja.grounds.whyNoConsent), ja.grounds.whyNames.not_reached);
      await writes(page, typed(page, ja.grounds.reason), '暖房がなく、様子がおかしい。');
      await presses(page, button(page, ja.grounds.record));
      await says(page, ja.grounds.recorded);
    },
  },
  ratifications: {
    does: 'reads what was disclosed without consent, and agrees',
    act: async (page) => {
      await presses(page, button(page, /の記録を開く/).first());
      await presses(page, button(page, ja.grounds.approve).first());
      await says(page, ja.grounds.approved);
    },
  },
  authorities: {
    does: 'narrows the table and reads a row',
    act: async (page) => {
      await tabTo(page, page.getByRole('radio', { name: ja.grounds.filters.all }));
      await page.keyboard.press('ArrowDown');
      expect(await page.getByRole('radio', { name: ja.grounds.filters.counts }).isChecked()).toBe(true);
      await presses(page, page.getByText(ja.grounds.details).first());
      await says(page, ja.grounds.senders);
    },
  },
  consentForms: {
    does: 'reads a form, and asks which wait to be approved',
    act: async (page) => {
      await presses(page, page.getByLabel(ja.consents.onlyWaiting), 'Space');
      await says(page, ja.common.empty);
      await page.keyboard.press('Space');
      await presses(page, page.getByText(ja.consents.formDetails).first());
      await page.getByText(ja.consents.plainWording).first().waitFor();
    },
  },
  conferences: {
    does: 'opens one',
    act: async (page, { conference }) => {
      await presses(page, page.getByRole('table').getByRole('link').first());
      await page.waitForURL(`**/conferences/${conference}`);
    },
  },
  conference: {
    does: 'enters an item',
    act: async (page) => {
      await presses(page, page.getByText(ja.conferences.addItem, { exact: true }));
      await page.keyboard.press('Tab');
      for (let n = 0; n < 5; n++) await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.type('家賃を三か月払っていない。');
      await presses(page, button(page, ja.conferences.addItemSubmit));
      await says(page, ja.conferences.added);
    },
  },
  overview: {
    does: 'looks at another period',
    act: async (page) => {
      await tabTo(page, page.getByLabel(ja.overview.period));
      await page.keyboard.press('ArrowDown');
      await page.waitForURL(/period=/);
    },
  },
  plugins: {
    does: 'opens the one that needs somebody',
    act: async (page) => {
      await presses(page, page.getByRole('table').getByRole('link', { name: 'konkyu' }));
      await page.waitForURL('**/plugins/konkyu');
    },
  },
  plugin: {
    does: 'has it checked',
    act: async (page) => {
      await presses(page, button(page, ja.machines.plugin.check));
      await says(page, ja.machines.plugin.checkDone(false));
    },
  },
  deadLetters: {
    does: 'has one delivered again',
    act: async (page) => {
      await presses(page, button(page, /^\S+を届け直す$/).first());
      await says(page, ja.machines.dead.empty);
    },
  },
  clients: {
    does: 'registers one, and keeps its secret',
    act: async (page) => {
      const { clients } = ja.machines;
      await presses(page, button(page, clients.add));
      const dialog = page.getByRole('dialog', { name: clients.add });
      await writes(page, dialog.getByLabel(new RegExp(`^${clients.id}`)), 'kensa-kiki');
      await presses(page, dialog.getByRole('checkbox', { name: '監査担当' }), 'Space');
      await presses(page, dialog.getByRole('button', { name: clients.add }));
      await presses(page, button(page, clients.keptIt));
      await page.getByRole('rowheader', { name: 'kensa-kiki' }).waitFor();
    },
  },
  doctor: {
    does: 'looks again',
    act: async (page) => {
      const asked = page.waitForResponse((response) => response.url().endsWith('/api/v1/doctor'));
      await presses(page, button(page, ja.machines.doctor.again));
      expect((await asked).status()).toBe(200);
    },
  },
  incidents: {
    does: 'opens one',
    act: async (page, { incident }) => {
      await presses(page, page.getByRole('table').getByRole('link').first());
      await page.waitForURL(`**/incidents/${incident}`);
    },
  },
  incident: {
    does: 'records that it was contained',
    act: async (page) => {
      await presses(page, button(page, ja.privacy.steps.contain));
      await button(page, ja.privacy.steps.contain).waitFor({ state: 'detached' });
    },
  },
  ledger: {
    does: 'opens the ledger of who has asked',
    at: () => '/ledger',
    act: async (page, { person }) => {
      await presses(page, button(page, ja.privacy.openLedger).first());
      await page.waitForURL(new RegExp(`/ledger\\?person=${person}`));
      await says(page, ja.privacy.workingMark);
    },
  },
  judgement: {
    does: 'sees what would follow',
    act: async (page) => {
      await presses(page, button(page, ja.privacy.judging.preview));
      await says(page, ja.privacy.judging.would);
    },
  },
  exceptions: {
    does: 'takes the list along',
    act: async (page) => {
      const saved = page.waitForEvent('download');
      await presses(page, button(page, new RegExp(`^${ja.common.csv}`)));
      expect((await saved).suggestedFilename()).toMatch(/\.csv$/);
    },
  },
  audit: {
    does: 'narrows it to what was seen',
    act: async (page) => {
      await chooses(page, page.getByLabel(ja.privacy.group), ja.privacy.groups.seen);
      await presses(page, button(page, ja.privacy.narrow));
      await page.waitForURL(/group=seen/);
    },
  },
  settings: {
    does: 'switches the single keys off, and on again',
    act: async (page) => {
      const keys = page.getByLabel(ja.frame.keysOn);
      await presses(page, keys, 'Space');
      expect(await keys.isChecked()).toBe(false);
      await page.keyboard.press('Space');
      expect(await keys.isChecked()).toBe(true);
    },
  },
};
