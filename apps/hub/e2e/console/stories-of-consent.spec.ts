// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import {
  atInbox,
  backToReferral,
  isIn,
  loaded,
  menu,
  outline,
  part,
  registersConsent,
  rows,
  takesOver,
  takesStep,
  takesUp,
  todo,
} from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { ShiftedClock } from '../../test/shifted-clock';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import { changeDesk } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(300_000);

const [monday, tuesday, mondayAfter] = ['2027-09-13', '2027-09-14', '2027-09-20'];
const morning = new Date(`${monday}T10:00:00+09:00`);
/** The last day of a consent that is asked for here. */
const until = '2027-12-12';

const arrived = 'つなぎが届いているので、開いて、引き受けるか返すかを決めてください。';
const needsBasis = '同意を得るか、ほかの根拠を確かめてください。';
const talkOver = '同意が撤回されたので、ご本人と話し合ってください。';
const stopUsing = '取り消された情報を使うのをやめ、受領を返してください。';
const [konkyuDesk, shogaiDesk] = ['自立相談支援機関', '障害者相談支援事業所'];

/** 介護 and 生活困窮 have a system, 障害 and 子育て work on screen. */
playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  let kaigo: Page;
  let konkyu: Page;
  let shogai: Page;

  const clock = new ShiftedClock();

  beforeAll(async () => {
    clock.set(morning);
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, clock, timings: { sweep: 100, hostStale: 20_000 } });
    await changeDesk(await desks.under.as({ role: 'it_admin' }), '9930000012', { channel: 'web' });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
    kaigo = await browsing.as('caseworker.kaigo');
    konkyu = await browsing.as('caseworker.konkyu');
    shogai = await browsing.as('caseworker.shogai');
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  const at = (page: Page, path: string) => page.goto(`${desks.under.hub.baseUrl}/console${path}`);
  const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
  const idOf = (page: Page) => new URL(page.url()).pathname.split('/')[3]!;
  const shown = async (page: Page) => String(await part(page, 'ご本人と世帯').textContent());
  const opens = async (page: Page, referral: string) => {
    await at(page, `/referrals/${referral}`);
    await part(page, 'いまできること').waitFor();
    await loaded(page);
  };
  const jumpTo = async (day: string, time: string) => {
    const admin = await desks.under.as({ role: 'it_admin' });
    const { status, body } = await admin('POST', '/clock', { jumpTo: `${day}T${time}:00+09:00` });
    expect([status, body.code]).toEqual([200, undefined]);
    await waitFor(
      async () => (await desks.under.rows('select 1 from referral where clock_at <= $1', [body.now])).length === 0,
      { what: 'the clock to be done' },
    );
  };
  /** Of this the desk knows nothing: not on its lists, and at its address is what is at an address where nothing is. */
  const knowsNothingOf = async (page: Page, referral: string) => {
    await atInbox(page);
    expect(await todo(page, arrived).count()).toBe(0);
    await at(page, `/referrals/${referral}`);
    await page.getByRole('alert').waitFor();
    expect(await part(page, 'ご本人と世帯').count()).toBe(0);
  };

  describe('S2: the mother in arrears, of whose consent her system knows nothing; she will come herself', () => {
    let referral: string;

    it('waits for a basis at her desk, which sees how they will meet; the other desk knows nothing of it', async () => {
      ({ referralId: referral } = await desks.submit(
        aSubmission({
          ...{ key: '00990010/S2-0001', insured: '0000000102', occurredAt: `${monday}T00:00:00+09:00` },
          asserted: { code: '9', on: monday },
          howTheyMeet: 'person_visits',
        }),
      ));
      await takesUp(kaigo, needsBasis);
      expect(idOf(kaigo)).toBe(referral);
      await isIn(kaigo, '根拠待ち');
      await outline(kaigo).getByText('本人が来所する', { exact: true }).waitFor();
      await part(kaigo, '提供の判断').getByText('根拠を待つ', { exact: true }).first().waitFor();
      await loaded(kaigo);
      expect(await violations(kaigo)).toEqual([]);
      await knowsNothingOf(konkyu, referral);
    });

    it('leaves by itself on the next day, when she has come and signed for two items', async () => {
      await jumpTo(tuesday, '10:30');
      await knowsNothingOf(konkyu, referral);
      await takesUp(kaigo, needsBasis);
      await kaigo.getByRole('link', { name: '同意を登録する' }).click();
      await registersConsent(kaigo, { items: ['氏名・生年月日・性別', '相談事由'], toward: konkyuDesk, until });
      await kaigo.getByText(`待っていたつなぎは、${konkyuDesk}に送られました。`, { exact: false }).waitFor();
      await kaigo.getByText('渡した項目: 氏名・生年月日・性別、相談事由').waitFor();
      expect(await violations(kaigo)).toEqual([]);
      const { data } = await desks.konkyu.takeNext('referral.sent.v1', referral);
      expect(Object.keys((data as Sent).referral.subject.items).sort()).toEqual(['concern', 'identity']);
      await backToReferral(kaigo);
      await isIn(kaigo, '到着');
      await atInbox(kaigo);
      expect(await todo(kaigo, needsBasis).count()).toBe(0);
    });

    it('the other desk reads who comes and why, and nothing of what she has not signed for', async () => {
      await atInbox(konkyu);
      await part(konkyu, '自分の番のつなぎ').getByRole('link', { name: /→/ }).click();
      await part(konkyu, 'いまできること').waitFor();
      expect(idOf(konkyu)).toBe(referral);
      await isIn(konkyu, '到着');
      await loaded(konkyu);
      for (const item of ['見本　花子', '収入・仕事', '支出・滞納・借金']) expect(await shown(konkyu)).toContain(item);
      // 連絡先、世帯の概要、要介護度、利用サービス、経過の記述.
      const page = await konkyu.content();
      for (const stayed of ['0991234567', '見本町一丁目', '世帯人数', '要介護', '家賃滞納あり。'])
        expect([stayed, page.includes(stayed)]).toEqual([stayed, false]);
      await outline(konkyu).getByText('本人が来所する', { exact: true }).waitFor();
      expect(await violations(konkyu)).toEqual([]);
      await takesOver(konkyu, '試験　月');
      await isIn(konkyu, '引受');
      await opens(kaigo, referral);
      await isIn(kaigo, '引受');
    });
  });

  describe('S4: a mother who has custody alone consents for her child of three', () => {
    let kosodate: Page;
    let referral: string;
    const grandmother = '見本　ふみ';

    it('is written at the desk of 子育て, with the grandmother and her care level on the same sheet', async () => {
      kosodate = await browsing.as('caseworker.kosodate');
      await menu(kosodate, 'つなぎを書く');
      await kosodate.getByLabel('分野', { exact: true }).selectOption({ label: '障害' });
      await kosodate.getByLabel('本人が来所する').check();
      await kosodate.getByLabel('氏名').fill('見本　さくら');
      await kosodate.getByLabel('生年月日', { exact: true }).fill('2024-08-14');
      await kosodate.getByRole('button', { name: '子育て', exact: true }).click();
      await kosodate.getByRole('group', { name: '子育て' }).getByLabel('内容').fill('言葉がゆっくり。');
      await button(kosodate, 'ほかの方を加える').click();
      const other = kosodate.getByRole('group', { name: 'ほかの方 1' });
      await other.getByLabel('ご本人から見た続柄').selectOption({ label: '祖父母' });
      await other.getByLabel('氏名').fill(grandmother);
      await other.getByRole('button', { name: '要介護度', exact: true }).click();
      await other.getByLabel('要介護状態区分').selectOption({ label: '要介護2' });
      await kosodate.getByLabel('伝えた', { exact: true }).check();
      await kosodate.getByLabel('どのように').fill('面談');
      await kosodate.getByText('根拠を待ちます').waitFor();
      expect(await violations(kosodate)).toEqual([]);
      await button(kosodate, 'つなぎを送る').click();
      await kosodate.getByRole('link', { name: '同意を登録する' }).click();
      referral = idOf(kosodate);
      await knowsNothingOf(shogai, referral);
    });

    it('the mother answers for the child, who is asked as well; it goes on, and ends when another must be asked', async () => {
      const next = () => button(kosodate, '次へ').click();
      const asked = (name: RegExp) => kosodate.getByLabel(name);
      await next();
      await asked(/^だれが答えたか/).selectOption({ label: '親権者・未成年後見人' });
      await asked(/^親権/).selectOption({ label: '単独親権' });
      await next();
      await kosodate.getByLabel('氏名・生年月日・性別').check();
      await kosodate.getByLabel('子育て', { exact: true }).check();
      await kosodate.getByLabel(`${shogaiDesk}だけ`).check();
      await asked(/^いつまで/).fill(until);
      await next();
      await kosodate.getByLabel('書面').check();
      await next();
      await button(kosodate, '同意を記録する').click();
      const view = asked(/^子どもの意見/);
      await view.waitFor();
      expect(await view.getAttribute('aria-invalid')).toBe('true');
      await view.fill('うなずいた。');
      for (let n = 0; n < 3; n += 1) await next();
      await button(kosodate, '同意を記録する').click();
      await kosodate.getByText(new RegExp(`${shogaiDesk}に送られました。`)).waitFor();
      await kosodate.getByRole('link', { name: '記録した同意と不同意を見る' }).click();
      await kosodate.getByText(/からは、別の方に改めて尋ねます。/).waitFor();
      expect(await violations(kosodate)).toEqual([]);
    });

    it('the desk of 障害 opens it and reads of the child alone; the grandmother stays behind', async () => {
      await takesUp(shogai, arrived);
      expect(idOf(shogai)).toBe(referral);
      await takesStep(shogai, '到着を確かめる');
      await loaded(shogai);
      for (const item of ['見本　さくら', '言葉がゆっくり。']) expect(await shown(shogai)).toContain(item);
      const page = await shogai.content();
      for (const stayed of [grandmother, '祖父母', '要介護'])
        expect([stayed, page.includes(stayed)]).toEqual([stayed, false]);
      expect(await violations(shogai)).toEqual([]);
      await takesOver(shogai, '試験　星');
      await isIn(shogai, '引受');
    });

    it('the desk of 子育て sees what became of it, and what has stayed with it', async () => {
      await opens(kosodate, referral);
      await isIn(kosodate, '引受');
      const why = part(kosodate, '提供の判断');
      await why
        .getByRole('definition', { includeHidden: true })
        .filter({ hasText: /祖父母: .*要介護度/ })
        .waitFor({ state: 'attached' });
      expect(await violations(kosodate)).toEqual([]);
      await kosodate.context().close();
    });
  });

  describe('S7: a man takes his consent back while one referral waits in the queue of a stopped plugin', () => {
    /** A row of his that says nothing of consent: what he says is on paper. */
    const record = (n: number, over: Parameters<typeof aSubmission>[0]) => {
      const { asserted: _, ...row } = aSubmission({
        ...{ key: `00990010/S7-000${n}`, insured: '0000000107', occurredAt: `${monday}T00:00:00+09:00` },
        items: { identity: { name: '見本　七郎' }, concern: { boxes: ['housing'] } },
        ...over,
      });
      return row;
    };
    const first = record(1, { to: { domain: 'shogai' } });
    /** With the consent that the form of the system stands for. */
    const ofSomebodyElse = (insured: string) =>
      aSubmission({
        ...{ insured, occurredAt: `${mondayAfter}T00:00:00+09:00` },
        asserted: { code: '1', formVersion: 'K-2026-1', on: mondayAfter },
      });
    /** That something is on its way, or was, the desk may know; of him it reads nothing. */
    const readsNothing = async (page: Page, referral: string) => {
      await opens(page, referral);
      await part(page, 'ご本人と世帯').getByText('この画面では、内容をお見せできません。', { exact: false }).waitFor();
      expect((await page.content()).includes('見本　七郎')).toBe(false);
    };
    let taken: string;
    let waiting: string;
    let it_: Page;

    it('last week he agreed to both desks, and the one of 障害 accepted him', async () => {
      ({ referralId: taken } = await desks.submit(first));
      await takesUp(kaigo, needsBasis);
      await kaigo.getByRole('link', { name: '同意を登録する' }).click();
      await registersConsent(kaigo, {
        items: ['氏名・生年月日・性別', '相談事由'],
        toward: [shogaiDesk, konkyuDesk],
        until,
      });
      await kaigo.getByText(new RegExp(`${shogaiDesk}に送られました。`)).waitFor();
      await takesUp(shogai, arrived);
      await takesStep(shogai, '到着を確かめる');
      await takesOver(shogai, '試験　星');
      await isIn(shogai, '引受');
      // 到着 and 引受.
      await desks.kaigo.takeNext('referral.status.v1', taken);
      await desks.kaigo.takeNext('referral.status.v1', taken);
    });

    it('this week the plugin of 生活困窮 is stopped, and another referral of his waits in its queue', async () => {
      await jumpTo(mondayAfter, '13:40');
      it_ = await browsing.as('it_admin');
      await menu(it_, 'プラグイン');
      await it_.getByRole('table', { name: 'プラグイン' }).getByRole('link', { name: 'konkyu', exact: true }).click();
      await button(it_, '止める').click();
      await it_.getByText(/^止めました/).waitFor();
      ({ referralId: waiting } = await desks.submit(record(2, { occurredAt: `${mondayAfter}T00:00:00+09:00` })));
      await it_.getByText(/^1件 \(いちばん古いもの/).waitFor();
      await opens(kaigo, waiting);
      await isIn(kaigo, '送付');
      await readsNothing(konkyu, waiting);
    });

    it('at 14:03 the worker takes down with the keyboard alone that he takes it back, and reads what is stopped and what had left', async () => {
      await kaigo.getByRole('link', { name: 'ご本人の同意と記録' }).click();
      await button(kaigo, '撤回を記録する').waitFor();
      expect(await violations(kaigo)).toEqual([]);
      await jumpTo(mondayAfter, '14:03');
      await button(kaigo, '撤回を記録する').focus();
      await kaigo.keyboard.press('Enter');
      const dialog = kaigo.getByRole('dialog', { name: '撤回の記録' });
      await dialog.getByLabel(/^どう伝えられたか/).focus();
      await kaigo.keyboard.press('ArrowDown');
      await kaigo.keyboard.press('ArrowDown');
      await kaigo.keyboard.press('Tab');
      await kaigo.keyboard.press('Enter');
      const proof = part(kaigo, '撤回で起きたこと');
      await proof.getByText('撤回を記録しました').waitFor();
      // What waited had not left: it is among those that are revoked, and not among what was handed over.
      await proof.getByRole('listitem').filter({ hasText: konkyuDesk }).waitFor();
      const gone = proof.getByRole('table', { name: 'すでに渡していたもの' });
      await gone.getByText(/14:0\d に求めました/).waitFor();
      expect(await gone.textContent()).toContain('氏名・生年月日・性別、相談事由');
      expect(await gone.textContent()).not.toContain(konkyuDesk);
      expect(await gone.getByText(/に受領/).count()).toBe(0);
      await proof.getByText(new RegExp(`${shogaiDesk} – まだ話し合っていません`)).waitFor();
      await kaigo
        .getByRole('article', { name: /の同意/ })
        .getByText('撤回', { exact: true })
        .first()
        .waitFor();
      expect(await violations(kaigo)).toEqual([]);
      const [printout] = await Promise.all([
        kaigo.context().waitForEvent('page'),
        proof.getByRole('link', { name: '印刷する証明を開く' }).click(),
      ]);
      await printout.getByText(shogaiDesk).first().waitFor();
      await printout.close();
    });

    it('the one that waited never arrives, not even when the plugin is on again and the next one does', async () => {
      await opens(kaigo, waiting);
      await isIn(kaigo, '根拠失効');
      desks.konkyu.finds = [{ name: '接続', ok: true }];
      await button(it_, '点検する').click();
      await it_.getByText('点検に合格しました。').waitFor();
      await button(it_, '有効にする').click();
      await it_.getByText(/^有効にしました/).waitFor();
      const behind = await desks.submit(ofSomebodyElse('0000000170'));
      await desks.konkyu.takeNext('referral.sent.v1', behind.referralId);
      await waitFor(async () => (await desks.view(desks.sender, behind.referralId)).state === 'received', {
        what: 'its receipt',
      });
      expect(desks.konkyu.deliveries.filter(({ subject }) => subject === waiting)).toEqual([]);
      await it_.getByText('0件', { exact: true }).first().waitFor();
      await readsNothing(konkyu, waiting);
      await menu(konkyu, 'つなぎ一覧');
      await rows(konkyu).filter({ hasText: '到着' }).waitFor();
    });

    it('the other one is not revoked: both desks are asked to talk with him', async () => {
      await opens(kaigo, taken);
      await isIn(kaigo, '引受');
      await opens(shogai, taken);
      await isIn(shogai, '引受');
      for (const page of [kaigo, shogai]) {
        await atInbox(page);
        await todo(page, talkOver).waitFor();
        expect(await violations(page)).toEqual([]);
      }
    });

    it('the recall is acknowledged at the desk of 障害, which says what became of it; the receipt shows', async () => {
      const item = part(shogai, 'やること').getByRole('listitem').filter({ hasText: stopUsing });
      await item.getByRole('button', { name: '済みにする' }).click();
      const dialog = shogai.getByRole('dialog', { name: '済みにする' });
      await dialog.getByLabel('消した').check();
      expect(await violations(shogai)).toEqual([]);
      await dialog.getByRole('button', { name: '済みにする' }).click();
      await shogai.getByText('できました').waitFor();
      await item.waitFor({ state: 'detached' });

      await opens(kaigo, taken);
      await kaigo.getByRole('link', { name: 'ご本人の同意と記録' }).click();
      await button(kaigo, '撤回の証明を見る').click();
      const gone = part(kaigo, '撤回で起きたこと').getByRole('table', { name: 'すでに渡していたもの' });
      const row = gone.getByRole('row', { name: new RegExp(shogaiDesk) });
      await row.getByText(/14:\d\d に受領/).waitFor();
      await row.getByText('消した', { exact: true }).waitFor();
      expect(await violations(kaigo)).toEqual([]);
    });

    it('no further item and no further status leaves, whatever either desk goes on to do', async () => {
      // His own choice is to stay with 障害, which begins; his system has more to say.
      await opens(shogai, taken);
      await takesStep(shogai, '対応を始める', async (dialog) => {
        await dialog.getByLabel(/^最初に会った日/).fill(mondayAfter);
        await dialog.getByLabel(/^会った方法/).fill('訪問');
      });
      await isIn(shogai, '対応中');
      const more = record(1, {
        ...{ to: { domain: 'shogai' }, change: 'changed', occurredAt: `${mondayAfter}T00:00:00+09:00` },
        items: { identity: { name: '見本　七郎' }, concern: { boxes: ['housing', 'spending_debt'] } },
      });
      await desks.submit(more);
      // What is said of somebody else after that arrives; of him nothing has.
      const other = await desks.submit(ofSomebodyElse('0000000171'));
      const { data } = await desks.konkyu.takeNext('referral.sent.v1', other.referralId);
      await desks.respond((data as Sent).deliveryId, '20', { worker: '試験　月', at: clock.now().toISOString() });
      // 到着 and 引受.
      await desks.kaigo.takeNext('referral.status.v1', other.referralId);
      await desks.kaigo.takeNext('referral.status.v1', other.referralId);
      expect(desks.kaigo.deliveries.filter(({ subject }) => subject === taken)).toEqual([]);
      await opens(kaigo, taken);
      await isIn(kaigo, '引受');
      expect(await outline(kaigo).getByText('対応中', { exact: true }).count()).toBe(0);
      expect((await part(kaigo, '経過').textContent())?.includes('対応を始める')).toBe(false);
      await opens(shogai, taken);
      expect((await shogai.content()).includes('支出・滞納・借金')).toBe(false);
    });

    it('the talk is ticked off by the desk that has had it, and stands in the proof', async () => {
      await atInbox(kaigo);
      const item = part(kaigo, 'やること').getByRole('listitem').filter({ hasText: talkOver });
      await item.getByRole('button', { name: '済みにする' }).click();
      await kaigo.getByRole('dialog', { name: '済みにする' }).getByRole('button', { name: '済みにする' }).click();
      await item.waitFor({ state: 'detached' });
      await opens(kaigo, taken);
      await kaigo.getByRole('link', { name: 'ご本人の同意と記録' }).click();
      await button(kaigo, '撤回の証明を見る').click();
      await part(kaigo, '撤回で起きたこと')
        .getByText(new RegExp(`${shogaiDesk} – .*に済み`))
        .waitFor();
      // Each desk has its own talk with him.
      await atInbox(shogai);
      await todo(shogai, talkOver).waitFor();
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
