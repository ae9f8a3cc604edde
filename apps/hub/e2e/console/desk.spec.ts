// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { engage } from '../../test/engaged';
import { signIn } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type TwoDesks } from '../../test/two-desks';
import { playedOn } from './set-ups';

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

  const menu = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name, exact: true }).click();
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const focused = (page: Page) => page.evaluate('document.activeElement?.textContent');

  it('S15: takes down what a coordinator heard, with 「つなぎ先不明」, says what is missing, and loses nothing that was typed', async () => {
    const name = await engage(desks.under, { code: '9980000014' }, 'seikatsu.shien');
    const page = await browsing.as(name);
    await menu(page, 'つなぎを書く');
    await heading(page, 'つなぎを書く');
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('種類').selectOption({ label: '支援依頼' });
    await page.getByLabel('分からない(つなぎ先不明)').check();
    await page.getByLabel('氏名').fill('見本　梅');
    await page.getByRole('group', { name: '相談事由' }).getByLabel('支出・滞納・借金').check();
    await page.getByRole('group', { name: 'とくに困っていること' }).getByLabel('支出・滞納・借金').check();
    await page.getByLabel('事実').fill('ガス代を三か月払っていない。〔息子が物を壊す。〕');
    await page.getByText('まだ送れません').waitFor();
    // One leads to what is missing, and it is said there.
    await page.getByRole('button', { name: 'この欄へ' }).first().click();
    await page.keyboard.type('週に一度、通いの場で声をかける。');
    expect(await page.getByLabel('続けること').inputValue()).toBe('週に一度、通いの場で声をかける。');
    await page.getByLabel('次にご本人と連絡する日').fill('2099-12-01');
    await page.getByLabel('同行する').check();
    await page.getByLabel('ご本人が一人では不安です').check();
    await page.getByLabel('ご本人が望んだこと').fill('一緒に来てほしい。');
    await page.getByLabel('伝えた', { exact: true }).check();
    await page.getByLabel('どのように').fill('電話');
    await page.getByText('根拠を待ちます').waitFor();
    expect(await violations(page)).toEqual([]);

    await menu(page, '受付箱');
    const leaving = page.getByRole('dialog', { name: '書きかけのものがあります' });
    await leaving.waitFor();
    expect(await violations(page)).toEqual([]);
    await leaving.getByRole('button', { name: '書くのを続ける' }).click();

    await desks.under.rows('delete from session where staff = (select id from staff where login = $1)', [name]);
    await page.getByRole('button', { name: 'つなぎを送る' }).click();
    const again = page.getByRole('dialog', { name: 'サインインの時間が切れました' });
    await again.getByLabel('サインインの名前').fill(name);
    await again.getByLabel('合言葉').fill(desks.under.access.staff.find((s) => s.name === name)!.password);
    await again.getByRole('button', { name: 'サインイン' }).click();
    await heading(page, '受け付けました。根拠を待っています');
    expect(await focused(page)).toBe('受け付けました。根拠を待っています');
    expect(await violations(page)).toEqual([]);
    const href = await page.getByRole('link', { name: 'このつなぎを開く' }).getAttribute('href');
    const writer = await signIn(desks.under.hub.baseUrl, desks.under.access, { name });
    const view = await desks.view(writer, href!.split('/').at(-1)!);
    expect(view).toMatchObject({
      ...{ kind: 'support_request', state: 'awaiting_authority', toAddress: 'unknown', to: { domain: 'takikan' } },
      ...{ howTheyMeet: 'accompanied', said: { anxious: true, keepsDoing: '週に一度、通いの場で声をかける。' } },
      members: [{ items: { identity: { name: '見本　梅' }, concern: { mostPressing: ['spending_debt'] } } }],
    });
    await again.waitFor({ state: 'hidden' });
    // Nothing is left behind that one would have to be asked about.
    await menu(page, '受付箱');
    await heading(page, '受付箱');
  });

  it('keeps what lacks something as a draft of the desk, and goes on with it there', async () => {
    const page = await browsing.as('caseworker.kaigo');
    await menu(page, 'つなぎを書く');
    await page.getByLabel('分野', { exact: true }).selectOption({ label: '生活困窮' });
    await page.getByLabel('氏名').fill('見本　楓');
    await page.getByRole('button', { name: '就労', exact: true }).click();
    await page.getByLabel('状況').fill('求職中');
    await page.getByRole('button', { name: '下書きとして預ける' }).click();
    await heading(page, '下書きにしました');
    await page.getByRole('link', { name: '下書きの続きを書く' }).click();
    await heading(page, 'つなぎを書き直す');
    expect(await page.getByLabel('氏名').inputValue()).toBe('見本　楓');
    expect(await page.getByLabel('状況').inputValue()).toBe('求職中');
    await page.getByLabel('氏名').fill('見本　かえで');
    const id = new URL(page.url()).searchParams.get('edit')!;
    // The page hears of it, and what is typed goes on from what it has seen all the same.
    const heard = page.waitForResponse((answer) => new URL(answer.url()).pathname === `/api/v1/referrals/${id}`);
    expect((await desks.act(desks.sender, id, 'edit', { urgency: 'urgent' })).status).toBe(200);
    await heard;
    await page.getByRole('button', { name: '書き直す', exact: true }).click();
    await page.getByText('先に別の方が書き直しました').waitFor();
    expect(await page.getByLabel('氏名').inputValue()).toBe('見本　かえで');
    expect(await violations(page)).toEqual([]);
    await page.reload();
    await page.getByLabel('氏名').fill('見本　かえで');
    await page.getByRole('button', { name: '書き直す', exact: true }).click();
    await heading(page, '書き直しました');
    const { members, urgency } = await desks.view(desks.sender, id);
    expect([members[0].items.identity.name, members[0].items.employment.status, urgency]).toEqual([
      '見本　かえで',
      '求職中',
      'urgent',
    ]);
  });

  it('approves what is written into the own system as it was seen, and declines', async () => {
    const itDesk = await desks.under.as({ role: 'it_admin' });
    const { configVersion } = (await itDesk('GET', '/plugins/konkyu')).body;
    await itDesk('PUT', '/plugins/konkyu/config', { writes: 'confirmed' }, { 'if-match': String(configVersion) });
    const row = (name: string, day: string, n = '1') =>
      aSubmission({
        ...{ key: `00990010/T-${n}`, insured: `000077000${n}`, change: 'changed' },
        items: { identity: { name }, concern: { boxes: ['housing'] } },
        occurredAt: `2026-11-${day}T00:00:00+09:00`,
      });
    await desks.submit(row('見本　甲', '01'));
    const { referralId } = await desks.submit(row('見本　丑', '01', '2'));
    const page = await browsing.as('caseworker.konkyu');
    await menu(page, '書き込みの確認');
    await page.getByRole('link', { name: 'はじめて届くもの' }).nth(1).waitFor();
    expect(await page.locator('main').textContent()).not.toContain('見本　');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'はじめて届くもの' }).first().click();
    const name = page.getByRole('row', { name: /氏名/ });
    await name.getByText('見本　甲').waitFor();
    expect(await page.getByRole('row', { name: /相談事由/ }).textContent()).toContain('住まい');
    expect(await violations(page)).toEqual([]);

    await desks.submit(row('見本　乙', '02'));
    await page.getByRole('button', { name: 'このとおり書き込む' }).click();
    await page.getByText('見たあとに、内容が変わりました').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: '新しい内容を見る' }).click();
    await name.getByText('見本　乙').waitFor();
    await page.getByRole('button', { name: 'このとおり書き込む' }).click();
    await heading(page, '書き込みを承認しました');
    expect(await focused(page)).toBe('書き込みを承認しました');
    const { referral } = (await desks.konkyu.takeNext('referral.sent.v1')).data as {
      referral: { subject: { items: { identity: { name: string } } } };
    };
    expect(referral.subject.items.identity.name).toBe('見本　乙');

    await page.getByRole('link', { name: '次の一件' }).last().click();
    await name.getByText('見本　丑').waitFor();
    await page.getByRole('button', { name: '書き込まない' }).click();
    await heading(page, '書き込まないことにしました');
    expect(await violations(page)).toEqual([]);
    expect((await desks.recipient('GET', `/proposals/${referralId}`)).body.code).toBe('NOTHING_PROPOSED');

    await desks.submit(row('見本　丙', '03'));
    await waitFor(async () => (await desks.recipient('GET', '/proposals')).body.items[0]?.kind === 'supplement', {
      what: 'the correction to wait',
    });
    await page.reload();
    await menu(page, '書き込みの確認');
    await page.getByRole('link', { name: '届いたあとの訂正' }).click();
    for (const words of ['見本　乙', '見本　丙']) await name.getByText(words).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
