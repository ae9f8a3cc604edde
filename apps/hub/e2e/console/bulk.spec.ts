// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Locator, Page } from 'playwright-core';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(300_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let page: Page;
  let dialog: Locator;
  let first: string;
  let second: string;
  const informed = 'ご本人に伝えたことを記録する';

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    [first, second] = [await arrived(), await arrived()];
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    page = await browsing.as('caseworker.konkyu');
    page.setDefaultTimeout(60_000);
    await page.clock.install();
    dialog = page.getByRole('dialog');
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** A referral from 介護 that has come to the 自立相談支援機関. */
  async function arrived(): Promise<string> {
    const { referralId } = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', {
      what: 'the receipt',
      timeoutMs: 60_000,
    });
    return referralId;
  }
  const steps = async (id: string, action: string) =>
    (await desks.recipient('GET', `/referrals/${id}/timeline`)).body.items.filter(
      (entry: { action: string }) => entry.action === action,
    ).length;
  /** Selects these and begins what is done for all of them. */
  async function begins(action: string, ids: readonly string[], search = ''): Promise<void> {
    const selected = `${search === '' ? '?' : `${search}&`}selected=${ids.join('.')}`;
    await page.goto(`${desks.under.hub.baseUrl}/console/queue${selected}`);
    await page.getByText(`${ids.length}件を選んでいます`).waitFor();
    await page.getByRole('group', { name: 'まとめて行う' }).getByRole('button', { name: action }).click();
  }
  async function says(): Promise<void> {
    await dialog.getByLabel(/^ご本人に伝えた人/).fill('相談　次郎');
    await dialog.getByLabel(/^伝えた方法/).fill('電話');
    await dialog.getByRole('button', { name: informed }).click();
  }
  /** From now on time passes in the browser only when it is told to. */
  const timeStands = async () => page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 1_000);
  async function countsDown(from: number, to: number): Promise<void> {
    await dialog.getByText(`${from}秒後に始めます`).waitFor();
    if (from === to) return;
    await page.clock.runFor(1_000);
    await countsDown(from - 1, to);
  }
  const results = () => dialog.getByRole('table', { name: '結果' }).getByRole('row');

  describe('one step for several referrals', () => {
    it('is asked for with how many there are, and which', async () => {
      await begins(informed, [first, second]);
      await dialog.getByRole('heading', { name: `「${informed}」を 2件に行います` }).waitFor();
      const preview = dialog.getByRole('listitem');
      await preview.nth(1).waitFor();
      expect(await preview.allTextContents()).toEqual(
        Array.from({ length: 2 }, () => '地域包括支援センター → 自立相談支援機関'),
      );
      expect(await violations(page)).toEqual([]);
    });

    it('is not done when it is undone in time, and not later either', async () => {
      const asked: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && asked.push(new URL(request.url()).pathname));
      await timeStands();
      await says();
      await countsDown(8, 1);
      await dialog.getByRole('button', { name: '取り消す' }).click();
      await page.clock.runFor(60_000);
      expect(asked).toEqual([]);
      // What was typed is there still.
      expect(await dialog.getByLabel(/^伝えた方法/).inputValue()).toBe('電話');
      await dialog.getByRole('button', { name: 'やめる' }).click();
      await page.clock.runFor(60_000);
      expect(asked).toEqual([]);
      await page.clock.resume();
      for (const id of [first, second]) expect(await steps(id, 'inform')).toBe(0);
    });

    it('is done when the time to undo it is over, once for each', async () => {
      await begins(informed, [first, second]);
      await dialog.getByRole('listitem').nth(1).waitFor();
      await timeStands();
      await says();
      await countsDown(8, 1);
      for (const id of [first, second]) expect(await steps(id, 'inform')).toBe(0);
      await page.clock.runFor(1_000);
      await page.clock.resume();
      await results().filter({ hasText: 'できました' }).nth(1).waitFor();
      expect(await violations(page)).toEqual([]);
      for (const id of [first, second]) expect(await steps(id, 'inform')).toBe(1);
      await dialog.getByRole('button', { name: '閉じる' }).click();
      await page.getByRole('group', { name: 'まとめて行う' }).waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('');
    });

    it('leaves out those for which it is not possible, and says how many', async () => {
      expect(
        (await desks.act(desks.recipient, second, 'hold', { reason: '入院中', wakeOn: '2027-01-15' })).status,
      ).toBe(200);
      await begins('保留を解く', [first, second]);
      await dialog.getByText('1件は、いまの状態ではできません。').waitFor();
      await dialog.getByRole('heading', { name: '「保留を解く」を 1件に行います' }).waitFor();
      await dialog.getByRole('button', { name: '保留を解く' }).click();
      await dialog.getByRole('button', { name: 'すぐに始める' }).click();
      await dialog.getByText('できました').waitFor();
      expect(await results().count()).toBe(2);
      expect(await steps(second, 'resume')).toBe(1);
      await dialog.getByRole('button', { name: '閉じる' }).click();
    });

    it('is for those that were selected: what comes or goes meanwhile changes nothing of that', async () => {
      await begins(informed, [first, second], '?state=received');
      await dialog.getByRole('listitem').nth(1).waitFor();
      const came = await arrived();
      const taken = { worker: { name: '相談　春子' }, personMatched: true };
      expect((await desks.act(desks.recipient, second, 'accept', taken)).status).toBe(200);
      await page.getByText('新着 1件').waitFor();
      await page.getByText('この一覧から外れました').waitFor();
      expect(await dialog.getByRole('listitem').count()).toBe(2);
      await says();
      await dialog.getByRole('button', { name: 'すぐに始める' }).click();
      // Each has its own: the one that a colleague was faster with says so.
      await results().nth(2).waitFor();
      expect(await results().count()).toBe(3);
      expect(await results().filter({ hasText: 'できました' }).count()).toBe(1);
      expect(await Promise.all([first, second, came].map((id) => steps(id, 'inform')))).toEqual([2, 1, 0]);
      await dialog.getByRole('button', { name: '閉じる' }).click();
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
