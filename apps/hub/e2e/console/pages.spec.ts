// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, outOfReach, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

jest.setTimeout(180_000);

const footOfSheets = `document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText)).join()`;

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  /** Something real for every address that names one; a new route fails until it has its own here. */
  let ids: Readonly<Record<string, string>>;
  const signedIn = new Map<string, Page>();

  /** Who uses it first, by the name they sign in with. */
  const signInOf = (role: string) => (role === 'caseworker' || role === 'supervisor' ? `${role}.kaigo` : role);

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    const { referralId } = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const waits = await desks.submit(withoutConsent());
    await desks.act(desks.recipient, referralId, 'misdirected', {
      what: 'wrong_person',
      reason: '生年月日が違います。',
    });
    const doubt = { referrals: [referralId], identifiers: [], reason: 'wrong_person' };
    expect((await desks.sender('POST', `/persons/${await desks.personOf(referralId)}/doubt`, doubt)).status).toBe(201);
    const officer = await desks.under.as({ role: 'privacy_officer' });
    const [incident] = (await officer('GET', '/incidents')).body.items;
    ids = {
      '/referrals/:id': referralId,
      '/referrals/:id/consent': waits.referralId,
      '/referrals/:id/ground': waits.referralId,
      '/persons/:id': await desks.personOf(referralId),
      // There is none: what is said then is a state of the page, too.
      '/proposals/:id': referralId,
      '/conferences/:id': referralId,
      '/plugins/:id': 'kaigo',
      '/incidents/:id': incident.id,
      '/judgements/:id': await desks.personOf(referralId),
    };
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  async function opened(role: string, path: string): Promise<Page> {
    const name = signInOf(role);
    const page = signedIn.get(name) ?? (await browsing.as(name));
    signedIn.set(name, page);
    await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    // What it asks for has come: nothing says any more that it loads.
    await page.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
    return page;
  }

  describe.each(routes.map((route) => [route.path, route] as const))('%s', (path, { name, roles }) => {
    it('has a heading, a title and nothing that WCAG 2.2 A or AA speaks against', async () => {
      if (path.includes(':')) expect(Object.keys(ids)).toContain(path);
      const page = await opened(roles[0]!, path.replace(':id', ids[path] ?? ''));
      expect(await page.title()).toMatch(/ \| つなぎハブ$/);
      expect(await violations(page)).toEqual([]);
      expect(await page.getByText(ja.common.notForYou).count()).toBe(0);
      const lists = await page.getByRole('table').count();
      expect(await page.getByRole('button', { name: new RegExp(`^${ja.common.csv}`) }).count()).toBe(lists);
      if (!path.includes(':'))
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(ja.frame.pages[name]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await violations(page, ['color-contrast'])).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    });

    it('is read at four times the size, and on paper under the name of who has printed it', async () => {
      const page = await opened(roles[0]!, path.replace(':id', ids[path] ?? ''));
      await page.setViewportSize({ width: 320, height: 800 });
      // Only a table may be wider; it scrolls in a box of its own.
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
      await page.setViewportSize({ width: 718, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      // At the foot of every sheet; paper.spec.ts reads it there.
      expect(await page.evaluate(footOfSheets)).toMatch(/ 印刷 20\d\d/);
      expect(await page.getByRole('navigation', { name: 'メニュー' }).isVisible()).toBe(false);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(718);
      await page.emulateMedia({ media: null });
      await page.setViewportSize({ width: 1280, height: 900 });
    });

    it('is reached by the keyboard alone, in each thing that can be done on it', async () => {
      const page = await opened(roles[0]!, path.replace(':id', ids[path] ?? ''));
      expect(await outOfReach(page)).toEqual([]);
    });
  });

  it('says of an address that is none, and of a page that is not for one, what to do', async () => {
    const nowhere = await opened('caseworker', '/nowhere');
    await nowhere.getByText(ja.common.notFoundHint).waitFor();
    const others = await opened('caseworker', '/plugins');
    await others.getByText(ja.common.notForYou).waitFor();
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
