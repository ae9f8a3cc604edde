// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

const items = { identity: { name: '見本　花子' }, origin: { note: '幼いときに海を渡って来た。' } };

/** Both ways in which a municipality may have it. */
const inTown = (collectsOrigin: boolean, tests: (desks: () => TwoDesks) => void) =>
  describeWithServices(['postgres'], `出自 where it is ${collectsOrigin ? '' : 'not '}collected`, () => {
    let desks: TwoDesks;
    beforeAll(async () => (desks = await twoDesks({ config: { collectsOrigin } })));
    afterAll(() => desks?.close());
    tests(() => desks);
  });

const { subject: written } = aSubmission({ items });
const supplemented = (desks: TwoDesks, referral: string) =>
  desks.act(desks.sender, referral, 'supplement', { subject: written });

inTown(false, (desks) => {
  it('is refused over HTTP, with the place where it stands', async () => {
    const { referralId } = await desks().submit(withoutConsent({ items: { identity: items.identity } }));
    const { status, body } = await supplemented(desks(), referralId);
    expect([status, body.errors]).toMatchObject([422, [{ code: 'ORIGIN_OFF', pointer: '/subject/items/origin' }]]);
    const { source: _, asserted: __, ...said } = aSubmission({ items: { identity: items.identity } });
    const son = { ...written, ref: 'son', role: 'child', identifiers: [] };
    const source = { system: 'web', key: 'origin-1', change: 'new', occurredAt: new Date().toISOString() };
    const posted = await desks().sender(
      'POST',
      '/referrals',
      {
        ...said,
        source,
        others: [son],
        howTheyMeet: 'person_visits',
        personInformed: { by: '試験　太郎', at: new Date().toISOString(), how: '来所' },
      },
      { 'idempotency-key': 'origin-1' },
    );
    expect([posted.status, posted.body.errors]).toMatchObject([
      422,
      [{ code: 'ORIGIN_OFF', pointer: '/others/0/items/origin' }],
    ]);
  });

  it('is left out of the record of a system, of which the rest is taken, and the system is told', async () => {
    const { referralId, outcome, codes } = await desks().submit(withoutConsent({ items }));
    expect([outcome, codes]).toEqual(['held', expect.arrayContaining(['ORIGIN_OFF'])]);
    const [{ items: kept }] = (await desks().view(desks().sender, referralId)).members;
    expect(kept).toEqual({ identity: items.identity });
  });
});

inTown(true, (desks) => {
  it('is taken, and leaves with a consent that covers it', async () => {
    const { referralId, codes } = await desks().submit(withoutConsent({ items }));
    expect(codes).not.toContain('ORIGIN_OFF');
    await desks().consent(await desks().personOf(referralId), { categories: ['identity', 'origin'] });
    const { referral } = (await desks().konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    expect(referral.subject.items.origin).toEqual(items.origin);
    const state = async () => (await desks().view(desks().sender, referralId)).state as string;
    await waitFor(async () => (await state()) === 'received', { what: 'it to arrive' });
    expect((await supplemented(desks(), referralId)).status).toBe(200);
  });
});
