// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import { menu } from './at-work';
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

  /** Given up, the one that came first last. */
  async function givenUp(codes: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (let n = 0; n < codes.length; n++) {
      const { referralId } = await desks.submit(aSubmission());
      ids.push(((await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent).deliveryId);
    }
    for (const [n, id] of [...ids.entries()].reverse())
      await desks.konkyu.receipt(id, 'failed', { code: codes[n]!, retryable: false });
    const parked = `select 1 from delivery where state = 'parked'`;
    await waitFor(async () => (await desks.under.rows(parked)).length === codes.length, { what: 'all to be given up' });
    return ids;
  }
  const nextThere = async () => ((await desks.konkyu.takeNext('referral.sent.v1')).data as Sent).deliveryId;

  describe('what could not be delivered', () => {
    it('goes anew together, of one cause, in the order in which it came, however it was given up; the rest stays', async () => {
      const [first, other, second, third] = await givenUp(['DISK_FULL', 'TABLE_MISSING', 'DISK_FULL', 'DISK_FULL']);
      const page = await browsing.as('it_admin');
      await menu(page, '届かなかったもの');
      const cause = page.getByRole('region').filter({ hasText: 'DISK_FULL' }).last();
      await cause.getByRole('rowheader').nth(2).waitFor();
      expect(await cause.getByRole('rowheader').allTextContents()).toEqual([first, second, third]);
      await page.getByRole('button', { name: 'この理由の3件を、受け付けた順に届け直す…' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/数えて 3件/).waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '届け直す' }).click();
      await page.getByText('3件を届け直します。').waitFor();
      expect([await nextThere(), await nextThere(), await nextThere()]).toEqual([first, second, third]);
      await page.getByRole('rowheader', { name: first! }).waitFor({ state: 'detached' });
      expect(await page.getByRole('rowheader').allTextContents()).toEqual([other]);
      const left = `select id from delivery where state = 'parked'`;
      expect(await desks.under.rows(left)).toEqual([{ id: other }]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
