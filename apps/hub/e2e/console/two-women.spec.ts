// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import type { Page } from 'playwright-core';
import { menu } from './at-work';
import { accepting, choose, lives, press, settled } from './lives';
import { playedOn } from './set-ups';
import { violations } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Api } from '../../test/sign-in';
import { act, handIn, registerConsent, stateOf, view } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  const { at, by, open, here } = lives(setUp);

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

  it('complains of nothing in the browser', () => {
    expect(here.browsing.complaints).toEqual([]);
  });
});
