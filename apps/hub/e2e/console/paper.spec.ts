// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { browse, type Browsing } from '../../test/browser';
import { textOfSheets } from '../../test/pdf-text';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { loaded, rows } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('production', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('a page on paper', () => {
    it('says at the foot of every sheet by whom it was printed, when, and which sheet it is', async () => {
      for (let n = 0; n < 45; n++) await desks.submit(aSubmission());
      const page = await browsing.as('coordinator');
      await page.goto(`${desks.under.hub.baseUrl}/console/queue`);
      await loaded(page);
      await rows(page).nth(20).waitFor();
      const { name } = await page.evaluate<{ name: string }>(`fetch('/api/v1/session').then((said) => said.json())`);
      const sheets = textOfSheets(await page.pdf({ format: 'A4' }));
      expect(sheets.length).toBeGreaterThan(1);
      for (const [n, sheet] of sheets.entries()) {
        expect(sheet).toContain(`${n + 1} / ${sheets.length}`);
        expect(sheet).toContain(`${name.normalize('NFKC')} 印刷 ${new Date().getFullYear()}年`);
      }
      // Once on each, and not once more after what is printed.
      expect(sheets.join('').match(/印刷 \d{4}年/g)).toHaveLength(sheets.length);
    });

    it('says the moment of printing, not that at which the page was opened', async () => {
      const page = await browsing.as('coordinator');
      await page.clock.setFixedTime('2026-11-30T01:05:00Z');
      await page.goto(`${desks.under.hub.baseUrl}/console/overview`);
      await loaded(page);
      await page.clock.setFixedTime('2026-12-01T05:37:00Z');
      const [sheet] = textOfSheets(await page.pdf({ format: 'A4' }));
      expect(sheet).toMatch(/印刷 2026年12月1日\(火\) ?14:37/);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
