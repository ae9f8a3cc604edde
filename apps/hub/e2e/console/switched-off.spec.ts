// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { CloudEvent } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { waitFor } from '@tsunagi/testing';
import type { Page } from 'playwright-core';
import { isIn, loaded, menu, part, takesOver, takesStep } from './at-work';
import { playedOn } from './set-ups';
import { browse, violations, type Browsing } from '../../test/browser';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type Status, type TwoDesks } from '../../test/two-desks';
import { firstFrom, jumpTo, weekdayOf } from '../journeys/clock';

// A story is played from its beginning to its end, on a machine that may be slow.
jest.setTimeout(240_000);

playedOn('production', (setUp) => {
  let desks: TwoDesks;
  let browsing: Browsing;

  beforeAll(async () => {
    // A busy machine is no silent host.
    desks = await twoDesks({ setUp, timings: { hostStale: 20_000 } });
    browsing = await browse(desks.under.hub.baseUrl, () => desks.under.access);
  });
  afterAll(async () => {
    await browsing?.close();
    await desks?.close();
  });

  describe('S13: the plugin of 生活困窮 is off from Friday to Monday', () => {
    const tomorrow = addDays(japaneseDay(new Date()), 1);
    const friday = firstFrom(tomorrow, (day) => weekdayOf(day) === 5);
    const [saturday, monday] = [addDays(friday, 1), addDays(friday, 3)];
    /** Whom 介護 refers in these days, by the numbers of its system. */
    const [first, second, third] = ['0000001301', '0000001302', '0000001303'];
    const moved = '見本県見本市見本町十三丁目';
    /** What the system of 生活困窮 has asked of 介護 itself, and is told of. */
    let asked: string;
    const sent: string[] = [];
    let it_: Page;
    let kaigo: Page;

    const at = async (day: string, time: string) =>
      jumpTo({ it_: await desks.under.as({ role: 'it_admin' }) }, day, time);
    const button = (name: string | RegExp) => it_.getByRole('button', { name });
    const row = () => it_.getByRole('row', { name: /konkyu/ });
    const openPlugin = async () => {
      await menu(it_, 'プラグイン');
      await it_.getByRole('table', { name: 'プラグイン' }).getByRole('link', { name: 'konkyu', exact: true }).click();
      await it_.getByRole('heading', { level: 1, name: 'konkyu' }).waitFor();
    };
    const refers = async (insured: string, day: string, over: Parameters<typeof aSubmission>[0] = {}) => {
      const key = `00990010/S13-${insured}`;
      return (await desks.submit(aSubmission({ key, insured, occurredAt: `${day}T12:00:00+09:00`, ...over })))
        .referralId;
    };
    const opens = async () => {
      await kaigo.goto(`${desks.under.hub.baseUrl}/console/referrals/${asked}`);
      await part(kaigo, 'いまできること').waitFor();
      await loaded(kaigo);
    };

    beforeAll(async () => {
      await at(friday, '09:00');
      const { source, ...form } = aSubmission({
        to: { domain: 'kaigo' },
        items: { identity: { name: '見本　十三' }, concern: { boxes: ['care'] } },
        occurredAt: `${friday}T08:00:00+09:00`,
      });
      const submission = {
        ...form,
        source: { ...source, plugin: 'konkyu', system: 'konkyu' },
        subject: { ...form.subject, identifiers: [{ system: 'konkyu', value: 'S13' }] },
        asserted: { code: '1', formVersion: 'J-2026-1', on: friday },
      } as typeof form & { source: typeof source };
      const [answer] = await desks.konkyu.send('referral.submitted.v1', [{ itemId: randomUUID(), submission }]);
      expect(answer).toMatchObject({ outcome: 'accepted' });
      asked = answer!.referralId!;
      await desks.kaigo.takeNext('referral.sent.v1', asked);
      await desks.konkyu.takeNext('referral.status.v1', asked);
      it_ = await browsing.as('it_admin');
      kaigo = await browsing.as('caseworker.kaigo');
    });

    it('is stopped on Friday; the desks work on, and what is for it waits', async () => {
      await menu(it_, 'プラグイン');
      await row().getByText('動いています').waitFor();
      expect(await violations(it_)).toEqual([]);
      await openPlugin();
      await button('止める').click();
      await it_.getByText(/^止めました/).waitFor();

      sent.push(await refers(first, friday), await refers(second, friday));
      await opens();
      await takesOver(kaigo, '試験　月');
      await isIn(kaigo, '引受');
      await it_.getByText(/^3件 \(いちばん古いもの/).waitFor();
      expect(await violations(it_)).toEqual([]);
      await menu(it_, 'プラグイン');
      await row().getByText('止めています').waitFor();
      await row().getByText(/^3件/).waitFor();
    });

    it('is corrected and joined by more at the weekend', async () => {
      await at(saturday, '22:00');
      const corrected = {
        change: 'changed',
        items: { identity: { name: '見本　花子' }, contact: { address: moved } },
      } as const;
      expect(await refers(first, saturday, corrected)).toBe(sent[0]);
      sent.push(await refers(third, saturday));
      expect(desks.konkyu.deliveries).toEqual([]);
    });

    it('is not let on again on Monday before somebody has checked it, and why stands there, with what to do', async () => {
      await at(monday, '08:30');
      // Whoever was signed in on Friday signs in again.
      [it_, kaigo] = [await browsing.as('it_admin'), await browsing.as('caseworker.kaigo')];
      await opens();
      await takesStep(kaigo, '対応を始める', async (dialog) => {
        await dialog.getByLabel('最初に会った日').fill(monday);
        await dialog.getByLabel('会った方法').fill('訪問');
      });
      await isIn(kaigo, '対応中');
      await openPlugin();
      await it_.getByText(/^5件 \(いちばん古いもの/).waitFor();
      await button('有効にする').click();
      await it_.getByRole('alert').getByText(/点検/).first().waitFor();
      await button('点検せずに有効にする…').click();
      await it_.getByRole('dialog').getByLabel(/^理由/).waitFor();
      expect(await violations(it_)).toEqual([]);
      await it_.keyboard.press('Escape');

      desks.konkyu.finds = [{ name: '接続', ok: false, code: 'NO_ROUTE', hint: 'サーバーの名前を確かめてください。' }];
      await button('点検する').click();
      await it_.getByText('サーバーの名前を確かめてください。').waitFor();
      desks.konkyu.finds = [{ name: '接続', ok: true }];
      await button('点検する').click();
      await it_.getByText('点検に合格しました。').waitFor();
      expect(desks.konkyu.deliveries).toEqual([]);
    });

    it('and when it is on, everything arrives: each once, and of each person in the order in which it happened', async () => {
      await button('有効にする').click();
      await it_.getByText(/^有効にしました/).waitFor();
      const arrived: CloudEvent[] = [];
      const left = `select 1 from delivery where plugin = 'konkyu' and state not in ('delivered', 'read')`;
      await waitFor(
        async () => {
          for (const event of desks.konkyu.deliveries.splice(0)) {
            const { deliveryId } = event.data as { deliveryId: string };
            expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
            await desks.konkyu.receipt(deliveryId);
            arrived.push(event);
          }
          return (await desks.under.rows(left)).length === 0;
        },
        { what: 'all to have arrived', timeoutMs: 30_000 },
      );
      await it_.getByText('0件', { exact: true }).first().waitFor();
      expect(desks.konkyu.deliveries).toEqual([]);
      const of = (referral: string) => arrived.filter(({ subject }) => subject === referral);
      for (const referral of sent) expect(of(referral).map(({ type }) => type)).toEqual(['referral.sent.v1']);
      expect(of(asked).map(({ data }) => (data as Status).code)).toEqual(['20', '30']);
      expect(arrived).toHaveLength(sent.length + 2);
      // It says what is true now.
      const [{ data }] = of(sent[0]!) as [CloudEvent];
      expect((data as Sent).referral.subject.items['contact']).toMatchObject({ address: moved });
      expect(await violations(it_)).toEqual([]);
    });

    it('and the desk sees that it has come', async () => {
      await kaigo.goto(`${desks.under.hub.baseUrl}/console/referrals/${sent[0]}`);
      await isIn(kaigo, '到着');
    });
  });

  it('complains of nothing in the browser', () => {
    expect(browsing.complaints).toEqual([]);
  });
});
