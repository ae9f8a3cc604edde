// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import { loaded, part, rows, takesStep } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const opens = async (page: Page, referral: string) => {
    await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${referral}`);
    await loaded(page);
  };
  const history = (page: Page) => part(page, '経過');
  const onItsWay = (page: Page) => history(page).getByRole('listitem').filter({ hasText: '業務システムへ届ける' });
  async function arrived(): Promise<string> {
    const { referralId } = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    return referralId;
  }

  describe('the history of a referral', () => {
    it('says to both desks and the coordinator that it waits while the other system is off, and why it was not written', async () => {
      const itDesk = await desks.under.as({ role: 'it_admin' });
      await itDesk('POST', '/plugins/konkyu/disable', {});
      const { referralId } = await desks.submit(aSubmission());
      const pages = await Promise.all(
        ['caseworker.kaigo', 'caseworker.konkyu', 'coordinator'].map((n) => browsing.as(n)),
      );
      for (const page of pages) {
        await opens(page, referralId);
        await onItsWay(page).getByText('受け手の業務システムとの連携が、いまは止めてあります。').waitFor();
        expect(await violations(page)).toEqual([]);
      }

      await itDesk('POST', '/plugins/konkyu/enable', { force: true, reason: '試験のため' });
      const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
      await desks.konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', retryable: false });
      for (const page of pages) {
        const way = onItsWay(page);
        // It looks by itself: nobody has to load the page anew.
        await way.getByText('届けられませんでした').waitFor({ timeout: 40_000 });
        await way.getByText('受け手の業務システムに書き込めませんでした。').waitFor();
        await way.getByText('最後に届けようとした時').waitFor();
        await way.getByText('1回', { exact: true }).waitFor();
        expect(await way.textContent()).not.toMatch(/TABLE_MISSING|konkyu|プラグイン/);
        expect(await violations(page)).toEqual([]);
      }

      await itDesk('POST', `/deliveries/${deliveryId}/replay`, {});
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      for (const page of pages) {
        await opens(page, referralId);
        await onItsWay(page).getByText('届いた時').waitFor();
        expect(await onItsWay(page).textContent()).not.toContain('書き込めませんでした');
      }
    });
  });

  describe('on what a referral stands', () => {
    it('is opened in words by its badge in the list and on its page, and closed to where one was', async () => {
      const referral = await arrived();
      const page = await browsing.as('caseworker.kaigo');
      await page.getByRole('link', { name: 'つなぎ一覧' }).click();
      const badge = rows(page)
        .nth(1)
        .getByRole('button', { name: /^根拠の説明: 同意/ });
      await badge.focus();
      await page.keyboard.press('Enter');
      const said = page.getByRole('dialog', { name: '根拠の説明' }).getByRole('region', { name: '提供の判断' });
      await said.getByText('渡せる', { exact: true }).first().waitFor();
      expect(await said.textContent()).toMatch(/同意.*氏名/s);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await said.waitFor({ state: 'hidden' });
      expect(
        await page.evaluate(
          'document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent',
        ),
      ).toMatch(/^根拠の説明: 同意/);

      await opens(page, referral);
      const why = part(page, '提供の判断');
      await why.getByText('渡せる', { exact: true }).first().waitFor();
      expect(await why.textContent()).toContain('渡していない項目');
    });
  });

  describe('a question between two desks', () => {
    it('is asked by the one and answered by the other on their screens, and each reads it in the history', async () => {
      const referral = await arrived();
      const [there, here] = [await browsing.as('caseworker.konkyu'), await browsing.as('caseworker.kaigo')];
      await opens(there, referral);
      await takesStep(there, '照会する', (dialog) => dialog.getByLabel(/^尋ねたいこと/).fill('滞納は何か月分ですか。'));
      await history(there).getByText('滞納は何か月分ですか。').waitFor();

      await opens(here, referral);
      await history(here).getByText('滞納は何か月分ですか。').waitFor();
      await takesStep(here, '照会に答える', (dialog) => dialog.getByLabel(/^答え/).fill('三か月分です。'));
      await history(here).getByText('三か月分です。').waitFor();
      expect(await here.getByRole('button', { name: '照会に答える', exact: true }).count()).toBe(0);

      await opens(there, referral);
      await history(there).getByText('三か月分です。').waitFor();
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
