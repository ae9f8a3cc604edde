// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { seal } from '../../test/her-matters';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { csvText, readCsv } from '../../src/platform';
import { playedOn } from './set-ups';

jest.setTimeout(120_000);

playedOn('production', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let referral: string;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    ({ referralId: referral } = await desks.submit(aSubmission()));
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const open = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name }).click();

  /** What a list is saved as. */
  async function savedList(page: Page, button: RegExp): Promise<string[][]> {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: button }).click(),
    ]);
    return readCsv(csvText(readFileSync(await download.path())));
  }

  describe('a desk that looks for somebody it knows', () => {
    let page: Page;

    beforeAll(async () => {
      page = await browsing.as('caseworker.kaigo');
      await open(page, 'ご本人をさがす');
    });

    it('finds her by the beginning of her reading, without a name', async () => {
      await page.getByLabel(/^さがす言葉/).fill('ミホン　ハナ');
      await page.getByRole('button', { name: 'さがす' }).click();
      await page.getByText('氏名は伏せています').waitFor();
      expect(await page.getByText('見本　花子').count()).toBe(0);
      expect(page.url()).not.toContain('%');
      expect(await violations(page)).toEqual([]);
    });

    it('sees the name for a purpose, and hides it again', async () => {
      await page.getByRole('button', { name: '氏名を見る' }).click();
      const dialog = page.getByRole('dialog', { name: '氏名を見る' });
      await dialog.getByLabel(/^何のために氏名を見ますか/).selectOption('contact');
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '氏名を見る' }).click();
      await page.getByText('見本　花子').waitFor();
      const [, [name] = []] = await savedList(page, /^この一覧を CSV で保存する/);
      expect(name).toBe('氏名は伏せています');
      expect(await page.getByText('見本　花子').count()).toBe(1);
      await page.getByRole('button', { name: 'いますぐ伏せる' }).click();
      expect(await page.getByText('見本　花子').count()).toBe(0);
    });
  });

  describe('a desk that looks for somebody who is protected', () => {
    it('sees her name in the list only when a second person has agreed, and why it was asked (two-person step)', async () => {
      const { referralId } = await desks.submit(
        aSubmission({ items: { identity: { name: '守本　秋子', kana: 'モリモト アキコ', birthDate: '1985-04-01' } } }),
      );
      expect((await seal(desks.sender, await desks.personOf(referralId))).status).toBe(201);
      const [asker, second] = [await browsing.as('caseworker.kaigo'), await browsing.as('supervisor.kaigo')];
      await open(asker, 'ご本人をさがす');
      await asker.getByLabel(/^さがす言葉/).fill('モリモト');
      await asker.getByRole('button', { name: 'さがす' }).click();
      const reveal = async () => {
        await asker.getByRole('button', { name: '氏名を見る' }).click();
        const dialog = asker.getByRole('dialog', { name: '氏名を見る' });
        await dialog.getByLabel(/^何のために氏名を見ますか/).selectOption('asked_by_person');
        await dialog.getByRole('button', { name: '氏名を見る' }).click();
      };
      await reveal();
      expect(await asker.getByText('守本　秋子').count()).toBe(0);
      await asker.getByRole('button', { name: 'もう一人に確認を求める' }).click();
      const dialog = asker.getByRole('dialog', { name: 'もう一人に確認を求める' });
      await dialog.getByLabel(/^何のために氏名を見ますか/).selectOption('asked_by_person');
      await dialog.getByLabel(/^見る必要がある理由/).fill('ご本人から電話があり、折り返すため。');
      expect(await violations(asker)).toEqual([]);
      await dialog.getByRole('button', { name: 'もう一人に確認を求める' }).click();
      await dialog.getByText('確認を求めました').waitFor();
      await dialog.getByRole('button', { name: '閉じる' }).click();

      await open(second, '受付箱');
      await second.reload();
      await second.getByText('ご本人から電話があり、折り返すため。').waitFor();
      expect(await violations(second)).toEqual([]);
      await second.getByRole('button', { name: '認める' }).click();
      await second.getByText('ご本人から電話があり、折り返すため。').waitFor({ state: 'hidden' });

      await asker.getByRole('button', { name: 'いますぐ伏せる' }).click();
      await reveal();
      await asker.getByText('守本　秋子').waitFor();
    });
  });

  describe('those who watch', () => {
    it('the auditor sees that a name was revealed and for what, and that the chain holds', async () => {
      const page = await browsing.as('auditor');
      await open(page, '監査の記録');
      await page.getByText('書けています').waitFor();
      await page.getByLabel('行いの種類').selectOption('revealed');
      await page.getByRole('button', { name: '絞り込む' }).click();
      await page
        .getByRole('row', { name: /伏せた氏名を表示した.* names\.revealed .*目的: 連絡・訪問の準備/ })
        .waitFor();
      expect(await page.getByRole('main').textContent()).not.toMatch(/見本　|守本　/);
    });

    it('the privacy officer takes the audit along as it stands on the screen, also in CP932, and that is a line of it', async () => {
      const page = await browsing.as('privacy_officer');
      await open(page, '監査の記録');
      const table = page.getByRole('table', { name: '監査の記録' });
      await table.getByRole('row', { name: /伏せた氏名を表示した.*目的: 連絡・訪問の準備/ }).waitFor();
      const head = await table.getByRole('columnheader').allTextContents();
      const acts = await table.getByRole('rowheader').allTextContents();
      for (const button of [/^この一覧を CSV で保存する/, /^Shift_JIS\(CP932\)で保存する/]) {
        const [columns = [], ...rows] = await savedList(page, button);
        expect(columns).toEqual(head);
        expect(rows.map((row) => row[columns.indexOf('行い')])).toEqual(acts);
        expect(acts).toContain('伏せた氏名を表示した names.revealed');
        expect(
          rows.map((row) => row[columns.indexOf('時')]).filter((at) => !/^\d{4}-\d\d-\d\d \d\d:\d\d$/.test(at!)),
        ).toEqual([]);
      }
      await page.getByLabel('行いの種類').selectOption('exported');
      await page.getByRole('button', { name: '絞り込む' }).click();
      await page
        .getByRole('row', { name: /画面の一覧を書き出した.* 画面の一覧.* audit: .*文字コード: cp932/ })
        .first()
        .waitFor();
      await page
        .getByRole('row', { name: /画面の一覧を書き出した.* persons: / })
        .first()
        .waitFor();
      // On paper, the width of an A4 sheet, nothing is cut off.
      await page.setViewportSize({ width: 718, height: 1000 });
      await page.emulateMedia({ media: 'print' });
      const { x, width } = (await table.boundingBox())!;
      expect(x + width).toBeLessThanOrEqual(718);
      expect(await page.getByRole('button', { name: /CSV/ }).count()).toBe(0);
    });

    it('the coordinator sees that something moves between the fields, and of so few nothing more', async () => {
      const page = await browsing.as('coordinator');
      await open(page, '全体の動き');
      const flows = page.getByRole('region', { name: '分野から分野へ', exact: true });
      await flows.getByText(/内訳は示していません。合計は (<5|\d+) 件です。/).waitFor();
      expect(await violations(page)).toEqual([]);
    });

    it('the privacy officer answers a request with the ledger beside it (S16: the household learns nothing from how)', async () => {
      const person = await desks.personOf(referral);
      const asked = await desks.sender('POST', '/disclosure-requests', {
        person,
        askedBy: 'household',
        askedOn: '2026-11-01',
        identity: 'photo_document',
      });
      expect(asked.status).toBe(201);
      const page = await browsing.as('privacy_officer');
      await open(page, '提供の記録');
      await page.getByRole('button', { name: '提供の記録を開く' }).click();
      await page.getByText('作業資料: このまま渡してはいけません').waitFor();
      await page
        .getByRole('row', { name: /自立相談支援機関/ })
        .first()
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: '答えを記録する' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^答えの内容/).selectOption('refused');
      await dialog.getByLabel(/^決めた日/).fill('2026-11-02');
      await dialog.getByLabel(/^一部または不開示の理由/).selectOption('not_told_whether');
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '答えを記録する' }).click();
      await page.getByText('不開示').first().waitFor();
    });

    it('the privacy officer takes an incident to its end, step by step', async () => {
      await desks.act(desks.recipient, referral, 'misdirected', {
        what: 'wrong_person',
        reason: '生年月日が違います。',
      });
      const page = await browsing.as('privacy_officer');
      await open(page, '漏えい等の事故');
      await page.getByRole('link', { name: '別の方のもの' }).click();
      for (const step of [
        '被害の拡大を防いだことを記録する',
        '速報を記録する',
        '確報を記録する',
        'ご本人への通知を記録する',
        '記録を閉じる',
      ]) {
        await page.getByRole('button', { name: step }).click();
        await page.getByRole('button', { name: step }).waitFor({ state: 'hidden' });
      }
      expect(await violations(page)).toEqual([]);
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
