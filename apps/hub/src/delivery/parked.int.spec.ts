// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'what could not be brought to a system', () => {
  let desks: TwoDesks;
  let itDesk: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    itDesk = await desks.under.as({ role: 'it_admin' });
  });
  afterAll(() => desks?.close());

  const stateOf = async (delivery: string) =>
    (await desks.under.rows<{ state: string }>('select state from delivery where id = $1', [delivery]))[0]?.state;
  const becomes = (delivery: string, state: string) =>
    waitFor(async () => (await stateOf(delivery)) === state, { what: `the delivery to be ${state}` });
  /** Of somebody of her own; the host says that it cannot be written. */
  const parked = async ({ code = 'TABLE_MISSING', go = false } = {}) => {
    const { referralId } = await desks.submit(withoutConsent());
    const consent = await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    if (go) expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
    await desks.konkyu.receipt(deliveryId, 'failed', { code, retryable: false });
    await becomes(deliveryId, 'parked');
    return { referralId, consent, deliveryId };
  };
  const list = async (query = '') => (await itDesk('GET', `/deliveries?plugin=konkyu${query}`)).body;
  const listed = async (query = '') => (await list(query)).items.map((d: { id: string }) => d.id) as string[];
  const replay = (id: string) => itDesk('POST', `/deliveries/${id}/replay`, {});

  it('is on one list for IT, with the reason and what to do, and nothing of what it holds', async () => {
    const { deliveryId, referralId } = await parked();
    const page = await list();
    expect(page.items.find((d: { id: string }) => d.id === deliveryId)).toEqual({
      ...{ id: deliveryId, plugin: 'konkyu', kind: 'referral', referralId, code: 'TABLE_MISSING', attempts: 1 },
      ...{ says: expect.stringMatching(/。$/), remedy: expect.stringMatching(/。$/), since: expect.any(String) },
    });
    expect(JSON.stringify(page)).not.toContain('見本');
    expect(page.buried).toEqual([]);
    for (const who of [desks.sender, desks.recipient]) {
      expect((await who('GET', '/deliveries')).status).toBe(403);
      expect((await who('POST', `/deliveries/${deliveryId}/replay`, {})).status).toBe(403);
    }
  });

  it('is brought again under the same id, decided anew, and stands in the audit', async () => {
    const { deliveryId, referralId } = await parked();
    expect(await replay(deliveryId)).toMatchObject({ status: 200, body: { replayed: 1, left: 0 } });
    const again = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    expect(again.deliveryId).toBe(deliveryId);
    await becomes(deliveryId, 'delivered');
    expect(await listed()).not.toContain(deliveryId);
    const audited = `select actor from audit_entry where action = 'delivery.replayed' and object = $1`;
    expect(await desks.under.rows(audited, [deliveryId])).toHaveLength(1);
    // A replay of what has arrived is none.
    expect(await replay(deliveryId)).toMatchObject({ status: 409, body: { code: 'DELIVERY_NOT_PARKED' } });
    expect((await replay('018f2f60-7c3a-7000-8000-000000000001')).status).toBe(404);
  });

  it('is brought again together with those that were seen beside it, and no others', async () => {
    const seen = [await parked({ code: 'SEEN' }), await parked({ code: 'SEEN' })].map((d) => d.deliveryId);
    const later = (await parked({ code: 'SEEN' })).deliveryId;
    const body = { plugin: 'konkyu', code: 'SEEN', ids: [...seen].reverse() };
    expect(await itDesk('POST', '/deliveries/replay', body)).toMatchObject({
      status: 200,
      body: { replayed: 2, left: 1 },
    });
    for (const id of seen) expect(((await desks.konkyu.takeNext('referral.sent.v1')).data as Sent).deliveryId).toBe(id);
    expect(await listed('&code=SEEN')).toEqual([later]);
    expect(await replay(later)).toMatchObject({ status: 200 });
    await desks.konkyu.takeNext('referral.sent.v1');
  });

  it('is not brought again when the person has taken back the word meanwhile, written or not', async () => {
    for (const go of [false, true]) {
      const { deliveryId, consent } = await parked({ code: 'MAYBE_WRITTEN', go });
      expect(await listed()).toContain(deliveryId);
      await desks.withdraw(consent);
      expect(await listed()).not.toContain(deliveryId);
      expect(await replay(deliveryId)).toMatchObject({ status: 409, body: { code: 'DELIVERY_NOT_PARKED' } });
    }
  });

  it('is not brought again of somebody who has died meanwhile: what was never written stays unsent', async () => {
    const { deliveryId, referralId } = await parked({ go: true });
    const fact = { kind: 'deceased', from: '2026-01-01' };
    const person = await desks.personOf(referralId);
    expect((await desks.sender('POST', `/persons/${person}/facts`, { fact })).status).toBe(201);
    expect(await listed()).not.toContain(deliveryId);
    expect((await replay(deliveryId)).status).toBe(409);
  });

  it('is no status any more after which a later one has come', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId));
    const { deliveryId: there } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    await desks.kaigo.takeNext('referral.status.v1', referralId);
    await desks.respond(there, '20', { worker: '試験　月' });
    const { deliveryId } = (await desks.kaigo.next('referral.status.v1', referralId)).data as Status;
    await desks.kaigo.receipt(deliveryId, 'failed', { code: 'DISK_FULL', retryable: false });
    await becomes(deliveryId, 'parked');
    const ofKaigo = async () => (await itDesk('GET', '/deliveries?plugin=kaigo')).body.items as { id: string }[];
    expect((await ofKaigo()).map((d) => d.id)).toContain(deliveryId);
    await desks.respond(there, '30', { worker: '試験　月' });
    await desks.kaigo.takeNext('referral.status.v1', referralId);
    await waitFor(async () => !(await ofKaigo()).some((d) => d.id === deliveryId), { what: 'it to be overtaken' });
    expect((await replay(deliveryId)).status).toBe(409);
  });

  it('is brought again with all others of a plugin, in the order in which they came, or with those of one reason', async () => {
    const mine = [await parked({ code: 'DISK_FULL' }), await parked({ code: 'DISK_FULL' }), await parked()];
    const ids = mine.map((m) => m.deliveryId);
    expect((await listed()).filter((id) => ids.includes(id))).toEqual(ids);
    expect(await listed('&code=DISK_FULL')).toEqual(ids.slice(0, 2));
    const body = { plugin: 'konkyu', code: 'DISK_FULL' };
    expect(await itDesk('POST', '/deliveries/replay', body)).toMatchObject({
      status: 200,
      body: { replayed: 2, left: 0 },
    });
    for (const { referralId, deliveryId } of mine.slice(0, 2)) {
      const again = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
      expect(again.deliveryId).toBe(deliveryId);
    }
    expect(await stateOf(ids[2]!)).toBe('parked');
    expect((await itDesk('POST', '/deliveries/replay', { plugin: 'nobody' })).body).toEqual({ replayed: 0, left: 0 });
  });

  it('is listed beside what a queue gave up, of which only kind and reason are kept', async () => {
    await desks.under.rows(
      `insert into dead_message (id, queue, type, source, code, at) values (gen_random_uuid(), 'hub.intake', 'referral.submitted.v1', 'plugin:kaigo', 'delivery_limit', now())`,
    );
    expect((await list()).buried).toMatchObject([
      { queue: 'hub.intake', type: 'referral.submitted.v1', from: 'plugin:kaigo', code: 'delivery_limit' },
    ]);
  });
});
