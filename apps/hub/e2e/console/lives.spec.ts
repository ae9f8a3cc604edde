// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { uuidToBase32 } from '@tsunagi/text';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { browse, violations, type Browsing } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Api } from '../../test/sign-in';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import { jumpTo } from '../journeys/clock';
import { act, deskOf, handIn, registerConsent, stateOf, view } from '../journeys/people';
import { playedOn } from './set-ups';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;
  const seats = new Map<string, Page>();

  beforeAll(async () => {
    // 子育て has a system as well, by whose numbers its desk knows a household.
    desks = await twoDesks({ setUp, plugins: { kaigo: {}, konkyu: {}, kosodate: {} } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });

  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  /** Somebody at their own screen, where they were last. */
  const at = async (name: string): Promise<Page> => {
    const page = seats.get(name) ?? (await browsing.as(name));
    seats.set(name, page);
    return page;
  };
  const by = (name: string) => desks.under.as({ name });
  const open = (page: Page, path: string) => page.goto(`${desks.under.hub.baseUrl}/console${path}`);
  const menu = (page: Page, name: string) =>
    page.getByRole('navigation', { name: 'メニュー' }).getByRole('link', { name, exact: true }).click();
  const press = (within: Pick<Page, 'getByRole'>, name: string) =>
    within.getByRole('button', { name, exact: true }).click();
  const choose = (within: Pick<Page, 'getByLabel'>, name: RegExp, label: string) =>
    within.getByLabel(name).selectOption({ label });
  const main = (page: Page) => page.getByRole('main');
  const next = (page: Page) => press(page, '次へ');

  /** What a page says once it has all that it asked for, and says the same twice. */
  async function settled(page: Page): Promise<string> {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    let before: string | undefined;
    return waitFor(
      async () => {
        const text = await main(page).innerText();
        // The counts of the queue come after its rows, and nothing says that they are on their way.
        const isCounted = !/\/queue(\?|$)/.test(page.url()) || /期限超過\s*\d+件/.test(text);
        const isSame = text === before && isCounted && !text.includes(ja.common.loading);
        before = text;
        return isSame && text;
      },
      { what: 'the page to be done' },
    );
  }

  /** The answer on a sheet, as it is entered: who, which items, toward whom; the rest as the form has it. */
  async function enters(page: Page, items: readonly string[], toward: string, also?: () => Promise<unknown>) {
    await next(page);
    await choose(page, /^だれが答えたか/, '本人');
    await next(page);
    for (const item of items) await page.getByLabel(item, { exact: true }).check();
    await page.getByLabel(toward).check();
    await also?.();
    await next(page);
    await page.getByLabel('書面').check();
    await next(page);
  }

  const accepting = { worker: { name: '試験　月' }, personMatched: true };

  describe('S16: a mother whose husband hits her, at the desk that knows both', () => {
    const [her, child, safe] = ['見本　十六', '見本　小夜', '0990001616'];
    /** His number at the desk, his referral to 障害, and who is named in it. */
    let his: string;
    let persons: string[];
    let hers: string;
    let desk: Page;
    let worker: Page;
    /** What the pages of his worker say of everything, before anybody has said a word against him. */
    let before: Readonly<Record<string, string>>;
    const answers: Promise<string>[] = [];

    const known = (ref: string, role: string, n: number, items: object) => ({
      ...{ ref, role, identifiers: [{ system: 'kosodate', value: `S16-${n}` }], items },
    });

    /** Every page that his worker has, but for those that start from an address of somebody else. */
    async function everyPage(): Promise<Record<string, string>> {
      const said: Record<string, string> = {};
      for (const { path } of routes.filter((r) => r.roles.includes('caseworker') && !/:id/.test(r.path))) {
        await open(worker, path);
        said[path] = await settled(worker);
      }
      await open(worker, `/referrals/${his}`);
      return { ...said, his: await settled(worker) };
    }
    /** What is said at an address, whatever id stands in it. */
    async function addressed(path: string, id: string): Promise<string> {
      await open(worker, path.replace(':id', id));
      return (await settled(worker))
        .replaceAll(id, '')
        .replaceAll(uuidToBase32(id), '')
        .replace(/[0-9a-f-]{36}/g, '');
    }

    beforeAll(async () => {
      const [kosodate, shogai] = [await by('caseworker.kosodate'), await by('caseworker.shogai')];
      const him = {
        identity: { name: '見本　日向' },
        concern: { boxes: ['income_work'] },
        household_outline: { size: 3 },
      };
      const wife = known('wife', 'spouse', 2, { identity: { name: her } });
      const kid = known('child', 'child', 3, { identity: { name: child, birthDate: '2021-04-02' } });
      const subject = known('subject', 'subject', 1, him);
      const { body } = await handIn(kosodate, {
        at: new Date(),
        subject,
        others: [wife, kid],
        to: { domain: 'shogai' },
      });
      his = body.id;
      persons = (await view(kosodate, his)).persons.map((p: { person: string }) => p.person);
      const categories = [...Object.keys(him), 'household'];
      await registerConsent(kosodate, persons[0]!, { categories, toward: 'shogai', feedback: 'state' });
      await act(shogai, his, 'receive');
      await act(shogai, his, 'accept', accepting);
      worker = await at('caseworker.shogai');
      // The last hints of what was done until now may still be on their way.
      before = await waitFor(
        async () => {
          const said = await everyPage();
          return !Object.values(said).some((text) => text.includes(ja.queue.outdated)) && said;
        },
        { what: 'a list that stands still', timeoutMs: 60_000 },
      );
      // The list of what he has stands open in a tab beside, as it does all day.
      const beside = await browsing.beside(worker);
      await menu(beside, 'つなぎ一覧');
      await beside.getByText('1件を表示しています').waitFor();
      worker.context().on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (pathname.startsWith('/api/') && pathname !== '/api/v1/events')
          answers.push(response.text().catch(() => ''));
      });
      seats.set('his worker, all day', beside);
    });

    it('is asked whom she fears and who is with her; a unit of her own is made, and only this desk knows', async () => {
      desk = await at('caseworker.kosodate');
      await open(desk, `/referrals/${his}`);
      await press(desk, '危険のある人を記録する');
      const dialog = desk.getByRole('dialog', { name: '危険のある人を記録する' });
      await choose(dialog, /^だれを守りますか/, `配偶者 ${her}`);
      await choose(dialog, /^危険のある人/, 'ご本人 見本　日向');
      await dialog.getByLabel(`子 ${child}`).check();
      expect(await violations(desk)).toEqual([]);
      await press(dialog, '記録する');
      await dialog.getByText('ご本人の新しい支援単位を設けました').waitFor();
      expect(await violations(desk)).toEqual([]);
      await press(dialog, '閉じる');
      const kosodate = await by('caseworker.kosodate');
      const unitsOf = async (person: string) =>
        (await kosodate('GET', `/support-units?person=${person}`)).body.items.map(
          (u: { id: string }) => u.id,
        ) as string[];
      const [man, woman, kid] = [await unitsOf(persons[0]!), await unitsOf(persons[1]!), await unitsOf(persons[2]!)];
      const own = woman.filter((unit) => !man.includes(unit));
      expect(own).toHaveLength(1);
      expect(kid).toEqual(expect.arrayContaining(own));
      await desk.getByRole('link', { name: `配偶者 ${her} の同意と記録` }).click();
      await desk.getByText('記録した方(氏名はここには出ません)').waitFor();
      expect(await violations(desk)).toEqual([]);
    });

    it('goes to the desk of 障害 with the number that is safe, and what would lead to her stays behind', async () => {
      await menu(desk, 'つなぎを書く');
      await desk.getByLabel('分野', { exact: true }).selectOption({ label: '障害' });
      await desk.getByLabel('氏名').fill(her);
      await desk.getByLabel('業務システムの番号').fill('S16-2');
      await desk.getByRole('group', { name: '相談事由' }).getByLabel('住まい').check();
      await desk.getByRole('button', { name: '連絡先', exact: true }).click();
      await desk.getByRole('textbox', { name: '住所' }).fill('見本県見本市秘町一丁目');
      await desk.getByRole('button', { name: '連絡上の注意', exact: true }).click();
      await desk.getByLabel('連絡してよい番号').fill(safe);
      await desk.getByLabel('知られてはいけない人').fill('夫');
      await desk.getByLabel('このとおりに連絡して安全だと確かめたか').check();
      await desk.getByLabel('相手から連絡してよい').check();
      await desk.getByLabel('伝えた', { exact: true }).check();
      await desk.getByLabel('どのように').fill('安全な番号に電話');
      await desk.getByText('根拠を待ちます').waitFor();
      expect(await violations(desk)).toEqual([]);
      await press(desk, 'つなぎを送る');
      await desk.getByRole('heading', { name: '受け付けました。根拠を待っています' }).waitFor();
      await desk.getByRole('link', { name: '同意を登録する' }).click();
      // She consents to be found; it is not for her consent that nobody finds her.
      await enters(desk, ['氏名・生年月日・性別', '連絡上の注意', '相談事由'], '障害者相談支援事業所だけ', async () => {
        await desk.getByText('このつなぎに入っていない項目').first().click();
        await desk.getByLabel('連絡先', { exact: true }).check();
      });
      await press(desk, '同意を記録する');
      await desk.getByText(/障害者相談支援事業所に送られました。/).waitFor();
      hers = new URL(desk.url()).pathname.split('/')[3]!;

      const chief = await at('supervisor.shogai');
      await open(chief, `/referrals/${hers}`);
      await press(chief, '到着を確かめる');
      await press(chief.getByRole('dialog', { name: '到着を確かめる' }), '到着を確かめる');
      await chief.getByText(safe).waitFor();
      const seen = await main(chief).innerText();
      expect(seen).toContain('秘匿の方です。');
      holdsNone(seen, ['秘町', '日向']);
      expect(await violations(chief)).toEqual([]);
    });

    it('shows his worker no referral, no household that has changed, no lead that is missing, no candidate: on no page', async () => {
      expect(await everyPage()).toEqual(before);
      for (const reached of await Promise.all(answers))
        holdsNone(reached, [her, child, safe, hers, uuidToBase32(hers), persons[1]!, persons[2]!]);
    });

    it('and at no address, by no search and in no count', async () => {
      const ofReferral = routes.filter((r) => r.path.startsWith('/referrals/:id') && r.roles.includes('caseworker'));
      expect(ofReferral.length).toBeGreaterThan(1);
      for (const { path } of [...ofReferral, { path: '/queue?q=:id' }])
        expect([path, await addressed(path, hers)]).toEqual([path, await addressed(path, randomUUID())]);
      for (const person of persons.slice(1))
        expect(await addressed('/persons/:id', person)).toBe(await addressed('/persons/:id', randomUUID()));
      await open(worker, '/persons');
      for (const words of [her, 'S16-2', uuidToBase32(hers), child]) {
        await worker.getByLabel(/^さがす言葉/).fill(words);
        await press(worker, 'さがす');
        await worker.getByText('当てはまる方はいません', { exact: false }).waitFor();
      }
      // A colleague's referral comes after hers: the list that was open all day has counted that one alone.
      const kosodate = await by('caseworker.kosodate');
      const subject = { ref: 'x', role: 'subject', identifiers: [], items: { identity: { name: '見本　他人' } } };
      const { body } = await handIn(kosodate, { at: new Date(), subject, to: { domain: 'shogai' } });
      const { person } = await view(kosodate, body.id);
      await registerConsent(kosodate, person, { categories: ['identity'], toward: 'shogai', feedback: 'state' });
      const beside = seats.get('his worker, all day')!;
      await beside.getByText('新着 1件').waitFor();
      await press(beside, '表示する');
      await beside.getByText('2件を表示しています').waitFor();
    });

    it('lets his request for the child’s list be taken down, and somebody else looks into it', async () => {
      await open(desk, `/referrals/${his}`);
      await desk.getByRole('link', { name: `子 ${child} の同意と記録` }).click();
      await press(desk, '開示の求めを受け付ける');
      const dialog = desk.getByRole('dialog', { name: '開示の求めを受け付ける' });
      await choose(dialog, /^求めた人/, '親権者・後見人など');
      await dialog.getByLabel(/^求めのあった日/).fill('2026-11-20');
      await choose(dialog, /^本人確認/, '写真付きの書類');
      expect(await violations(desk)).toEqual([]);
      await press(dialog, '受け付ける');
      await dialog.getByText('この窓口では何も答えないでください', { exact: false }).waitFor();
      holdsNone(await dialog.innerText(), ['渡った', '障害者相談支援事業所']);

      const officer = await at('privacy_officer');
      await menu(officer, '受付箱');
      await officer
        .getByRole('link', { name: /提供の記録/ })
        .first()
        .click();
      await officer.getByRole('heading', { level: 1, name: '提供の記録' }).waitFor();
      await press(officer, '提供の記録を開く');
      await choose(officer, /^何に使うか/, 'ご本人に渡すもの');
      await officer.getByText('危険な人の記録があります。渡す前に確かめてください。').waitFor();
      expect(await violations(officer)).toEqual([]);
      await press(officer, '答えを記録する');
      const answer = officer.getByRole('dialog');
      await choose(answer, /^答えの内容/, '不開示');
      await answer.getByLabel(/^決めた日/).fill('2026-11-21');
      await choose(answer, /^一部または不開示の理由/, '81条(あるかないかを答えない)');
      await press(answer, '答えを記録する');
      await officer.getByRole('row', { name: /親権者・後見人など.*不開示/ }).waitFor();
    });
  });

  describe('S17: a carer of sixteen, whose father is not told', () => {
    let referral: string;
    let desk: Page;
    let recipient: Page;
    const grandmother = ['見本　ふみ', '要介護', '祖母', '世帯人数'];

    beforeAll(async () => {
      const today = japaneseDay(new Date());
      const birthDate = addDays(`${Number(today.slice(0, 4)) - 16}-${today.slice(5, 8)}01`, -60);
      const subject = {
        ...{ ref: 'subject', role: 'subject', identifiers: [] },
        items: {
          identity: { name: '見本　十七', birthDate },
          // Of the room of the school nurse.
          contact: { telephone: '0991717171' },
          contact_wishes: { when: '昼休み、養護教諭を通して', mustNotKnow: '父' },
          household_outline: { size: 3, relations: ['父', '祖母'] },
          education: { school: '見本高等学校', note: '遅刻が続く。' },
          wishes: { wishes: '進学したい。' },
        },
      };
      const items = { identity: { name: '見本　ふみ' }, care_level: { level: '24' } };
      const others = [{ ref: 'g', role: 'grandparent', relation: '祖母', identifiers: [], items }];
      const kosodate = await by('caseworker.kosodate');
      const { body } = await handIn(kosodate, { at: new Date(), subject, others, to: { domain: 'konkyu' } });
      referral = body.id;
      expect(body).toMatchObject({ state: 'awaiting_authority' });
      desk = await at('caseworker.kosodate');
    });

    it('says it himself, when the worker has seen that he understands it; what he has not ticked stays', async () => {
      await open(desk, `/referrals/${referral}`);
      await desk.getByRole('link', { name: '同意を登録する' }).click();
      const his = ['氏名・生年月日・性別', '連絡先', '教育', '本人の希望'];
      await enters(desk, his, '自立相談支援機関だけ', async () => {
        const preview = desk.getByRole('complementary', { name: '自立相談支援機関にはこう見えます' });
        await preview.getByText('この同意を記録すると').waitFor();
        holdsNone(await preview.innerText(), grandmother.slice(0, 1));
      });
      await press(desk, '同意を記録する');
      const understood = desk.getByLabel(/^内容を理解していることを確かめた/);
      await understood.waitFor();
      expect(await understood.getAttribute('aria-invalid')).toBe('true');
      expect(await stateOf(await by('caseworker.kosodate'), referral)).toBe('awaiting_authority');
      expect(await violations(desk)).toEqual([]);
      await understood.check();
      for (let n = 0; n < 3; n += 1) await next(desk);
      await press(desk, '同意を記録する');
      await desk.getByText(/自立相談支援機関に送られました。/).waitFor();
      expect(await violations(desk)).toEqual([]);
      const { referral: sent } = (await desks.konkyu.takeNext('referral.sent.v1', referral)).data as Sent;
      const items = ['contact', 'contact_wishes', 'education', 'identity', 'wishes'];
      expect(Object.keys(sent.subject.items).sort()).toEqual(items);
      expect(sent.others ?? []).toEqual([]);
    });

    it('is reached through the school nurse; of his grandmother and of the household the office reads nothing', async () => {
      await waitFor(async () => (await stateOf(await by('caseworker.kosodate'), referral)) === 'received', {
        what: 'the receipt',
      });
      recipient = await at('caseworker.konkyu');
      await open(recipient, `/referrals/${referral}`);
      const people = recipient.getByRole('region', { name: 'ご本人と世帯' });
      await people.getByText('昼休み、養護教諭を通して').waitFor();
      const seen = await people.innerText();
      for (const his of ['見本高等学校', '進学したい。', '知られてはいけない人']) expect(seen).toContain(his);
      holdsNone(await settled(recipient), grandmother);
      expect(await violations(recipient)).toEqual([]);
    });

    it('and the father’s no is on file, takes nothing back and stops nothing', async () => {
      await open(desk, `/referrals/${referral}/consent`);
      await next(desk);
      await desk.getByLabel('同意しない').check();
      await choose(desk, /^だれが答えたか/, '親権者・未成年後見人');
      await choose(desk, /^親権/, '単独親権');
      await next(desk);
      await next(desk);
      await desk.getByLabel('電話', { exact: true }).check();
      await next(desk);
      await press(desk, '同意しないと記録する');
      await desk.getByRole('link', { name: '記録した同意と不同意を見る' }).click();
      const no = desk.getByRole('article', { name: /の不同意/ });
      await no.getByText('代わって決められない方なので、何も許しません(止めません)。').waitFor();
      expect(await violations(desk)).toEqual([]);

      // Nor does he take back what his son has said.
      await press(desk, '撤回を記録する');
      const dialog = desk.getByRole('dialog', { name: '撤回の記録' });
      await choose(dialog, /^だれが撤回したか/, '親権者・未成年後見人');
      await choose(dialog, /^親権/, '単独親権');
      await choose(dialog, /^どう伝えられたか/, '電話');
      await press(dialog, '撤回を記録して止める');
      await dialog.getByRole('alert').waitFor();
      expect(await violations(desk)).toEqual([]);
      await press(dialog, '閉じる');

      await recipient.reload();
      await press(recipient, '引き受ける');
      const taking = recipient.getByRole('dialog', { name: '引き受ける' });
      await taking.getByLabel(/^担当者/).fill('試験　月');
      await taking.getByLabel(/同じ人だと確かめました/).check();
      await press(taking, '引き受ける');
      await recipient.getByText('「引き受ける」を行いました').waitFor();
      await open(desk, `/referrals/${referral}`);
      await press(desk, '補足する・訂正する');
      const more = desk.getByRole('dialog', { name: '補足する・訂正する' });
      await more.getByLabel(/^補足する内容/).fill('奨学金の書類を集めます。');
      await press(more, '補足する・訂正する');
      await desk.getByText('「補足する・訂正する」を行いました').waitFor();
      await recipient.reload();
      await recipient.getByText('奨学金の書類を集めます。').waitFor();
      await recipient.getByText('見本高等学校').waitFor();
      await menu(recipient, '受付箱');
      holdsNone(await settled(recipient), ['同意が撤回された']);
    });
  });

  describe('S20: two women of one name and one birth date', () => {
    const identity = { name: '見本　二十', kana: 'ミホン　ハツカ', birthDate: '1984-05-06' };
    let konkyu: Api;
    /** By the ids of before they were taken for one. */
    let [hers, others]: string[] = [];
    let wrong: string;
    let recipient: Page;
    let desk: Page;
    let officer: Page;
    let noticed: string;

    const asks = async (whose: string, toward: string, box: string) => {
      const identifiers = [{ system: 'konkyu', value: `S20-${whose}` }];
      const subject = { ref: 'subject', role: 'subject', identifiers, items: { identity, concern: { boxes: [box] } } };
      const more = { to: { domain: toward }, howTheyMeet: 'through_sender' };
      const { body } = await handIn(konkyu, { at: new Date(), subject, ...more });
      return { id: body.id as string, person: (await view(konkyu, body.id)).person as string };
    };
    const permits = (person: string, toward: string) =>
      registerConsent(konkyu, person, { categories: ['identity', 'concern'], toward, feedback: 'state' });

    beforeAll(async () => {
      konkyu = await by('caseworker.konkyu');
      const [one, two] = [await asks('1', 'kosodate', 'housing'), await asks('2', 'kosodate', 'income_work')];
      [hers, others] = [one.person, two.person];
      for (const { person } of [one, two]) await permits(person, 'kosodate');
      await permits(one.person, 'shogai');
      wrong = (await asks('2', 'shogai', 'income_work')).id;
      expect(await stateOf(konkyu, wrong)).toBe('awaiting_authority');
      // Somebody confirms two items too many, and somebody else believes it: a word of the one lets the other’s referral out.
      const agreed = ['name', 'birth_date', 'address', 'telephone'];
      expect((await konkyu('POST', `/persons/${others}/link`, { other: hers, agreed })).status).toBe(201);
      officer = await at('privacy_officer');
      await menu(officer, '受付箱');
      await officer.getByRole('link', { name: /同じ人だと確かめた二つの記録/ }).click();
      await officer.getByText('氏名、生年月日、住所、電話番号').waitFor();
      await press(officer, '何が起こるかを確かめる');
      await officer.getByRole('heading', { name: 'これから起こること' }).waitFor();
      await press(officer, '一つにする');
      await officer.getByText('一つにしました').waitFor();
      expect(await violations(officer)).toEqual([]);
      expect(await stateOf(konkyu, wrong)).toBe('sent');
      const shogai = await by('caseworker.shogai');
      await act(shogai, wrong, 'receive');
      await act(shogai, wrong, 'accept', accepting);
      recipient = await at('caseworker.shogai');
      desk = await at('caseworker.konkyu');
    });

    it('the one who sits there is another: it is said on screen, and the content is gone from it at once', async () => {
      await open(recipient, `/referrals/${wrong}`);
      const people = recipient.getByRole('region', { name: 'ご本人と世帯' });
      await people.getByText(identity.name).waitFor();
      await press(recipient, '誤送付を知らせる');
      const dialog = recipient.getByRole('dialog', { name: '誤送付を知らせる' });
      await choose(dialog, /^何を誤ったか/, '別の方のもの');
      await dialog.getByLabel(/^どのように気づいたか/).fill('面接の方とは別の方の記録。');
      expect(await violations(recipient)).toEqual([]);
      noticed = japaneseDay(new Date());
      await press(dialog, '誤送付を知らせる');
      await recipient.getByText('誤送付の知らせがあり、中身は使えません。').waitFor();
      holdsNone(await settled(recipient), [identity.name, identity.kana]);
      expect(await violations(recipient)).toEqual([]);
    });

    it('it is recalled, and the desk answers that it has stopped using it', async () => {
      await open(officer, `/ledger?person=${hers}`);
      const line = officer.getByRole('row').filter({ hasText: '取消し: 求めた' });
      await line.waitFor();
      holdsNone(await line.innerText(), ['受領']);
      await menu(recipient, '受付箱');
      const todo = recipient.getByRole('listitem').filter({ hasText: '取り消された情報を使うのをやめ' });
      await press(todo, '済みにする');
      const dialog = recipient.getByRole('dialog', { name: '済みにする' });
      await dialog.getByLabel('消した').check();
      await press(dialog, '済みにする');
      await todo.waitFor({ state: 'detached' });
      await officer.reload();
      await line.getByText(/受領/).waitFor();
      expect(await violations(officer)).toEqual([]);
    });

    it('an incident is open, with the days by which the law wants an answer', async () => {
      await menu(officer, '漏えい等の事故');
      await officer.getByRole('link', { name: '別の方のもの' }).click();
      const facts = officer.getByRole('region', { name: '状態' });
      await facts.getByText('対応中').waitFor();
      for (const [what, days] of [
        ['速報', 5],
        ['確報', 30],
        ['ご本人への通知', 30],
      ] as const) {
        const term = facts.getByRole('term').filter({ hasText: what });
        const due = term.locator(`xpath=following-sibling::dd[1]//time[@datetime="${addDays(noticed, days)}"]`);
        expect([what, await due.count()]).toEqual([what, 1]);
      }
      expect(await facts.innerText()).toContain('自立相談支援機関');
      expect(await violations(officer)).toEqual([]);
    });

    it('the desk asks that what was made one be undone; the municipality sees what follows, and does it', async () => {
      await menu(desk, '受付箱');
      await desk.getByRole('link', { name: /誤送付の知らせがあった/ }).click();
      await press(desk, '別の方のものだと申し出る');
      const dialog = desk.getByRole('dialog', { name: '別の方のものだと申し出る' });
      await dialog.getByLabel(/一つにした記録を、元の二人に戻す/).check();
      await dialog.getByLabel(/^別人だった/).check();
      expect(await violations(desk)).toEqual([]);
      await press(dialog, '申し出る');
      await dialog.getByText('申し出ました。個人情報保護担当が判断します。').waitFor();
      await press(dialog, '閉じる');

      await menu(officer, '受付箱');
      await officer.getByRole('link', { name: /別の人のものだと知らせた記録/ }).click();
      const asked = officer.getByRole('article', { name: '自立相談支援機関の申し出' });
      await press(asked, '何が起こるかを確かめる');
      await asked.getByRole('heading', { name: 'これから起こること' }).waitFor();
      expect(await violations(officer)).toEqual([]);
      // It was only looked at.
      expect((await view(konkyu, wrong)).person).toBe(hers);
      await press(asked, '分ける');
      const happened = officer.getByRole('region', { name: '起こったこと' });
      await happened.getByText('分けました').waitFor();
      const listed = happened.getByRole('link', { name: /件目のつなぎ/ });
      const addresses = await listed.evaluateAll((links) =>
        links.map((a) => a.getAttribute('href')?.split('/').at(-1)),
      );
      const [first] = (await konkyu('GET', '/referrals?limit=200')).body.items.filter(
        (r: { id: string; to?: { domain: string } }) => r.to?.domain === 'kosodate' && addresses.includes(r.id),
      );
      expect([...addresses].sort()).toEqual([wrong, first.id].sort());
      expect(await violations(officer)).toEqual([]);
      await happened.getByRole('link', { name: '1件目の事故' }).click();
      await officer.getByRole('heading', { level: 1, name: '別人の統合' }).waitFor();
      expect((await view(konkyu, wrong)).person).toBe(others);
    });

    it('and the right one’s leaves, by a decision of its own', async () => {
      await menu(desk, 'つなぎを書く');
      await desk.getByLabel('分野', { exact: true }).selectOption({ label: '障害' });
      await desk.getByLabel('氏名').fill(identity.name);
      await desk.getByLabel('生年月日', { exact: true }).fill(identity.birthDate);
      await desk.getByLabel('業務システムの番号').fill('S20-1');
      await desk.getByRole('group', { name: '相談事由' }).getByLabel('住まい').check();
      await desk.getByLabel('送り手を通す').check();
      await desk.getByLabel('伝えた', { exact: true }).check();
      await desk.getByLabel('どのように').fill('面談');
      await desk.getByText('届きます', { exact: true }).waitFor();
      await press(desk, 'つなぎを送る');
      await desk.getByRole('heading', { name: '送りました' }).waitFor();
      await desk.getByRole('link', { name: 'このつなぎを開く' }).click();
      const why = desk.getByRole('region', { name: '提供の判断' });
      await why.getByText('氏名・生年月日・性別、相談事由').first().waitFor();
      const right = new URL(desk.url()).pathname.split('/').at(-1)!;
      expect((await view(konkyu, right)).person).toBe(hers);
      await open(recipient, `/referrals/${right}`);
      await press(recipient, '到着を確かめる');
      await press(recipient.getByRole('dialog', { name: '到着を確かめる' }), '到着を確かめる');
      await recipient.getByText(identity.name).waitFor();
      await recipient.getByText('住まい').first().waitFor();
      // What was let out by the other one’s word waits for a word of her own.
      await open(recipient, `/referrals/${wrong}`);
      holdsNone(await settled(recipient), [identity.name]);
    });
  });

  describe('S19: on 1 April a desk comes into other hands', () => {
    const [march, april] = ['2027-03-31', '2027-04-01'];
    const name = '見本　弥生';
    let kaigo: Api;
    let it_: Api;
    let [a, b, desk]: Page[] = [];
    /** Each row of the list of the last evening: which referral, in which state. */
    let evening: readonly (readonly [id: string, state: string])[];
    let referrals: string[];
    let named: string[];

    const waits = async () => {
      const subject = {
        ref: 'subject',
        role: 'subject',
        identifiers: [],
        items: { identity: { name }, concern: { boxes: ['care'] } },
      };
      const { body } = await handIn(kaigo, {
        at: new Date(`${march}T09:00:00+09:00`),
        subject,
        to: { domain: 'konkyu' },
      });
      return { referral: body.id as string, person: (await view(kaigo, body.id)).person as string };
    };
    const asked = { categories: ['identity', 'concern'], toward: 'konkyu', feedback: 'state' } as const;
    const table = (page: Page) => page.getByRole('table', { name: 'つなぎの一覧' });
    /** As somebody reads it who has the list before them. */
    async function rowsOf(page: Page) {
      await table(page).waitFor();
      await settled(page);
      const rows = await table(page)
        .getByRole('row')
        .filter({ has: page.getByRole('rowheader') })
        .all();
      const read = rows.map(async (row) => {
        const href = (await row.getByRole('link').getAttribute('href')) ?? '';
        return [href.split('/').at(-1)!.split('?')[0]!, await row.getByRole('cell').nth(2).innerText()] as const;
      });
      return (await Promise.all(read)).toSorted(([one], [two]) => one.localeCompare(two));
    }

    beforeAll(async () => {
      await jumpTo({ it_: await by('it_admin') }, march);
      // Whoever was signed in in November signs in again.
      seats.clear();
      [kaigo, it_] = [await by('caseworker.kaigo'), await by('it_admin')];
      const office = await deskOf(it_, '9900000041');
      const { body } = await it_('GET', '/organizations');
      const following = body.items.find((o: { name: string }) => o.name === '特定非営利活動法人みほんサポート');
      const operator = { organization: following.id, desk: following.desks[0].id, validFrom: april, channel: 'web' };
      const match = { 'if-match': `"${office.version}"` };
      expect((await it_('POST', `/desk-functions/${office.id}/operators`, operator, match)).status).toBe(200);
      const made = await it_('POST', '/staff', {
        ...{ login: 's19.next', name: '見本　次', organization: following.id },
        memberships: [{ function: office.id, role: 'caseworker', validFrom: april }],
      });
      expect(made.status).toBe(201);
      const staff = { role: 'caseworker', name: 's19.next', password: made.body.firstPassword, functions: [office.id] };
      desks.under.access.staff.push(staff);

      const all = [];
      for (let n = 0; n < 11; n += 1) all.push(await waits());
      referrals = all.map(({ referral }) => referral);
      named = referrals.slice(0, 2);
      // One of the two that name the office as it is today is entered on screen, the other one is on file already.
      desk = await at('caseworker.kaigo');
      // What is entered there counts from the day on which it is.
      await desk.context().clock.install({ time: `${march}T17:00:00+09:00` });
      await open(desk, `/referrals/${named[0]}/consent`);
      await enters(desk, ['氏名・生年月日・性別', '相談事由'], '自立相談支援機関だけ', () =>
        desk!.getByLabel(`「${office.organization.name}」だけに同意しています`).check(),
      );
      await press(desk, '同意を記録する');
      await desk.getByText(/自立相談支援機関に送られました。/).waitFor();
      await registerConsent(kaigo, all[1]!.person, { ...asked, namedOrganization: office.organization.id });
      for (const { person } of all.slice(2)) await registerConsent(kaigo, person, asked);
      for (const referral of referrals) await desks.konkyu.takeNext('referral.sent.v1', referral);
      await waitFor(
        async () => (await Promise.all(referrals.map((r) => stateOf(kaigo, r)))).every((state) => state === 'received'),
        { what: 'the receipts', timeoutMs: 30_000 },
      );
      const office_ = await by('caseworker.konkyu');
      for (const referral of referrals.slice(2, 5)) await act(office_, referral, 'accept', accepting);
      await act(office_, referrals[4]!, 'start', { firstContact: { on: march, how: '訪問' } });
      await act(office_, referrals[5]!, 'ask', { questions: 'いつからですか。' });
    });

    it('in March the office has eleven open ones, and those who will follow see nothing yet', async () => {
      await jumpTo({ it_ }, march, '23:50');
      a = await at('caseworker.konkyu');
      await menu(a, 'つなぎ一覧');
      evening = (await rowsOf(a)).filter(([id]) => referrals.includes(id));
      expect(evening.map(([, state]) => state).sort()).toEqual(
        ['引受', '引受', '対応中', '照会中', ...Array.from({ length: 7 }, () => '到着')].sort(),
      );
      expect(await violations(a)).toEqual([]);
    });

    it('at midnight those of before see nothing more, not even in a tab that was left open', async () => {
      await jumpTo({ it_ }, april, '00:00');
      await table(a!).getByRole('link').first().click();
      await a!.getByText('該当するものがないか、閲覧できません。').first().waitFor();
      holdsNone(await main(a!).innerText(), [name]);
      for (const path of ['/', '/queue', `/referrals/${referrals[2]}`, '/persons']) {
        await open(a!, path);
        await a!.getByText('この頁は、いまの役割では使いません').waitFor();
      }
      expect(await violations(a!)).toEqual([]);
    });

    it('those who follow acknowledge secrecy before they see anything; then all are on their list, as they were', async () => {
      b = await browsing.as('s19.next', { first: true });
      await b.getByRole('heading', { level: 1, name: '秘密保持の確認' }).waitFor();
      expect(await violations(b)).toEqual([]);
      expect(await b.getByRole('navigation').count()).toBe(0);
      await open(b, `/referrals/${referrals[2]}`);
      await b.getByRole('heading', { level: 1, name: '秘密保持の確認' }).waitFor();
      await press(b, '機関として確認する');
      await menu(b, '受付箱');
      const todos = b.getByRole('listitem').filter({ hasText: '受け持つ機関が替わったので' });
      await waitFor(
        async () => {
          await b!.reload();
          await settled(b!);
          return (await todos.count()) >= referrals.length;
        },
        { what: 'all of them on the list', timeoutMs: 60_000 },
      );
      expect(await violations(b)).toEqual([]);
      await menu(b, 'つなぎ一覧');
      expect((await rowsOf(b)).filter(([id]) => referrals.includes(id))).toEqual(evening);
    });

    it('with nobody named and nothing ended on the way; somebody takes one on', async () => {
      await open(b!, `/referrals/${referrals[2]}`);
      await b!.getByText(name).waitFor();
      const story = b!.getByRole('region', { name: '経過' });
      await story.getByText('受け持つ機関の交替').waitFor();
      holdsNone(await story.innerText(), ['つなぎ完了', '取下げ', '差戻し', '結果報告']);
      holdsNone(await b!.getByRole('region', { name: 'つなぎの番号' }).innerText(), ['受け手の担当者']);
      expect(await violations(b!)).toEqual([]);
      await menu(b!, '受付箱');
      const todo = b!
        .getByRole('listitem')
        .filter({ hasText: '受け持つ機関が替わったので', has: b!.locator(`a[href*="${referrals[2]}"]`) });
      await press(todo, '済みにする');
      const dialog = b!.getByRole('dialog', { name: '済みにする' });
      await dialog.getByLabel(/^担当者/).fill('見本　次郎');
      expect(await violations(b!)).toEqual([]);
      await press(dialog, '済みにする');
      await todo.waitFor({ state: 'detached' });
      await open(b!, `/referrals/${referrals[2]}`);
      await b!.getByText('見本　次郎').waitFor();
    });

    it('consents toward the desk go on; the two that name those of before are asked again', async () => {
      for (const referral of named) {
        await open(b!, `/referrals/${referral}`);
        await b!.getByText('この画面では、内容をお見せできません。', { exact: false }).waitFor();
        holdsNone(await settled(b!), [name]);
      }
      await menu(desk!, '受付箱');
      const again = desk!.getByRole('link', { name: 'ご本人に、改めて同意を尋ねてください。' });
      await again.first().waitFor();
      const addresses = await again.evaluateAll((links) => links.map((a) => a.getAttribute('href')?.split('/').at(-1)));
      expect([...addresses].sort()).toEqual([...named].sort());
      expect(await violations(desk!)).toEqual([]);
      await open(desk!, `/referrals/${named[0]}/consent`);
      await enters(desk!, ['氏名・生年月日・性別', '相談事由'], '自立相談支援機関だけ');
      await press(desk!, '同意を記録する');
      await desk!.getByText('同意を記録しました').waitFor();
      await open(b!, `/referrals/${named[0]}`);
      await b!.getByText(name).waitFor();
    });
  });

  describe('all of it', () => {
    it('makes the browser complain of nothing', () => {
      expect(browsing.complaints).toEqual([]);
    });
  });
});
