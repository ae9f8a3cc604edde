// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { PluginView } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { AHost } from '../../test/a-host';
import { twoDesks, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'what a legacy system takes in', () => {
  let desks: TwoDesks;
  beforeEach(async () => (desks = await twoDesks()));
  afterEach(() => desks.close());

  const stateOf = async (delivery: string) => {
    const [row] = await desks.under.rows<{ state: string }>('select state from delivery where id = $1', [delivery]);
    return row?.state;
  };
  /** As a plugin says that it is marked as taken in. */
  const takenIn = (host: AHost, deliveryId: string) => {
    const response = { deliveryId, code: '10' as const, at: new Date().toISOString() };
    return host.send('referral.response.v1', [{ itemId: `torikomi/${randomUUID()}`, response, origin: { row: 0 } }]);
  };
  const waiting = () => desks.under.rows('select 1 from quarantined_row');

  it('was read, and the referral stays where it is', async () => {
    const { referralId } = await desks.submit();
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
    await waitFor(async () => (await stateOf(deliveryId)) === 'delivered', { what: 'the receipt' });
    expect(await takenIn(desks.konkyu, deliveryId)).toMatchObject([{ outcome: 'accepted', codes: [] }]);
    expect([await stateOf(deliveryId), (await desks.view(desks.recipient, referralId)).state]).toEqual([
      'read',
      'received',
    ]);
  });

  it('was read, when it is a state that the sender’s system was told', async () => {
    await desks.submit();
    await desks.konkyu.takeNext('referral.sent.v1');
    const { deliveryId } = (await desks.kaigo.takeNext('referral.status.v1')).data as Status;
    await waitFor(async () => (await stateOf(deliveryId)) === 'delivered', { what: 'the receipt' });
    expect(await takenIn(desks.konkyu, deliveryId)).toMatchObject([
      { outcome: 'rejected', codes: ['DELIVERY_UNKNOWN'] },
    ]);
    expect(await stateOf(deliveryId)).toBe('delivered');
    expect(await takenIn(desks.kaigo, deliveryId)).toMatchObject([{ outcome: 'accepted', codes: [] }]);
    expect(await stateOf(deliveryId)).toBe('read');
  });

  it('says nothing else of a state: an answer to one is none', async () => {
    await desks.submit();
    await desks.konkyu.takeNext('referral.sent.v1');
    const { deliveryId } = (await desks.kaigo.takeNext('referral.status.v1')).data as Status;
    const response = { deliveryId, code: '20' as const, at: new Date().toISOString(), worker: '試験　太郎' };
    const answered = await desks.kaigo.send('referral.response.v1', [{ itemId: randomUUID(), response }]);
    expect(answered).toMatchObject([{ outcome: 'rejected', codes: ['DELIVERY_UNKNOWN'] }]);
  });

  it('waits for nobody where the hub knows nothing of it', async () => {
    expect(await takenIn(desks.konkyu, randomUUID())).toMatchObject([{ outcome: 'rejected' }]);
    expect(await waiting()).toEqual([]);
  });

  describe('too late', () => {
    const todos = async (role: string) =>
      (await (await desks.under.as({ role }))('GET', '/todos?kind=not_taken_in')).body.items as object[];
    const shown = async () => {
      const { body } = await (await desks.under.as({ role: 'it_admin' }))('GET', '/plugins');
      return (body.items as PluginView[]).find(({ id }) => id === 'konkyu')?.untakenSince;
    };
    const lies = async (since: Date | undefined) => {
      desks.konkyu.untakenSince = since;
      await waitFor(async () => ((await shown()) === undefined) === (since === undefined), { what: 'the next beat' });
    };
    const since = new Date(Date.now() - 30 * 3_600_000);

    it('is a to-do of IT staff and the coordinator as long as the plugin says so, however the intake is watched', async () => {
      await lies(since);
      const told = { kind: 'not_taken_in', plugin: 'konkyu', createdAt: since.toISOString() };
      for (const role of ['it_admin', 'coordinator'])
        expect(await todos(role)).toEqual([expect.objectContaining(told)]);
      expect(await todos('caseworker')).toEqual([]);
      expect(await shown()).toBe(since.toISOString());
      await lies(undefined);
      expect(await todos('it_admin')).toEqual([]);
    });

    it('is nobody’s to-do while the plugin is switched off', async () => {
      await lies(since);
      const it_ = await desks.under.as({ role: 'it_admin' });
      await it_('POST', '/plugins/konkyu/disable', { reason: '点検' });
      expect(await todos('it_admin')).toEqual([]);
    });

    it('was not written in the future, whatever the host’s clock says', async () => {
      await lies(new Date(Date.now() + 86_400_000));
      expect(Date.parse((await shown())!)).toBeLessThanOrEqual(Date.now());
    });
  });
});
