// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ja } from '@tsunagi/console/texts';
import { waitFor } from '@tsunagi/testing';
import type { Locator, Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { part, rows } from './at-work';
import { lineToTheHub } from './pages/line-to-the-hub';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

const { lists } = ja.common;
const desksAsked = /\/api\/v1\/desk-functions\b/;
const viewsAsked = /\/api\/v1\/views\b/;
const countsAsked = /\/api\/v1\/views\?counts=true/;
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-/;

/** What a page goes on without: a field without its choices, a row without a name. */
playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let referral: string;
  let person: string;
  /** What a test has disturbed, and must not be left so. */
  let mended: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    referral = (await desks.submit(aSubmission())).referralId;
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    person = await desks.personOf(referral);
    await desks.consent(person);
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });
  afterEach(async () => {
    await mended?.();
    mended = undefined;
  });

  const disturbed = async (page: Page, questions: RegExp) => {
    const line = await lineToTheHub(page, questions);
    mended = async () => {
      await line.is('open');
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    };
    return line;
  };
  const at = async (page: Page, path: string) => {
    await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
  };
  const comes = (where: Page | Locator, what: string) => where.getByText(ja.common.loadingOf(what));
  const lacks = (where: Page | Locator, what: string) => where.getByText(ja.common.lacking(what));
  const again = (where: Page | Locator) => where.getByRole('button', { name: ja.common.again });
  const shown = (field: Locator) =>
    field.evaluate((one) => (one as unknown as { selectedOptions: { label: string }[] }).selectedOptions[0]?.label);

  describe('the desks among which one chooses', () => {
    it('are on their way or did not come, and are asked for again, beside the filter of a list that stays', async () => {
      const page = await browsing.as('caseworker.kaigo');
      const line = await disturbed(page, desksAsked);
      await line.is('held');
      await at(page, `/queue?from=${desks.functions.kaigo}`);
      await comes(page, lists.desks).waitFor();
      const from = page.getByLabel(ja.queue.from, { exact: true });
      // A desk is chosen, and it must not look as if all were.
      expect(await shown(from)).toBe(ja.common.chosenUnnamed);
      await line.is('failing');
      await lacks(page, lists.desks).waitFor();
      await rows(page).nth(1).waitFor();
      expect(await shown(from)).toBe(ja.common.chosenUnnamed);
      expect(await violations(page)).toEqual([]);
      await line.is('open');
      await again(page).click();
      await waitFor(async () => /地域包括/.test((await shown(from)) ?? ''), { what: 'the name of the desk' });
      expect(await again(page).count()).toBe(0);
    });

    it('are lacking beside the one question of a step that needs them, and the step is taken when they have come', async () => {
      const page = await browsing.as('supervisor.konkyu');
      const line = await disturbed(page, desksAsked);
      await line.is('held');
      await at(page, `/referrals/${referral}`);
      await page.getByRole('button', { name: '差戻しを申し出る', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: '差戻しを申し出る' });
      await dialog
        .getByRole('checkbox', { name: /^対象外/ })
        .first()
        .check();
      await comes(dialog, lists.desks).waitFor();
      await line.is('failing');
      await lacks(dialog, lists.desks).waitFor();
      expect(await violations(page)).toEqual([]);
      await line.is('open');
      await again(dialog).click();
      await lacks(dialog, lists.desks).waitFor({ state: 'detached' });
      await dialog.getByLabel(new RegExp(`^${ja.referral.fields.fitting}`)).selectOption({ value: 'domain:shogai' });
    });

    it('are lacking where a conference is proposed, and nobody takes it for a town without desks', async () => {
      const page = await browsing.as('caseworker.kaigo');
      const line = await disturbed(page, /\/api\/v1\/(desk-functions|referrals)\b/);
      await line.is('failing');
      await at(page, '/conferences?referral=');
      for (const what of [lists.desks, lists.referrals]) await lacks(page, what).waitFor();
      expect(await violations(page)).toEqual([]);
      await line.is('open');
      // One press asks for all that has failed.
      await again(page).first().click();
      for (const what of [lists.desks, lists.referrals]) await lacks(page, what).waitFor({ state: 'detached' });
      await page.getByLabel(ja.conferences.secretariat).selectOption(desks.functions.konkyu);
    });
  });

  describe('the ways of looking at the list', () => {
    it('say that they did not come, and are asked for again, beside a list that is there', async () => {
      const page = await browsing.as('caseworker.kaigo');
      const views = page.getByRole('navigation', { name: ja.queue.views });
      const line = await disturbed(page, viewsAsked);
      await line.is('held');
      await at(page, '/queue');
      await comes(views, lists.views).waitFor();
      await line.is('failing');
      await lacks(views, lists.views).waitFor();
      await rows(page).nth(1).waitFor();
      await views.getByRole('link', { name: ja.queue.allOf }).waitFor();
      expect(await violations(page)).toEqual([]);
      await line.is('open');
      await again(views).click();
      await views.getByRole('link', { name: /^期限超過/ }).waitFor();
      expect(await again(page).count()).toBe(0);
    });

    it('stand without how many there are when only that did not come, and say so', async () => {
      const page = await browsing.as('caseworker.kaigo');
      const views = page.getByRole('navigation', { name: ja.queue.views });
      const line = await disturbed(page, countsAsked);
      await line.is('failing');
      await at(page, '/queue');
      await lacks(views, lists.counts).waitFor();
      await views.getByRole('link', { name: '期限超過', exact: true }).waitFor();
      await line.is('open');
      await again(views).click();
      await views.getByRole('link', { name: /^期限超過.*件/ }).waitFor();
      expect(await lacks(views, lists.counts).count()).toBe(0);
    });

    it('say why one of them could not be removed', async () => {
      const page = await browsing.as('caseworker.kaigo');
      const views = page.getByRole('navigation', { name: ja.queue.views });
      await at(page, '/queue?urgency=urgent');
      await page.getByRole('button', { name: ja.queue.saveView }).click();
      await page.getByLabel(new RegExp(`^${ja.queue.viewName}`)).fill('消えない見方');
      await page.getByRole('button', { name: ja.common.save, exact: true }).click();
      await views.getByRole('link', { name: /^消えない見方/ }).waitFor();
      const line = await disturbed(page, /\/api\/v1\/views\/[^/]+$/);
      await line.is('failing');
      await page.getByRole('button', { name: ja.queue.deleteView }).click();
      await views.getByRole('alert').waitFor();
      await line.is('open');
      await page.getByRole('button', { name: ja.queue.deleteView }).click();
      await views.getByRole('link', { name: /^消えない見方/ }).waitFor({ state: 'detached' });
      expect(await views.getByRole('alert').count()).toBe(0);
    });
  });

  describe('a page on which the names of desks are only beside the matter', () => {
    it.each([
      ['what a person has consented to', 'caseworker.kaigo', (): string => `/persons/${person}`, ja.consents.given],
      ['the forms of consent', 'privacy_officer', (): string => '/consent-forms', ja.frame.pages.consentForms],
      ['the table of other bases', 'approver', (): string => '/authorities', ja.grounds.rows],
    ] as const)(
      '%s: stays without them, says so once, and writes no number for a name',
      async (_, seat, path, name) => {
        const page = await browsing.as(seat);
        const line = await disturbed(page, desksAsked);
        await line.is('failing');
        await at(page, path());
        await lacks(page, lists.deskNames).waitFor();
        expect(await lacks(page, lists.deskNames).count()).toBe(1);
        await part(page, name)
          .getByRole(seat === 'caseworker.kaigo' ? 'article' : 'row')
          .nth(0)
          .waitFor();
        expect(await page.getByRole('main').innerText()).not.toMatch(uuid);
        expect(await violations(page)).toEqual([]);
        await line.is('open');
        await again(page).click();
        await lacks(page, lists.deskNames).or(comes(page, lists.deskNames)).waitFor({ state: 'detached' });
        expect(await page.getByRole('main').innerText()).not.toContain(ja.common.someDesk);
      },
    );
  });

  it('registers no machine client for all desks because they did not come', async () => {
    const page = await browsing.as('it_admin');
    const line = await disturbed(page, desksAsked);
    await line.is('failing');
    await at(page, '/clients');
    await page.getByRole('button', { name: ja.machines.clients.add }).click();
    const dialog = page.getByRole('dialog', { name: ja.machines.clients.add });
    await lacks(dialog, lists.desks).waitFor();
    const add = dialog.getByRole('button', { name: ja.machines.clients.add });
    expect(await add.isDisabled()).toBe(true);
    await line.is('open');
    await again(dialog).click();
    await dialog.getByRole('checkbox', { name: '地域包括支援センター' }).waitFor();
    expect(await add.isEnabled()).toBe(true);
  });

  it('complains of nothing in the browser but of what the tests have disturbed', () => {
    expect(browsing.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  });
});
