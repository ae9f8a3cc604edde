// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { menu } from './at-work';
import { choose, enters, lives, next, press, settled } from './lives';
import { playedOn } from './set-ups';
import { violations } from '../../test/browser';
import { holdsNone } from '../../test/her-matters';
import type { Sent } from '../../test/two-desks';
import { handIn, stateOf } from '../journeys/people';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('embedded', (setUp) => {
  const { at, by, open, here } = lives(setUp);

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
      const { referral: sent } = (await here.desks.konkyu.takeNext('referral.sent.v1', referral)).data as Sent;
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

  it('complains of nothing in the browser', () => {
    expect(here.browsing.complaints).toEqual([]);
  });
});
