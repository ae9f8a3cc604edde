// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { loaded, menu, rows } from './at-work';
import { playedInTown } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Access } from '../../test/sign-in';
import { kaigoRecord } from '../town/kaigo-desk';
import type { Town } from '../town/town';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedInTown('embedded', (open) => {
  let town: Town;
  let browsing: Browsing;
  let it_: Page;
  let kaigo: Page;
  let konkyu: Page;

  beforeAll(async () => {
    town = await open();
    const access = JSON.parse(readFileSync(join(town.dataDir, 'demo-access.json'), 'utf8')) as Access & {
      readonly baseUrl: string;
    };
    const desk = await town.as({ role: 'it_admin' });
    await waitFor(async () => (await desk('GET', '/plugins/kaigo')).body.laneOpen === true, {
      what: 'the plugin to run',
      timeoutMs: 60_000,
    });
    browsing = await browse(access.baseUrl, () => access);
    it_ = await browsing.as('it_admin');
    kaigo = await browsing.as('caseworker.kaigo');
    konkyu = await browsing.as('caseworker.konkyu');
  });
  afterAll(async () => {
    await browsing?.close();
    await town?.close();
  });

  /** The page of the plugin as it is now. */
  const atPlugin = async () => {
    await menu(it_, 'プラグイン');
    await it_.getByRole('table', { name: 'プラグイン' }).getByRole('link', { name: '介護保険', exact: true }).click();
    await it_.getByRole('heading', { name: '保留の行' }).waitFor();
    await it_.reload();
    await loaded(it_);
  };
  const waiting = () => it_.getByRole('table', { name: '保留の行' });
  /** As somebody goes to the end of their list. */
  const hasInList = async (page: Page, count: number) => {
    await menu(page, 'つなぎ一覧');
    await page.reload();
    await rows(page).nth(1).waitFor();
    const whole = page.getByText(`${count}件を表示しています これで全部です`);
    await waitFor(
      async () => {
        await page.keyboard.press('End');
        return whole.isVisible();
      },
      { what: `${count} to the end of the list`, timeoutMs: 30_000 },
    );
  };

  describe('S12: a file of 200 rows, of which three are bad', () => {
    const [insurer, name, number] = [50, 51, 52];
    const bad = { insurer: '00990011', kanji: 'ABC', note: '番号は１２３４５６７８９０１８です' };
    /** Every tenth has consented by the form; the others wait at their desk. */
    const record = (n: number, over: Partial<Parameters<typeof kaigoRecord>[0]> = {}) =>
      kaigoRecord({
        ...{ key: `S12-${n}`, insured: `0000002${String(n).padStart(3, '0')}` },
        consent: n % 10 === 0 ? '1' : '9',
        ...over,
      });
    const left = 200 / 10 - 1;

    it('197 go on: the desk has them in its list, and those who have consented are with the other desk', async () => {
      const file = Array.from({ length: 200 }, (_, n) => record(n));
      file[insurer] = record(insurer, { insurer: bad.insurer });
      file[name] = record(name, { kanji: bad.kanji });
      file[number] = record(number, { note: bad.note });
      expect(await town.kaigo.result(town.kaigo.drop(file))).toHaveLength(200);
      await hasInList(kaigo, 197);
      expect(await violations(kaigo)).toEqual([]);
      await hasInList(konkyu, left);
    });

    it('three wait, each with its place and why, and never with its value', async () => {
      await atPlugin();
      await waiting().getByRole('rowheader').nth(2).waitFor();
      expect(await waiting().getByRole('rowheader').allTextContents()).toEqual(['51行目', '52行目', '53行目']);
      for (const [row, field, code] of [
        ['51行目', '6', 'E-CD-HOKENSHA'],
        ['52行目', '9', 'E-ATTR'],
        ['53行目', '24', 'S-MYNUMBER'],
      ] as const) {
        const line = waiting().getByRole('row').filter({ hasText: row });
        await line.getByRole('cell', { name: field, exact: true }).waitFor();
        await line.getByText(code).waitFor();
      }
      expect(await violations(it_)).toEqual([]);
      holdsNone(await it_.content(), [bad.insurer, bad.kanji, '１２３４', '1234', '見本　花子', 'S12-']);
    });

    it('a corrected file releases them: nothing waits, and all 200 are with their desk', async () => {
      const corrected = [insurer, name, number].map((n) => record(n, { consent: '1' }));
      expect(await town.kaigo.result(town.kaigo.drop(corrected))).toHaveLength(3);
      await atPlugin();
      await it_.getByText('保留の行はありません').waitFor();
      expect(await violations(it_)).toEqual([]);
      await hasInList(kaigo, 200);
      await hasInList(konkyu, left + 3);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
