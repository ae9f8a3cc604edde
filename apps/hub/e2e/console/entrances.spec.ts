// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { ja } from '@tsunagi/console/texts';
import { browse, outOfReach, violations, type Browsing } from '../../test/browser';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { playedOn } from './set-ups';

jest.setTimeout(120_000);

/** What one meets before the first page; none of it is a route. */
playedOn('embedded', (setUp) => {
  let h: HubUnderTest;
  let browsing: Browsing;
  let page: Page;
  let first: { readonly login: string; readonly password: string };
  const { frame, common } = ja;
  const login = 's.newcomer';

  beforeAll(async () => {
    h = await hubUnderTest({ setUp });
    browsing = await browse(h.hub.baseUrl, () => h.access);
    const it = await h.as({ role: 'it_admin' });
    const { items } = (await it('GET', '/desk-functions?limit=500')).body;
    const { id, organization } = items.find((f: { code: string }) => f.code === '9980000014');
    const { body } = await it('POST', '/staff', {
      login,
      name: '見本 新人',
      organization: organization.id,
      memberships: [{ role: 'caseworker', function: id, validFrom: '2026-01-01' }],
    });
    first = { login, password: body.firstPassword };
    // As it is wherever nothing is tried out: in the demo nobody is asked.
    await h.rows('update staff set must_change_password = true where login = $1', [login]);
    page = await browsing.nobody();
  });

  afterAll(async () => {
    await browsing?.close();
    await h?.close();
  });

  const type = (text: string) => page.keyboard.type(text);
  const press = (key: string) => page.keyboard.press(key);
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  const wrong = { name: 'だれでもない', password: 'ちがう合言葉' };

  describe('the way in, with the keyboard alone', () => {
    it('asks who one is; the first field has the focus, and everything is reached', async () => {
      await heading(frame.signInTo).waitFor();
      expect(await page.title()).toBe(`${frame.signIn} | ${common.product}`);
      expect(await page.evaluate('document.activeElement?.autocomplete')).toBe('username');
      expect(await violations(page)).toEqual([]);
      expect(await outOfReach(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page, ['color-contrast'])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('says that it was not right, and no more', async () => {
      await page.getByLabel(frame.signInName).focus();
      await type(wrong.name);
      await press('Tab');
      await type(wrong.password);
      await press('Enter');
      await page.getByRole('alert').waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('says that the hub is out of reach, and keeps what was typed', async () => {
      await page.context().setOffline(true);
      await press('Enter');
      await page.getByRole('alert').getByText(common.unreachable).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.context().setOffline(false);
      expect(await page.getByLabel(frame.signInName).inputValue()).toBe(wrong.name);
    });

    it('asks whoever comes for the first time for a password of their own', async () => {
      await press('Control+A');
      await type(first.password);
      await press('Shift+Tab');
      await press('Control+A');
      await type(first.login);
      await press('Enter');
      await heading(frame.firstPassword).waitFor();
      expect(await page.title()).toBe(`${frame.firstPassword} | ${common.product}`);
      expect(await page.evaluate('document.activeElement?.textContent')).toBe(frame.firstPassword);
      expect(await violations(page)).toEqual([]);
      expect(await outOfReach(page)).toEqual([]);
    });

    it('says that the two are not the same, and takes what is', async () => {
      const own = 'つなぎの練習をする合言葉';
      await page.getByLabel(frame.currentPassword).focus();
      await type(first.password);
      await press('Tab');
      await type(own);
      await press('Tab');
      await type('つなぎ');
      await page.getByText(frame.passwordsDiffer).waitFor();
      expect(await violations(page)).toEqual([]);
      await type(own.slice('つなぎ'.length));
      await press('Enter');
      await heading(frame.pages.inbox).waitFor();
    });

    it('says that the hub is out of reach instead of asking who one is, and goes on from there', async () => {
      await page.route(/\/api\/v1\/session$/, (route) => route.abort('internetdisconnected'));
      await page.reload();
      await page.getByRole('alert').getByText(common.unreachable).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.unrouteAll();
      await press('Tab');
      await press('Enter');
      await heading(frame.pages.inbox).waitFor();
    });
  });
});
