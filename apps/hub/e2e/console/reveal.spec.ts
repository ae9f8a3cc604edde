// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Revealed } from '@tsunagi/contracts';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { menu, rows } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    const { referralId } = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('a name that was revealed for a purpose', () => {
    it.each(['ご本人をさがす', 'つなぎ一覧'])('is hidden again by itself when its time is over: %s', async (list) => {
      const page = await browsing.as('caseworker.kaigo');
      await page.clock.install();
      await menu(page, list);
      if (list === 'つなぎ一覧') await rows(page).nth(1).getByRole('checkbox').check();
      else {
        await page.getByLabel(/^さがす言葉/).fill('ミホン　ハナ');
        await page.getByRole('button', { name: 'さがす' }).click();
      }
      await page.getByRole('button', { name: '氏名を見る' }).click();
      const dialog = page.getByRole('dialog', { name: '氏名を見る' });
      await dialog.getByLabel(/^何のために氏名を見ますか/).selectOption('contact');
      const [answer] = await Promise.all([
        page.waitForResponse((response) => response.url().endsWith('/reveal')),
        dialog.getByRole('button', { name: '氏名を見る' }).click(),
      ]);
      const { remaskAt } = (await answer.json()) as Revealed;
      const name = page.getByText('見本　花子');
      await name.waitFor();
      const left = Date.parse(remaskAt) - (await page.evaluate<number>('Date.now()'));
      await page.clock.fastForward(left - 30_000);
      expect(await name.count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      await page.clock.fastForward(31_000);
      await name.waitFor({ state: 'detached' });
      expect(await page.getByRole('main').textContent()).not.toContain('見本　');
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
