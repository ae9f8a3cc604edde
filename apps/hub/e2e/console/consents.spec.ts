// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  const at = (page: Page, path: string) => page.goto(`${desks.under.hub.baseUrl}/console${path}`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const next = (page: Page) => button(page, '次へ').click();
  const step = (page: Page, name: RegExp) => page.getByRole('heading', { level: 2, name }).waitFor();
  const asked = (page: Page, name: RegExp) => page.getByLabel(name);

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('what a person answers, as the worker at the desk records it', () => {
    let page: Page;

    beforeAll(async () => {
      const { referralId } = await desks.submit(withoutConsent());
      page = await browsing.as('caseworker.kaigo');
      await at(page, `/referrals/${referralId}/consent`);
    });

    it('begins with the sheet in やさしい日本語, which alone is printed', async () => {
      const sheet = page.getByRole('region', { name: /同意書/ });
      await sheet.getByText('いやなときは「いいえ」と 言(い)って ください。').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.emulateMedia({ media: 'print' });
      expect(await sheet.isVisible()).toBe(true);
      for (const hidden of [
        page.getByRole('navigation'),
        button(page, '用紙を印刷する'),
        page.getByRole('complementary'),
      ])
        expect(await hidden.isVisible()).toBe(false);
      await page.emulateMedia({ media: null });
    });

    it('shows what the other desk would see, before there is a consent and with what is being entered', async () => {
      const preview = page.getByRole('complementary', { name: '自立相談支援機関にはこう見えます' });
      await next(page);
      await step(page, /だれの答えか/);
      await preview.getByText('この相手への提供に、ご本人の同意がまだありません。').waitFor();
      await asked(page, /^だれが答えたか/).selectOption({ label: '本人が任せた代理人' });
      await next(page);
      await next(page);
      await page.getByText('選んでください。').first().waitFor();
      await page.getByLabel('氏名・生年月日・性別').check();
      await page.getByLabel('相談事由').check();
      await page.getByLabel('自立相談支援機関だけ').check();
      await preview.getByText('この同意を記録すると').waitFor();
      await preview.getByText('収入・仕事、支出・滞納・借金').waitFor();
      const seen = (await preview.textContent()) ?? '';
      expect(seen).toContain('連絡先、世帯の概要、要介護度、利用サービス、経過の記述');
      expect(seen).not.toContain('0991234567');
      expect(await violations(page)).toEqual([]);
    });

    it('leads back to the field that must be corrected, and has kept all the rest', async () => {
      await next(page);
      await page.getByLabel('書面').check();
      await asked(page, /^同意書の在りか/).fill('同意書つづり 12番');
      await next(page);
      await step(page, /確かめる/);
      await button(page, '同意を記録する').click();
      const document = asked(page, /^資格を示す書類の在りか/);
      await document.waitFor();
      expect(await document.getAttribute('aria-invalid')).toBe('true');
      expect(await page.evaluate("document.activeElement?.getAttribute('aria-invalid')")).toBe('true');
      expect(await violations(page)).toEqual([]);
      await asked(page, /^だれが答えたか/).selectOption({ label: '本人' });
      await next(page);
      expect(await page.getByLabel('相談事由').isChecked()).toBe(true);
      await next(page);
      expect(await asked(page, /^同意書の在りか/).inputValue()).toBe('同意書つづり 12番');
      await next(page);
    });

    it('records it, and says what has left with it', async () => {
      await button(page, '同意を記録する').click();
      await page.getByText(/待っていたつなぎは、自立相談支援機関に送られました。/).waitFor();
      await page.getByText('渡した項目: 氏名・生年月日・性別、相談事由').waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });

  describe('what else the person says', () => {
    it('is a no, which is kept and keeps the referral back', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const page = await browsing.as('caseworker.kaigo', { width: 340 });
      await at(page, `/referrals/${referralId}/consent`);
      await next(page);
      await page.getByLabel('同意しない').check();
      await asked(page, /^だれが答えたか/).selectOption({ label: '本人' });
      await next(page);
      await next(page);
      await page.getByLabel('面談').check();
      await next(page);
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
      await button(page, '同意しないと記録する').click();
      await page.getByText('つなぎはまだ待っています。').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('link', { name: '記録した同意と不同意を見る' }).click();
      await page.getByRole('article', { name: /の不同意/ }).waitFor();
      expect((await desks.view(desks.sender, referralId)).state).toBe('awaiting_authority');
    });

    it('is on a paper that a worker has seen, of which until then only a system has spoken', async () => {
      const { referralId } = await desks.submit();
      const page = await browsing.as('caseworker.kaigo');
      await at(page, `/persons/${await desks.personOf(referralId)}`);
      await button(page, '紙を見て確かめた').click();
      await page.getByText('紙を確かめた日').waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('makes the browser complain of nothing', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
