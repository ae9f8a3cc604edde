// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { crossings } from '../../test/crossings';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { loaded } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let under: HubUnderTest;
  let browsing: Browsing;

  beforeAll(async () => {
    under = await hubUnderTest({ setUp });
    const { were } = await crossings(under);
    // 2025-08-11 is a day off, as the Saturday and the Sunday before it.
    await were(6, { from: 'kaigo', to: 'konkyu', on: '2025-08-08', then: [['accept', 'accepted', '2025-08-12']] });
    await were(5, { from: 'kaigo', to: 'konkyu', on: '2025-08-04', then: [['accept', 'accepted', '2025-08-08']] });
    await were(7, {
      from: 'konkyu',
      to: 'kaigo',
      on: '2025-08-05',
      then: [['agree-return', 'returned', '2025-08-06']],
    });
    await were(3, { from: 'shogai', to: 'konkyu', on: '2025-08-05', then: [['withdraw', 'withdrawn', '2025-08-06']] });
    await were(6, {
      from: 'konkyu',
      to: 'kaigo',
      on: '2025-08-05',
      then: [['coordinate', 'coordinating', '2025-08-07']],
    });
    browsing = await browse(under.hub.baseUrl, () => under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await under?.close();
  });

  /** The overview of August 2025, as somebody opens it in the month after. */
  async function overviewOf(name: string): Promise<Page> {
    const page = await browsing.as(name);
    await page.clock.setFixedTime('2025-09-15T03:00:00Z');
    await page.goto(`${under.hub.baseUrl}/console/overview?period=2025-08`);
    await loaded(page);
    return page;
  }
  const line = async (page: Page, table: string, row: RegExp) => {
    const cells = page
      .getByRole('table', { name: table, exact: true })
      .getByRole('row', { name: row })
      .getByRole('cell');
    await cells.first().waitFor();
    return cells.allTextContents();
  };

  describe('the overview', () => {
    it('tells the coordinator how many working days it took to be taken, what was turned back and what goes round', async () => {
      const page = await overviewOf('coordinator');
      expect(await line(page, '引受', /^生活困窮/)).toEqual(['11', '1', '4']);
      expect(await line(page, '進まなかったもの', /^差戻し/)).toEqual(['7']);
      expect(await line(page, '気をつけるもの', /^たらい回し/)).toEqual(['6']);
      expect(await violations(page)).toEqual([]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
