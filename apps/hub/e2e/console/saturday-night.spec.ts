// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { atInbox, isIn, loaded, menu, outline, part, takesStep, takesUp, todo, wallClock } from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { ShiftedClock } from '../../test/shifted-clock';
import { changeDesk } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

/** A Saturday in winter; the Monday after it is a working day. */
const saturday = '2027-01-16';
const monday = '2027-01-18';
const tuesday = '2027-01-19';
const evening = new Date(`${saturday}T21:40:00+09:00`);

const [name, address] = ['見本　冬吉', '見本県見本市冬町五番'];
const state = '暖房がなく、ろれつが回らない。';
const arrears = 'ガス料金三か月。';
const careDesk = '地域包括支援センター';
const arrived = 'つなぎが届いているので、開いて、引き受けるか返すかを決めてください。';
const callNext = '即日のつなぎがまだ確認されていないので、次の当番の電話番号に連絡してください。';

/** Both desks work on screen here, one of them at night. */
playedOn('production', (setUp) => {
  let under: HubUnderTest;
  let browsing: Browsing;
  let worker: Page;
  let duty: Page;
  let approver: Page;
  let referral: string;

  beforeAll(async () => {
    const clock = new ShiftedClock();
    clock.set(evening);
    under = await hubUnderTest({ setUp, plugins: {}, clock, timings: { sweep: 100 } });
    const it_ = await under.as({ role: 'it_admin' });
    const numbers = { dutyTelephone: '099-970-1000', nextDutyTelephone: '099-970-1001' };
    await changeDesk(it_, '9970100005', { channel: 'web', ...numbers });
    browsing = await browse(under.hub.baseUrl, () => under.access);
    worker = await browsing.as('caseworker.konkyu');
    duty = await browsing.as('caseworker.kaigo');
  });
  afterAll(async () => {
    await browsing?.close();
    await under?.close();
  });

  const at = (page: Page, path: string) => page.goto(`${under.hub.baseUrl}/console${path}`);
  const heading = (page: Page, words: string) => page.getByRole('heading', { name: words, exact: true }).waitFor();
  const button = (page: Page, words: string | RegExp) => page.getByRole('button', { name: words });
  const jumpTo = async (day: string, time: string) => {
    const admin = await under.as({ role: 'it_admin' });
    const { status, body } = await admin('POST', '/clock', { jumpTo: `${day}T${time}:00+09:00` });
    expect([status, body.code]).toEqual([200, undefined]);
    await waitFor(
      async () => (await under.rows('select 1 from referral where clock_at <= $1', [body.now])).length === 0,
      { what: 'the clock to be done' },
    );
  };
  /** What the duty desk reads of him, on the page of the referral as it is now. */
  const seen = async () => {
    await at(duty, `/referrals/${referral}`);
    await part(duty, 'ご本人と世帯').waitFor();
    await loaded(duty);
    return String(await part(duty, 'ご本人と世帯').textContent());
  };

  describe('S18: on Saturday at 21:40 an old man has no heating and is confused', () => {
    it('即日 finds whom to telephone, and does not leave before it is written who was', async () => {
      await menu(worker, 'つなぎを書く');
      await heading(worker, 'つなぎを書く');
      await worker.getByLabel('分野', { exact: true }).selectOption({ label: '介護' });
      await worker.getByLabel('即日', { exact: true }).check();
      await worker.getByLabel('相手から連絡してよい').check();
      const call = worker.getByRole('group', { name: '先に電話で伝えた相手' });
      await call.getByText('099-970-1000、出ないときは 099-970-1001').waitFor();
      await worker.getByLabel('氏名').fill(name);
      await worker.getByLabel('事実').fill(state);
      await worker.getByRole('button', { name: '連絡先', exact: true }).click();
      await worker.getByRole('textbox', { name: '住所' }).fill(address);
      await worker.getByRole('button', { name: '収入・負債', exact: true }).click();
      await worker.getByRole('textbox', { name: '滞納' }).fill(arrears);
      await worker.getByLabel('まだ伝えていない').check();
      await worker.getByLabel('伝えられない理由').fill('お話が通じない。');
      await worker.getByLabel('いつまでに伝えるか').fill(tuesday);
      const judged = worker.getByRole('complementary', { name: '送るとどうなるか' });
      await judged.getByText('先に電話で伝え、誰に、いつ、誰が伝えたかを入れてください。').waitFor();
      expect(await judged.getByRole('button', { name: 'つなぎを送る' }).count()).toBe(0);
      expect(await violations(worker)).toEqual([]);
      // Kept while she telephones, and it goes nowhere.
      await button(worker, '下書きとして預ける').click();
      await heading(worker, '下書きにしました');
      await worker.getByRole('link', { name: 'このつなぎを開く' }).click();
      await isIn(worker, '下書き');
      await outline(worker).getByText('099-970-1000', { exact: false }).waitFor();
      referral = new URL(worker.url()).pathname.split('/')[3]!;
      await button(worker, '送る').click();
      const dialog = worker.getByRole('dialog', { name: '送る' });
      await dialog.getByRole('button', { name: '送る' }).click();
      await dialog.getByText('先に電話で伝え、誰に、いつ、誰が伝えたかを入れてください。').first().waitFor();
      expect(await violations(worker)).toEqual([]);
      await dialog.getByRole('button', { name: 'やめる' }).click();
      await isIn(worker, '下書き');
      await atInbox(duty);
      expect(await todo(duty, arrived).count()).toBe(0);
    });

    it('she has telephoned and says whom: it waits for a basis, and nobody there sees it yet', async () => {
      await takesStep(worker, '送る', async (dialog) => {
        await dialog.getByText('電話', { exact: true }).click();
        await dialog.getByLabel(/^電話で伝えた相手/).fill('当直　次郎');
        await dialog.getByLabel(/^電話した時/).fill(wallClock(evening));
        await dialog.getByLabel(/^電話した人/).fill('相談　一');
      });
      await isIn(worker, '根拠待ち');
      await atInbox(duty);
      expect(await todo(duty, arrived).count()).toBe(0);
    });

    it('the emergency is recorded with what its basis asks for, and it leaves at once', async () => {
      await worker.getByRole('link', { name: '同意によらない根拠を登録する' }).click();
      await worker.getByText('まだ記録されていません。').waitFor();
      await worker.getByLabel('緊急', { exact: false }).first().check();
      await worker.getByText('承認がなければ72時間で終わります').waitFor();
      await worker.getByLabel(/^同意を得ていない理由/).selectOption({ label: '同意できる状態にない' });
      await worker.getByLabel(/^なぜ提供が要るか/).fill('低体温のおそれがあり、命に関わる。');
      await button(worker, '根拠を記録する').click();
      await worker.getByText('＊選んでください。').waitFor();
      for (const item of ['氏名・生年月日・性別', '連絡先', '経過の記述'])
        await worker.getByLabel(item, { exact: true }).check();
      expect(await worker.getByLabel(/^なぜ提供が要るか/).inputValue()).toBe('低体温のおそれがあり、命に関わる。');
      expect(await violations(worker)).toEqual([]);
      await button(worker, '根拠を記録する').click();
      await worker.getByText(`つなぎは、${careDesk}に送られました。`).waitFor();
      await worker.getByRole('article', { name: /緊急/ }).getByText('承認待ち').waitFor();
      expect(await violations(worker)).toEqual([]);
    });

    it('the duty desk reads who he is, where, and how he is today, and no more', async () => {
      await takesUp(duty, arrived);
      await takesStep(duty, '到着を確かめる', async (dialog) => {
        const conditions = dialog.getByLabel('条件を読み、守ります');
        if (await conditions.isVisible()) await conditions.check();
      });
      await isIn(duty, '到着');
      expect(new URL(duty.url()).pathname).toContain(referral);
      const read = await seen();
      for (const item of [name, address, state]) expect(read).toContain(item);
      expect((await duty.content()).includes(arrears)).toBe(false);
      await outline(duty).getByText('即日', { exact: true }).waitFor();
      await outline(duty).getByText('相談　一 から 当直　次郎 へ').waitFor();
      expect(await violations(duty)).toEqual([]);
      // He knows no more of it than that it has arrived.
      await at(worker, `/referrals/${referral}`);
      await isIn(worker, '到着');
    });

    it('somebody there confirms the call at 22:05, and the worker at the other screen reads it', async () => {
      await jumpTo(saturday, '22:05');
      await takesStep(duty, '電話を受けたことを確かめる', async (dialog) => {
        await dialog.getByLabel(/^電話を受けたことを確かめた人/).fill('当直　次郎');
      });
      const confirmed = part(worker, '経過').getByRole('listitem').filter({ hasText: '電話を受けたことを確かめる' });
      await confirmed.getByText(/22:0\d/).waitFor();
      expect(await violations(worker)).toEqual([]);
      // An hour later nobody is sent to the next number.
      await jumpTo(saturday, '23:30');
      await atInbox(worker);
      expect(await todo(worker, callNext).count()).toBe(0);
    });

    it('on Monday the approver ratifies a part of it with the keyboard alone, item by item', async () => {
      await jumpTo(monday, '09:30');
      approver = await browsing.as('approver');
      await approver.getByRole('link', { name: '承認', exact: true }).click();
      const open = button(approver, /自立相談支援機関の記録を開く/);
      await open.waitFor();
      expect(await violations(approver)).toEqual([]);
      await open.focus();
      await approver.keyboard.press('Enter');
      await approver.getByText('低体温のおそれがあり、命に関わる。').waitFor();
      await approver.getByText(/^あと3[67]時間$/).waitFor();
      expect(await violations(approver)).toEqual([]);
      await approver.getByLabel('経過の記述', { exact: true }).focus();
      await approver.keyboard.press('Space');
      await button(approver, '承認する').focus();
      await approver.keyboard.press('Enter');
      await approver.getByText('承認しました').waitFor();
      await approver.getByText('承認を待つものはありません。').waitFor();
    });

    it('until the 72 hours are over the duty desk has all of it, and after that what was ratified', async () => {
      await jumpTo(tuesday, '21:30');
      expect(await seen()).toContain(state);
      await jumpTo(tuesday, '22:10');
      const read = await seen();
      for (const item of [name, address]) expect(read).toContain(item);
      expect((await duty.content()).includes(state)).toBe(false);
      expect(await violations(duty)).toEqual([]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
