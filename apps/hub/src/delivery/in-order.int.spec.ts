// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { aSubmission } from '../../test/submissions';
import { twoDesks, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'what waits for a plugin that is switched off', () => {
  let desks: TwoDesks;
  beforeAll(async () => {
    desks = await twoDesks();
  });
  afterAll(() => desks?.close());

  const kaigo = async (to: 'enable' | 'disable') => {
    const it_ = await desks.under.as({ role: 'it_admin' });
    const how = to === 'enable' ? { force: true, reason: '確認済み' } : {};
    expect((await it_('POST', `/plugins/kaigo/${to}`, how)).status).toBe(200);
  };
  const waiting = (referral: string) =>
    desks.under.rows<{ id: string }>(
      `select id from delivery where referral = $1 and plugin = 'kaigo' and state = 'queued' order by seq`,
      [referral],
    );
  /** Three words of the receiving desk, each of which goes back to the sender's system. */
  const answered = async () => {
    const { referralId } = await desks.submit(aSubmission());
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    for (const [code, more] of [
      ['20', { worker: '試験　太郎' }],
      ['30', { worker: '試験　太郎' }],
      ['40', { outcome: '011' }],
    ] as const)
      expect(await desks.respond(deliveryId, code, more)).toMatchObject({ outcome: 'accepted' });
    return referralId;
  };
  const codeOf = ({ data }: { data?: unknown }) => (data as Status).code;

  it('arrives once when it is on again, one after the other for each person and beside those of others', async () => {
    await kaigo('disable');
    const [one, other] = [await answered(), await answered()];
    const before = { one: await waiting(one), other: await waiting(other) };
    expect(before.one.length).toBeGreaterThanOrEqual(3);
    await kaigo('enable');

    const first = await desks.kaigo.next('referral.status.v1', one);
    const arrived = [first.data as Status];
    // Hers wait behind that one; those of somebody else do not.
    for (let n = 0; n < before.other.length; n += 1) await desks.kaigo.takeNext('referral.status.v1', other);
    await waitFor(async () => (await waiting(other)).length === 0, { what: 'those of the other to be gone' });
    expect(desks.kaigo.deliveries.filter(({ subject }) => subject === one)).toEqual([]);
    expect((await waiting(one)).map(({ id }) => id)).toEqual(before.one.slice(1).map(({ id }) => id));

    expect(await desks.kaigo.mayWrite(arrived[0]!.deliveryId)).toBe(true);
    await desks.kaigo.receipt(arrived[0]!.deliveryId);
    for (let n = 1; n < before.one.length; n += 1)
      arrived.push((await desks.kaigo.takeNext('referral.status.v1', one)).data as Status);
    expect(arrived.map(({ deliveryId }) => deliveryId)).toEqual(before.one.map(({ id }) => id));
    expect(arrived.map((data) => codeOf({ data }))).toEqual([...arrived.map((data) => codeOf({ data }))].sort());
    // What has arrived does not come again.
    const next = await answered();
    await desks.kaigo.next('referral.status.v1', next);
    expect(desks.kaigo.deliveries.filter(({ subject }) => subject === one || subject === other)).toEqual([]);
  });
});
