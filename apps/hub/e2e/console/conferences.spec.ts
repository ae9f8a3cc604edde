// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { addDays } from '@tsunagi/domain';
import type { Page } from 'playwright-core';
import { isIn, loaded, menu, part, takesStep, wasTold } from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { today } from '../../test/conferring';
import { holdsNone } from '../../test/her-matters';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Sent } from '../../test/two-desks';
import { jumpTo } from '../journeys/clock';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('production', (setUp) => {
  let desks: ManyDesks;
  let browsing: Browsing;
  const screens = new Map<string, Page>();

  beforeAll(async () => {
    desks = await manyDesks({}, { setUp, timings: { hostStale: 20_000 } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** Somebody at their own screen, where they were last. */
  const at = async (name: string): Promise<Page> => {
    const page = screens.get(name) ?? (await browsing.as(name));
    screens.set(name, page);
    return page;
  };
  const kind = '支援会議(社会福祉法106条の6)';
  const done = (page: Page, words: string) => page.getByRole('status', { name: words }).waitFor();
  const press = (within: Pick<Page, 'getByRole'>, name: string) =>
    within.getByRole('button', { name, exact: true }).click();
  const next = (page: Page) => press(page, '次へ');
  const open = async (page: Page, path: string) => {
    await page.goto(`${desks.under.hub.baseUrl}/console${path}`);
    await loaded(page);
  };

  describe('S6: a man who refuses contact, and neighbours who are worried', () => {
    const name = '見本　六郎';
    const later = addDays(today, 21);
    const rent = '家賃を三か月払っていない。';
    const home = '退去を求められている。';
    const neighbour = '隣の方が、夜中に声を聞いている。';
    const because = 'ご近所から心配の声があり、ご本人は会うことを望まない。';
    const called = [
      ['takikan', '多機関協働事業者 (見本市福祉総務課)', '必須'],
      ['kaigo', '地域包括支援センター (見本市地域包括支援センター)', '招いた方'],
      ['shogai', '障害者相談支援事業所 (みほん障害者相談支援センター)', '招いた方'],
      ['kosodate', '利用者支援事業 (見本市子育て支援課)', '招いた方'],
      ['hogo', '福祉事務所(生活保護) (見本市福祉事務所)', '招いた方'],
    ] as const;
    const members = called.map(([desk]) => `caseworker.${desk}`);
    let referral: string;
    let conference: string;
    const drafts: { readonly id: string; readonly words: string }[] = [];

    const itemOf = (page: Page, text: string) => page.getByRole('listitem').filter({ hasText: text });
    const toConference = (page: Page) => open(page, `/conferences/${conference}`);

    it('he has said no: it is on file, nothing leaves, and his desk proposes a sitting', async () => {
      const { body } = await desks.send(desks.at.kaigo, 'referral', 'shogai', {
        subject: {
          ...{ ref: 'subject', role: 'subject', identifiers: [] },
          items: { identity: { name }, concern: { boxes: ['income_work'] } },
        },
      });
      referral = body.id;
      const kaigo = await at('caseworker.kaigo');
      await open(kaigo, `/referrals/${referral}/consent`);
      await next(kaigo);
      await kaigo.getByLabel('同意しない').check();
      await kaigo.getByLabel(/^だれが答えたか/).selectOption({ label: '本人' });
      await next(kaigo);
      await next(kaigo);
      await kaigo.getByLabel('電話', { exact: true }).check();
      await next(kaigo);
      await press(kaigo, '同意しないと記録する');
      await kaigo.getByRole('link', { name: '記録した同意と不同意を見る' }).waitFor();
      await menu(kaigo, '会議');
      await kaigo.getByText('見られる会議はありません').waitFor();
      await press(kaigo, '会議を提案する');
      await kaigo.getByLabel('開いてほしい窓口').selectOption({ label: '多機関協働事業者 (見本市福祉総務課)' });
      await kaigo.getByLabel('どのつなぎの方について').selectOption(referral);
      await kaigo.getByLabel('開いてほしい理由').fill(because);
      expect(await violations(kaigo)).toEqual([]);
      await press(kaigo, '事務局に提案する');
      await done(kaigo, '会議を提案しました');
      expect(await violations(kaigo)).toEqual([]);
    });

    it('the municipality calls five by name and opens it', async () => {
      const takikan = await at('caseworker.takikan');
      await menu(takikan, '会議');
      await takikan.getByRole('link', { name: kind }).click();
      await takikan.getByText(because).waitFor();
      conference = new URL(takikan.url()).pathname.split('/').at(-1)!;
      await takikan.getByText('出席者を呼ぶ', { exact: true }).click();
      for (const [n, [, desk, attendance]] of called.entries()) {
        if (n > 0) await press(takikan, 'もう一人呼ぶ');
        const seat = takikan.getByRole('group', { name: `呼ぶ方 ${n + 1}` });
        await seat.getByLabel('出席').selectOption({ label: attendance });
        await seat.getByLabel('窓口').selectOption({ label: desk });
        await seat.getByLabel('職員').selectOption({ label: '見本 担当者' });
      }
      await takikan.getByLabel('議長').selectOption({ index: 1 });
      expect(await violations(takikan)).toEqual([]);
      await press(takikan, '呼ぶ');
      await done(takikan, '出席者を呼びました');
      await press(takikan, '守秘義務を確認する');
      await done(takikan, '守秘義務を確認しました');
      await press(takikan, '会議を開く');
      await done(takikan, '会議を開きました');
      expect(await violations(takikan)).toEqual([]);
    });

    it('none of them sees anything before secrecy is acknowledged', async () => {
      for (const member of members.slice(2)) {
        const page = await at(member);
        await menu(page, '会議');
        await page.getByRole('link', { name: kind }).click();
        await page.getByText('正当な理由なく漏らしません').waitFor();
        expect([member, await page.getByRole('table').count()]).toEqual([member, 0]);
        await press(page, '守秘義務を確認する');
        await done(page, '守秘義務を確認しました');
      }
    });

    it('what is known is brought to the table: two things, and what a neighbour has heard', async () => {
      // With the keyboard alone.
      const kaigo = await at('caseworker.kaigo');
      await toConference(kaigo);
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
      await kaigo.keyboard.type(rent);
      await tabTo(kaigo, '会議に出す');
      await kaigo.keyboard.press('Enter');
      await done(kaigo, '項目を出しました');
      await kaigo.getByText(rent).waitFor();
      expect(await violations(kaigo)).toEqual([]);

      const brings = async (page: Page, category: string, text: string, informs = false) => {
        await toConference(page);
        await page.getByText('項目を出す', { exact: true }).click();
        await page.getByLabel('提供項目').selectOption({ label: category });
        await page.getByLabel('会議で伝えること').fill(text);
        if (informs) await page.getByLabel('だれが知らせたかがわかります', { exact: false }).check();
        await press(page, '会議に出す');
        await done(page, '項目を出しました');
      };
      await brings(kaigo, '住まい', home);
      await brings(await at('caseworker.kosodate'), '経過の記述', neighbour, true);
      expect(await violations(await at('caseworker.kosodate'))).toEqual([]);
    });

    it('all five see it, and nobody else: no list, no address, no to-do', async () => {
      for (const member of members) {
        const page = await at(member);
        await toConference(page);
        for (const text of [rent, home, neighbour]) await page.getByText(text).waitFor();
      }
      for (const other of ['caseworker.konkyu', 'supervisor.kaigo', 'coordinator', 'approver']) {
        const page = await at(other);
        await menu(page, '会議');
        await page.getByText('見られる会議はありません').waitFor();
        const answers: string[] = [];
        for (const id of [conference, randomUUID()]) {
          await open(page, `/conferences/${id}`);
          // Each answer has a number of its own.
          answers.push((await page.getByRole('main').innerText()).replace(/[0-9a-f-]{36}/g, ''));
        }
        expect([other, answers[0]]).toEqual([other, answers[1]]);
        await open(page, '/');
        holdsNone(await page.content(), [conference, kind, because, rent, home, neighbour]);
      }
      for (const other of ['privacy_officer', 'auditor', 'it_admin']) {
        const page = await at(other);
        await open(page, `/conferences/${conference}`);
        await page.getByText('この頁は、いまの役割では使いません').waitFor();
        await open(page, '/');
        holdsNone(await page.content(), [conference, because, rent, home, neighbour]);
      }
    });

    /** Somebody asks whoever brought it whether it may go out, and says in which words. */
    async function asksToPromote(
      page: Page,
      text: string,
      toward: string,
      words: (item: ReturnType<typeof itemOf>) => Promise<unknown>,
    ) {
      const item = itemOf(page, text);
      await item.getByText('会議の外に出す(昇格)').click();
      await item.getByLabel('分野', { exact: true }).selectOption({ label: toward });
      await words(item);
      await press(item, '出した方に尋ねる');
    }
    const ofRent = (item: ReturnType<typeof itemOf>) =>
      item.getByRole('group', { name: '相談事由' }).getByLabel('収入・仕事').first().check();
    const ofHome = (item: ReturnType<typeof itemOf>) => item.getByLabel('内容').fill('住まいを失うおそれがある。');

    it('without his word nothing goes out; what shows who told is never offered to', async () => {
      const takikan = await at('caseworker.takikan');
      await toConference(takikan);
      expect(await itemOf(takikan, neighbour).getByText('会議の外に出す(昇格)').count()).toBe(0);
      await asksToPromote(takikan, rent, '生活困窮', ofRent);
      const alert = takikan.getByRole('alert');
      await alert.waitFor();
      expect(await alert.textContent()).toContain('同意');
      expect(await violations(takikan)).toEqual([]);
      expect(desks.konkyu.deliveries).toEqual([]);
    });

    it('three weeks later he consents, and his desk enters what he signed', async () => {
      const it_ = await desks.as('it_admin');
      await jumpTo({ it_ }, later);
      // Whoever was signed in three weeks ago signs in again.
      screens.clear();
      const kaigo = await at('caseworker.kaigo');
      // What is entered there counts from the day on which it is.
      await kaigo.context().clock.install({ time: `${later}T09:30:00+09:00` });
      await open(kaigo, `/referrals/${referral}/consent`);
      await next(kaigo);
      await kaigo.getByLabel(/^だれが答えたか/).selectOption({ label: '本人' });
      await next(kaigo);
      await kaigo.getByText('このつなぎに入っていない項目').first().click();
      for (const item of ['氏名・生年月日・性別', '相談事由', '住まい'])
        await kaigo.getByLabel(item, { exact: true }).check();
      for (const desk of ['自立相談支援機関', '福祉事務所(生活保護)'])
        await kaigo.getByLabel('ほかの窓口を加える').selectOption({ label: desk });
      await next(kaigo);
      await kaigo.getByLabel('書面').check();
      await next(kaigo);
      await press(kaigo, '同意を記録する');
      await kaigo.getByText('同意を記録しました').waitFor();
      expect(await violations(kaigo)).toEqual([]);
    });

    it('two items are promoted, each when whoever brought it has agreed', async () => {
      const takikan = await at('caseworker.takikan');
      await toConference(takikan);
      await asksToPromote(takikan, rent, '生活困窮', ofRent);
      await done(takikan, '出した方に尋ねました');
      await asksToPromote(takikan, home, '生活保護', ofHome);
      await itemOf(takikan, home).getByText('外に出すか尋ねています').waitFor();
      expect(await violations(takikan)).toEqual([]);

      const kaigo = await at('caseworker.kaigo');
      for (const [text, words] of [
        [rent, '収入・仕事'],
        [home, '住まいを失うおそれがある。'],
      ] as const) {
        await toConference(kaigo);
        const leaving = itemOf(kaigo, text).getByRole('region', { name: '同意すると、会議の外に出るもの' });
        await leaving.getByText(words).waitFor();
        await leaving.getByText('会議の外に出すことに同意する').click();
        await leaving.getByLabel('氏名').fill(name);
        expect(await violations(kaigo)).toEqual([]);
        await press(leaving, '同意して下書きにする');
        await done(kaigo, 'つなぎの下書きになりました');
        await kaigo.getByRole('link', { name: 'そのつなぎを開く' }).click();
        await isIn(kaigo, '下書き');
        drafts.push({ id: new URL(kaigo.url()).pathname.split('/').at(-1)!, words });
        holdsNone(await kaigo.content(), [neighbour, rent, home, because, kind]);
      }
    });

    it('and leave on his consent, each for its desk, which reads that and nothing of the sitting', async () => {
      const kept = [conference, neighbour, rent, home, because, kind, '会議'];
      const kaigo = await at('caseworker.kaigo');
      const [toKonkyu, toHogo] = drafts;
      for (const { id } of drafts) {
        await open(kaigo, `/referrals/${id}`);
        await takesStep(kaigo, '送る', async (dialog) => {
          await dialog.getByText('ほかに書くこと', { exact: true }).click();
          await dialog.getByLabel('会い方').selectOption({ label: '本人が来所する' });
          await wasTold(dialog, new Date(`${later}T08:50:00+09:00`), '面談');
        });
        await isIn(kaigo, '送付');
      }
      const { referral: message } = (await desks.konkyu.takeNext('referral.sent.v1', toKonkyu!.id)).data as Sent;
      expect(message.subject.items).toEqual({ identity: { name }, concern: { boxes: ['income_work'] } });
      holdsNone(message, kept);
      await open(kaigo, `/referrals/${toKonkyu!.id}`);
      await isIn(kaigo, '到着');
      const hogo = await at('caseworker.hogo');
      await open(hogo, `/referrals/${toHogo!.id}`);
      await takesStep(hogo, '到着を確かめる');
      for (const [page, { id, words }] of [
        [await at('caseworker.konkyu'), toKonkyu!],
        [hogo, toHogo!],
      ] as const) {
        await open(page, `/referrals/${id}`);
        await part(page, 'ご本人と世帯').getByText(words).waitFor();
        // The menu has the word for everybody.
        holdsNone(await page.getByRole('main').innerText(), kept);
        holdsNone(await page.content(), kept.slice(0, -1));
        expect(await violations(page)).toEqual([]);
      }
    });

    it('the sitting is written down, ended and erased', async () => {
      const takikan = await at('caseworker.takikan');
      await toConference(takikan);
      await takikan.getByText('記録を書いて閉じる', { exact: true }).click();
      await takikan.getByRole('textbox', { name: '記録' }).fill('見守る。');
      await takikan.getByLabel('開いた日').fill(later);
      await takikan.getByLabel('見直す日').fill(addDays(later, 60));
      await press(takikan, '記録して閉じる');
      await done(takikan, '記録しました');
      expect(await violations(takikan)).toEqual([]);
      await takikan.getByText('会議を終えて消す', { exact: true }).click();
      await takikan.getByRole('form', { name: '会議を終えて消す' }).getByLabel('理由').fill('支援につながった。');
      await press(takikan, '終えて消す');
      await done(takikan, '会議を終えました');
      holdsNone(await takikan.content(), ['見守る。', neighbour, rent, home]);
      expect(await violations(takikan)).toEqual([]);
    });
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
