// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { addDays, japaneseDay } from '@tsunagi/domain';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';
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

  describe('S2 and S7: what a person answers, as the worker at the desk records it', () => {
    let page: Page;
    let referral: string;
    let sent: Sent;

    beforeAll(async () => {
      referral = (await desks.submit(withoutConsent())).referralId;
      page = await browsing.as('caseworker.kaigo');
      await at(page, `/referrals/${referral}/consent`);
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

    it('S2: records it, and the referral leaves by itself with exactly its items', async () => {
      await button(page, '同意を記録する').click();
      await page.getByText(/待っていたつなぎは、自立相談支援機関に送られました。/).waitFor();
      await page.getByText('渡した項目: 氏名・生年月日・性別、相談事由').waitFor();
      expect(await violations(page)).toEqual([]);
      sent = (await desks.konkyu.takeNext('referral.sent.v1', referral)).data as Sent;
      expect(Object.keys(sent.referral.subject.items).sort()).toEqual(['concern', 'identity']);
    });

    it('S7: takes it back with the keyboard alone, and says what had left and what is asked for now', async () => {
      await desks.respond(sent.deliveryId, '20', { worker: '試験　太郎' });
      const path = `/persons/${await desks.personOf(referral)}`;
      await at(page, path);
      await button(page, '撤回を記録する').waitFor();
      expect(await violations(page)).toEqual([]);
      await button(page, '撤回を記録する').focus();
      await page.keyboard.press('Enter');
      const dialog = page.getByRole('dialog', { name: '撤回の記録' });
      await dialog.waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByLabel(/^どう伝えられたか/).focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      const proof = page.getByRole('region', { name: '撤回で起きたこと' });
      await proof.getByText('撤回を記録しました').waitFor();
      const gone = proof.getByRole('table', { name: 'すでに渡していたもの' });
      await gone.getByText(/に求めました/).waitFor();
      expect(await gone.textContent()).toContain('氏名・生年月日・性別、相談事由');
      await proof.getByText(/まだ話し合っていません/).waitFor();
      expect(await violations(page)).toEqual([]);
      await desks.konkyu.takeNext('referral.recalled.v1', referral);
      const [printout] = await Promise.all([
        page.context().waitForEvent('page'),
        proof.getByRole('link', { name: '印刷する証明を開く' }).click(),
      ]);
      await printout.getByText('自立相談支援機関').first().waitFor();
      await printout.close();
    });
  });

  describe('S4: a mother consents for her child of three', () => {
    it('is asked how the child sees it; the word goes to the desk of disability, and ends when another must be asked', async () => {
      const kosodate = await desks.under.as({ name: 'caseworker.kosodate' });
      const today = japaneseDay(new Date());
      const bornOn = addDays(`${Number(today.slice(0, 4)) - 3}${today.slice(4)}`, -30);
      const at3 = new Date().toISOString();
      const { body } = await kosodate(
        'POST',
        '/referrals',
        {
          source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: at3 },
          kind: 'referral',
          to: { domain: 'shogai' },
          urgency: 'normal',
          purpose: 'consultation',
          howTheyMeet: 'person_visits',
          personInformed: { by: '試験　太郎', at: at3, how: '来所' },
          subject: {
            ref: 'x',
            role: 'subject',
            identifiers: [],
            items: {
              identity: { name: '見本　さくら', birthDate: bornOn },
              child_rearing: { note: '言葉がゆっくり。' },
            },
          },
          others: [
            {
              ref: 'y',
              role: 'grandparent',
              identifiers: [],
              items: { identity: { name: '見本　ふみ' }, care_level: { level: '22' } },
            },
          ],
        },
        { 'idempotency-key': randomUUID() },
      );
      const page = await browsing.as('caseworker.kosodate');
      await at(page, `/referrals/${body.id}/consent`);
      await next(page);
      await asked(page, /^だれが答えたか/).selectOption({ label: '親権者・未成年後見人' });
      await asked(page, /^親権/).selectOption({ label: '単独親権' });
      await next(page);
      await page.getByLabel('氏名・生年月日・性別').check();
      await page.getByLabel('子育て', { exact: true }).check();
      await page.getByLabel('障害者相談支援事業所だけ').check();
      await next(page);
      await page.getByLabel('書面').check();
      await next(page);
      await button(page, '同意を記録する').click();
      const view = asked(page, /^子どもの意見/);
      await view.waitFor();
      expect(await view.getAttribute('aria-invalid')).toBe('true');
      await view.fill('うなずいた。');
      for (let n = 0; n < 3; n += 1) await next(page);
      await button(page, '同意を記録する').click();
      await page.getByText(/障害者相談支援事業所に送られました。/).waitFor();
      const shogai = await desks.under.as({ name: 'caseworker.shogai' });
      const seen = await shogai('GET', `/referrals/${body.id}`);
      expect(JSON.stringify(seen.body)).not.toContain('care_level');
      await page.getByRole('link', { name: '記録した同意と不同意を見る' }).click();
      await page.getByText(/からは、別の方に改めて尋ねます。/).waitFor();
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
