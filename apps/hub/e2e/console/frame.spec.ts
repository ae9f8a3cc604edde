// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { en } from '@tsunagi/console/texts/en';
import type { Page } from 'playwright-core';
import { loaded } from './at-work';
import { japanese, textsOn } from './languages';
import { browse, violations, type Browsing } from '../../test/browser';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { playedOn } from './set-ups';

jest.setTimeout(300_000);

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

    it('moves nothing for whoever wants it still', async () => {
      const moved = `(() => {
        const probe = document.querySelector('main').appendChild(document.createElement('p'));
        probe.style.transition = 'opacity 9s';
        probe.style.scrollBehavior = 'smooth';
        const { transitionDuration, scrollBehavior } = getComputedStyle(probe);
        probe.remove();
        return [transitionDuration, scrollBehavior];
      })()`;
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      expect(await page.evaluate(moved)).toEqual(['9s', 'smooth']);
      await page.emulateMedia({ reducedMotion: 'reduce' });
      expect(await page.evaluate(moved)).toEqual(['0s', 'auto']);
      expect(await page.evaluate('document.getAnimations().length')).toBe(0);
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

    it('speaks English to whoever has chosen it, on every page, and keeps that in mind', async () => {
      const pagesOf = {
        coordinator: { '/': 'inbox', '/queue': 'queue', '/new': 'newReferral', '/overview': 'overview' },
        it_admin: { '/plugins': 'plugins', '/clients': 'clients', '/doctor': 'doctor', '/settings': 'settings' },
      } as const;
      for (const [name, pages] of Object.entries(pagesOf)) {
        const one = await browsing.as(name);
        one.setDefaultTimeout(60_000);
        expect(await one.evaluate('document.documentElement.lang')).toBe('ja');
        await one.goto(`${h.hub.baseUrl}/console/settings`);
        await one.getByRole('combobox', { name: '言語 / Language' }).selectOption('en');
        expect(await one.evaluate('document.documentElement.lang')).toBe('en');
        for (const [path, title] of Object.entries(pages)) {
          await one.goto(`${h.hub.baseUrl}/console${path}`);
          await one.getByRole('heading', { level: 1, name: en.frame.pages[title], exact: true }).waitFor();
          await loaded(one);
          expect(await one.evaluate('document.documentElement.lang')).toBe('en');
          expect(await one.title()).toBe(`${en.frame.pages[title]} | ${en.common.product}`);
          expect([path, (await textsOn(one)).filter((text) => japanese.has(text))]).toEqual([path, []]);
        }
        expect(await violations(one)).toEqual([]);
      }
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
