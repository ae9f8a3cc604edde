// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { browse, type Browsing } from '../../test/browser';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { fieldsOf, listening, type Answer } from './answers/answers';
import { presses, unfolded } from './answers/presses';
import { seats, type Seat } from './answers/seats';
import { beyond } from './answers/views';
import { maySee, planted, type Planted } from './answers/planted';
import { somethingEverywhere, type Something } from './pages/something-everywhere';
import { pageStates } from './pages/states';
import { playedOn } from './set-ups';

jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let something: Something;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    const { name, kana, birthDate, address, telephone, office, fact, insured, ...words } = planted;
    const items = {
      identity: { name, kana, birthDate, sex: 'female' as const },
      contact: { address, telephone },
      household_outline: { size: 2 },
      concern: { boxes: ['income_work' as const] },
      care_level: { level: '22' },
      service_use: { planKind: '1', office },
      narrative: { fact, writtenOn: new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10) },
    };
    something = await somethingEverywhere(desks, { items, insured, ...words });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** Every answer of the hub that this browser received: each page of the role, with what there is to press on it. */
  async function answersTo(seat: Seat): Promise<Answer[]> {
    const page = await browsing.as(seat);
    const heard = listening(page);
    const role = desks.under.access.staff.find(({ name }) => name === seat)!.role;
    for (const { name } of routes.filter(({ roles }) => roles.some((one) => one === role))) {
      await page.goto(`${desks.under.hub.baseUrl}/console${pageStates[name].at(something)}`);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      await page.getByText(ja.common.loading).first().waitFor({ state: 'detached' });
      await unfolded(page);
      await presses[name]?.(page, something);
    }
    return heard();
  }

  describe('what reaches the browser', () => {
    it.each(seats)('of %s is what that role may see, on whatever page and whatever is pressed', async (seat) => {
      const answers = await answersTo(seat);
      expect(answers.length).toBeGreaterThan(0);
      const texts = answers.map(({ text }) => text).join('\n');
      const seen = maySee[seat];
      const reached = (Object.keys(planted) as Planted[]).filter((what) => texts.includes(planted[what]));
      // Neither more than it may see nor less: what nobody is shown proves nothing.
      expect(reached.sort()).toEqual([...seen].sort());
      const fields = new Map<string, Set<string>>();
      for (const { operation, body } of answers)
        fields.set(operation, new Set([...(fields.get(operation) ?? []), ...fieldsOf(body)]));
      const shownBeyond = [...fields].flatMap(([operation, found]) =>
        beyond(seat, operation, [...found]).map((field) => `${operation} ${field}`),
      );
      expect(shownBeyond.sort()).toEqual([]);
    });
  });
});
