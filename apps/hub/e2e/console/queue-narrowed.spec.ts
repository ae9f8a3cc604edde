// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { deferred, waitFor } from '@tsunagi/testing';
import { uuidToBase32 } from '@tsunagi/text';
import type { Page } from 'playwright-core';
import { rows } from './at-work';
import { playedOn } from './set-ups';
import { csvText, readCsv } from '../../src/platform';
import { browse, violations, type Browsing } from '../../test/browser';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(300_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let coordinator: Api;
  let page: Page;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    for (const submission of [
      aSubmission(),
      aSubmission({ urgency: 'urgent' }),
      withoutConsent(),
      aSubmission({ to: { domain: 'shogai' } }),
    ])
      await desks.submit(submission);
    coordinator = await desks.under.as({ role: 'coordinator' });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    page = await browsing.as('coordinator');
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const searched = (of: Page = page) => new URL(of.url()).searchParams.toString();
  const idsOf = async (search: string): Promise<string[]> =>
    (await coordinator('GET', `/referrals?sort=due&${search}`)).body.items.map((item: { id: string }) => item.id);
  const shown = async () => {
    const links = await rows(page)
      .getByRole('link')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    return links.map((href) => /referrals\/([^?]+)/.exec(href)?.[1]);
  };
  const shows = (ids: readonly string[]) =>
    waitFor(async () => (await shown()).join() === ids.join(), { what: 'exactly these rows', timeoutMs: 60_000 });
  async function atList(search = ''): Promise<void> {
    await page.goto(`${desks.under.hub.baseUrl}/console/queue${search}`);
    await page.getByRole('heading', { level: 1, name: 'つなぎ一覧' }).waitFor();
  }
  async function savedAs(button: string): Promise<string[][]> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `${button}: つなぎの一覧` }).click(),
    ]);
    return readCsv(csvText(readFileSync(await download.path())));
  }

  describe('the list, narrowed on screen', () => {
    it('by each of its choices shows what the address says, which keeps ids and codes alone', async () => {
      await atList();
      await page.getByText('絞り込み', { exact: true }).click();
      const { konkyu, kaigo } = desks.functions;
      for (const [label, value, search] of [
        ['状態', 'awaiting_authority', 'state=awaiting_authority'],
        ['種類', 'support_request', 'kind=support_request'],
        ['緊急度', 'urgent', 'urgency=urgent'],
        ['送り元', konkyu, `from=${konkyu}`],
        ['宛先', konkyu, `to=${konkyu}`],
        ['送り元か宛先', kaigo, `function=${kaigo}`],
        ['つなぎの主担当', kaigo, `lead=${kaigo}`],
      ] as const) {
        const choice = page.getByLabel(label, { exact: true });
        await choice.locator(`[value="${value}"]`).waitFor({ state: 'attached' });
        await choice.selectOption(value);
        expect(searched()).toBe(search);
        const wanted = await idsOf(search);
        await shows(wanted);
        expect([label, wanted.length < 4 || search.endsWith(kaigo)]).toEqual([label, true]);
        await page.getByRole('button', { name: '条件を消す' }).click();
        expect(searched()).toBe('');
      }
    });

    it('in the order that was chosen', async () => {
      const orders = new Set<string>();
      for (const sort of ['newest', 'oldest', 'due']) {
        await page.getByLabel('並び順').selectOption(sort);
        expect(searched()).toBe(`sort=${sort}`);
        const wanted = await idsOf('').then(async () =>
          (await coordinator('GET', `/referrals?sort=${sort}`)).body.items.map((item: { id: string }) => item.id),
        );
        await shows(wanted);
        orders.add(wanted.join());
      }
      expect(orders.size).toBeGreaterThan(1);
    });

    it('to one by its number, and the focus stays where one looks for it', async () => {
      await atList();
      await page.keyboard.press('/');
      const [first] = await idsOf('');
      await page.keyboard.type(uuidToBase32(first!));
      await page.keyboard.press('Enter');
      await shows([first!]);
      expect(searched()).toBe(`q=${uuidToBase32(first!)}`);
      expect(await page.getByLabel(/^番号で探す/).evaluate((one) => one === one.ownerDocument.activeElement)).toBe(
        true,
      );
      expect(await violations(page)).toEqual([]);
    });

    it('is saved as it stands there, number and all, and what Shift_JIS cannot hold is said on screen', async () => {
      const [, ...one] = await savedAs('この一覧を CSV で保存する');
      expect(one.map(([number]) => number)).toEqual([searched().slice('q='.length)]);
      await atList('?sort=newest');
      await rows(page).nth(4).waitFor();
      const [, ...all] = await savedAs('この一覧を CSV で保存する');
      expect(all.map(([number]) => number)).toEqual((await shown()).map((id) => uuidToBase32(id!)));

      const it_ = await desks.under.as({ role: 'it_admin' });
      const path = `/desk-functions/${desks.functions.kaigo}`;
      const { version } = (await it_('GET', '/desk-functions?limit=500')).body.items.find(
        ({ id }: { id: string }) => id === desks.functions.kaigo,
      );
      const renamed = await it_('PATCH', path, { name: '𠮷野地域包括支援センター' }, { 'if-match': `"${version}"` });
      expect(renamed.status).toBe(200);
      await page.getByRole('status').filter({ hasText: '〓' }).waitFor({ state: 'detached' });
      const [, ...old] = await savedAs('Shift_JIS(CP932)で保存する');
      expect(old.flat().filter((cell) => cell.startsWith('〓野'))).toHaveLength(4);
      await page.getByText('Shift_JIS(CP932)で書けない 4 字を「〓」にしました。').waitFor();
    });
  });

  describe('a way of looking at the list', () => {
    it('that a desk shares is there for a colleague of that desk, and for nobody of another one', async () => {
      const [one, colleague, other] = [
        await browsing.as('caseworker.kaigo'),
        await browsing.as('supervisor.kaigo'),
        await browsing.as('caseworker.konkyu'),
      ];
      for (const at of [one, colleague, other]) at.setDefaultTimeout(60_000);
      // The counts of before are still on their way when it is saved: they are not the last word.
      const saved = deferred();
      await one.route(
        '**/api/v1/views?counts=true',
        async (route) => {
          const response = await route.fetch();
          await saved.promise;
          await route.fulfill({ response });
        },
        { times: 1 },
      );
      await one.goto(`${desks.under.hub.baseUrl}/console/queue?urgency=urgent`);
      await one.getByRole('button', { name: 'いまの条件を保存する' }).click();
      await one.getByLabel(/^見方の名前/).fill('朝に見る');
      await one.getByLabel('共有する窓口').selectOption(desks.functions.kaigo);
      await Promise.all([
        one.waitForResponse((r) => r.url().endsWith('/api/v1/views') && r.request().method() === 'POST'),
        one.getByRole('button', { name: '保存する', exact: true }).click(),
      ]);
      saved.resolve();
      await one.getByRole('link', { name: /^朝に見る/ }).waitFor();
      const views = (at: Page) => at.getByRole('navigation', { name: '見方' });
      for (const at of [colleague, other]) {
        await at.goto(`${desks.under.hub.baseUrl}/console/queue`);
        await views(at)
          .getByRole('link', { name: /^期限超過/ })
          .waitFor();
      }
      expect(await views(other).getByRole('link', { name: '朝に見る' }).count()).toBe(0);
      await views(colleague)
        .getByRole('link', { name: /^朝に見る/ })
        .click();
      await rows(colleague).nth(1).waitFor();
      expect(searched(colleague)).toBe('urgency=urgent');
      expect(await rows(colleague).count()).toBe(2);
    });

    it('tells what waits for one’s desk from all that is its own', async () => {
      const desk = await browsing.as('caseworker.kaigo');
      desk.setDefaultTimeout(60_000);
      await desk.goto(`${desks.under.hub.baseUrl}/console/queue`);
      for (const [name, search] of [
        ['自分の窓口の番', 'waiting=me'],
        ['自分の窓口', `function=${desks.functions.kaigo}`],
      ] as const) {
        const view = desk.getByRole('navigation', { name: '見方' }).getByRole('link', { name, exact: true });
        await view.click();
        await waitFor(async () => (await view.getAttribute('aria-current')) === 'page', {
          what: 'the view',
          timeoutMs: 60_000,
        });
        expect(searched(desk)).toBe(search);
        const items: unknown[] = (await desks.sender('GET', `/referrals?sort=due&${search}`)).body.items;
        await waitFor(async () => (await rows(desk).count()) === items.length + 1, {
          what: 'its rows',
          timeoutMs: 60_000,
        });
      }
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
