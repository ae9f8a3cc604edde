// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { rows } from './at-work';
import { playedOn } from './set-ups';
import { browse, type Browsing } from '../../test/browser';
import { cuttingProxy, type CuttingProxy } from '../../test/cutting-proxy';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(300_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let proxy: CuttingProxy;
  let browsing: Browsing;
  let page: Page;

  beforeAll(async () => {
    desks = await twoDesks({ setUp });
    await desks.submit(aSubmission());
    proxy = await cuttingProxy(desks.under.hub.baseUrl);
    browsing = await browse(proxy.baseUrl, () => desks.under.access);
    page = await browsing.as('coordinator');
    page.setDefaultTimeout(60_000);
  });

  afterAll(async () => {
    await browsing?.close();
    await proxy?.close();
    await desks?.close();
  });

  const isLive = () => page.getByText('最新です', { exact: true }).waitFor();
  const isStale = () => page.getByText(/^更新が止まっています/).waitFor();
  const shown = async () => (await rows(page).count()) - 1;
  async function atList(): Promise<number> {
    await page.goto(`${proxy.baseUrl}/console/queue`);
    await rows(page).nth(1).waitFor();
    await isLive();
    return shown();
  }
  async function finds(came: number, before: number): Promise<void> {
    await page.getByText(`新着 ${came}件`).waitFor();
    await page.getByRole('button', { name: '表示する' }).click();
    await rows(page)
      .nth(before + came)
      .waitFor();
    expect(await shown()).toBe(before + came);
  }

  describe('the line between the console and the hub', () => {
    it('says that it is cut, for as long as it is, and finds what came meanwhile when it is there again', async () => {
      const before = await atList();
      proxy.down();
      await isStale();
      expect(await page.getByText('最新です', { exact: true }).count()).toBe(0);
      for (let n = 0; n < 2; n++) await desks.submit(aSubmission());
      proxy.up();
      await isLive();
      expect(await page.getByText(/^更新が止まっています/).count()).toBe(0);
      await finds(2, before);
    });

    it('says so, too, when nothing comes over it though nobody has cut it, until it is heard of again', async () => {
      const before = await atList();
      await page.clock.install();
      proxy.silence();
      await desks.submit(aSubmission());
      await page.clock.fastForward(40_000);
      await isStale();
      proxy.up();
      await isLive();
      await finds(1, before);
    });

    it('goes on behind a proxy that cuts whatever is idle, and misses nothing between two cuts', async () => {
      const before = await atList();
      // Sooner than the hub says that it is there.
      proxy.cutsIdle(5_000);
      for (let came = 1; came <= 2; came++) {
        const cuts = proxy.idleCuts();
        await waitFor(() => proxy.idleCuts() > cuts, { what: 'a cut', timeoutMs: 30_000 });
        await desks.submit(aSubmission());
        await page.getByText(`新着 ${came}件`).waitFor();
      }
      await finds(2, before);
      // What a person does goes through as well.
      await rows(page).nth(1).getByRole('link').click();
      await page.getByRole('heading', { name: '経過' }).waitFor();
    });
  });
});
