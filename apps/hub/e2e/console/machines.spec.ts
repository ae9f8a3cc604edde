// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { AHost } from '../../test/a-host';
import { browse, violations, type Browsing } from '../../test/browser';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { aSubmission } from '../../test/submissions';
import { playedOn } from './set-ups';

playedOn('production', (setUp) => {
  let h: HubUnderTest;
  let browsing: Browsing;
  let kaigo: AHost;
  let konkyu: AHost;
  let page: Page;

  const schema = {
    type: 'object',
    properties: {
      folder: { type: 'string', minLength: 1, description: '受け渡しフォルダー。五つのフォルダーを含みます' },
      pollMs: { type: 'integer', minimum: 200, description: '見に行く間隔(ミリ秒)' },
      password: {
        type: 'object',
        properties: { secretRef: { type: 'string' } },
        required: ['secretRef'],
        additionalProperties: false,
        description: '接続の合言葉',
      },
      eol: { type: 'string', enum: ['crlf', 'lf'], description: '行の終わり' },
    },
    required: ['folder'],
    additionalProperties: false,
  };

  beforeAll(async () => {
    h = await hubUnderTest({
      setUp,
      plugins: { kaigo: { folder: '/srv/kaigo' }, konkyu: {} },
      // A busy machine is no silent host.
      timings: { hostStale: 20_000 },
    });
    kaigo = await AHost.start(h.broker, 'kaigo', 'kaigo', schema);
    konkyu = await AHost.start(h.broker, 'konkyu', 'konkyu');
    browsing = await browse(h.hub.baseUrl, () => h.access);
    page = await browsing.as('it_admin');
  });

  afterAll(async () => {
    await browsing?.close();
    await kaigo?.stop();
    await konkyu?.stop();
    await h?.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name });
  const menu = (name: string) => page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name }).click();
  const openPlugin = async (id: string) => {
    await menu('プラグイン');
    await page.getByRole('table', { name: 'プラグイン' }).getByRole('link', { name: id, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: id }).waitFor();
  };
  /** A file with one row each, as 介護 sends it. */
  const submit = (n: number) =>
    kaigo.send(
      'referral.submitted.v1',
      Array.from({ length: n }, () => aSubmission()).map((submission) => ({
        itemId: submission.source.key,
        submission,
      })),
    );

  describe('the pages of those who look after the machines', () => {
    it('rows wait in quarantine, seen by place and reason alone; one is read again, one is left out for a reason', async () => {
      const file = 'a3'.repeat(32);
      const rows = [
        { row: 2, code: 'E-CD-HOKENSHA', field: 6 },
        { row: 5, code: 'E-CD-HOKENSHA', field: 6 },
        { row: 9, code: 'E-LENGTH', field: 3 },
      ];
      await kaigo.say('rows.quarantined.v1', {
        items: rows.map((row) => ({ itemId: `${file}/${row.row}`, row: { file, ...row } })),
      });
      await waitFor(async () => (await h.rows('select 1 from quarantined_row')).length === 3, { what: 'rows to wait' });
      await openPlugin('kaigo');
      const waiting = page.getByRole('table', { name: '保留の行' });
      await waiting.getByRole('rowheader', { name: '9行目' }).waitFor();
      expect(await waiting.getByRole('rowheader').count()).toBe(3);

      kaigo.rereads = () => aSubmission();
      await waiting.getByLabel('a3a3a3a3 2行目を選ぶ').check();
      await button('選んだ1行を読み直して受け付ける…').click();
      const dialog = page.getByRole('dialog', { name: '読み直して受け付ける行' });
      await dialog.getByText(/a3a3a3a3 2行目/).waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: '1行を読み直す' }).click();
      await page.getByText('1行のうち1行ができました').waitFor();
      await page.getByRole('table', { name: '行ごとの結果' }).getByText('読み直して、受け付けました。').waitFor();
      await waiting.getByRole('rowheader', { name: '2行目' }).waitFor({ state: 'detached' });
      expect(await waiting.getByRole('rowheader').count()).toBe(2);

      await waiting.getByLabel('a3a3a3a3 9行目を選ぶ').check();
      await button('選んだ1行を取り込まないことにする…').click();
      await page.getByRole('dialog').getByLabel(/^理由/).fill('業務システムで取り消した記録なので、取り込まない。');
      await page.getByRole('dialog').getByRole('button', { name: '1行を除く' }).click();
      await waiting.getByRole('rowheader', { name: '9行目' }).waitFor({ state: 'detached' });
      await konkyu.takeNext('referral.sent.v1');
    });

    it('changes a configuration in a form made from the schema, shows what changed, and returns to it as it was', async () => {
      kaigo.finds = [{ name: 'フォルダー', ok: true }];
      await openPlugin('kaigo');
      await button('設定を変える').click();
      await page.getByLabel(/^見に行く間隔/).fill('5');
      await button('書き方を確かめる').click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel(/^見に行く間隔/).getAttribute('aria-invalid')).toBe('true');
      expect(await violations(page)).toEqual([]);
      await page.getByLabel(/^見に行く間隔/).fill('60000');
      await page.getByLabel(/^行の終わり/).selectOption('lf');
      await page.getByLabel(/^接続の合言葉/).fill('kaigo-db');
      // Before it is saved: whether the running host gets there with what is written.
      kaigo.tries = () => [{ ok: false, code: '28P01', findings: [{ name: '接続', ok: false, code: '28P01' }] }];
      await button('接続を確かめる').click();
      await page.getByText('接続: データベースに入れません。利用者名か合言葉が違います。').waitFor();
      await page.getByText('利用者名と、秘密情報のファイルにある合言葉を確かめてください。').waitFor();
      expect(await violations(page)).toEqual([]);
      kaigo.tries = () => [{ findings: [{ name: 'フォルダー', ok: true }] }];
      await button('接続を確かめる').click();
      await page.getByText('この設定で、業務システムとつながりました。まだ保存していません。').waitFor();
      expect(kaigo.tried.at(-1)?.config).toMatchObject({ pollMs: 60_000, password: { secretRef: 'kaigo-db' } });
      expect(await h.rows(`select config_version from plugin where id = 'kaigo'`)).toEqual([{ config_version: 1 }]);
      await button('書き方を確かめる').click();
      await page.getByText(/この設定にできます\(版 2/).waitFor();
      await button('保存して点検する').click();
      await page.getByText('版 2 として保存し、点検に合格しました。').waitFor();

      const history = page.getByRole('list', { name: '設定の履歴' });
      await history.getByText('3か所の違い').click();
      await history
        .getByRole('row', { name: /pollMs/ })
        .getByText('60000')
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await button('版 1 に戻す').click();
      await page.getByText('版 1 の内容に戻しました(版 3)。').waitFor();
      expect(await h.rows(`select config from plugin_config_version where plugin = 'kaigo' and version = 3`)).toEqual([
        { config: { folder: '/srv/kaigo' } },
      ]);
    });

    it('keeps what was written when somebody else has changed the settings first', async () => {
      await openPlugin('kaigo');
      await button('設定を変える').click();
      await page.getByLabel(/^見に行く間隔/).fill('7000');
      const api = await h.as({ role: 'it_admin' });
      const changed = await api('PUT', '/plugins/kaigo/config', { folder: '/srv/other' }, { 'if-match': '"3"' });
      expect(changed.status).toBe(200);
      await button('保存して点検する').click();
      await page.getByText('ほかの人が先に設定を変えました').waitFor();
      expect(await page.getByLabel(/^見に行く間隔/).inputValue()).toBe('7000');
      await button('保存して点検する').click();
      await page.getByText('版 5 として保存し、点検に合格しました。').waitFor();
    });

    it('says what would become of a file of the legacy system, chosen or dropped, and keeps nothing of it', async () => {
      const before = await h.rows('select count(*) from submission');
      const file = { name: 'KAI00001.CSV', mimeType: 'text/csv', buffer: Buffer.from('8ca9967b40890d0a', 'hex') };
      await openPlugin('kaigo');
      kaigo.tries = () => [{ ok: false, code: 'FILE_NOT_TAKEN' }];
      await page.getByLabel('予行するファイル').setInputFiles({ ...file, name: 'README.TXT' });
      await page.getByRole('alert').getByText('このプラグインは、この名前のファイルを取り込みません。').waitFor();
      await page.getByLabel('予行するファイル').setInputFiles({ ...file, buffer: Buffer.alloc(80 * 1024 + 1) });
      await page.getByText(/^80 KiB までのファイルを予行できます/).waitFor();

      kaigo.tries = () => [
        {
          rows: [
            { row: 1, outcome: 'accepted', item: { itemId: 'f/1', submission: aSubmission() } },
            { row: 2, outcome: 'quarantined', code: 'E-CD-HOKENSHA', field: 6 },
          ],
        },
      ];
      await page.getByLabel('予行するファイル').setInputFiles(file);
      await page.getByText('2行を確かめました。何も保存していません。').waitFor();
      await page.getByRole('list', { name: '扱いごとの件数' }).getByText('保留 1件').waitFor();
      const result = page.getByRole('table', { name: '結果' });
      await result.getByRole('row', { name: /1行目 送付 .*自立相談支援機関 氏名.*相談事由/ }).waitFor();
      await result.getByRole('row', { name: /2行目 保留 .*E-CD-HOKENSHA 6番目の項目/ }).waitFor();
      expect(kaigo.tried.at(-1)?.file).toEqual({ name: file.name, content: file.buffer.toString('base64') });
      expect(await violations(page)).toEqual([]);

      // Dropped, and read with what is being written.
      await button('設定を変える').click();
      await page.getByLabel(/^受け渡しフォルダー/).fill('/srv/yet-another');
      await page.getByLabel(/^書きかけの設定で読む/).check();
      const dropped = await page.evaluateHandle(`(() => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([new Uint8Array([0x8c, 0xa9])], 'KAI00002.CSV'));
      return dropped;
    })()`);
      await page.getByText('ここにファイルを落とすか、選んでください').dispatchEvent('drop', { dataTransfer: dropped });
      await waitFor(() => kaigo.tried.at(-1)?.file?.name === 'KAI00002.CSV', { what: 'the file at the host' });
      expect(kaigo.tried.at(-1)).toMatchObject({ config: { folder: '/srv/yet-another' }, file: { content: 'jKk=' } });
      await page.getByText('2行を確かめました。何も保存していません。').waitFor();
      await button('変更をやめる').click();
      expect(await h.rows('select count(*) from submission')).toEqual(before);
    });

    it('asks whether a plugin reads on that has paused by itself, and its host hears the answer', async () => {
      await menu('受付箱');
      konkyu.pausedSince = new Date(Date.now() - 60_000);
      const asked = async () => (await h.rows('select 1 from plugin_host where paused_since is not null')).length > 0;
      await waitFor(asked, { what: 'the hub to hear of it' });
      await page.reload();
      await page.getByRole('link', { name: /^業務システムからの受付が確認を待っている/ }).waitFor();
      await openPlugin('konkyu');
      await page.getByText(/一度に現れたので、続きを読まずに待っています/).waitFor();
      expect(await violations(page)).toEqual([]);
      await button('業務システムを確かめたので、続きを読む').click();
      const dialog = page.getByRole('dialog', { name: '業務システムを確かめたので、続きを読む' });
      await dialog.getByLabel(/^理由/).fill('年度替わりの一括更新と、相談支援課に確かめた。');
      await dialog.getByRole('button', { name: '業務システムを確かめたので、続きを読む' }).click();
      await page.getByText(/^受付を続けます/).waitFor();
      await page.getByText(/一度に現れたので、続きを読まずに待っています/).waitFor({ state: 'detached' });
      expect(konkyu.pausedSince).toBeUndefined();
    });

    it('shows what could not be delivered by cause, and replays it under the same id', async () => {
      await submit(2);
      const ids: string[] = [];
      for (let n = 0; n < 2; n++) {
        const { deliveryId } = (await konkyu.next('referral.sent.v1')).data as { deliveryId: string };
        await konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', retryable: false });
        ids.push(deliveryId);
      }
      const parked = `select 1 from delivery where state = 'parked'`;
      await waitFor(async () => (await h.rows(parked)).length === 2, { what: 'both to be given up' });
      await menu('届かなかったもの');
      await page.getByRole('rowheader', { name: ids[0]! }).waitFor();
      expect(await violations(page)).toEqual([]);
      await button(`${ids[0]}を届け直す`).click();
      await page.getByText('1件を届け直します。').waitFor();
      expect(((await konkyu.takeNext('referral.sent.v1')).data as { deliveryId: string }).deliveryId).toBe(ids[0]);
      await button('この理由の1件を、受け付けた順に届け直す…').click();
      await page
        .getByRole('dialog')
        .getByText(/数えて 1件/)
        .waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: '届け直す' }).click();
      await page.getByText('届かなかったものはありません。').waitFor();
      expect(((await konkyu.takeNext('referral.sent.v1')).data as { deliveryId: string }).deliveryId).toBe(ids[1]);
    });

    it('registers a client by keyboard alone, and shows its secret once and nowhere else', async () => {
      await menu('機械クライアント');
      await page.getByRole('rowheader', { name: 'demo-kaigo' }).waitFor();
      await button('クライアントを登録する').focus();
      await page.keyboard.press('Enter');
      const adding = page.getByRole('dialog', { name: 'クライアントを登録する' });
      await adding.waitFor();
      expect(await violations(page)).toEqual([]);
      const tabTo = async (name: RegExp) => {
        for (let n = 0; n < 60; n++) {
          await page.keyboard.press('Tab');
          const focused = await page.evaluate(
            `(() => { const e = document.activeElement; return (e.labels?.[0] ?? e).textContent; })()`,
          );
          if (name.test(String(focused))) return;
        }
        throw new Error('never reached by Tab');
      };
      await tabTo(/^クライアント※/);
      await page.keyboard.type('kaigo-vendor');
      await tabTo(/^担当者/);
      await page.keyboard.press('Space');
      await page.keyboard.press('Enter');
      const shown = page.getByRole('dialog', { name: 'kaigo-vendor の鍵' });
      const secret = await shown.getByRole('code').textContent();
      expect(secret!.length).toBeGreaterThan(20);
      expect(await violations(page)).toEqual([]);
      await tabTo(/控えたので閉じる/);
      await page.keyboard.press('Enter');
      await page.getByRole('rowheader', { name: 'kaigo-vendor' }).waitFor();
      const kept = `JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.body.textContent])`;
      expect(await page.evaluate(kept)).not.toContain(secret);
    });

    it('gives a client a new secret, and revokes it', async () => {
      await button('kaigo-vendorの鍵を作り直す').click();
      await page.getByRole('dialog').getByRole('button', { name: '鍵を作り直す' }).click();
      await button('控えたので閉じる').click();
      await button('kaigo-vendorを止める').click();
      await page.getByRole('dialog').getByRole('button', { name: '止める' }).click();
      await page.getByText('kaigo-vendor を止めました。').waitFor();
      await page
        .getByRole('row', { name: /kaigo-vendor/ })
        .getByText('止めました', { exact: true })
        .waitFor();
    });

    it('asks the hub how it is', async () => {
      await menu('点検');
      const table = page.getByRole('table', { name: '点検' });
      await table.getByRole('row', { name: /データベースの表 良好/ }).waitFor();
      await table.getByRole('row', { name: /プラグイン kaigo 良好/ }).waitFor();
      expect(await violations(page)).toEqual([]);
      const told = await page.getByRole('main').textContent();
      expect(told).not.toContain(h.config.dataDir);
    });

    it('needs no scrolling to the side on a narrow screen', async () => {
      await page.setViewportSize({ width: 320, height: 800 });
      const wide = `document.documentElement.scrollWidth > document.documentElement.clientWidth`;
      for (const path of ['/plugins', '/plugins/kaigo', '/dead-letters', '/clients', '/doctor']) {
        await page.goto(`${h.hub.baseUrl}/console${path}`);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByText('読み込んでいます').first().waitFor({ state: 'detached' });
        expect([path, await page.evaluate(wide)]).toEqual([path, false]);
      }
    });

    it('complains of nothing in the browser', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
