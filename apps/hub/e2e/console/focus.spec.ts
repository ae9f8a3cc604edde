// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { browse, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import { loaded, part, rows } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

/** In what somebody is who works with the keyboard: the nearest part with a name, or the heading of the page. */
const place = `(() => {
  const at = document.activeElement;
  if (at === document.body) return 'nowhere';
  const within = at.closest('dialog, section, [role="group"]');
  return within?.ariaLabel ?? (at.matches('h1') ? at.textContent : at.tagName);
})()`;

playedOn('production', (setUp) => {
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

  const arrived = async (submission = aSubmission()) => {
    const { referralId } = await desks.submit(submission);
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    return referralId;
  };
  const isAt = (page: Page, name: string) =>
    waitFor(async () => (await page.evaluate(place)) === name, { what: `the focus to be at ${name}` });
  /** As somebody does who has no mouse. */
  const press = async (page: Page, name: string, within = page.locator('body')) => {
    // What cannot be pressed yet takes no focus.
    await within.getByRole('button', { name, exact: true, disabled: false }).first().focus();
    await page.keyboard.press('Enter');
  };

  describe('the focus of somebody who works with the keyboard', () => {
    it('stays at the steps when a step is done and what was pressed for it is there no more', async () => {
      const page = await browsing.as('caseworker.konkyu');
      await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${await arrived()}`);
      await loaded(page);
      await press(page, '引き受ける');
      const dialog = page.getByRole('dialog', { name: '引き受ける' });
      await dialog.getByLabel(/^担当者/).fill('相談　次郎');
      await dialog.getByLabel('届いた方と、自分の窓口の記録の方が同じ人だと確かめました').focus();
      await page.keyboard.press('Space');
      await press(page, '引き受ける', dialog);
      await page.getByText('「引き受ける」を行いました').waitFor();
      await page.getByRole('button', { name: '引き受ける', exact: true }).first().waitFor({ state: 'detached' });
      await isAt(page, 'いまできること');
      // And goes on from there.
      await page.keyboard.press('Tab');
      await isAt(page, 'いまできること');
    });

    it('goes back to what was pressed when nothing was done', async () => {
      const page = await browsing.as('caseworker.konkyu');
      await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${await arrived()}`);
      await loaded(page);
      await press(page, '照会する');
      await page.getByRole('dialog', { name: '照会する' }).waitFor();
      await page.keyboard.press('Escape');
      const isBack = `document.activeElement.textContent === '照会する'`;
      await waitFor(() => page.evaluate<boolean>(isBack), { what: 'the focus to be back' });
    });

    it('stays at the list when a line of it is ticked off and leaves it', async () => {
      const { referralId } = await desks.submit(aSubmission());
      const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
      await desks.konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', retryable: false });
      const stuck = `select 1 from todo where kind = 'delivery_stuck'`;
      await waitFor(async () => (await desks.under.rows(stuck)).length > 0, { what: 'somebody to have to look' });
      const page = await browsing.as('supervisor.kaigo');
      const list = part(page, 'やること');
      await list.getByRole('button', { name: '済みにする' }).first().waitFor();
      const before = await list.getByRole('listitem').count();
      await press(page, '済みにする', list);
      await press(page, '済みにする', page.getByRole('dialog'));
      await waitFor(async () => (await list.getByRole('listitem').count()) < before, { what: 'the line to be gone' });
      await isAt(page, 'やること');
    });

    it('stays on the page when a step was taken for several, and nothing is chosen any more', async () => {
      for (let n = 0; n < 2; n++) await arrived();
      const page = await browsing.as('caseworker.konkyu');
      await page.getByRole('link', { name: 'つなぎ一覧' }).click();
      for (const n of [1, 2]) {
        await rows(page).nth(n).getByRole('checkbox').focus();
        await page.keyboard.press('Space');
      }
      const bulk = page.getByRole('group', { name: 'まとめて行う' });
      await press(page, 'ご本人に伝えたことを記録する', bulk);
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^ご本人に伝えた人/).fill('相談　次郎');
      await dialog.getByLabel(/^伝えた方法/).fill('電話');
      await press(page, 'ご本人に伝えたことを記録する', dialog);
      await press(page, 'すぐに始める', dialog);
      await dialog.getByText('できました').nth(1).waitFor();
      await waitFor(async () => (await page.evaluate(place)) !== 'nowhere', { what: 'the focus to be in the dialog' });
      await press(page, '閉じる', dialog);
      await bulk.waitFor({ state: 'detached' });
      await isAt(page, 'つなぎ一覧');
    });

    it('is at nothing for whoever has pressed beside everything', async () => {
      const page = await browsing.as('caseworker.konkyu');
      await page.getByRole('heading', { level: 1 }).click();
      await page.getByRole('main').click({ position: { x: 2, y: 2 } });
      await page.getByRole('link', { name: 'つなぎ一覧' }).waitFor();
      expect(await page.evaluate(`document.activeElement.matches('button, a, input')`)).toBe(false);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
