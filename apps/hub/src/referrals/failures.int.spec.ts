// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aMember, twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const dayMs = 86_400_000;

describeWithServices(['postgres'], 'the failures that are made visible', () => {
  let desks: TwoDesks;
  let chief: Api;
  let otherChief: Api;
  let coordinator: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    chief = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    otherChief = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
    coordinator = await desks.under.as({ role: 'coordinator' });
  });
  afterAll(() => desks?.close());

  const kept = async (who: Api) =>
    ((await who('GET', '/todos?kind=case_hoarded')).body.items as { referralId: string }[]).map((t) => t.referralId);
  const month = (ahead = 0) => japaneseDay(new Date(Date.now() + ahead)).slice(0, 7);
  /** As if it had come in so many days ago. */
  const age = (referral: string, days: number) =>
    desks.under.rows('update referral set created_at = $2, state_at = $2 where id = $1', [
      referral,
      new Date(Date.now() - days * dayMs),
    ]);
  const numbers = async (of = month()) => (await coordinator('GET', `/reports/failures?month=${of}`)).body;

  it('are counted for the coordinator only, by a month that exists', async () => {
    expect((await chief('GET', `/reports/failures?month=${month()}`)).status).toBe(403);
    expect((await coordinator('GET', '/reports/failures?month=2026-13')).status).toBe(422);
    expect(await numbers()).toEqual({ month: month(), pingPong: 0, dumping: 0, hoarding: 0 });
  });

  it('丸抱え is shown to the chief of the desk after six months, and to nobody else, until a second desk is there', async () => {
    const compound = await desks.submit(withoutConsent({ insured: '0000550001', others: [aMember('0000550002')] }));
    const simple = await desks.submit(withoutConsent({ insured: '0000550003' }));
    expect(simple.outcome).toBe('held');
    const mother = await desks.personOf(compound.referralId);
    await age(simple.referralId, 190);
    await age(compound.referralId, 150);
    expect(await kept(chief)).toEqual([]);
    await age(compound.referralId, 190);
    expect(await kept(chief)).toEqual([compound.referralId]);
    expect(await kept(otherChief)).toEqual([]);
    expect(await kept(desks.sender)).toEqual([]);
    expect(await numbers()).toMatchObject({ hoarding: 1 });
    expect(await numbers(month(-150 * dayMs))).toMatchObject({ hoarding: 0 });
    expect(await numbers(month(60 * dayMs))).toMatchObject({ hoarding: 0 });

    await desks.consent(mother, { until: '2099-03-31' });
    await desks.konkyu.takeNext('referral.sent.v1');
    expect(await kept(chief)).toEqual([]);
    expect(await numbers()).toMatchObject({ hoarding: 0 });
  });

  it('丸抱え of somebody who is endangered is not shown to a chief who works with whom she fears', async () => {
    const his = await desks.submit(withoutConsent({ insured: '0000550007' }));
    const hers = await desks.submit(withoutConsent({ insured: '0000550008', others: [aMember('0000550009')] }));
    await age(hers.referralId, 190);
    const { version } = await desks.view(chief, his.referralId);
    const edited = await chief(
      'POST',
      `/referrals/${his.referralId}/edit`,
      { urgency: 'urgent' },
      { 'if-match': String(version) },
    );
    expect([edited.status, await kept(chief)]).toEqual([200, expect.arrayContaining([hers.referralId])]);
    const [him, her] = await Promise.all([his, hers].map((r) => desks.personOf(r.referralId)));
    expect((await desks.sender('POST', `/persons/${her}/danger`, { from: { person: him } })).status).toBe(201);
    expect(await kept(chief)).not.toContain(hers.referralId);
  });

  it('三つの箱 make a case compound as well', async () => {
    const items = {
      identity: { name: '見本　花子' },
      concern: { boxes: ['income_work' as const, 'spending_debt' as const, 'care' as const] },
    };
    const { referralId } = await desks.submit(withoutConsent({ insured: '0000550004', items }));
    expect(await kept(chief)).not.toContain(referralId);
    await age(referralId, 190);
    expect(await kept(chief)).toContain(referralId);
  });

  it('たらい回し is counted once per matter, in the month in which it happened', async () => {
    const { referralId } = await desks.submit(withoutConsent({ insured: '0000550005' }));
    const at = new Date();
    const event = (version: number, actor: string) =>
      desks.under.rows(
        `insert into referral_event (referral, version, action, from_state, to_state, actor, at) values ($1, $2, 'coordinate', 'return_proposed', 'coordinating', $3, $4)`,
        [referralId, version, actor, at],
      );
    await event(90, 'staff:01900000-0000-7000-8000-000000000001');
    expect(await numbers()).toMatchObject({ pingPong: 0 });
    await event(91, 'core');
    await event(92, 'core');
    expect(await numbers()).toMatchObject({ pingPong: 1 });
    expect(await numbers(month(-40 * dayMs))).toMatchObject({ pingPong: 0 });
    // For whoever is no member it is as if it were not.
    await desks.under.rows(
      `with c as (
         insert into conference (id, kind, host_function, state, persons, proposed_by, reason, proposed_at)
         select gen_random_uuid(), 'shien_kaigi', from_function, 'held', array[subject], 'core', '', now() from referral where id = $1
         returning id)
       update referral set conference = c.id from c where referral.id = $1`,
      [referralId],
    );
    expect(await numbers()).toMatchObject({ pingPong: 0 });
  });

  it('丸投げ is counted when a 支援依頼 is refused because it does not say what its sender keeps doing', async () => {
    const { subject, urgency, purpose, source } = withoutConsent();
    const request = {
      kind: 'support_request',
      to: 'unknown',
      urgency,
      purpose,
      subject,
      others: [],
      source: { system: 'kaigo', key: 'D-1', change: 'new', occurredAt: source.occurredAt },
      asked: '家計のことを一緒に考えてほしい',
      nextContactOn: '2099-01-05',
      howTheyMeet: 'accompanied',
      personInformed: { by: '相談　次郎', at: source.occurredAt, how: '電話' },
    };
    const send = async (key: string, body: object) =>
      (await desks.sender('POST', '/referrals', body, { 'idempotency-key': key })).status;
    expect(
      await send('dumped-1', { ...request, to: { domain: 'konkyu' }, kind: 'referral', asked: undefined }),
    ).not.toBe(422);
    expect(await numbers()).toMatchObject({ dumping: 0 });
    expect(await send('dumped-2', request)).toBe(422);
    expect(await send('dumped-2', request)).toBe(422);
    expect(await numbers()).toMatchObject({ dumping: 1 });
    expect(await send('dumped-3', { ...request, keepsDoing: '週に一度の訪問を続ける' })).not.toBe(422);
    expect(await numbers()).toMatchObject({ dumping: 1 });
    expect(await numbers(month(-40 * dayMs))).toMatchObject({ dumping: 0 });
  });

  it('what has crossed, and that it was taken, is in the overview', async () => {
    const overview = async () => (await coordinator('GET', `/reports/flows?month=${month()}`)).body;
    expect((await overview()).accepted.total).toBe(0);
    const { referralId } = await desks.submit();
    const { data } = await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const answer = { worker: '試験　太郎' };
    expect(await desks.respond((data as { deliveryId: string }).deliveryId, '20', answer)).toMatchObject({
      outcome: 'accepted',
    });
    const after = await overview();
    expect([after.sent.total, after.accepted.total]).toEqual(['<5', '<5']);
  });

  it('a talk that only the clock has brought about is no たらい回し', async () => {
    const before = (await numbers()).pingPong;
    const { referralId } = await desks.submit(withoutConsent({ insured: '0000550006' }));
    const at = new Date();
    await desks.under.rows(
      `insert into todo (id, function, role, kind, referral, created_at, escalated) values (gen_random_uuid(), $2, 'coordinator', 'overdue', $1, $3, true)`,
      [referralId, desks.functions.kaigo, new Date(at.getTime() - dayMs)],
    );
    await desks.under.rows(
      `insert into referral_event (referral, version, action, from_state, to_state, actor, at) values ($1, 90, 'coordinate', 'received', 'coordinating', 'core', $2)`,
      [referralId, at],
    );
    expect((await numbers()).pingPong).toBe(before);
  });
});
