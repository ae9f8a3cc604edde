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
    const { were, held } = await crossings(under);
    // So few that even the way they went would tell of them.
    await were(3, { from: 'kaigo', to: 'konkyu', on: '2025-06-04' });
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
    await held(8, 'CONSENT_MISSING', '2025-08-01');
    // Two of few, so that neither can be told from the sum.
    await held(2, 'CONSENT_EXPIRED', '2025-08-02');
    await held(3, 'CONSENT_WITHDRAWN', '2025-08-03');
    browsing = await browse(under.hub.baseUrl, () => under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await under?.close();
  });

  /** The overview of August 2025, as somebody opens it in the month after. */
  async function overviewOf(name: string, period = '2025-08'): Promise<Page> {
    const page = await browsing.as(name);
    await page.clock.setFixedTime('2025-09-15T03:00:00Z');
    await page.goto(`${under.hub.baseUrl}/console/overview?period=${period}`);
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

    it('says for what and since when something waits, and of few neither how many nor since when', async () => {
      const page = await overviewOf('coordinator');
      const waits = '根拠を待っているもの';
      expect(await line(page, waits, /^この相手への提供に、ご本人の同意がまだ/)).toEqual(['8', '2025-08-01']);
      expect(await line(page, waits, /^同意の期間が終わって/)).toEqual(['<5', '']);
      expect(await line(page, waits, /^同意が撤回されて/)).toEqual(['<5', '']);
      expect(await line(page, '進まなかったもの', /^取下げ/)).toEqual(['<5']);
      expect(await line(page, '分野から分野へ', /^障害 生活困窮/)).toEqual(['<5']);
      // Nor is what is hidden left over by what stands beside it.
      expect(await line(page, '分野から分野へ', /^介護 生活困窮/)).toEqual([expect.stringMatching(/^\d+\+$/)]);
    });

    it('draws and lists the ways that were gone, and no other', async () => {
      const page = await overviewOf('coordinator');
      const flows = page.getByRole('table', { name: '分野から分野へ', exact: true });
      await flows.waitFor();
      expect((await flows.getByRole('row').allTextContents()).slice(1, -1)).toEqual([
        expect.stringMatching(/^介護生活困窮/),
        expect.stringMatching(/^障害生活困窮/),
        expect.stringMatching(/^生活困窮介護/),
      ]);
      const none = await overviewOf('coordinator', '2025-07');
      await none.getByText('この期間にはありません。').first().waitFor();
      expect(await none.getByRole('table', { name: '分野から分野へ', exact: true }).count()).toBe(0);
    });

    it('says the total alone, and draws nothing, where it must not say which way they went', async () => {
      const page = await overviewOf('coordinator', '2025-06');
      const flows = page.getByRole('region', { name: '分野から分野へ', exact: true });
      await flows.getByText('内訳は示していません。合計は <5 件です。').waitFor();
      expect(await flows.getByRole('table').count()).toBe(0);
      expect(await page.getByText('0+').count()).toBe(0);
    });

    it('shows a supervisor the own desk alone, and nothing of how whole journeys fail', async () => {
      const page = await overviewOf('supervisor.kaigo');
      await page.getByText(/^.*地域包括支援センター.* の分だけを数えています。/).waitFor();
      expect(await page.getByRole('table', { name: '気をつけるもの' }).count()).toBe(0);
      // What another desk sends to a third is not there.
      const flows = page.getByRole('table', { name: '分野から分野へ' });
      await flows.waitFor();
      expect(await flows.getByRole('row', { name: /障害/ }).count()).toBe(0);
      // How it went on there is told to that desk's own supervisor.
      expect(
        await page
          .getByRole('table', { name: '引受', exact: true })
          .getByRole('row', { name: /^生活困窮 11/ })
          .count(),
      ).toBe(0);
      expect(await violations(page)).toEqual([]);
      const other = await overviewOf('supervisor.konkyu');
      expect(await line(other, '引受', /^生活困窮/)).toEqual(['11', '1', '4']);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
