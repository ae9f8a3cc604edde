// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { atInbox, isIn, loaded, menu, outline, part, rows, takesOver, takesStep, todo } from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { ShiftedClock } from '../../test/shifted-clock';
import { aSubmission } from '../../test/submissions';
import { aMember, twoDesks, type TwoDesks } from '../../test/two-desks';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

/** A Monday; 敬老の日 is the Monday after it. */
const monday = '2027-09-13';
const morning = new Date(`${monday}T10:00:00+09:00`);

/** A change record of the mother of an 8050 household, with arrears; consent by the form that the desk has registered. */
const recordOf = (key: string, insured: string) =>
  aSubmission({
    ...{ key: `00990010/${key}`, insured, occurredAt: `${monday}T00:00:00+09:00` },
    asserted: { code: '1', formVersion: 'K-2026-1', on: monday },
    others: [aMember(`9${insured.slice(1)}`)],
  });

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let kaigo: Page;
  let konkyu: Page;
  const mother = recordOf('S1-0001', '0000000101');
  let referral: string;

  beforeAll(async () => {
    const clock = new ShiftedClock();
    clock.set(morning);
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, clock, timings: { sweep: 100, hostStale: 20_000 } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    kaigo = await browsing.as('caseworker.kaigo');
    konkyu = await browsing.as('caseworker.konkyu');
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const inList = async (page: Page) => {
    await menu(page, 'つなぎ一覧');
    await rows(page).nth(1).waitFor();
  };
  const opens = async (page: Page, n: number) => {
    await rows(page).nth(n).getByRole('link').click();
    await part(page, 'いまできること').waitFor();
    await loaded(page);
  };
  const historyOf = (page: Page) => part(page, '経過').getByRole('listitem').allTextContents();
  const shown = async (page: Page) => String(await part(page, 'ご本人と世帯').textContent());

  describe('S1: a mother in arrears, and a son who has not worked for fifteen years', () => {
    it('her desk sees what is handed over, and what of her and of her son stays behind', async () => {
      ({ referralId: referral } = await desks.submit(mother));
      await inList(kaigo);
      await opens(kaigo, 1);
      for (const own of ['見本　花子', '要介護2', '家賃滞納あり。', '見本　一郎', '十五年働いていない。'])
        expect(await shown(kaigo)).toContain(own);
      const why = part(kaigo, '提供の判断');
      await why.getByText('氏名・生年月日・性別、連絡先、世帯の概要、相談事由', { exact: true }).waitFor();
      const stays = await why.getByRole('definition').filter({ hasText: 'ご本人: ' }).textContent();
      expect(stays?.split('\n')).toEqual([
        'ご本人: 要介護度、利用サービス、経過の記述',
        '子: 氏名・生年月日・性別、就労',
      ]);
      expect(await violations(kaigo)).toEqual([]);
    });

    it('the other desk sees exactly what came, and takes her over', async () => {
      await desks.konkyu.takeNext('referral.sent.v1', referral);
      await atInbox(konkyu);
      await part(konkyu, '自分の番のつなぎ').getByRole('link', { name: /→/ }).click();
      await part(konkyu, 'いまできること').waitFor();
      await isIn(konkyu, '到着');
      const came = await shown(konkyu);
      for (const item of ['見本　花子', '0991234567', '収入・仕事', '世帯人数']) expect(came).toContain(item);
      for (const stayed of ['要介護', '家賃滞納', '見本　一郎', '十五年'])
        expect((await konkyu.content()).includes(stayed)).toBe(false);
      expect(await violations(konkyu)).toEqual([]);
      await takesStep(konkyu, '引き受ける', async (dialog) => {
        await dialog.getByLabel(/^担当者/).fill('試験　月');
        await dialog.getByLabel('届いた方と、自分の窓口の記録の方が同じ人だと確かめました').check();
        await dialog.getByLabel('相手の窓口への連絡文').fill('来週お会いします。');
      });
      await isIn(konkyu, '引受');
    });

    it('the state comes back to her desk, on the page that is open and into its own system; no word comes with it', async () => {
      await isIn(kaigo, '引受');
      await loaded(kaigo);
      for (const word of ['試験　月', '来週お会いします。']) expect((await kaigo.content()).includes(word)).toBe(false);
      expect(await violations(kaigo)).toEqual([]);
      const told = [
        await desks.kaigo.takeNext('referral.status.v1', referral),
        await desks.kaigo.takeNext('referral.status.v1', referral),
      ].map(({ data }) => JSON.stringify(data));
      expect(told.join('\n')).not.toMatch(/試験　月|来週/);
    });
  });

  describe('S11: the night batch sends yesterday’s record once more, and a new one', () => {
    it('nothing happens twice on either screen', async () => {
      const history = await historyOf(konkyu);
      await inList(konkyu);
      const batch = [mother, recordOf('S10-0001', '0000000110')].map((submission, n) => ({
        itemId: `night/${n + 2}`,
        submission,
      }));
      const answers = await desks.kaigo.send('referral.submitted.v1', batch);
      expect(answers.map(({ outcome }) => outcome)).toEqual(['duplicate', 'accepted']);
      await desks.konkyu.takeNext('referral.sent.v1', answers[1]!.referralId);
      // What is new is counted once, and it is the new one.
      await konkyu.getByText('新着 1件').waitFor();
      await konkyu.getByRole('button', { name: '表示する' }).click();
      await rows(konkyu).nth(2).waitFor();
      await inList(kaigo);
      await kaigo.reload();
      await rows(kaigo).nth(2).waitFor();
      for (const page of [konkyu, kaigo]) {
        expect(await rows(page).count()).toBe(1 + 2);
        expect(await rows(page).filter({ hasText: '引受' }).count()).toBe(1);
        expect(await violations(page)).toEqual([]);
      }
      await rows(konkyu).filter({ hasText: '引受' }).getByRole('link').click();
      await part(konkyu, '経過')
        .getByRole('listitem')
        .nth(history.length - 1)
        .waitFor();
      expect(await historyOf(konkyu)).toEqual(history);
      expect(desks.konkyu.deliveries).toEqual([]);
    });
  });

  describe('S10: nobody answers for five working days, with 敬老の日 in between', () => {
    let supervisor: Page;
    let coordinator: Page;
    const overdue = '期限を過ぎているので、いまの状況を確かめてください。';

    const jumpTo = async (day: string, time: string) => {
      const admin = await desks.under.as({ role: 'it_admin' });
      const { status, body } = await admin('POST', '/clock', { jumpTo: `${day}T${time}:00+09:00` });
      expect([status, body.code]).toEqual([200, undefined]);
      await waitFor(
        async () => (await desks.under.rows('select 1 from referral where clock_at <= $1', [body.now])).length === 0,
        { what: 'the clock to be done' },
      );
    };
    /** Who is reminded: the caseworker, the supervisor, the coordinator. */
    const reminded = async () => {
      const counts: number[] = [];
      for (const page of [konkyu, supervisor, coordinator]) {
        await atInbox(page);
        counts.push(await todo(page, overdue).count());
      }
      return counts;
    };

    it('on the evening of the last day nobody has been reminded yet', async () => {
      supervisor = await browsing.as('supervisor.konkyu');
      coordinator = await browsing.as('coordinator');
      await inList(konkyu);
      await rows(konkyu).filter({ hasText: '到着' }).getByText('あと5営業日').waitFor();
      await jumpTo('2027-09-21', '23:59');
      expect(await reminded()).toEqual([0, 0, 0]);
    });

    it.each([
      ['2027-09-22', [1, 0, 0]],
      // 秋分の日 is no working day.
      ['2027-09-23', [1, 0, 0]],
      ['2027-09-24', [1, 1, 0]],
      ['2027-09-27', [1, 1, 1]],
    ])('on %s the reminder has come to %j of caseworker, supervisor and coordinator', async (day, who) => {
      await jumpTo(day, '09:00');
      expect(await reminded()).toEqual(who);
      expect(await violations(konkyu)).toEqual([]);
    });

    it('the coordinator sees that it is late, and nothing of her', async () => {
      await todo(coordinator, overdue).click();
      await coordinator.getByText('この画面では、内容をお見せできません。', { exact: false }).waitFor();
      await outline(coordinator)
        .getByText(/過ぎています/)
        .waitFor();
      await loaded(coordinator);
      expect((await coordinator.content()).includes('見本　花子')).toBe(false);
      expect(await violations(coordinator)).toEqual([]);
      await menu(coordinator, 'つなぎ一覧');
      await coordinator.getByRole('link', { name: /^期限超過/ }).click();
      await rows(coordinator)
        .nth(1)
        .getByText(/営業日 過ぎています/)
        .waitFor();
      expect(await rows(coordinator).count()).toBe(1 + 1);
    });

    it('her desk sees that it is late, and that nothing was accepted or closed in the silence', async () => {
      await menu(kaigo, 'つなぎ一覧');
      await kaigo.reload();
      const late = rows(kaigo).filter({ hasText: '営業日 過ぎています' });
      await late.waitFor();
      expect(await late.textContent()).toContain('到着');
    });

    it('is taken over at last, and leaves all three lists', async () => {
      await atInbox(konkyu);
      await todo(konkyu, overdue).click();
      await takesOver(konkyu, '試験　月');
      expect(await reminded()).toEqual([0, 0, 0]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
