// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { conferring, today } from '../../test/conferring';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import { loaded } from './at-work';
import { playedOn } from './set-ups';

// On a machine that may be slow.
jest.setTimeout(240_000);

playedOn('production', (setUp) => {
  let desks: ManyDesks;
  let browsing: Browsing;
  const { seated, seat, staff, somebody, must, propose } = conferring(() => desks);

  beforeAll(async () => {
    desks = await manyDesks({}, { setUp });
    await seated();
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('the roster of a conference', () => {
    it('says of each who is called whether they have acknowledged secrecy, as soon as they have', async () => {
      const { person } = await somebody();
      const { body } = await propose(person);
      const members = [seat('takikan', { attendance: 'obligatory' }), seat('kaigo'), seat('shogai')];
      await must(desks.at.takikan, body.id, 'call', { members, on: today, chair: staff['takikan'] });
      await must(desks.at.takikan, body.id, 'acknowledge');
      const page = await browsing.as('caseworker.takikan');
      const opens = async () => {
        await page.goto(`${desks.under.hub.baseUrl}/console/conferences/${body.id}`);
        await loaded(page);
      };
      await opens();
      const is = (desk: string, words: string, on = page) =>
        secrecyOf(on, desk).getByText(words, { exact: true }).waitFor();
      await is('多機関協働事業者', '確認済み');
      for (const desk of ['地域包括支援センター', '障害者相談支援事業所']) await is(desk, 'まだ');
      expect(await violations(page)).toEqual([]);

      // On the screen of the one who was called.
      const called = await browsing.as('caseworker.kaigo');
      await called.goto(`${desks.under.hub.baseUrl}/console/conferences/${body.id}`);
      await called.getByRole('button', { name: '守秘義務を確認する' }).click();
      await called.getByRole('status', { name: '守秘義務を確認しました' }).waitFor();
      await is('地域包括支援センター', '確認済み', called);
      await opens();
      await is('地域包括支援センター', '確認済み');
      await is('障害者相談支援事業所', 'まだ');
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});

/** What stands there of whether they have acknowledged. */
const secrecyOf = (page: Page, desk: string) =>
  page
    .getByRole('table', { name: /出席者$/ })
    .getByRole('row', { name: desk })
    .getByRole('cell', { name: /^(確認済み|まだ)$/ });
