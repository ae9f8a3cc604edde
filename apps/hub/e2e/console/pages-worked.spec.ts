// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, violations, type Browsing } from '../../test/browser';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { pageActs } from './pages/acts';
import { plainWords, somethingEverywhere, type Something } from './pages/something-everywhere';
import { pageStates } from './pages/states';
import { othersAt, visits, type Visits } from './pages/visits';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

/** Every page of the route table, opened by everybody who uses it, and used without a mouse. */
playedOn('production', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let visit: Visits;
  let something: Something;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    something = await somethingEverywhere(desks, plainWords);
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    visit = visits(desks, browsing);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  // As whoever is shown everything there it is looked at in pages.spec.ts. In CI the others take turns at the pages, and each has
  // many; `npm run test:long -- console` has everybody at each.
  const opened = routes.flatMap((route, n) => {
    const others = othersAt(route);
    const seats = process.env['CONSOLE_SETUPS'] === 'both' ? others : others.slice(n % others.length || 0).slice(0, 1);
    return seats.map((seat) => [route.path, seat, route.name] as const);
  });
  it.each(opened)('%s is for %s as well, with nothing that WCAG 2.2 A or AA speaks against', async (_, seat, name) => {
    const page = await visit.opened(seat, pageStates[name].at(something));
    expect(await page.getByText(ja.common.notForYou).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  // After all of them were looked at: what is done here changes what the others show.
  describe('with the keyboard alone', () => {
    it.each(routes.map(({ name }) => [name, pageActs[name].does] as const))('%s: somebody %s', async (name) => {
      const { seat = pageStates[name].seat, at: address = pageStates[name].at, act } = pageActs[name];
      const page = await visit.opened(seat, address(something));
      await act(page, something);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
