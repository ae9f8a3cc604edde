// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { playedOn } from './set-ups';

playedOn('embedded', (setUp) => {
  let h: HubUnderTest;
  let browsing: Browsing;

  beforeAll(async () => {
    h = await hubUnderTest({ setUp });
    browsing = await browse(h.hub.baseUrl, () => h.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await h?.close();
  });

  const signOutEverywhere = () => h.rows('delete from session');

  describe('the frame of the console', () => {
    let page: Page;

    beforeAll(async () => {
      page = await browsing.as('coordinator');
    });

    it('leads whoever comes to the hub by hand to it, under a policy that lets no script in but its own', async () => {
      const { headers, status } = await fetch(`${h.hub.baseUrl}/`);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("script-src 'self'");
      expect(headers.get('cache-control')).toBe('no-cache');
    });

    it('says when what is shown is up to date', async () => {
      await page.getByText('最新です').waitFor();
    });

    it('says in its header that nobody has checked the bases of disclosure, where that is so', async () => {
      await page.getByText('試用: 提供の根拠の行は、まだだれも確かめていません').waitFor();
    });

    it('asks whoever was signed out to sign in again over the page, and keeps what was typed', async () => {
      await page.getByRole('link', { name: '見本 調整担当 さん' }).click();
      await page.getByLabel(/^新しい合言葉※/).fill('まだ送っていない合言葉');
      await signOutEverywhere();
      await page.getByLabel('いまの合言葉').fill('ちがう');
      await page.getByLabel('新しい合言葉(もう一度)').fill('まだ送っていない合言葉');
      await page.getByRole('button', { name: '合言葉を変える' }).click();
      const dialog = page.getByRole('dialog', { name: 'サインインの時間が切れました' });
      await dialog.waitFor();
      expect(await violations(page)).toEqual([]);
      const { password } = h.access.staff.find((s) => s.name === 'coordinator')!;
      await dialog.getByLabel('サインインの名前').fill('coordinator');
      await dialog.getByLabel('合言葉').fill(password);
      await dialog.getByRole('button', { name: 'サインイン' }).click();
      await dialog.waitFor({ state: 'hidden' });
      expect(await page.getByLabel(/^新しい合言葉※/).inputValue()).toBe('まだ送っていない合言葉');
    });

    it('is worked with the keyboard alone: past the menu to the content, and back', async () => {
      const keyboard = await browsing.as('caseworker.kaigo');
      await keyboard.keyboard.press('Tab');
      for (let i = 0; i < 20; i++) {
        if ((await keyboard.evaluate('document.activeElement?.textContent')) === '本文へ移る') break;
        await keyboard.keyboard.press('Shift+Tab');
      }
      await keyboard.keyboard.press('Enter');
      expect(await keyboard.evaluate('document.activeElement?.id')).toBe('main');
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
