// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Locator, Page } from 'playwright-core';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, outOfReach, violations, type Browsing } from '../../test/browser';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { loaded } from './at-work';
import { cannot, lineToTheHub } from './pages/line-to-the-hub';
import { plainWords, somethingEverywhere, type Something } from './pages/something-everywhere';
import { pageStates } from './pages/states';
import { visits, type Visits } from './pages/visits';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

const footOfSheets = `document.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText)).join()`;
const inMain = (page: Page) => violations(page, undefined, 'main');

/** All at once, whatever has failed: what the page has asked for by itself meanwhile does not wait for a key. */
const pressAll = (buttons: Locator) =>
  buttons.evaluateAll((all) => all.forEach((button) => (button as unknown as { click(): void }).click()));

/** Every page of the route table in every state that it can be in, as whoever is shown everything there sees it. */
playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let visit: Visits;
  let something: Something;
  /** What a test has disturbed, and must not be left so. */
  let disturbed: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    visit = visits(desks, browsing);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  afterEach(async () => {
    await disturbed?.();
    disturbed = undefined;
  });

  describe('before anybody has written anything', () => {
    const empty = routes.flatMap(({ name }) => {
      const { empty: one, seat } = pageStates[name];
      return 'when' in one && one.when === 'before' ? [[name, seat, one] as const] : [];
    });
    it.each(empty)('%s says that there is nothing', async (name, seat, { at: path, says, begin }) => {
      const nothing = {} as Something;
      const page = await visit.opened(seat, path?.(nothing) ?? pageStates[name].at(nothing).split('?')[0]!);
      await begin?.(page);
      await page.getByText(says).first().waitFor();
      expect(await inMain(page)).toEqual([]);
    });
  });

  describe('with something at every page', () => {
    beforeAll(async () => {
      something = await somethingEverywhere(desks, plainWords);
    });

    describe.each(routes.map((route) => [route.path, route] as const))('%s', (path, { name }) => {
      const { at: address, seat, shows, begin, asksNothing, empty } = pageStates[name];

      if (asksNothing !== true)
        it('says that it loads, that the line is cut, that the hub cannot, and shows what there is when asked again', async () => {
          const page = await visit.as(seat);
          const line = await lineToTheHub(page);
          disturbed = async () => {
            await line.is('open');
            await page.unrouteAll({ behavior: 'ignoreErrors' });
          };
          const main = page.getByRole('main');
          const loading = main.getByText(ja.common.loading).first();
          const stale = page.getByText(ja.frame.line.stale);
          await line.is('held');
          await page.goto(`${desks.under.hub.baseUrl}/console${address(something)}`);
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          await begin?.(page, something);
          await loading.waitFor();
          expect(await inMain(page)).toEqual([]);

          await line.is('cut');
          await main.getByRole('alert').getByText(ja.common.unreachable).first().waitFor();
          await stale.waitFor();
          await loading.waitFor({ state: 'detached' });
          expect(await violations(page)).toEqual([]);

          await line.is('failing');
          // The stream comes back, and all is asked for anew.
          await stale.waitFor({ state: 'detached' });
          await begin?.(page, something);
          await main.getByRole('alert').getByText(cannot.title).first().waitFor();
          await loading.waitFor({ state: 'detached' });
          expect(await inMain(page)).toEqual([]);

          await line.is('open');
          await begin?.(page, something);
          const again = main.getByRole('button', { name: ja.common.again });
          await shows(page).or(again).first().waitFor();
          await pressAll(again);
          await again.first().waitFor({ state: 'detached' });
          await shows(page).waitFor();
          expect(await main.getByRole('alert').count()).toBe(0);
        });

      it('has a heading, a title and nothing that WCAG 2.2 A or AA speaks against', async () => {
        const page = await visit.as(seat);
        // As it has come after all that went wrong; else it is opened.
        if (asksNothing === true) await visit.opened(seat, address(something));
        await shows(page).waitFor();
        await loaded(page);
        expect(await page.title()).toMatch(/ \| つなぎハブ$/);
        if (!path.includes(':'))
          expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(ja.frame.pages[name]);
        expect(await violations(page)).toEqual([]);
        // One proposal, field by field, is a record and no list.
        const lists = name === 'proposal' ? 0 : await page.getByRole('table').count();
        expect(await page.getByRole('button', { name: new RegExp(`^${ja.common.csv}`) }).count()).toBe(lists);
        await page.emulateMedia({ colorScheme: 'dark' });
        expect(await violations(page, ['color-contrast'])).toEqual([]);
        await page.emulateMedia({ colorScheme: 'light' });
      });

      // As the test before has left it.
      it('is read at four times the size, and on paper under the name of who has printed it', async () => {
        const page = await visit.as(seat);
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
        const page = await visit.as(seat);
        await shows(page).waitFor();
        expect(await outOfReach(page)).toEqual([]);
      });

      if ('when' in empty && empty.when === 'after')
        it('says that there is nothing, where there is nothing', async () => {
          const page = await visit.opened(seat, (empty.at ?? address)(something));
          await empty.begin?.(page);
          await page.getByText(empty.says).first().waitFor();
          expect(await inMain(page)).toEqual([]);
        });
    });
  });

  it('says of an address that is none, and of a page that is not for one, what to do', async () => {
    const nowhere = await visit.opened('caseworker.kaigo', '/nowhere');
    await nowhere.getByText(ja.common.notFoundHint).waitFor();
    expect(await violations(nowhere)).toEqual([]);
    const others = await visit.opened('caseworker.kaigo', '/plugins');
    await others.getByText(ja.common.notForYou).waitFor();
    expect(await violations(others)).toEqual([]);
  });

  it('complains of nothing in the browser but of the line that was cut', () => {
    expect(browsing.complaints.filter((said) => !said.startsWith('Failed to load resource'))).toEqual([]);
  });
});
