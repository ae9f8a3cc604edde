// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { addMonths, japaneseDay } from '@tsunagi/domain';
import { uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import type { Locator, Page } from 'playwright-core';
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
  wallClock,
  wasTold,
} from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { engage } from '../../test/engaged';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { changeDesk, deskOf } from '../journeys/people';
import { welfareOfficeOf } from '../journeys/whole-life';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(300_000);

const today = japaneseDay(new Date());
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const taken = 'つなぎが届いているので、開いて、引き受けるか返すかを決めてください。';

/** Every desk works on screen here. */
playedOn('production', (setUp) => {
  let under: HubUnderTest;
  let browsing: Browsing;
  let coordinator: Page;

  beforeAll(async () => {
    under = await hubUnderTest({ setUp, plugins: {}, timings: { sweep: 1000 } });
    const it_ = await under.as({ role: 'it_admin' });
    for (const code of ['9970100005', '9900000041', '9930000012']) await changeDesk(it_, code, { channel: 'web' });
    browsing = await browse(under.hub.baseUrl, () => under.access);
    coordinator = await browsing.as('coordinator');
  });
  afterAll(async () => {
    await browsing?.close();
    await under?.close();
  });

  const at = (page: Page, path: string) => page.goto(`${under.hub.baseUrl}/console${path}`);
  const heading = (page: Page, name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
  const idOf = (page: Page) => new URL(page.url()).pathname.split('/')[3]!;
  const shown = async (page: Page) => String(await part(page, 'ご本人と世帯').textContent());

  /** The beginning of what somebody writes: of which kind, to whom, about whom. */
  const begins = async (
    page: Page,
    { kind, domain, desk, name }: { kind?: string; domain: string; desk?: string; name: string },
  ) => {
    await menu(page, 'つなぎを書く');
    await heading(page, 'つなぎを書く');
    if (kind !== undefined) await page.getByLabel('種類').selectOption({ label: kind });
    await page.getByLabel('分野', { exact: true }).selectOption({ label: domain });
    if (desk !== undefined) await page.getByLabel('窓口', { exact: true }).selectOption({ label: desk });
    await page.getByLabel('氏名').fill(name);
  };
  /** How they meet, and that the person was told. */
  const isExplained = async (page: Page, meeting: string) => {
    await page.getByLabel(meeting).check();
    await page.getByLabel('伝えた', { exact: true }).check();
    await page.getByLabel('どのように').fill('面談');
  };
  /** It waits for what the person says, and the page of the consent is the next. */
  const handsIn = async (page: Page) => {
    await page.getByText('根拠を待ちます').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'つなぎを送る' }).click();
    await heading(page, '受け付けました。根拠を待っています');
    await page.getByRole('link', { name: '同意を登録する' }).click();
  };
  const opensNew = async (page: Page) => {
    await takesUp(page, taken);
    await takesStep(page, '到着を確かめる');
    await loaded(page);
  };
  const leads = async (page: Page, desk: string) => {
    await page.getByRole('button', { name: '主担当を見る' }).click();
    await part(page, 'つなぎの主担当').getByText(desk, { exact: true }).waitFor();
    expect(await violations(page)).toEqual([]);
  };
  const talkedOver = async (dialog: Locator) => {
    await dialog.getByLabel(/^話し合った日/).fill(today);
    await dialog.getByLabel(/^話し合った双方の名前/).fill('見本　花\n試験　月');
    await dialog.getByLabel(/^送り元が続けること/).fill('見守りを続ける。');
    await dialog.getByLabel(/^受け手が続けること/).fill('連絡を受ける。');
  };

  describe('S3: an elderly man who needs care, for whom no desk is the right one', () => {
    let konkyu: Page;
    let first: string;
    let second: string;

    it('is referred from 生活困窮 to 介護 on screen, when he has agreed', async () => {
      konkyu = await browsing.as('caseworker.konkyu');
      await begins(konkyu, { domain: '介護', name: '見本　三吉' });
      await konkyu.getByRole('group', { name: '相談事由' }).getByLabel('介護').check();
      await isExplained(konkyu, '本人が来所する');
      await handsIn(konkyu);
      await registersConsent(konkyu, { items: ['氏名・生年月日・性別', '相談事由'], toward: '地域包括支援センター' });
      await konkyu.getByText(/地域包括支援センターに送られました。/).waitFor();
      await backToReferral(konkyu);
      await isIn(konkyu, '送付');
      first = idOf(konkyu);
    });

    it('is returned after talking, with another desk named', async () => {
      const kaigo = await browsing.as('caseworker.kaigo');
      await opensNew(kaigo);
      expect(await shown(kaigo)).toContain('見本　三吉');
      expect(await violations(kaigo)).toEqual([]);

      const chief = await browsing.as('supervisor.kaigo');
      await menu(chief, 'つなぎ一覧');
      await rows(chief).nth(1).getByRole('link').click();
      await takesStep(chief, '差戻しを申し出る', async (dialog) => {
        await dialog.getByLabel('対象外(制度)').check();
        await dialog.getByLabel(/^合う窓口/).selectOption({ label: '障害' });
        await dialog.getByLabel(/^だれがご本人に伝えるか/).fill('見本　花');
      });
      await isIn(chief, '差戻しの申出');

      await takesUp(konkyu, '差戻しについて、相手の窓口と話し合ってください。');
      await part(konkyu, '経過')
        .getByText(/対象外\(制度\)/)
        .waitFor();
      await part(konkyu, '経過').getByText('障害', { exact: true }).waitFor();
      await takesStep(konkyu, '差戻しに合意する', async (dialog) => {
        await talkedOver(dialog);
        // Whether he was told is asked before it is agreed.
        await dialog.getByRole('button', { name: '差戻しに合意する' }).click();
        await dialog.getByRole('alert').waitFor();
        expect(await violations(konkyu)).toEqual([]);
        await wasTold(dialog, minutesAgo(5), '電話');
      });
      await isIn(konkyu, '差戻し');
      await part(kaigo, '経過')
        .getByText(/見守りを続ける。/)
        .waitFor();
      await kaigo.context().close();
      await chief.context().close();
    });

    it('is redirected, and asked anew: before that the next desk does not know of him', async () => {
      await takesUp(konkyu, '差し戻された');
      await takesStep(konkyu, '転送する', async (dialog) => {
        await dialog.getByLabel(/^転送先/).selectOption({ label: '障害' });
        await wasTold(dialog, minutesAgo(5), '電話');
      });
      await isIn(konkyu, '転送');
      await konkyu.getByRole('link', { name: '続きのつなぎを開く' }).first().click();
      await isIn(konkyu, '根拠待ち');
      second = idOf(konkyu);
      expect(second).not.toBe(first);
      await part(konkyu, '道すじ').getByText('自立相談支援機関 → 地域包括支援センター').waitFor();
      expect(await violations(konkyu)).toEqual([]);
      const shogai = await browsing.as('caseworker.shogai');
      await menu(shogai, 'つなぎ一覧');
      await shogai.getByText('この条件に合うつなぎはありません。').waitFor();

      await konkyu.getByRole('link', { name: '同意を登録する' }).click();
      await registersConsent(konkyu, {
        items: ['氏名・生年月日・性別', '相談事由'],
        toward: '障害者相談支援事業所',
      });
      await konkyu.getByText(/障害者相談支援事業所に送られました。/).waitFor();
      await opensNew(shogai);
      expect(await shown(shogai)).toContain('見本　三吉');
      // Nor that 介護 had him before.
      expect((await shogai.content()).includes('地域包括支援センター')).toBe(false);
      await shogai.context().close();
    });

    it('is returned a second time: the desks talk, and the lead stays where it was', async () => {
      const chief = await browsing.as('supervisor.shogai');
      await menu(chief, 'つなぎ一覧');
      await rows(chief).nth(1).getByRole('link').click();
      await takesStep(chief, '差戻しを申し出る', async (dialog) => {
        await dialog.getByLabel('その他', { exact: true }).check();
        await dialog.getByLabel(/^だれがご本人に伝えるか/).fill('試験　月');
      });
      await isIn(chief, '窓口間で調整中');
      await leads(chief, '自立相談支援機関');
      await at(konkyu, `/referrals/${second}`);
      await isIn(konkyu, '窓口間で調整中');
      await leads(konkyu, '自立相談支援機関');
      // Only who takes part may end it, and that is neither desk alone.
      expect(await konkyu.getByRole('button', { name: 'つなぎを完了する' }).count()).toBe(0);
      await chief.context().close();
    });

    it('is brought together by the coordinator, who sees where it is stuck and nothing of him', async () => {
      await takesUp(coordinator, '窓口どうしの話し合いを開いてください。');
      await loaded(coordinator);
      expect((await coordinator.content()).includes('見本　三吉')).toBe(false);
      await part(coordinator, '道すじ').getByText('自立相談支援機関 → 地域包括支援センター').waitFor();
      await takesStep(coordinator, 'つなぎを完了する', async (dialog) => {
        await dialog.getByLabel(/^どうなったか/).fill('自立相談支援機関が続け、障害の窓口は月に一度加わる。');
        await wasTold(dialog, minutesAgo(5), '面談');
        // What was talked over is asked for.
        await dialog.getByRole('button', { name: 'つなぎを完了する' }).click();
        await dialog.getByRole('alert').waitFor();
        const talk = dialog.getByLabel(/^話し合った日/);
        if (!(await talk.isVisible())) await dialog.getByText('話し合い', { exact: true }).click();
        await talkedOver(dialog);
      });
      await isIn(coordinator, 'つなぎ完了');
      await isIn(konkyu, 'つなぎ完了');
      await atInbox(coordinator);
      expect(await todo(coordinator, '窓口どうしの話し合いを開いてください。').count()).toBe(0);
      await konkyu.context().close();
    });
  });

  describe('S5: a provider sees that a carer abuses', () => {
    const seen = '腕にあざがあり、ご家族の前で黙り込む。';
    let shogai: Page;
    let referral: string;

    it('is reported after a telephone call, to the desk that the statute names', async () => {
      shogai = await browsing.as('caseworker.shogai');
      await begins(shogai, {
        kind: '通報・通告',
        domain: '障害',
        desk: '虐待対応窓口(障害) (見本市障害福祉課)',
        name: '見本　五月',
      });
      await shogai.getByLabel('利用目的').selectOption({ label: '虐待への対応' });
      await shogai.getByLabel('通報・通告を定める法律').selectOption({ label: '障害者虐待防止法' });
      await shogai.getByRole('button', { name: '虐待', exact: true }).click();
      await shogai.getByRole('group', { name: '虐待' }).getByLabel('内容').fill(seen);
      await shogai.getByRole('button', { name: '収入・負債', exact: true }).click();
      await shogai.getByRole('textbox', { name: '滞納' }).fill('給食費。');
      const judged = shogai.getByRole('complementary', { name: '送るとどうなるか' });
      await judged.getByText('まだ送れません').waitFor();
      await judged.getByText(/電話/).first().waitFor();
      expect(await violations(shogai)).toEqual([]);
      const phoned = shogai.getByRole('group', { name: '先に電話で伝えた相手' });
      await phoned.getByLabel('だれに').fill('虐待対応　三郎');
      await phoned.getByLabel('いつ').fill(wallClock(minutesAgo(10)));
      await phoned.getByLabel('だれが').fill('相談支援　二');
      await judged.getByText('届きます', { exact: true }).waitFor();
      await shogai.getByRole('button', { name: 'つなぎを送る' }).click();
      await heading(shogai, '送りました');
      expect(await shogai.getByText('通報しました').count()).toBe(0);
      await shogai.getByRole('link', { name: 'このつなぎを開く' }).click();
      await shogai.getByText('通報はまだ済んでいません').waitFor();
      expect(await shogai.getByText('通報しました', { exact: true }).count()).toBe(0);
      expect(await violations(shogai)).toEqual([]);
      referral = idOf(shogai);
    });

    it('exists for nobody else: in no inbox, no list, no search, and at no address', async () => {
      const kept = [referral, uuidToBase32(referral), '見本　五月', seen];
      const knows = async (page: Page) => {
        const content = await page.content();
        return kept.filter((one) => content.includes(one));
      };
      const others = ['caseworker.kaigo', 'caseworker.takikan', 'privacy_officer', 'auditor', 'approver'];
      for (const name of ['coordinator', ...others]) {
        const page = name === 'coordinator' ? coordinator : await browsing.as(name);
        await atInbox(page);
        expect([name, await knows(page)]).toEqual([name, []]);
        await menu(page, 'つなぎ一覧');
        await loaded(page);
        expect([name, await knows(page)]).toEqual([name, []]);
        await page.getByText('絞り込み').click();
        await page.getByLabel(/^番号で探す/).fill(uuidToBase32(referral));
        await page.getByRole('button', { name: '探す' }).click();
        await page.getByText('この条件に合うつなぎはありません。').waitFor();
        // Its address says what an address says at which nothing is.
        const answers: string[] = [];
        for (const id of [referral, randomUUID()]) {
          await at(page, `/referrals/${id}`);
          const alert = page.getByRole('alert');
          await alert.waitFor();
          answers.push(String(await alert.textContent()).replace(/[0-9a-f-]{36}/, ''));
        }
        expect(answers[0]).toBe(answers[1]);
        if (name === 'caseworker.kaigo') {
          await menu(page, 'ご本人をさがす');
          await page.getByLabel(/^さがす言葉/).fill('見本　五月');
          await page.getByRole('button', { name: 'さがす' }).click();
          await page.getByText(/^当てはまる方はいません。/).waitFor();
        }
        if (name === 'auditor') {
          await menu(page, '監査の記録');
          await loaded(page);
          expect(await knows(page)).toEqual([]);
        }
        if (page !== coordinator) await page.context().close();
      }
    });

    it('is 「通報しました」 when a person there has confirmed it, and no more comes back after that', async () => {
      const there = await browsing.as(await engage(under, { code: '9931000046' }, 'gyakutai.shogai'));
      await opensNew(there);
      const came = await shown(there);
      expect(came).toContain(seen);
      expect(came).not.toContain('給食費');
      expect(await violations(there)).toEqual([]);
      // On the page that was left open.
      await shogai.getByText('通報しました', { exact: true }).waitFor();
      expect(await shogai.getByText('通報はまだ済んでいません').count()).toBe(0);
      expect(await violations(shogai)).toEqual([]);
      await takesOver(there, '虐待対応　三郎');
      await isIn(there, '引受');
      await shogai.reload();
      await shogai.getByText('通報しました', { exact: true }).waitFor();
      await loaded(shogai);
      expect(await outline(shogai).getByText('引受', { exact: true }).count()).toBe(0);
      expect((await shogai.content()).includes('虐待対応　三郎 が')).toBe(false);
      await there.context().close();
      await shogai.context().close();
    });
  });

  describe('S9: a town that has no 福祉事務所 of its own', () => {
    const prefectureDesk = '都道府県 自立相談支援機関';
    const welfareDesk = '県福祉事務所(生活保護)';
    let town: Page;
    let prefecture: Page;
    let referral: string;
    let livelihood: string;
    let office: string;

    const jumpTo = async (day: string) => {
      const admin = await under.as({ role: 'it_admin' });
      const { status, body } = await admin('POST', '/clock', { jumpTo: `${day}T09:00:00+09:00` });
      expect([status, body.code]).toEqual([200, undefined]);
      await waitFor(
        async () => (await under.rows('select 1 from referral where clock_at <= $1', [body.now])).length === 0,
        { what: 'the clock to be done' },
      );
      return new Date(body.now);
    };
    const aboutHim = async (page: Page) => {
      await page.getByRole('button', { name: '連絡先', exact: true }).click();
      await page.getByRole('textbox', { name: '住所' }).fill('見本町字見本九番地');
      await page.getByRole('button', { name: '収入・負債', exact: true }).click();
      await page.getByRole('textbox', { name: '滞納' }).fill('家賃三か月。');
    };

    it('sends the prefecture what its work needs, of all that he agreed to, and stays the desk that he comes to', async () => {
      const it_ = await under.as({ role: 'it_admin' });
      const ken = await deskOf(it_, '9901000023');
      ({ id: office } = await welfareOfficeOf(it_, ken.organization.id, today));
      town = await browsing.as(await engage(under, { code: '9901000015' }, 'choson'));
      await begins(town, {
        kind: '都道府県への提供',
        domain: '生活困窮',
        desk: `${prefectureDesk} (見本県中部福祉保健所)`,
        name: '見本　九郎',
      });
      await aboutHim(town);
      await town.getByRole('button', { name: '要介護度', exact: true }).click();
      await town.getByLabel('要介護状態区分').selectOption({ label: '要介護2' });
      await isExplained(town, '本人が来所する');
      await town.getByLabel('続けること').fill('窓口として月に一度訪ねる。');
      await town.getByLabel('次にご本人と連絡する日').fill(addMonths(today, 1));
      await handsIn(town);
      const items = ['氏名・生年月日・性別', '連絡先', '要介護度', '収入・負債'];
      // Without leave to answer it does not go: the town stays the contact desk.
      await registersConsent(town, { items, toward: prefectureDesk, feedback: '返さない' });
      await town.getByText('つなぎはまだ待っています。').waitFor();
      expect(await violations(town)).toEqual([]);
      await backToReferral(town);
      await isIn(town, '根拠待ち');
      referral = idOf(town);
      await town.getByRole('link', { name: '同意を登録する' }).click();
      await registersConsent(town, { items, toward: prefectureDesk, feedback: '状態だけ返す' });
      await town.getByText(new RegExp(`${prefectureDesk}に送られました。`)).waitFor();
      await town.getByText('渡した項目: 氏名・生年月日・性別、連絡先、収入・負債', { exact: true }).waitFor();
      await backToReferral(town);
      await part(town, '提供の判断').getByText('ご本人: 要介護度', { exact: true }).waitFor();
    });

    it('which the prefecture opens by the sheet that came on paper, and takes over', async () => {
      prefecture = await browsing.as(await engage(under, { code: '9901000023' }, 'ken.jiritsu'));
      const code = await outline(town)
        .getByText(/^[0-9A-Z]{27}$/)
        .textContent();
      await menu(prefecture, '紙のつなぐシート');
      await prefecture.getByLabel('シートのコード').fill(code!);
      await prefecture.getByRole('button', { name: '開く', exact: true }).click();
      await prefecture.getByRole('group', { name: 'このシートのつなぎ' }).getByText('到着', { exact: true }).waitFor();
      await prefecture.getByRole('link', { name: '返事を書く' }).click();
      await part(prefecture, 'いまできること').waitFor();
      await loaded(prefecture);
      expect(await shown(prefecture)).toContain('家賃三か月。');
      expect((await prefecture.content()).includes('要介護2')).toBe(false);
      await part(prefecture, '引き継ぎについて').getByText('窓口として月に一度訪ねる。').waitFor();
      await takesOver(prefecture, '県　四郎');
      await isIn(town, '引受');
    });

    it('joins its 支援調整会議, called by name', async () => {
      await menu(prefecture, '会議');
      await prefecture.getByRole('button', { name: '会議を提案する' }).click();
      await prefecture.getByLabel('会議', { exact: true }).selectOption({ label: '支援調整会議' });
      await prefecture
        .getByLabel('開いてほしい窓口')
        .selectOption({ label: `${prefectureDesk} (見本県中部福祉保健所)` });
      await prefecture.getByLabel('どのつなぎの方について').selectOption(referral);
      await prefecture.getByLabel('開いてほしい理由').fill('支援の進め方を、町と一緒に決める。');
      await prefecture.getByRole('button', { name: '事務局に提案する' }).click();
      await prefecture.getByRole('status', { name: '会議を提案しました' }).waitFor();
      await prefecture.getByRole('link', { name: '支援調整会議' }).click();
      await prefecture.getByText('出席者を呼ぶ', { exact: true }).click();
      const called = [
        [`${prefectureDesk} (見本県中部福祉保健所)`, '必須'],
        ['福祉事務所未設置町村 相談窓口 (見本町福祉課)', '招いた方'],
      ] as const;
      for (const [n, [desk, attendance]] of called.entries()) {
        if (n > 0) await prefecture.getByRole('button', { name: 'もう一人呼ぶ' }).click();
        const seat = prefecture.getByRole('group', { name: `呼ぶ方 ${n + 1}` });
        await seat.getByLabel('出席').selectOption({ label: attendance });
        await seat.getByLabel('窓口').selectOption({ label: desk });
        await seat.getByLabel('職員').selectOption({ label: '見本 支援' });
      }
      await prefecture.getByLabel('議長').selectOption({ index: 1 });
      await prefecture.getByRole('button', { name: '呼ぶ', exact: true }).click();
      await prefecture.getByRole('status', { name: '出席者を呼びました' }).waitFor();
      await prefecture.getByRole('button', { name: '守秘義務を確認する' }).click();
      await prefecture.getByRole('status', { name: '守秘義務を確認しました' }).waitFor();
      await prefecture.getByRole('button', { name: '会議を開く' }).click();
      await prefecture.getByRole('status', { name: '会議を開きました' }).waitFor();

      await menu(town, '会議');
      await town.getByRole('link', { name: '支援調整会議' }).click();
      await town.getByRole('button', { name: '守秘義務を確認する' }).click();
      await town.getByRole('status', { name: '守秘義務を確認しました' }).waitFor();
      await town.getByRole('table', { name: /支援調整会議 出席者/ }).waitFor();
      expect(await violations(town)).toEqual([]);
    });

    it('keeps the part that needs 生活保護 on its list until 福祉事務所 says that it has received him', async () => {
      const awaited = '相手の窓口がご本人を受け付けたと答えるまで、続けて確かめてください。';
      await begins(town, { domain: '生活保護', name: '見本　九郎' });
      await town.getByLabel('窓口', { exact: true }).selectOption(office);
      await aboutHim(town);
      await isExplained(town, '同行する');
      await handsIn(town);
      await registersConsent(town, {
        items: ['氏名・生年月日・性別', '連絡先', '収入・負債'],
        toward: welfareDesk,
        feedback: '状態だけ返す',
      });
      await town.getByText(/に送られました。/).waitFor();
      await backToReferral(town);
      livelihood = idOf(town);
      await atInbox(town);
      await todo(town, awaited).waitFor();
      const welfare = await browsing.as(await engage(under, { code: '9961000018' }, 'ken.hogo'));
      await opensNew(welfare);
      // Delivered and opened is not enough.
      await atInbox(town);
      await todo(town, awaited).waitFor();
      await takesOver(welfare, '保護　六郎');
      await atInbox(town);
      expect(await todo(town, awaited).count()).toBe(0);
      await at(town, `/referrals/${livelihood}`);
      await isIn(town, '引受');
      await welfare.context().close();
    });

    it('hears how it went, looks after him itself, and confirms after three months', async () => {
      await menu(prefecture, 'つなぎ一覧');
      await rows(prefecture).nth(1).getByRole('link').click();
      await takesStep(prefecture, '対応を始める', async (dialog) => {
        await dialog.getByLabel('最初に会った日').fill(today);
        await dialog.getByLabel('会った方法').fill('訪問');
      });
      await takesStep(prefecture, '結果を報告する', async (dialog) => {
        await dialog.getByLabel(/^結果/).selectOption({ label: '支援につながった' });
        await dialog.getByLabel(/^送り元への報告/).fill('住居確保給付金につながりました。');
        await wasTold(dialog, minutesAgo(5), '面談');
      });
      await takesUp(town, '結果報告が届いているので');
      await takesStep(town, '後追いを決める・結果を記録する', async (dialog) => {
        await dialog.getByLabel('後追いの時期').selectOption({ label: '1か月・3か月・6か月後' });
      });
      await isIn(town, '後追い');
      for (const months of [1, 3]) {
        const now = await jumpTo(addMonths(today, months));
        await takesUp(town, '後追いの日なので');
        await takesStep(town, '後追いを決める・結果を記録する', async (dialog) => {
          await dialog.getByLabel('後追いの結果').selectOption({ label: '続いている' });
          await dialog.getByLabel('後追いで分かったこと').fill('家賃を払えている。');
          await wasTold(dialog, now, '訪問');
        });
      }
      expect(await part(town, '経過').getByText('続いている', { exact: true }).count()).toBe(2);
      // Six months on she looks once more.
      await isIn(town, '後追い');
      expect(await violations(town)).toEqual([]);
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
