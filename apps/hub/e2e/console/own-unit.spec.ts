// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { routes } from '@tsunagi/console/routes';
import { ja } from '@tsunagi/console/texts';
import { uuidToBase32 } from '@tsunagi/text';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { menu } from './at-work';
import { accepting, choose, enters, lives, main, press, settled } from './lives';
import { playedOn } from './set-ups';
import { violations } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import { act, handIn, registerConsent, view } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  const { at, by, open, seats, here } = lives(setUp);

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
      const beside = await here.browsing.beside(worker);
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

  it('complains of nothing in the browser', () => {
    expect(here.browsing.complaints).toEqual([]);
  });
});
