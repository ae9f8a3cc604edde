// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { conferring, item, today } from '../../test/conferring';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import { playedOn } from './set-ups';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('production', (setUp) => {
  let desks: ManyDesks;
  let browsing: Browsing;
  const { seated, somebody, must } = conferring(() => desks);

  beforeAll(async () => {
    desks = await manyDesks({}, { setUp });
    await seated();
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const menu = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name, exact: true }).click();
  const kind = '支援会議(社会福祉法106条の6)';
  const done = (page: Page, words: string) => page.getByRole('status', { name: words }).waitFor();
  const again = (page: Page) => page.reload();

  it('S6: five called members, none of whom sees anything before secrecy; what is promoted leaves on his consent alone', async () => {
    const { person, referral } = await somebody();
    const kaigo = await browsing.as('caseworker.kaigo');
    await menu(kaigo, '会議');
    await kaigo.getByText('見られる会議はありません').waitFor();
    await kaigo.getByRole('button', { name: '会議を提案する' }).click();
    await kaigo.getByLabel('開いてほしい窓口').selectOption({ label: '多機関協働事業者 (見本市福祉総務課)' });
    await kaigo.getByLabel('どのつなぎの方について').selectOption(referral);
    await kaigo.getByLabel('開いてほしい理由').fill('ご近所から心配の声があり、ご本人は会うことを望まない。');
    expect(await violations(kaigo)).toEqual([]);
    await kaigo.getByRole('button', { name: '事務局に提案する' }).click();
    await done(kaigo, '会議を提案しました');
    expect(await violations(kaigo)).toEqual([]);

    const takikan = await browsing.as('caseworker.takikan');
    await menu(takikan, '会議');
    await takikan.getByRole('link', { name: kind }).click();
    await takikan.getByText('ご近所から心配の声があり').waitFor();
    const id = takikan.url().split('/').at(-1)!;
    await takikan.getByText('出席者を呼ぶ', { exact: true }).click();
    const called = [
      ['多機関協働事業者 (見本市福祉総務課)', '必須'],
      ['地域包括支援センター (見本市地域包括支援センター)', '招いた方'],
      ['障害者相談支援事業所 (みほん障害者相談支援センター)', '招いた方'],
    ] as const;
    for (const [n, [desk, attendance]] of called.entries()) {
      if (n > 0) await takikan.getByRole('button', { name: 'もう一人呼ぶ' }).click();
      const seat = takikan.getByRole('group', { name: `呼ぶ方 ${n + 1}` });
      await seat.getByLabel('出席').selectOption({ label: attendance });
      await seat.getByLabel('窓口').selectOption({ label: desk });
      await seat.getByLabel('職員').selectOption({ label: '見本 担当者' });
    }
    await takikan.getByLabel('議長').selectOption({ index: 1 });
    expect(await violations(takikan)).toEqual([]);
    await takikan.getByRole('button', { name: '呼ぶ', exact: true }).click();
    await done(takikan, '出席者を呼びました');
    await takikan.getByRole('button', { name: '守秘義務を確認する' }).click();
    await done(takikan, '守秘義務を確認しました');
    await takikan.getByRole('button', { name: '会議を開く' }).click();
    await done(takikan, '会議を開きました');
    expect(await violations(takikan)).toEqual([]);

    // Who was called sees what there is to acknowledge, and works on with the keyboard alone.
    await menu(kaigo, '会議');
    await again(kaigo);
    await kaigo.getByRole('link', { name: kind }).click();
    await kaigo.getByText('正当な理由なく漏らしません').waitFor();
    expect(await kaigo.getByRole('table').count()).toBe(0);
    expect(await violations(kaigo)).toEqual([]);
    await tabTo(kaigo, '守秘義務を確認する');
    await kaigo.keyboard.press('Enter');
    await done(kaigo, '守秘義務を確認しました');
    await tabTo(kaigo, '項目を出す');
    await kaigo.keyboard.press('Enter');
    await kaigo.keyboard.press('Tab');
    for (let n = 0; n < 5; n++) await kaigo.keyboard.press('ArrowDown');
    await kaigo.keyboard.press('Tab');
    await kaigo.keyboard.type('家賃を三か月払っていない。');
    await tabTo(kaigo, '会議に出す');
    await kaigo.keyboard.press('Enter');
    await done(kaigo, '項目を出しました');
    await kaigo.getByText('家賃を三か月払っていない。').waitFor();
    expect(await violations(kaigo)).toEqual([]);
    await must(desks.at.shogai, id, 'acknowledge');
    await must(desks.at.shogai, id, 'add-item', item(person, { text: '隣の方から聞いた。', informant: true }));

    await again(takikan);
    await takikan.getByText('隣の方から聞いた。').waitFor();
    // What shows who told is never offered to leave.
    await takikan.getByText('会議の外に出す(昇格)').click();
    await takikan.getByLabel('分野', { exact: true }).selectOption({ label: '生活困窮' });
    await takikan.getByRole('group', { name: '相談事由' }).getByLabel('収入・仕事').first().check();
    await takikan.getByRole('button', { name: '出した方に尋ねる' }).click();
    await takikan.getByRole('alert').waitFor();
    expect(await takikan.getByRole('alert').textContent()).toContain('同意');
    expect(await violations(takikan)).toEqual([]);
    await desks.consent(desks.at.kaigo, referral, { recipients: [{ domain: 'konkyu' }] });
    await takikan.getByRole('button', { name: '出した方に尋ねる' }).click();
    await done(takikan, '出した方に尋ねました');

    await again(kaigo);
    const leaving = kaigo.getByRole('region', { name: '同意すると、会議の外に出るもの' });
    await leaving.getByText('収入・仕事').waitFor();
    await leaving.getByText('会議の外に出すことに同意する').click();
    await leaving.getByLabel('氏名').fill('見本　花子');
    expect(await violations(kaigo)).toEqual([]);
    await leaving.getByRole('button', { name: '同意して下書きにする' }).click();
    await done(kaigo, 'つなぎの下書きになりました');
    const href = await kaigo.getByRole('link', { name: 'そのつなぎを開く' }).getAttribute('href');
    const draft = (await desks.view(desks.at.kaigo, href!.split('/').at(-1)!)).body;
    expect(draft).toMatchObject({
      state: 'draft',
      person,
      members: [{ items: { concern: { boxes: ['income_work'] } } }],
    });
    expect(JSON.stringify(draft)).not.toContain('隣の方');

    await again(takikan);
    await takikan.getByText('記録を書いて閉じる', { exact: true }).click();
    await takikan.getByRole('textbox', { name: '記録' }).fill('見守る。');
    await takikan.getByLabel('見直す日').fill(addDays(today, 60));
    await takikan.getByRole('button', { name: '記録して閉じる' }).click();
    await done(takikan, '記録しました');
    expect(await violations(takikan)).toEqual([]);
    await takikan.getByText('会議を終えて消す', { exact: true }).click();
    await takikan.getByRole('form', { name: '会議を終えて消す' }).getByLabel('理由').fill('支援につながった。');
    await takikan.getByRole('button', { name: '終えて消す', exact: true }).click();
    await done(takikan, '会議を終えました');
    expect(await takikan.getByText('見守る。').count()).toBe(0);
    expect(await violations(takikan)).toEqual([]);
  });

  it('is not there for whoever was not called', async () => {
    const konkyu = await browsing.as('caseworker.konkyu');
    await menu(konkyu, '会議');
    await konkyu.getByText('見られる会議はありません').waitFor();
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});

/** On with Tab, until what is to be pressed has the focus. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let n = 0; n < 60; n++) {
    if ((await page.evaluate('document.activeElement?.textContent?.trim()')) === text) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`no way to ${text} with the keyboard`);
}
