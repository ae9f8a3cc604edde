// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, outOfReach, violations, type Browsing } from '../../test/browser';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { pageActs } from './pages/acts';
import { cannot, lineToTheHub } from './pages/line-to-the-hub';
import { somethingEverywhere, type Something } from './pages/something-everywhere';
import { pageStates } from './pages/states';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

const footOfSheets = `document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText)).join()`;

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let something: Something;
  const signedIn = new Map<string, Page>();
  /** What a test has disturbed, and must not be left so. */
  let disturbed: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  afterEach(async () => {
    await disturbed?.();
    disturbed = undefined;
  });

  /** By the name they sign in with. At a desk it is the one of the page's own seat. */
  const seatOf = (role: string, seat: string) =>
    role === 'caseworker' || role === 'supervisor' ? `${role}.${seat.split('.')[1] ?? 'kaigo'}` : role;

  async function at(name: string): Promise<Page> {
    const page = signedIn.get(name) ?? (await browsing.as(name));
    signedIn.set(name, page);
    return page;
  }
  /** All that is asked for has come. */
  async function settled(page: Page): Promise<void> {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
  }
  async function opened(name: string, path: string): Promise<Page> {
    const page = await at(name);
    await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
    await settled(page);
    return page;
  }
  const found = async (page: Page, part: 'html' | 'main' = 'html') => violations(page, undefined, part);

  describe('before anybody has written anything', () => {
    const empty = routes.flatMap(({ name }) => {
      const { empty: one, seat } = pageStates[name];
      return 'when' in one && one.when === 'before' ? [[name, seat, one] as const] : [];
    });
    it.each(empty)('%s says that there is nothing', async (name, seat, { at: path, says, begin }) => {
      const nothing = {} as Something;
      const page = await opened(seat, path?.(nothing) ?? pageStates[name].at(nothing).split('?')[0]!);
      await begin?.(page);
      await page.getByText(says).first().waitFor();
      expect(await found(page, 'main')).toEqual([]);
    });
  });

  describe('with something at every page', () => {
    beforeAll(async () => {
      const words = {
        inConference: '家賃を三か月払っていない。',
        ofGround: '暖房がなく、様子がおかしい。',
        ofReveal: 'ご本人から電話があり、折り返すため。',
        ofNote: '宛先を取り違えた。',
      };
      something = await somethingEverywhere(desks, words);
    });

    describe.each(routes.map((route) => [route.path, route] as const))('%s', (path, { name, roles }) => {
      const { at: address, seat, shows, begin, asksNothing, empty } = pageStates[name];

      it('says that it loads, that the line is cut, that the hub cannot, and shows what there is when asked again', async () => {
        const page = await at(seat);
        const line = await lineToTheHub(page);
        disturbed = async () => {
          await line.is('open');
          await page.unrouteAll({ behavior: 'ignoreErrors' });
        };
        const main = page.getByRole('main');
        if (asksNothing !== true) await line.is('held');
        await page.goto(`${desks.under.hub.baseUrl}/console${address(something)}`);
        await page.getByRole('heading', { level: 1 }).first().waitFor();
        if (asksNothing !== true) {
          await begin?.(page, something);
          await main.getByText(ja.common.loading).first().waitFor();
          expect(await found(page, 'main')).toEqual([]);

          await line.is('cut');
          await main.getByRole('alert').getByText(ja.common.unreachable).first().waitFor();
          await page.getByText(ja.frame.line.stale).waitFor();
          await main.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
          expect(await found(page)).toEqual([]);

          await line.is('failing');
          await begin?.(page, something);
          await main.getByRole('alert').getByText(cannot.title).first().waitFor();
          expect(await found(page, 'main')).toEqual([]);

          await line.is('open');
          await begin?.(page, something);
          const again = main.getByRole('button', { name: ja.common.again }).first();
          for (let there = false; !there;) {
            await shows(page).or(again).first().waitFor();
            there = !(await again.isVisible());
            if (!there) await again.press('Enter');
          }
        }
        await shows(page).waitFor();
        await settled(page);
        expect(await main.getByRole('alert').count()).toBe(0);
        expect(await page.title()).toMatch(/ \| つなぎハブ$/);
        if (!path.includes(':'))
          expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(ja.frame.pages[name]);
        expect(await found(page)).toEqual([]);
        // The queue is exported by the hub, for only the rows near the window are drawn.
        const lists = (await page.getByRole('table').count()) - (name === 'queue' ? 1 : 0);
        // One proposal, field by field, is a record and no list.
        const records = name === 'proposal' ? await page.getByRole('table').count() : 0;
        const csv = page.getByRole('button', { name: new RegExp(`^${ja.common.csv}`) });
        expect(await csv.count()).toBe(lists - records);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await violations(page, ['color-contrast'])).toEqual([]);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      // As the test before has left it.
      it('is read at four times the size, and on paper under the name of who has printed it', async () => {
        const page = await at(seat);
        await shows(page).waitFor();
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
        const page = await at(seat);
        await shows(page).waitFor();
        expect(await outOfReach(page)).toEqual([]);
      });

      const others = roles.map((role) => seatOf(role, seat)).filter((other) => other !== seat);
      if (others.length > 0)
        it.each(others)('is free of what WCAG 2.2 speaks against for %s as well', async (other) => {
          const page = await opened(other, address(something));
          expect(await page.getByText(ja.common.notForYou).count()).toBe(0);
          expect(await found(page)).toEqual([]);
        });

      if ('when' in empty && empty.when === 'after')
        it('says that there is nothing, where there is nothing', async () => {
          const page = await opened(seat, (empty.at ?? address)(something));
          await empty.begin?.(page);
          await page.getByText(empty.says).first().waitFor();
          expect(await found(page, 'main')).toEqual([]);
        });
    });

    // After all of them were looked at: what is done here changes what the others show.
    describe('with the keyboard alone', () => {
      it.each(routes.map(({ name }) => [name, pageActs[name].does] as const))('%s: somebody %s', async (name) => {
        const { seat = pageStates[name].seat, at: address = pageStates[name].at, act } = pageActs[name];
        const page = await opened(seat, address(something));
        await act(page, something);
      });
    });
  });

  it('says of an address that is none, and of a page that is not for one, what to do', async () => {
    const nowhere = await opened('caseworker.kaigo', '/nowhere');
    await nowhere.getByText(ja.common.notFoundHint).waitFor();
    expect(await found(nowhere)).toEqual([]);
    const others = await opened('caseworker.kaigo', '/plugins');
    await others.getByText(ja.common.notForYou).waitFor();
    expect(await found(others)).toEqual([]);
  });

  it('complains of nothing in the browser but of the line that was cut', () => {
    expect(browsing.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  });
});
