// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { deferred, waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

jest.setTimeout(120_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    for (let n = 0; n < 3; n++) await arrived();
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** A referral from 介護 that has come to the 自立相談支援機関. */
  async function arrived(): Promise<string> {
    const { referralId } = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    return referralId;
  }

  const rowsOf = (page: Page) => page.getByRole('table', { name: 'つなぎの一覧' }).getByRole('row');
  const ways = async (page: Page) => (await rowsOf(page).getByRole('link').allTextContents()).length;

  describe('the list of referrals that cross desks', () => {
    let page: Page;

    beforeAll(async () => {
      page = await browsing.as('coordinator');
      await page.getByRole('link', { name: 'つなぎ一覧' }).click();
      await rowsOf(page).nth(3).waitFor();
    });

    it('shows what crosses, how long it has waited and by when the next step is due, in words', async () => {
      expect(await violations(page)).toEqual([]);
      const first = await rowsOf(page).nth(1).textContent();
      expect(first).toContain('地域包括支援センター → 自立相談支援機関');
      expect(first).toMatch(/あと\d+営業日|今日まで/);
    });

    it('is marked where one is by more than a colour', async () => {
      await page.emulateMedia({ forcedColors: 'active' });
      await page.keyboard.press('j');
      const mark = `[...document.querySelectorAll('tbody tr[aria-rowindex]')].map((row) => parseFloat(getComputedStyle(row.firstElementChild).borderLeftWidth) > 0)`;
      await waitFor(async () => (await page.evaluate<boolean[]>(mark)).filter(Boolean).length === 1, {
        what: 'one row with a mark',
      });
      await page.emulateMedia({ forcedColors: 'none' });
    });

    it('says that something has come, and moves no row until one asks for it', async () => {
      const before = await ways(page);
      await arrived();
      const fresh = page.getByText('新着 1件');
      await fresh.waitFor();
      expect(await ways(page)).toBe(before);
      await page.getByRole('button', { name: '表示する' }).click();
      await rowsOf(page)
        .nth(before + 1)
        .waitFor();
      await fresh.waitFor({ state: 'hidden' });
    });

    it('keeps what is looked for in the address, so that it can be gone back to', async () => {
      await page.getByRole('link', { name: /^根拠待ち/ }).click();
      await page.getByText('この条件に合うつなぎはありません。').waitFor();
      expect(new URL(page.url()).search).toBe('?view=awaiting_authority');
      await page.goBack();
      await rowsOf(page).nth(1).waitFor();
    });

    it('brings no name into an address: what is no number is said at the field, and where to look instead', async () => {
      await page.getByText('絞り込み').click();
      await page.getByLabel(/^番号で探す/).fill('見本　花子');
      await page.getByRole('button', { name: '探す' }).click();
      await page.getByText(/氏名では「ご本人をさがす」で探してください/).waitFor();
      expect(page.url()).not.toContain('q=');
    });

    it('misses nothing that came while its line was being opened', async () => {
      const opened = deferred();
      await page.route('**/api/v1/events*', async (route) => {
        await opened.promise;
        await route.continue();
      });
      await page.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await rowsOf(page).nth(3).waitFor();
      await arrived();
      opened.resolve();
      await page.getByText('新着 1件').waitFor();
      await page.unroute('**/api/v1/events*');
    });

    it('misses nothing that came between the tab that listened and the one that goes on listening', async () => {
      await page.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await rowsOf(page).nth(3).waitFor();
      const listening = await browsing.as('coordinator');
      const other = await listening.context().newPage();
      const [asked, opened] = [deferred(), deferred()];
      await other.route('**/api/v1/events*', async (route) => {
        asked.resolve();
        await opened.promise;
        await route.continue();
      });
      let lookedAt = Date.now();
      other.on('request', (request) => request.url().includes('/api/v1/referrals?') && (lookedAt = Date.now()));
      await other.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await rowsOf(other).nth(3).waitFor();
      await arrived();
      // It hears through the first.
      await other.getByText('新着 1件').waitFor();
      await listening.close();
      await asked.promise;
      await waitFor(() => Date.now() - lookedAt > 2_000, { what: 'the last look at what it has heard' });
      await arrived();
      // Whoever listened all the while has heard of it: the hub tells nobody of it any more.
      await page.getByText('新着 2件').waitFor();
      opened.resolve();
      await other.getByText('新着 2件').waitFor();
      await other.context().close();
    });

    it('draws what is near the window, and all of it on paper', async () => {
      for (let n = 0; n < 45; n++) await desks.submit(aSubmission());
      await page.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await rowsOf(page).nth(3).waitFor();
      const drawn = async () =>
        (await page.getByRole('table', { name: 'つなぎの一覧' }).getByRole('checkbox').all()).length;
      expect(await drawn()).toBeLessThan(45);
      await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
      expect(await drawn()).toBeGreaterThan(45);
      await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
      expect(await drawn()).toBeLessThan(45);
    });

    it('brings the rows that come next though the hub says meanwhile that all may have changed', async () => {
      for (let n = 0; n < 60; n++) await desks.submit(aSubmission());
      const [asked, answered] = [deferred(), deferred()];
      await page.route('**/api/v1/events*', async (route) => {
        await asked.promise;
        await route.fulfill({ contentType: 'text/event-stream', body: 'retry: 600000\n\nevent: reload\ndata: {}\n\n' });
      });
      await page.route('**/api/v1/referrals?*cursor=*', async (route) => {
        asked.resolve();
        await answered.promise;
        await route.continue();
      });
      await page.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await rowsOf(page).nth(3).waitFor();
      await page.getByRole('link', { name: /^すべて/ }).waitFor();
      const renewed = asked.promise.then(() =>
        page.waitForResponse((response) => response.url().includes('/api/v1/views?counts=true')),
      );
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      await renewed;
      answered.resolve();
      await page.getByText(/件を表示しています これで全部です/).waitFor();
      for (const pattern of ['events*', 'referrals?*cursor=*']) await page.unroute(`**/api/v1/${pattern}`);
    });

    it('saves a view that is listed beside the built-in ones', async () => {
      await page.goto(`${desks.under.hub.baseUrl}/console/queue?urgency=urgent`);
      await page.getByRole('button', { name: 'いまの条件を保存する' }).click();
      await page.getByLabel(/^見方の名前/).fill('急ぎのもの');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '保存する', exact: true }).click();
      await page.getByRole('link', { name: /^急ぎのもの/ }).waitFor();
      await page.getByRole('link', { name: /^すべて/ }).click();
      await rowsOf(page).nth(1).waitFor();
    });
  });

  describe('a desk at its referrals', () => {
    let page: Page;

    beforeAll(async () => {
      page = await browsing.as('caseworker.konkyu');
    });

    it('finds what waits for it on the first page', async () => {
      await page.getByRole('heading', { name: '自分の番のつなぎ' }).waitFor();
      await page.getByRole('table', { name: '自分の番のつなぎ' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('goes through the list, opens one and comes back with the keys alone', async () => {
      await page.getByRole('link', { name: 'つなぎ一覧' }).click();
      await rowsOf(page).nth(1).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'キーの一覧' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('j');
      await page.keyboard.press('x');
      await page.getByText('1件を選んでいます').waitFor();
      await page.keyboard.press('o');
      const steps = page.getByRole('heading', { name: 'いまできること' });
      await steps.waitFor();
      const answered = deferred();
      await page.route('**/api/v1/referrals/*', async (route) => {
        await answered.promise;
        await route.continue();
      });
      await page.keyboard.press('j');
      await steps.waitFor({ state: 'hidden' });
      await page.getByRole('link', { name: /前のつなぎ/ }).waitFor();
      // Whoever goes on before the page is there keeps the focus when it comes.
      await page.getByRole('link', { name: '一覧に戻る' }).focus();
      answered.resolve();
      await steps.waitFor();
      await page.unroute('**/api/v1/referrals/*');
      await page.keyboard.press('Enter');
      await rowsOf(page).nth(1).waitFor();
    });

    it('is told kindly when a colleague was faster, and keeps what was written', async () => {
      const [id] = await referralsReceived();
      const colleague = await browsing.as('supervisor.konkyu');
      for (const one of [page, colleague]) {
        await one.goto(`${desks.under.hub.baseUrl}/console/referrals/${id}`);
        await one.getByRole('button', { name: '引き受ける' }).click();
        await one.getByLabel(/^担当者/).fill(one === page ? '相談　次郎' : '相談　春子');
        await one.getByLabel('届いた方と、自分の窓口の記録の方が同じ人だと確かめました').check();
      }
      expect(await violations(page)).toEqual([]);
      await colleague.getByRole('dialog').getByRole('button', { name: '引き受ける' }).click();
      await colleague.getByText('「引き受ける」を行いました').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: '引き受ける' }).click();
      await page.getByText('先に別の方が手続きをしました').waitFor();
      expect(await page.getByLabel(/^担当者/).inputValue()).toBe('相談　次郎');
      await page.getByRole('button', { name: 'やめる' }).click();
      await page.getByText('相談　春子').first().waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('is worked at four times the size: nothing but a table scrolls sideways', async () => {
      const small = await browsing.as('caseworker.kaigo', { width: 320 });
      for (const path of ['/', '/queue', `/referrals/${(await referralsReceived())[0]}`]) {
        await small.goto(`${desks.under.hub.baseUrl}/console${path}`);
        await small.getByRole('heading', { level: 1 }).waitFor();
        expect(await small.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      }
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });

    async function referralsReceived(): Promise<string[]> {
      const { body } = await desks.recipient('GET', '/referrals?state=received&sort=oldest');
      return body.items.map((item: { id: string }) => item.id);
    }
  });
});
