// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

playedOn('production', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let officer: Page;
  const at = (page: Page, path: string) => page.goto(`${desks.under.hub.baseUrl}/console${path}`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('the tables that the municipality keeps', () => {
    it('say of every basis whether somebody has checked it, and whoever answers for it does', async () => {
      officer = await browsing.as('privacy_officer');
      const page = officer;
      await page.getByRole('link', { name: '提供の根拠の表' }).click();
      const row = page.getByRole('row', { name: /緊急/ }).first();
      await row.getByText('まだだれも確かめていません').waitFor();
      await row.getByText('中身を見る').click();
      await row.getByText('提供の後でもよい', { exact: false }).waitFor();
      expect(await violations(page)).toEqual([]);
      await row.getByRole('button', { name: /^確かめたことを記録する 緊急/ }).click();
      const dialog = page.getByRole('dialog', { name: '緊急の行を確かめる' });
      await dialog.getByLabel(/^確かめた人/).fill('法務課 見本');
      await dialog.getByLabel(/^確かめた日/).fill('2026-11-20');
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '記録する' }).click();
      await page.getByText(/の行を確かめたことを記録しました/).waitFor();
      await row.getByText(/法務課 見本/).waitFor();
    });

    it('hold the forms: drafted at a desk, approved by another, and retired', async () => {
      const desk = await browsing.as('supervisor.kaigo');
      await desk.getByRole('link', { name: '同意書の様式' }).click();
      await desk.getByLabel('承認を待つものだけ').check();
      await button(desk, '新しい様式を起案する').click();
      const dialog = desk.getByRole('dialog', { name: '新しい様式を起案する' });
      await dialog.getByLabel(/^版/).fill('K-2027-1');
      await dialog.getByLabel(/^名前/).fill('個人情報の提供に関する同意書(令和9年版)');
      await dialog.getByLabel(/^ご本人が読む文面/).fill('私は、伝えることに同意します。');
      await dialog.getByLabel('氏名・生年月日・性別').check();
      expect(await violations(desk)).toEqual([]);
      await dialog.getByRole('button', { name: '起案する' }).click();
      await desk.getByText(/様式 K-2027-1 を起案しました/).waitFor();
      expect(await button(desk, /承認する/).count()).toBe(0);

      await officer.getByRole('link', { name: '同意書の様式' }).click();
      await officer.getByLabel('承認を待つものだけ').check();
      expect(await violations(officer)).toEqual([]);
      await button(officer, '承認する 地域包括支援センター K-2027-1').click();
      await officer.getByText('様式 K-2027-1 を承認しました').waitFor();
      await officer.getByLabel('承認を待つものだけ').uncheck();
      await button(officer, '使用を終える 地域包括支援センター K-2027-1').click();
      await officer.getByRole('dialog').getByRole('button', { name: '使用を終える' }).click();
      await officer.getByText('様式 K-2027-1 の使用を終えます').waitFor();
    });
  });

  describe('a ground that the approver does not take', () => {
    it('is refused with words, which the desk reads; nothing has left on it', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const ground = {
        code: 'benefit_of_person',
        persons: ['subject'],
        categories: ['identity'],
        reason: 'ご本人の利益になる。',
        whyNoConsent: 'cannot_consent',
        harmsNobody: true,
      };
      expect((await desks.sender('POST', `/referrals/${referralId}/grounds`, ground)).status).toBe(201);
      const page = await browsing.as('approver');
      await at(page, `/ratifications?referral=${referralId}`);
      await page.getByLabel(/^承認者の言葉/).fill('先にご本人に尋ねてください。');
      await button(page, '却下する').click();
      await page.getByText('却下しました').waitFor();
      expect((await desks.view(desks.sender, referralId)).state).toBe('awaiting_authority');
      const worker = await browsing.as('caseworker.kaigo', { width: 340 });
      await at(worker, `/referrals/${referralId}/ground`);
      await worker.getByText('先にご本人に尋ねてください。').waitFor();
      expect(await worker.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    });
  });

  describe('all of it', () => {
    it('makes the browser complain of nothing', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
