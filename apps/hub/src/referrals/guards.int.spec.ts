// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Quarantine } from './quarantine.service';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type TwoDesks } from '../../test/two-desks';
import type { Api } from '../../test/sign-in';

/** Has the check digit of a 個人番号 and belongs to nobody. */
const number = '123456789018';

describeWithServices(['postgres'], 'a マイナンバー that comes in', () => {
  let desks: TwoDesks;
  let admin: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    admin = await desks.under.as({ role: 'it_admin' });
  });
  afterAll(() => desks?.close());

  const counted = async () => {
    const { body } = await admin('GET', `/reports/guards?month=${japaneseDay(new Date()).slice(0, 7)}`);
    const items = body.items as { day: string; way: string; times: number }[];
    return Object.fromEntries(items.map(({ way, times }) => [way, times]));
  };

  it('is counted by the way in which it came, and nothing of it is kept', async () => {
    expect(await counted()).toEqual({});
    const marked = aSubmission({ items: { narrative: { fact: `番号は${number}` } } });
    expect(await desks.submit(marked)).toMatchObject({ outcome: 'rejected' });
    // Its first answer once more is no other number.
    await desks.submit(marked);
    const { referralId } = await desks.submit(aSubmission());
    const sent = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    expect(await desks.respond(sent.deliveryId, '20', { note: number })).toMatchObject({ outcome: 'rejected' });
    const row = { row: 1, code: 'S-MYNUMBER', field: 24 };
    const quarantine = desks.under.hub.app.get(Quarantine);
    await quarantine.take('kaigo', [{ itemId: 'S/1', row }]);
    await quarantine.take('kaigo', [{ itemId: 'S/1', row }]);
    const person = await desks.personOf(referralId);
    const told = () => desks.sender('POST', `/persons/${person}/facts`, { fact: { kind: 'other_name', name: number } });
    expect([(await told()).status, (await told()).status]).toEqual([422, 422]);
    expect((await desks.act(desks.sender, referralId, 'supplement', { note: number })).status).toBe(422);
    const named = { person, マイナンバー: 'x' };
    expect((await desks.sender('POST', '/consents', named)).status).toBe(422);
    const expected = {
      'plugin:kaigo/submission': 1,
      'plugin:konkyu/answer': 1,
      'plugin:kaigo/row': 1,
      'POST /api/v1/persons/:id/facts': 2,
      'POST /api/v1/referrals/:id/:action': 1,
      'POST /api/v1/consents': 1,
    };
    await waitFor(async () => Object.values(await counted()).reduce((sum, times) => sum + times, 0) >= 7, {
      what: 'everything to be counted',
    });
    expect(await counted()).toEqual(expected);
  });

  it('is not counted where only a number of another kind was refused', async () => {
    const before = await counted();
    expect((await desks.sender('POST', '/consents', { person: 'x' })).status).toBe(422);
    expect(
      await desks.submit(
        aSubmission({ items: { identity: { name: '見本　花子' }, narrative: { fact: '電話は099-123-4567' } } }),
      ),
    ).toMatchObject({
      outcome: 'accepted',
    });
    expect(await counted()).toEqual(before);
  });

  it('is read by those who look after the systems, and by no desk', async () => {
    const month = '/reports/guards?month=2026-11';
    expect((await desks.sender('GET', month)).status).toBe(403);
    expect((await (await desks.under.as({ role: 'privacy_officer' }))('GET', month)).status).toBe(200);
  });
});
