// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import { isIn, loaded, menu, part, wallClock } from './at-work';
import { playedOn } from './set-ups';

jest.setTimeout(180_000);

playedOn('embedded', (setUp) => {
  let desks: ManyDesks;
  let browsing: Browsing;
  let referral: string;
  let code: string;

  beforeAll(async () => {
    desks = await manyDesks({}, { setUp });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    // A hospital answers on the sheet: nobody there works in the hub.
    const [hospital] = await desks.under.rows<{ id: string }>(
      `select id from desk_function where function_type = 'hospital'`,
    );
    const { body } = await desks.send(desks.at.kosodate, 'referral', 'hogo', { to: { function: hospital?.id } });
    referral = body.id;
    await desks.consent(desks.at.kosodate, referral, { recipients: [{ function: hospital?.id as string }] });
    code = (await desks.view(desks.at.kosodate, referral)).body.sheetCode;
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const types = async (page: Page, typed: string) => {
    await page.getByLabel(/^シートのコード/).fill(typed);
    await page.getByRole('button', { name: '開く', exact: true }).click();
  };
  const opened = (page: Page) => page.getByRole('group', { name: 'このシートのつなぎ' });

  describe('a sheet that has come back to its sender', () => {
    it('opens the form of the recipient’s answer by its code, which is entered as it is written', async () => {
      const page = await browsing.as('caseworker.kosodate');
      await page.goto(`${desks.under.hub.baseUrl}/console/`);
      await menu(page, '紙のつなぐシート');
      await loaded(page);
      await types(page, code);
      await opened(page).getByText('医療機関から戻ったシートの返事を入力します').waitFor();
      expect(await violations(page)).toEqual([]);
      await opened(page).getByRole('button', { name: '引き受ける', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: '引き受ける' });
      await dialog.getByLabel(/^担当者/).fill('病院　春子');
      await dialog.getByLabel('紙の返事が、このつなぎの方についてのものだと確かめました').check();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '引き受ける', exact: true }).click();
      await page.getByText('紙の返事を入力しました: 引き受ける').waitFor();
      await opened(page).getByText('引受', { exact: true }).waitFor();
      // The next line on the sheet is entered without typing the code again.
      await opened(page).getByRole('button', { name: '対応を始める', exact: true }).waitFor();
    });

    it('is named in the history, with the desk that has written it and the one that has entered it', async () => {
      const page = await browsing.as('caseworker.kosodate');
      await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${referral}`);
      await isIn(page, '引受');
      const taken = part(page, '経過').getByRole('listitem').filter({ hasText: '引き受ける' });
      await taken.getByText(/医療機関$/).waitFor();
      await taken.getByText(/^紙に書かれた返事です。入力した窓口: /).waitFor();
    });

    it('is entered from the page of its referral as well, without typing the code, which stands in no address', async () => {
      const page = await browsing.as('caseworker.kosodate');
      await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${referral}`);
      await loaded(page);
      const actions = part(page, 'いまできること');
      await actions.getByText('医療機関にはハブを使う人がいません。', { exact: false }).waitFor();
      expect(await violations(page)).toEqual([]);
      await actions.getByRole('link', { name: '戻ってきた紙の返事を入力する' }).click();
      await opened(page).getByText('医療機関から戻ったシートの返事を入力します').waitFor();
      expect(new URL(page.url()).search).toBe(`?referral=${referral}`);
      // To be held against the paper.
      expect(await page.getByLabel(/^シートのコード/).inputValue()).toBe(code);
      expect(await violations(page)).toEqual([]);
      await opened(page).getByRole('button', { name: '対応を始める', exact: true }).click();
      const dialog = page.getByRole('dialog', { name: '対応を始める' });
      await dialog.getByLabel(/^最初に会った日/).fill(wallClock(new Date()).slice(0, 10));
      await dialog.getByLabel(/^会った方法/).fill('外来');
      await dialog.getByRole('button', { name: '対応を始める', exact: true }).click();
      await page.getByText('紙の返事を入力しました: 対応を始める').waitFor();
      await opened(page).getByText('対応中', { exact: true }).waitFor();
      // The next sheet is not the same one.
      await page.getByRole('button', { name: '次のシート' }).click();
      await opened(page).waitFor({ state: 'detached' });
      expect(await page.getByLabel(/^シートのコード/).inputValue()).toBe('');
    });

    it('is led to by no page where it cannot be entered, and an address that was kept says so', async () => {
      const { body } = await desks.send(desks.at.kosodate, 'referral', 'shogai');
      const page = await browsing.as('caseworker.kosodate');
      await page.goto(`${desks.under.hub.baseUrl}/console/referrals/${body.id}`);
      await loaded(page);
      await part(page, 'いまできること').getByRole('button').first().waitFor();
      expect(await page.getByRole('link', { name: '戻ってきた紙の返事を入力する' }).count()).toBe(0);
      await page.goto(`${desks.under.hub.baseUrl}/console/sheet?referral=${body.id}`);
      await page.getByText('このつなぎには、いま入力できる紙の返事がありません。').waitFor();
      expect(await opened(page).count()).toBe(0);
      expect(await violations(page)).toEqual([]);
    });

    it('is opened by no address that says more than an id, and no page is', async () => {
      const page = await browsing.as('caseworker.hogo');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(new URL(request.url()).pathname));
      const console_ = `${desks.under.hub.baseUrl}/console`;
      await page.goto(`${console_}/sheet?referral=${encodeURIComponent(`../sheets/${code}`)}`);
      await page.getByLabel(/^シートのコード/).waitFor();
      for (const written of [`${referral}/sheet`, `../sheets/${code}`]) {
        await page.goto(`${console_}/referrals/${encodeURIComponent(written)}`);
        await page.getByRole('heading', { name: 'この頁はありません' }).waitFor();
      }
      expect(asked.filter((path) => /sheet/.test(path) && path.startsWith('/api/'))).toEqual([]);
    });

    it('is not opened by whoever only happens to have it', async () => {
      const page = await browsing.as('caseworker.shogai');
      await page.goto(`${desks.under.hub.baseUrl}/console/sheet`);
      await loaded(page);
      await types(page, code);
      await page.getByRole('alert').first().waitFor();
      expect(await opened(page).count()).toBe(0);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
