// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { uuidToBase32 } from '@tsunagi/text';
import type { Page } from 'playwright-core';
import { isIn, loaded, menu, part } from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Api } from '../../test/sign-in';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { changeDesk, registerConsent, stateOf, view } from '../journeys/people';
import { csvText, readCsv } from '../../src/platform';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(180_000);

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

  const focused = (page: Page) => page.evaluate('document.activeElement?.textContent');

  describe('S14: a mother who is protected, her child, and a desk whose name tells the town', () => {
    const [her, child, safe] = ['見本　十四', '見本　星', '0990001414'];
    const address = '秘町九丁目九番';
    const nursery = '秘町保育園';
    const town = '秘町分室';
    /** What nobody at the other desk may read anywhere. */
    const secret = ['秘町', '0991414141'];
    const nameless = '（非公開の窓口）';
    let kosodate: Api;
    let desk: Page;
    let recipient: Page;
    let referral: string;
    let sheetCode: string;

    /** All that a page has, seen or not, and what it says when it is printed. */
    async function everythingOn(page: Page): Promise<string> {
      await loaded(page);
      const kept = await page.content();
      await page.emulateMedia({ media: 'print' });
      const printed = await page.locator('body').innerText();
      await page.emulateMedia({ media: null });
      return kept + printed;
    }
    /** The つなぐシート, as it opens beside the page. */
    async function sheetFrom(page: Page): Promise<string> {
      const opening = page.context().waitForEvent('page');
      await page.getByRole('link', { name: 'つなぐシートを印刷する' }).click();
      const sheet = await opening;
      await sheet.waitForLoadState();
      const printed = await sheet.content();
      await sheet.close();
      return printed;
    }

    beforeAll(async () => {
      const it_ = await desks.under.as({ role: 'it_admin' });
      expect(await changeDesk(it_, '9940000023', { name: town, givesTownAway: true })).toMatchObject({ name: town });
      kosodate = await desks.under.as({ name: 'caseworker.kosodate' });
      desk = await browsing.as('caseworker.kosodate');
      recipient = await browsing.as('caseworker.konkyu');
    });

    it('is written down by her desk with all it knows, for paper, and waits for her word', async () => {
      await menu(desk, 'つなぎを書く');
      await desk.getByLabel('分野', { exact: true }).selectOption({ label: '生活困窮' });
      await desk.getByLabel('氏名').fill(her);
      await desk.getByLabel('秘匿の方です').check();
      await desk.getByRole('group', { name: '相談事由' }).getByLabel('住まい').check();
      await desk.getByRole('button', { name: '連絡先', exact: true }).click();
      await desk.getByRole('textbox', { name: '住所' }).fill(address);
      await desk.getByRole('textbox', { name: '電話', exact: true }).fill('0991414141');
      await desk.getByRole('button', { name: '連絡上の注意', exact: true }).click();
      await desk.getByLabel('連絡してよい番号').fill(safe);
      await desk.getByLabel('このとおりに連絡して安全だと確かめたか').check();
      await desk.getByRole('button', { name: 'ほかの方を加える' }).click();
      const kid = desk.getByRole('group', { name: 'ほかの方 1' });
      await kid.getByLabel('ご本人から見た続柄').selectOption({ label: '子' });
      await kid.getByLabel('氏名').fill(child);
      await kid.getByRole('button', { name: '教育', exact: true }).click();
      await kid.getByLabel('学校').fill(nursery);
      await kid.getByLabel('秘匿の方です').check();
      await desk.getByLabel('送り手を通す').check();
      await desk.getByLabel('伝えた', { exact: true }).check();
      await desk.getByLabel('どのように').fill('面談');
      await desk.getByRole('combobox', { name: '届け方' }).selectOption({ label: '紙で届ける' });
      await desk.getByText('根拠を待ちます').waitFor();
      expect(await violations(desk)).toEqual([]);
      await desk.getByRole('button', { name: 'つなぎを送る' }).click();
      await desk.getByRole('heading', { name: '受け付けました。根拠を待っています' }).waitFor();
      const href = await desk.getByRole('link', { name: 'このつなぎを開く' }).getAttribute('href');
      referral = href!.split('/').at(-1)!;
    });

    it('she consents to everything; it is not for her consent that her place stays behind', async () => {
      const { persons } = await view(kosodate, referral);
      const [, daughter] = persons.map((p: { person: string }) => p.person);
      const categories = ['identity', 'contact', 'education', 'household'];
      await registerConsent(kosodate, daughter, { categories, toward: 'konkyu', feedback: 'state' });
      const next = () => desk.getByRole('button', { name: '次へ' }).click();
      await desk.getByRole('link', { name: '同意を登録する' }).click();
      await next();
      await desk.getByLabel(/^だれが答えたか/).selectOption({ label: '本人' });
      await next();
      await desk.getByText('このつなぎに入っていない項目').first().click();
      for (const item of ['氏名・生年月日・性別', '連絡先', '連絡上の注意', '相談事由', '世帯員', '教育'])
        await desk.getByLabel(item, { exact: true }).check();
      await desk.getByLabel('自立相談支援機関だけ').check();
      const preview = desk.getByRole('complementary', { name: '自立相談支援機関にはこう見えます' });
      // Of both of them.
      await preview.getByText('秘匿の方なので').nth(1).waitFor();
      holdsNone(await preview.innerText(), secret);
      expect(await violations(desk)).toEqual([]);
      await next();
      await desk.getByLabel('書面').check();
      await next();
      await desk.getByRole('button', { name: '同意を記録する' }).click();
      await desk.getByText(/自立相談支援機関に送られました。/).waitFor();
      expect(await stateOf(kosodate, referral)).toBe('sent');
      ({ sheetCode } = await view(kosodate, referral));
    });

    it('neither what the desk is shown of it nor the sheet that it prints tells the place', async () => {
      await desk.goto(`${desks.under.hub.baseUrl}/console/referrals/${referral}`);
      await part(desk, 'いまできること').waitFor();
      const printed = await sheetFrom(desk);
      for (const theirs of [her, child, safe]) expect(printed).toContain(theirs);
      holdsNone(printed, secret);
    });

    it('the sheet is opened at the other desk by its code, with the keyboard alone', async () => {
      await menu(recipient, '紙のつなぐシート');
      await recipient.getByRole('heading', { name: '紙のつなぐシート', exact: true }).waitFor();
      await recipient.keyboard.press('Tab');
      const slip = `${sheetCode.slice(0, -1)}${sheetCode.endsWith('0') ? '1' : '0'}`;
      await recipient.keyboard.type(slip);
      await recipient.getByText('コードに写し間違いがあります').waitFor();
      expect(await violations(recipient)).toEqual([]);
      await recipient.keyboard.press('Enter');
      await recipient.keyboard.press('Backspace');
      // A scanner types it whole, and Enter.
      await recipient.keyboard.press('Control+A');
      await recipient.keyboard.type(sheetCode.toLowerCase());
      await recipient.keyboard.press('Enter');
      const opened = recipient.getByRole('group', { name: 'このシートのつなぎ' });
      await opened.getByText('到着', { exact: true }).waitFor();
      await opened.getByText(nameless).waitFor();
      expect(await violations(recipient)).toEqual([]);
      holdsNone(await everythingOn(recipient), secret);
      await recipient.keyboard.press('Tab');
      expect(await focused(recipient)).toBe('返事を書く');
      await recipient.keyboard.press('Enter');
      await recipient.waitForURL(`**/console/referrals/${referral}`);
    });

    it('arrives with the two of them, without address, nursery and town: on the page, printed or not, and on its sheet', async () => {
      await isIn(recipient, '到着');
      const people = part(recipient, 'ご本人と世帯');
      await people.getByText(child).first().waitFor();
      const seen = await people.innerText();
      for (const theirs of [her, child, safe, '住まい', '秘匿の方です。']) expect(seen).toContain(theirs);
      expect(await violations(recipient)).toEqual([]);
      const all = await everythingOn(recipient);
      expect(all).toContain(nameless);
      holdsNone(all, secret);
      const printed = await sheetFrom(recipient);
      expect(printed).toContain(her);
      holdsNone(printed, secret);
    });

    it('nor does it stand in the list and in its CSV, in either encoding', async () => {
      await menu(recipient, 'つなぎ一覧');
      await recipient.getByRole('table', { name: 'つなぎの一覧' }).getByText(nameless).waitFor();
      holdsNone(await everythingOn(recipient), secret);
      for (const name of ['この一覧を CSV で保存する', 'Shift_JIS(CP932)で保存する']) {
        const [download] = await Promise.all([
          recipient.waitForEvent('download'),
          recipient.getByRole('button', { name }).click(),
        ]);
        const rows = readCsv(csvText(readFileSync(await download.path())));
        const [line] = rows.filter(([id]) => id === uuidToBase32(referral));
        expect([name, line?.includes(nameless)]).toEqual([name, true]);
        holdsNone(rows, [...secret, her, child]);
      }
    });

    it('and her own desk reads its name everywhere', async () => {
      await menu(desk, 'つなぎ一覧');
      await desk.getByRole('table', { name: 'つなぎの一覧' }).getByText(town).waitFor();
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
