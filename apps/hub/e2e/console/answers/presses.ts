// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import type { Route } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import type { Something } from '../pages/something-everywhere';

/** What is asked of the hub when something on the page is pressed; whatever a role has no button for, it does not press. */
type Press = (page: Page, of: Something) => Promise<unknown>;

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name }).first();

async function pressed(page: Page, name: string | RegExp): Promise<boolean> {
  const there = await button(page, name).isVisible();
  if (there) await button(page, name).click();
  return there;
}

/** What the page asked for by that has been answered. */
const answered = (page: Page) => page.getByText(ja.common.loading).first().waitFor({ state: 'detached' });

/** Names are asked for, for a purpose. */
async function reveals(page: Page): Promise<void> {
  if (!(await pressed(page, ja.persons.reveal))) return;
  const dialog = page.getByRole('dialog', { name: ja.persons.reveal });
  await dialog.getByLabel(new RegExp(`^${ja.persons.revealWhy}`)).selectOption('contact');
  const answer = page.waitForResponse(/\/reveal$/);
  await dialog.getByRole('button', { name: ja.persons.reveal }).click();
  await answer;
}

/** A file or a sheet behind a link, as the browser would get it. */
const behind = (page: Page, link: string) =>
  page.evaluate(
    `Promise.all([...document.querySelectorAll('${link}')].map((a) => fetch(a.href).then((r) => r.text())))`,
  );

/** On every page: what is folded is opened, and every list is taken along. */
export async function unfolded(page: Page): Promise<void> {
  await page.evaluate(`document.querySelectorAll('details').forEach((folded) => (folded.open = true))`);
  for (const one of await page.getByRole('button', { name: new RegExp(`^${ja.common.csv}`) }).all()) {
    const saved = page.waitForResponse(/\/exports?(\?|$)/);
    await one.click();
    await saved;
  }
}

export const presses: Partial<Readonly<Record<Route['name'], Press>>> = {
  queue: async (page) => {
    const [first] = await page.getByRole('checkbox', { name: /を選ぶ$/ }).all();
    if (!first) return;
    await first.check();
    await reveals(page);
  },
  persons: async (page) => {
    for (const words of ['ウエコミ', 'ミホン　ハナ']) {
      await page.getByLabel(new RegExp(`^${ja.persons.q}`)).fill(words);
      const answer = page.waitForResponse(/\/persons\/search$/);
      await page.getByRole('button', { name: ja.persons.search, exact: true }).click();
      await answer;
      await page.getByText(ja.persons.found).or(page.getByText(ja.persons.nobody)).first().waitFor();
      await reveals(page);
    }
  },
  referral: async (page) => {
    await behind(page, 'a[href$="/sheet"]');
    await pressed(page, ja.referral.askLead);
    await answered(page);
    for (const dialog of [ja.referral.doubt.open, '引き受ける'])
      if (await pressed(page, dialog)) {
        await answered(page);
        await page.keyboard.press('Escape');
      }
  },
  newReferral: async (page) => {
    const name = page.getByLabel('氏名');
    if (!(await name.isVisible())) return;
    await page.getByLabel('分野', { exact: true }).selectOption({ label: '障害' });
    const judged = page.waitForResponse(/\/referrals\/validate$/);
    await name.fill('見本　楓');
    await judged;
  },
  ratifications: async (page) => {
    await pressed(page, /の記録を開く/);
    await answered(page);
  },
  conferences: async (page) => {
    await pressed(page, ja.conferences.propose);
    await answered(page);
  },
  judgement: async (page) => {
    await pressed(page, ja.privacy.judging.preview);
    await page.getByText(ja.privacy.judging.would).waitFor();
  },
  ledger: async (page, { person }) => {
    const [at] = page.url().split('?');
    await page.goto(`${at}?person=${person}&page=resident&askedBy=self`);
    await page.getByRole('region', { name: ja.privacy.pages.resident, exact: true }).first().waitFor();
    await answered(page);
  },
  plugin: async (page) => {
    await pressed(page, ja.machines.plugin.check);
    await page.getByText(ja.machines.plugin.checkDone(false)).waitFor();
  },
  clients: async (page) => {
    await pressed(page, ja.machines.clients.add);
    await answered(page);
  },
};
