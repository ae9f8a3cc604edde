// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';
import { generalForm } from '../demo';

const nobody = '018f2f60-7c3a-7000-8000-000000000000';

describeWithServices(['postgres'], 'the id by which a desk knows a person', () => {
  let desks: TwoDesks;
  /** Has one of the two in hand, and knows nothing of the other. */
  let third: Api;
  let officer: Api;
  let count = 660000;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    third = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    officer = await desks.under.as({ role: 'privacy_officer' });
    // Several desks of one municipality use one system.
    await desks.under.rows(`update desk_function set system = 'kaigo' where id = $1`, [desks.functions.shogai]);
    const shown = async () => (await third('GET', `/desk-functions/${desks.functions.shogai}`)).body.system;
    await waitFor(async () => (await shown()) === 'kaigo', { what: 'the directory' });
  });
  afterAll(() => desks?.close());

  /** The desks of 介護 and 生活困窮 have both of them. */
  const twoRecords = async () => {
    const insured = `0000${(count += 1)}`;
    const one = await desks.submit(aSubmission({ insured }));
    // Without a number of this system, or they would never be one.
    const { subject, ...record } = aSubmission();
    const two = await desks.submit({ ...record, subject: { ...subject, identifiers: [] } });
    for (const { referralId } of [one, two]) {
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      const arrived = async () => (await desks.view(desks.sender, referralId)).state === 'received';
      await waitFor(arrived, { what: 'the receipt to be heard' });
    }
    const of = async ({ referralId }: { referralId: string }) => ({
      referralId,
      person: await desks.personOf(referralId),
    });
    return { insured, one: await of(one), two: await of(two) };
  };
  const submitAt = async (who: Api, insured: string) => {
    const now = new Date().toISOString();
    const { source: _, asserted: __, ...record } = withoutConsent({ insured, to: { domain: 'hogo' } });
    const told = { personInformed: { by: '試験', at: now, how: '電話' }, howTheyMeet: 'through_sender' };
    const body = { ...record, ...told, source: { system: 'kaigo', key: `WEB-${randomUUID()}`, occurredAt: now } };
    const answer = await who('POST', '/referrals', body, { 'idempotency-key': randomUUID() });
    expect([answer.status, answer.body.code]).toEqual([201, undefined]);
    return answer.body.id as string;
  };
  const personAt = async (who: Api, referral: string) => (await desks.view(who, referral)).person as string;
  const inTruth = async (referral: string) =>
    (await desks.under.rows<{ subject: string }>('select subject from referral where id = $1', [referral]))[0]!.subject;
  const scope = {
    categories: ['identity'],
    recipients: [{ domain: 'hogo' }],
    purposes: ['consultation'],
    from: '2026-01-01',
    until: '2099-03-31',
    feedback: 'none',
  };
  const consentAt = (who: Api, person: string) =>
    who('POST', '/consents', { person, giver: 'self', manner: 'written', formVersion: generalForm, scope });
  const merge = async (person: string, into: string) => {
    const agreed = ['name', 'birth_date', 'address', 'telephone'];
    expect((await desks.sender('POST', `/persons/${person}/link`, { other: into, agreed })).status).toBe(201);
    expect((await officer('POST', `/persons/${person}/merge`, { into })).status).toBe(200);
  };
  const split = async (who: Api, said: string, kept: string, more: object) => {
    const body = { referrals: [], identifiers: [], reason: 'other', ...more };
    const doubt = await who('POST', `/persons/${said}/doubt`, body);
    expect([doubt.status, doubt.body.code]).toEqual([201, undefined]);
    const done = await officer('POST', `/persons/${kept}/split`, { doubt: doubt.body.id });
    expect(done.status).toBe(200);
    return done.body.person as string;
  };

  /** All that a desk is told of its referral and of the person, under the id that it says. */
  const told = async (who: Api, referral: string, person: string) => {
    const views = ['', '/timeline', '/actions', '/decision'].map((v) => `/referrals/${referral}${v}`);
    const known = ['consents', 'facts', 'disclosures'].map((v) => `/persons/${person}/${v}`);
    const lists = [`/referrals?q=${referral}`, '/todos', `/support-units?person=${person}`];
    return Promise.all(
      [...views, ...known, ...lists].map(async (path) => {
        const { status, body } = await who('GET', path, undefined, { 'x-request-id': 'the-same' });
        return [path, status, body];
      }),
    );
  };
  const absent = async (who: Api, person: string) => {
    const fact = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2099-11-02', stays: 'hospital' };
    const asked: [string, string, object?][] = [
      ['GET', `/persons/${person}/consents`],
      ['GET', `/persons/${person}/facts`],
      ['GET', `/persons/${person}/disclosures`],
      ['GET', `/support-units?person=${person}`],
      ['POST', `/persons/${person}/facts`, { fact }],
      ['POST', '/refusals', { person }],
      ['POST', '/consents', { person, giver: 'self', manner: 'written', formVersion: generalForm, scope }],
    ];
    return Promise.all(
      asked.map(async ([method, path, body]) => {
        const answer = await who(method, path, body, { 'x-request-id': 'the-same' });
        return [answer.status, { ...answer.body, instance: undefined }];
      }),
    );
  };

  it('stays when others bring her together with somebody, and when they are put apart again', async () => {
    const { insured, one, two } = await twoRecords();
    const referral = await submitAt(third, insured);
    expect(await personAt(third, referral)).toBe(one.person);
    await consentAt(third, one.person);
    await third('POST', '/refusals', { person: one.person, recipients: [{ domain: 'kosodate' }] });
    const stay = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2026-11-02', stays: 'hospital' };
    await third('POST', `/persons/${one.person}/facts`, { fact: stay });
    const asked = async () => (await third('GET', '/todos?kind=whereabouts_due')).body.items as { person: string }[];
    await waitFor(async () => (await asked()).some((t) => t.person === one.person), { what: 'the to-do' });
    expect((await desks.view(third, referral)).state).toBe('sent');
    // The unit is founded as somebody looks, and to have looked is a line of the ledger, one a day.
    await told(third, referral, one.person);
    const before = await told(third, referral, one.person);
    expect(await told(third, referral, one.person)).toEqual(before);

    await merge(one.person, two.person);
    expect(await inTruth(referral)).toBe(two.person);
    expect(await told(third, referral, one.person)).toEqual(before);
    expect(await absent(third, two.person)).toEqual(await absent(third, nobody));

    await split(desks.sender, two.person, two.person, { merged: one.person });
    expect(await inTruth(referral)).toBe(one.person);
    expect(await told(third, referral, one.person)).toEqual(before);
  });

  it('stays in what the desk begins since, which is hers again when they are put apart', async () => {
    const { insured, one, two } = await twoRecords();
    const first = await submitAt(third, insured);
    await merge(one.person, two.person);
    const later = await submitAt(third, insured);
    expect([await personAt(third, later), await inTruth(later)]).toEqual([one.person, two.person]);
    const { status, body } = await consentAt(third, one.person);
    expect(status).toBe(201);
    const stay = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2099-11-02', stays: 'hospital' };
    expect((await third('POST', `/persons/${one.person}/facts`, { fact: stay })).status).toBe(201);
    const seen = async () => [...(await told(third, first, one.person)), ...(await told(third, later, one.person))];
    await seen();
    const before = await seen();
    expect(JSON.stringify(before)).not.toContain(two.person);

    await split(desks.sender, two.person, two.person, { merged: one.person });
    expect(await seen()).toEqual(before);
    for (const referral of [first, later]) expect(await inTruth(referral)).toBe(one.person);
    expect(await desks.under.rows('select person, status from consent where id = $1', [body.id])).toEqual([
      { person: one.person, status: 'active' },
    ]);
  });

  it('becomes the one of who stays for a desk that has both in hand, which may say either', async () => {
    const { one, two } = await twoRecords();
    const consent = (await consentAt(desks.recipient, one.person)).body.id as string;
    await merge(one.person, two.person);
    for (const { referralId } of [one, two]) expect(await personAt(desks.sender, referralId)).toBe(two.person);
    for (const person of [one.person, two.person]) {
      const { consents } = (await desks.recipient('GET', `/persons/${person}/consents`)).body;
      expect(consents).toMatchObject([{ id: consent, person }]);
      expect((await consentAt(desks.sender, person)).status).toBe(201);
    }
    await split(desks.sender, two.person, two.person, { merged: one.person });
    for (const { referralId, person } of [one, two]) expect(await personAt(desks.sender, referralId)).toBe(person);
  });

  it('goes on through a second merge, and names the first one to who doubts it', async () => {
    const { insured, one, two } = await twoRecords();
    const referral = await submitAt(third, insured);
    await merge(one.person, two.person);
    const more = await twoRecords();
    await merge(two.person, more.two.person);
    expect([await personAt(third, referral), await inTruth(referral)]).toEqual([one.person, more.two.person]);
    expect((await third('GET', `/persons/${one.person}/facts`)).status).toBe(200);
    await split(desks.sender, two.person, more.two.person, { merged: one.person });
    expect([await personAt(third, referral), await inTruth(referral)]).toEqual([one.person, two.person]);
  });

  it('stays when a desk puts apart all that is hers, and whom it meets next is another', async () => {
    const { insured, one } = await twoRecords();
    const referral = await submitAt(third, insured);
    const apart = await split(desks.sender, one.person, one.person, { referrals: [one.referralId] });
    expect([await personAt(desks.sender, one.referralId), await inTruth(one.referralId)]).toEqual([one.person, apart]);
    expect(await personAt(third, referral)).toBe(one.person);

    // The number has stayed with the other one, who is new to this desk.
    const { referralId } = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
    const other = await personAt(desks.sender, referralId);
    expect([one.person, apart]).not.toContain(other);
    expect(await inTruth(referralId)).toBe(one.person);
    for (const [said, meant] of [
      [one.person, apart],
      [other, one.person],
    ] as const) {
      const { id } = (await consentAt(desks.sender, said)).body;
      expect(await desks.under.rows('select person from consent where id = $1', [id])).toEqual([{ person: meant }]);
    }
  });
});
