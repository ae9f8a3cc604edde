// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'a referral that is submitted', () => {
  let desks: TwoDesks;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const arrived = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
  const bodyOf = (over: Parameters<typeof aSubmission>[0] = {}) => {
    const { source, ...rest } = withoutConsent(over);
    const { system, key, occurredAt } = source;
    return { ...rest, source: { system, key, occurredAt } };
  };
  const post = (who: Api, body: object, key: string = randomUUID()) =>
    who('POST', '/referrals', body, { 'idempotency-key': key });
  const nobodyKnown = {
    subject: { ref: 'x', role: 'subject' as const, identifiers: [], items: { identity: { name: '見本　次郎' } } },
  };

  it('is one, though the same record of a person without numbers comes in several messages at once', async () => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    const body = bodyOf({ ...nobodyKnown, key: 'PARALLEL-1' });
    const answers = await Promise.all([1, 2, 3, 4].map(() => post(client, body)));
    expect(answers.map((a) => a.status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
    expect(await desks.under.rows(`select 1 from referral where source_key = 'PARALLEL-1'`)).toHaveLength(1);
  });

  it('begins anew with a newer record, when the one before has ended', async () => {
    const first = await desks.submit(withoutConsent({ key: '00990010/ANEW', insured: '0000666001' }));
    await desks.act(desks.sender, first.referralId, 'withdraw', { reason: '試験' });
    const second = await desks.submit(
      withoutConsent({
        key: '00990010/ANEW',
        insured: '0000666001',
        change: 'changed',
        items: { identity: { name: '見本　花' } },
      }),
    );
    expect(second).toMatchObject({ outcome: 'held' });
    expect(second.referralId).not.toBe(first.referralId);
    expect((await desks.view(desks.sender, first.referralId)).state).toBe('withdrawn');
  });

  it('by a desk of its own waits as a draft until it is said whether the person was told', async () => {
    const silent = await post(desks.sender, bodyOf({ insured: '0000666002', howTheyMeet: 'person_visits' }));
    expect(silent).toMatchObject({
      status: 201,
      body: { outcome: 'draft', codes: ['PERSON_NOT_INFORMED'], state: 'draft' },
    });
    const personInformed = { by: '試験　太郎', at: new Date().toISOString(), how: '電話' };
    const told = await post(
      desks.sender,
      bodyOf({ insured: '0000666003', howTheyMeet: 'person_visits', personInformed, keepsDoing: '見守りを続ける' }),
    );
    expect(told.body).toMatchObject({ outcome: 'held', state: 'awaiting_authority' });
    const notes = async (who: Api) =>
      ((await who('GET', `/referrals/${told.body.id}/timeline`)).body.items as { note?: object }[]).flatMap(
        (e) => e.note ?? [],
      );
    expect(await notes(desks.sender)).toEqual([{ personInformed, keepsDoing: '見守りを続ける' }]);
    expect(await notes(await desks.under.as({ role: 'coordinator' }))).toEqual([]);
  });

  it('is refused when it could not leave in one message', async () => {
    const long = 'あ'.repeat(2000);
    const members = Array.from({ length: 20 }, (_, n) => ({
      ref: `m${n}`,
      role: 'relative' as const,
      identifiers: [],
      items: { health: { illness: long } },
    }));
    expect((await post(desks.sender, bodyOf({ others: members }))).body).toMatchObject({ code: 'SUBMISSION_REJECTED' });
  });

  it('before release tells a coordinator that it waits and why, but nothing of what the person has said', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const decisionOf = async (who: Api) => (await who('GET', `/referrals/${referralId}/decision`)).body.items[0];
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect(await decisionOf(coordinator)).toMatchObject({ outcome: 'hold', members: [], inputs: {} });
    expect((await decisionOf(coordinator)).reasons[0].code).toBe('CONSENT_MISSING');
    expect((await decisionOf(await desks.under.as({ role: 'privacy_officer' }))).inputs.purpose).toBe('consultation');
    await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' });
  });

  it('is opened on screen by a desk with a plugin as a disclosure of its own, in the ledger, and only while permitted', async () => {
    const { referralId } = await desks.submit(withoutConsent({ insured: '0000666004' }));
    const person = await desks.personOf(referralId);
    const consent = await desks.consent(person);
    await desks.konkyu.next('referral.sent.v1');
    expect((await desks.view(desks.recipient, referralId)).members).toBeUndefined();
    expect((await desks.act(desks.recipient, referralId, 'receive')).status).toBe(200);
    expect(Object.keys((await desks.view(desks.recipient, referralId)).members[0].items)).toEqual([
      'identity',
      'concern',
    ]);
    const ledger = (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items;
    expect(ledger.filter((l: any) => l.state === 'written')).toHaveLength(1);

    // More is permitted now, but nobody has sent it: the screen shows what the ledger says has gone.
    await desks.consent(person, { categories: ['identity', 'concern', 'contact'] }, { supersedes: consent });
    expect(Object.keys((await desks.view(desks.recipient, referralId)).members[0].items)).toEqual([
      'identity',
      'concern',
    ]);

    const other = await desks.submit(withoutConsent({ insured: '0000666005' }));
    const others = await desks.personOf(other.referralId);
    await desks.consent(others);
    await desks.sender('POST', '/refusals', { person: others, categories: ['identity'] });
    expect((await desks.view(desks.sender, other.referralId)).state).toBe('revoked');
    expect((await desks.act(desks.recipient, other.referralId, 'receive')).status).toBe(409);
  });

  it('stops nobody behind it when its content cannot be opened: it parks, and its desk is told', async () => {
    await desks.under.rows(`update plugin set enabled = false where id = 'konkyu'`);
    const broken = await desks.submit(aSubmission());
    const whole = await desks.submit(aSubmission());
    await desks.under.rows(`update referral set content = '\\x00' where id = $1`, [broken.referralId]);
    await desks.under.rows(`update plugin set enabled = true where id = 'konkyu'`);
    const seen = await waitFor(
      async () => {
        const event = await desks.konkyu.takeNext('referral.sent.v1');
        return (event.data as Sent).referral.referralId === whole.referralId && event;
      },
      { what: 'the one behind it' },
    );
    expect(seen).toBeDefined();
    const [parked] = await desks.under.rows<{ state: string; error: string }>(
      'select state, error from delivery where referral = $1',
      [broken.referralId],
    );
    expect(parked).toEqual({ state: 'parked', error: 'SEAL_BROKEN' });
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    expect((await supervisor('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'delivery_stuck', referralId: broken.referralId }),
    );
  });

  it('goes out again when no receipt comes, arrives once, and keeps its one line in the ledger', async () => {
    const { referralId } = await desks.submit(aSubmission());
    const first = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect(await desks.konkyu.mayWrite(first.deliveryId)).toBe(true);
    await desks.under.rows(`update delivery set sent_at = sent_at - interval '1 hour' where id = $1`, [
      first.deliveryId,
    ]);
    const { referral, deliveryId, claim } = await arrived();
    expect([referral.referralId, deliveryId]).toEqual([referralId, first.deliveryId]);
    expect(claim).not.toBe(first.claim);
    await desks.konkyu.receipt(deliveryId);
    const state = async () =>
      (await desks.under.rows<{ state: string }>('select state from delivery where id = $1', [deliveryId]))[0]?.state;
    await waitFor(async () => (await state()) === 'delivered', { what: 'the receipt to be taken' });
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(false);
    const ledger = (await desks.sender('GET', `/persons/${await desks.personOf(referralId)}/disclosures`)).body.items;
    expect(ledger.filter((l: any) => l.members.length > 0).map((l: any) => l.state)).toEqual(['written']);
  });
});
