// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeliveryTold } from '@tsunagi/contracts';
import type { ConsentScope } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'how far a referral is on its way to the other system', () => {
  let desks: TwoDesks;
  let itDesk: Api;
  let coordinator: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    itDesk = await desks.under.as({ role: 'it_admin' });
    coordinator = await desks.under.as({ role: 'coordinator' });
  });
  afterAll(() => desks?.close());

  const toldTo = async (who: Api, referral: string): Promise<DeliveryTold[]> =>
    (await who('GET', `/referrals/${referral}/timeline`)).body.deliveries;
  const becomes = (referral: string, state: DeliveryTold['state']) =>
    waitFor(async () => (await toldTo(desks.recipient, referral))[0]?.state === state, { what: `it to be ${state}` });
  /** Of somebody of her own, released by her consent. */
  const released = async (scope: Partial<ConsentScope> = {}) => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId), scope);
    return referralId;
  };
  const failed = async (referral: string, more: { readonly code?: string; readonly retryable: boolean }) => {
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referral)).data as Sent;
    await desks.konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', ...more });
    return deliveryId;
  };

  it('is told to both desks and the coordinator: when it was tried, that it failed and when it is tried again', async () => {
    const referral = await released();
    await failed(referral, { retryable: true });
    await waitFor(async () => ((await toldTo(desks.sender, referral))[0]?.failures ?? 0) > 0, { what: 'the failure' });
    for (const who of [desks.sender, desks.recipient, coordinator]) {
      const [told, ...more] = await toldTo(who, referral);
      expect(more).toEqual([]);
      expect(told).toMatchObject({ brings: 'referral', failures: 1, trouble: 'not_written' });
      expect(told?.triedAt).toMatch(/^\d{4}-/);
      // What the plugin says of its own stays with those who look after it.
      expect(JSON.stringify(told)).not.toMatch(/TABLE_MISSING|konkyu/);
    }
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    await becomes(referral, 'arrived');
    for (const who of [desks.sender, desks.recipient, coordinator]) {
      const [told] = await toldTo(who, referral);
      expect(told).toMatchObject({ state: 'arrived', failures: 1, arrivedAt: expect.stringMatching(/^\d{4}-/) });
      expect(told).not.toHaveProperty('trouble');
      expect(told).not.toHaveProperty('nextAt');
    }
  });

  it('says from when it is tried again, while it waits for that', async () => {
    const referral = await released();
    await failed(referral, { retryable: true });
    const seen = await waitFor(
      async () => (await toldTo(desks.recipient, referral)).find(({ state }) => state === 'again'),
      { what: 'it to wait for the next time' },
    );
    expect(Date.parse(seen.nextAt!)).toBeGreaterThan(Date.parse(seen.triedAt!));
    await desks.konkyu.takeNext('referral.sent.v1', referral);
  });

  it('waits for the plugin while that is off, and is tried when it is on again', async () => {
    expect((await itDesk('POST', '/plugins/konkyu/disable', {})).status).toBe(200);
    const referral = await released();
    for (const who of [desks.sender, desks.recipient, coordinator])
      expect(await toldTo(who, referral)).toEqual([
        { brings: 'referral', state: 'waiting', failures: 0, waitsFor: 'plugin' },
      ]);
    const on = await itDesk('POST', '/plugins/konkyu/enable', { force: true, reason: '試験のため' });
    expect(on.status).toBe(200);
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    await becomes(referral, 'arrived');
  });

  it('is given up when it cannot be written, until somebody lets it be tried again', async () => {
    const referral = await released();
    const delivery = await failed(referral, { code: 'MAYBE_WRITTEN', retryable: false });
    await becomes(referral, 'given_up');
    expect(await toldTo(desks.sender, referral)).toMatchObject([{ state: 'given_up', failures: 1, trouble: 'unsure' }]);
    expect((await itDesk('POST', `/deliveries/${delivery}/replay`, {})).status).toBe(200);
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    await becomes(referral, 'arrived');
  });

  it('is, of what may not go back to its sender, told there only when it needs somebody', async () => {
    const referral = await released({ feedback: 'none' });
    const delivery = await failed(referral, { retryable: false });
    await becomes(referral, 'given_up');
    expect(await toldTo(desks.sender, referral)).toMatchObject([{ state: 'given_up' }]);
    await itDesk('POST', `/deliveries/${delivery}/replay`, {});
    await desks.konkyu.takeNext('referral.sent.v1', referral);
    await becomes(referral, 'arrived');
    expect(await toldTo(desks.sender, referral)).toEqual([]);
    expect(await toldTo(coordinator, referral)).toMatchObject([{ state: 'arrived' }]);
  });

  it('is nothing while no basis lets it leave, nor once that was taken back before it left', async () => {
    expect((await itDesk('POST', '/plugins/konkyu/disable', {})).status).toBe(200);
    const { referralId } = await desks.submit(withoutConsent());
    for (const who of [desks.sender, coordinator]) expect(await toldTo(who, referralId)).toEqual([]);
    const consent = await desks.consent(await desks.personOf(referralId));
    await desks.withdraw(consent);
    expect(await toldTo(desks.sender, referralId)).toEqual([]);
    const stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    expect((await stranger('GET', `/referrals/${referralId}/timeline`)).status).toBe(404);
  });
});
