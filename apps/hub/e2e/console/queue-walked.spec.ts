// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { ja } from '@tsunagi/console/texts';
import { deferred, waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { loaded, menu, rows } from './at-work';
import { lineToTheHub } from './pages/line-to-the-hub';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(300_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let page: Page;
  /** All that the desk has, in the order of its list. */
  let ids: string[];
  const console_ = (path: string) => `${desks.under.hub.baseUrl}/console${path}`;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    for (let n = 0; n < 8; n++) {
      const { referralId } = await desks.submit(aSubmission());
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
    }
    ids = await waitFor(
      async () => {
        const { body } = await desks.recipient('GET', '/referrals?sort=due&state=received');
        return body.items.length === 8 && body.items.map((item: { id: string }) => item.id);
      },
      { what: 'all receipts', timeoutMs: 30_000 },
    );
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    page = await browsing.as('caseworker.konkyu');
    page.setDefaultTimeout(60_000);
    // Three at a time: a short list has many pages then.
    await page.route('**/api/v1/referrals?*limit=*', (route) => {
      const url = new URL(route.request().url());
      if (Number(url.searchParams.get('limit')) > 10) url.searchParams.set('limit', '3');
      return route.continue({ url: url.href });
    });
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const focused = () => page.evaluate<string | null>(`document.activeElement?.getAttribute('href') ?? null`);
  /** In one breath: nothing is drawn between them. */
  const pressed = (...keys: string[]) =>
    page.evaluate(
      `for (const key of ${JSON.stringify(keys)}) document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))`,
    );
  const isAt = (id: string) =>
    waitFor(() => new URL(page.url()).pathname.endsWith(id), { what: 'the page of the referral', timeoutMs: 60_000 });
  const next = () => page.getByRole('link', { name: '次のつなぎ' });
  const previous = () => page.getByRole('link', { name: '前のつなぎ' });
  async function atList(search = ''): Promise<void> {
    await page.goto(console_(`/queue${search}`));
    await rows(page).nth(ids.length).waitFor();
  }

  describe('keys in the list', () => {
    beforeAll(() => atList());

    it('J goes to the next row and K to the one before, and neither past an end', async () => {
      for (const [key, n] of [
        ['k', 0],
        ['j', 1],
        ['j', 2],
        ['k', 1],
        ['k', 0],
        ['k', 0],
      ] as const) {
        await page.keyboard.press(key);
        await waitFor(async () => (await focused())?.includes(ids[n]!), { what: `row ${n}` });
      }
    });

    it('none of several pressed in one breath is lost, be they drawn or not', async () => {
      await atList();
      for (const [keys, n] of [
        [['j', 'j', 'j', 'j'], 3],
        [['k', 'k'], 1],
        [['k', 'j', 'j'], 2],
      ] as const) {
        await pressed(...keys);
        await waitFor(async () => (await focused())?.includes(ids[n]!), { what: `row ${n}` });
      }
      await pressed('j', 'x');
      await waitFor(() => new URL(page.url()).search.includes(ids[3]!), { what: 'the row to be selected' });
      await page.keyboard.press('x');
      await waitFor(() => new URL(page.url()).search === '', { what: 'nothing to be selected' });
    });

    it('take the focus of nobody who has gone elsewhere since', async () => {
      await atList();
      // The second one leads nowhere else: the row has the focus already.
      for (const key of ['k', 'k']) await page.keyboard.press(key);
      const box = rows(page).nth(3).getByRole('checkbox');
      await box.focus();
      await page.keyboard.press('Space');
      await page.getByText('1件を選んでいます').waitFor();
      expect(await box.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
      await page.keyboard.press('Space');
      await page.getByText('1件を選んでいます').waitFor({ state: 'detached' });
    });

    it('do nothing for whoever has switched them off, until they are switched on again', async () => {
      const keys = page.getByRole('checkbox', { name: '一文字のキーを使う' });
      await page.goto(console_('/settings'));
      await keys.uncheck();
      await atList();
      const before = await focused();
      for (const key of ['j', 'x', '/', '?', 'o']) await page.keyboard.press(key);
      // What would be drawn by now is drawn.
      await page.evaluate('new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
      expect([await focused(), await page.getByRole('dialog').count()]).toEqual([before, 0]);
      expect(new URL(page.url()).pathname).toBe('/console/queue');
      expect(await page.getByRole('group', { name: 'まとめて行う' }).count()).toBe(0);
      await page.goto(console_('/settings'));
      expect(await keys.isChecked()).toBe(false);
      // The list of the keys is there for them, too.
      await page.getByRole('button', { name: 'キーの一覧' }).click();
      await page.getByRole('dialog', { name: 'キーの一覧' }).waitFor();
      await page.keyboard.press('Escape');
      await keys.check();
      await atList();
      await page.keyboard.press('j');
      await waitFor(async () => (await focused())?.includes(ids[0]!), { what: 'the first row' });
    });

    it('/ opens what the field for a number is folded away in', async () => {
      const field = page.getByLabel(/^番号で探す/);
      await atList();
      expect(await field.isVisible()).toBe(false);
      await page.keyboard.press('/');
      await field.waitFor();
      const label = await page.evaluate<string>('document.activeElement?.labels?.[0]?.textContent ?? ""');
      expect(label).toMatch(/^番号で探す/);
    });
  });

  describe('what is selected', () => {
    const isSelected = async (...places: number[]) => {
      await page.getByText(`${places.length}件を選んでいます`).waitFor();
      for (const n of places) expect(await rows(page).nth(n).getByRole('checkbox').isChecked()).toBe(true);
      expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(places.length);
    };

    it('stands in the address by its ids alone, and is no step that one goes back by', async () => {
      await page.goto(console_('/settings'));
      await menu(page, 'つなぎ一覧');
      await rows(page).nth(ids.length).waitFor();
      for (const n of [2, 5]) await rows(page).nth(n).getByRole('checkbox').check();
      const both = `?selected=${ids[1]}.${ids[4]}`;
      await waitFor(() => new URL(page.url()).search === both, { what: 'both in the address' });
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: '表示の設定' }).waitFor();
      await page.goForward();
      await isSelected(2, 5);
    });

    it('is still selected when the page is loaded anew, and when one comes back from one of the list', async () => {
      await page.reload();
      await isSelected(2, 5);
      for (const back of [() => page.goBack(), () => page.getByRole('link', { name: '一覧に戻る' }).click()]) {
        await rows(page).nth(3).getByRole('link').click();
        await isAt(ids[2]!);
        await back();
        await isSelected(2, 5);
      }
    });

    it('is there before the row it stands in is', async () => {
      const wanted = deferred();
      await page.route('**/api/v1/referrals?*cursor=*', async (route) => {
        await wanted.promise;
        await route.fallback();
      });
      await page.goto(console_(`/queue?selected=${ids[7]}`));
      await page.getByText('1件を選んでいます').waitFor();
      expect(await rows(page).count()).toBe(4);
      wanted.resolve();
      await isSelected(8);
      await page.unroute('**/api/v1/referrals?*cursor=*');
    });

    it('is given up with one key press on a button, also in the address', async () => {
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '選択をやめる' }).press('Enter');
      await page.getByRole('group', { name: 'まとめて行う' }).waitFor({ state: 'detached' });
      await waitFor(() => new URL(page.url()).search === '', { what: 'none in the address' });
    });
  });

  describe('from one referral to the next', () => {
    it('goes on anywhere in the list that one has been in, both ways, also when the page is loaded anew', async () => {
      await atList('?state=received');
      await rows(page).nth(7).getByRole('link').click();
      // The keys are those of the list until the page of the referral is there.
      await next().waitFor();
      await isAt(ids[6]!);
      await page.keyboard.press('j');
      await isAt(ids[7]!);
      await next().waitFor({ state: 'detached' });
      expect(await next().count()).toBe(0);
      await page.reload();
      for (const n of [6, 5, 4, 3]) {
        // The page of the one before is there: its own neighbour, not that of the one that was left.
        const leadsTo = async () => (await previous().getAttribute('href'))?.includes(ids[n]!);
        await waitFor(leadsTo, { what: 'the page to know the one before' });
        await page.keyboard.press('k');
        await isAt(ids[n]!);
      }
    });

    it('goes on from the moment the way is drawn', async () => {
      const other = await browsing.beside(page);
      other.setDefaultTimeout(60_000);
      await other.goto(console_(`/referrals/${ids[4]}?in=state%3Dreceived`));
      await other.getByRole('link', { name: '次のつなぎ' }).waitFor();
      // The order is known: nothing is waited for but the page.
      await other.addInitScript(`{
        const drawn = new MutationObserver(() => {
          if (![...document.querySelectorAll('a')].some((link) => link.textContent.includes('次のつなぎ'))) return;
          drawn.disconnect();
          document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }));
        });
        drawn.observe(document, { subtree: true, childList: true });
      }`);
      await other.reload();
      await waitFor(() => new URL(other.url()).pathname.endsWith(ids[5]!), { what: 'the next one' });
      await other.close();
    });

    it('goes on as often as a key was pressed, before the page that it led to is drawn and before the rows are there that come next', async () => {
      const wanted = deferred();
      await page.route('**/api/v1/referrals?*cursor=*', async (route) => {
        await wanted.promise;
        await route.fallback();
      });
      await page.goto(console_('/queue?state=received'));
      await rows(page).nth(1).getByRole('link').click();
      await next().waitFor();
      for (const [keys, n] of [
        [['j', 'j'], 2],
        [['k', 'k'], 0],
        [['j', 'j', 'k'], 1],
      ] as const) {
        await pressed(...keys);
        await isAt(ids[n]!);
      }
      // The list has three rows so far.
      await pressed('j', 'j', 'j', 'j', 'k');
      await isAt(ids[2]!);
      await page.getByText(ja.common.loadingOf(ja.common.lists.referrals)).waitFor();
      wanted.resolve();
      await isAt(ids[4]!);
      // None goes past an end, and none is kept for later.
      await pressed(...'jjjjjjjj');
      await isAt(ids[7]!);
      await pressed('k');
      await isAt(ids[6]!);
      await page.unroute('**/api/v1/referrals?*cursor=*');
    });

    it('says that the rows did not come which are next, and goes on when they have', async () => {
      const line = await lineToTheHub(page, /\/api\/v1\/referrals\?.*cursor=/);
      await line.is('failing');
      await page.goto(console_('/queue?state=received'));
      await rows(page).nth(3).getByRole('link').click();
      await page.getByText(ja.common.lacking(ja.common.lists.referrals)).waitFor();
      expect(await next().count()).toBe(0);
      await pressed('j');
      await line.is('open');
      await page.getByRole('button', { name: ja.common.again }).click();
      await next().waitFor();
      // What was pressed in vain is not done later.
      await isAt(ids[2]!);
      await pressed('j');
      await isAt(ids[3]!);
      await page.unroute(/\/api\/v1\/referrals\?.*cursor=/);
    });

    it('goes on from one that has left the list', async () => {
      const left = ids[3]!;
      await desks.act(desks.recipient, left, 'accept', { worker: { name: '相談　次郎' }, personMatched: true });
      await page.getByText('引受', { exact: true }).first().waitFor();
      await page.keyboard.press('j');
      await isAt(ids[4]!);
      await previous().click();
      await isAt(left);
    });

    it('finds its place in a list that nobody has been in, and what comes after it', async () => {
      const other = await browsing.beside(page);
      other.setDefaultTimeout(60_000);
      const there = ids.filter((_, n) => n !== 3);
      await other.route('**/api/v1/referrals?*limit=200*', (route) =>
        route.continue({ url: route.request().url().replace('limit=200', 'limit=3') }),
      );
      await other.goto(console_(`/referrals/${there[4]}?in=state%3Dreceived`));
      await loaded(other);
      for (const id of there.slice(5)) {
        await other.getByRole('link', { name: '次のつなぎ' }).click();
        await waitFor(() => new URL(other.url()).pathname.endsWith(id), { what: 'the next one', timeoutMs: 60_000 });
      }
      await other.close();
    });
  });

  it('complains of nothing in the browser but of the answer that a test made fail', () => {
    expect(browsing.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  });
});
