// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { menu, part } from './at-work';
import { accepting, enters, lives, main, press, settled } from './lives';
import { playedOn } from './set-ups';
import { violations } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import type { Sent } from '../../test/two-desks';
import { jumpTo } from '../journeys/clock';
import { act, deskOf, handIn, registerConsent, stateOf, view } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  const { at, by, open, seats, here } = lives(setUp);

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
    /** What the system of those of before was given of each of them. */
    const deliveries = new Map<string, string>();
    /** Sent ten minutes to midnight: it lies in the queue of that system, which has not written it yet. */
    let onItsWay: string;
    let lying: { readonly deliveryId: string };

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
    const added = '四月からは、午前に連絡がつきます。';
    let machines: Page | undefined;
    const desksOfPlugin = () => machines!.getByRole('region', { name: 'いまの状態' });
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
      here.desks.under.access.staff.push(staff);

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
      for (const referral of referrals) {
        const { data } = await here.desks.konkyu.takeNext('referral.sent.v1', referral);
        deliveries.set(referral, (data as Sent).deliveryId);
      }
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
      machines = await at('it_admin');
      await open(machines, '/plugins/konkyu');
      await desksOfPlugin().getByText('自立相談支援機関').waitFor();

      const { referral, person } = await waits();
      onItsWay = referral;
      await registerConsent(kaigo, person, asked);
      lying = (await here.desks.konkyu.next('referral.sent.v1', onItsWay)).data as Sent;
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

    it('nor does their system: it writes nothing that lay in its queue, brings nothing, answers nothing', async () => {
      const { konkyu } = here.desks;
      expect(await konkyu.mayWrite(lying.deliveryId)).toBe(false);
      const answer = await here.desks.respond(deliveries.get(referrals[6]!)!, '20', { worker: '試験　太郎' });
      expect(answer).toMatchObject({ outcome: 'rejected', codes: ['FUNCTION_NOT_YOURS'] });
      const { source, ...form } = aSubmission({ to: { domain: 'kaigo' }, occurredAt: `${april}T00:00:00+09:00` });
      const submission = { ...form, source: { ...source, plugin: 'konkyu', system: 'konkyu' } } as never;
      const [brought] = await konkyu.send('referral.submitted.v1', [{ itemId: randomUUID(), submission }]);
      expect(brought).toMatchObject({ outcome: 'rejected', codes: ['FUNCTION_NOT_YOURS'] });
      // What the care desk adds on the first morning is for those who follow.
      await act(kaigo, referrals[6]!, 'supplement', { note: added });
      await machines!.reload();
      await desksOfPlugin().waitFor();
      expect(await desksOfPlugin().getByText('自立相談支援機関').count()).toBe(0);
      expect(await violations(machines!)).toEqual([]);
    });

    it('those who follow acknowledge secrecy before they see anything; then all are on their list, as they were', async () => {
      b = await here.browsing.as('s19.next', { first: true });
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

    it('what was on its way and what came since is theirs to read; the system of before has had none of it', async () => {
      await open(b!, `/referrals/${referrals[6]}`);
      await b!.getByText(added).waitFor();
      await open(b!, `/referrals/${onItsWay}`);
      await press(b!, '到着を確かめる');
      await press(b!.getByRole('dialog', { name: '到着を確かめる' }), '到着を確かめる');
      await part(b!, 'ご本人と世帯').getByText(name).waitFor();
      expect(here.desks.konkyu.deliveries).toEqual([]);
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

  it('complains of nothing in the browser', () => {
    expect(here.browsing.complaints).toEqual([]);
  });
});
