// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { MessageData } from '@tsunagi/contracts';
import { describeWithServices } from '@tsunagi/testing';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { generalForm } from '../demo';

type Sent = MessageData<'referral.sent.v1'>;
type Status = MessageData<'referral.status.v1'>;

describeWithServices(['postgres'], 'a referral on its way through the hub', () => {
  let under: HubUnderTest;
  let kaigo: AHost;
  let konkyu: AHost;
  let sender: Api;
  let recipient: Api;
  let konkyuId: string;

  beforeAll(async () => {
    under = await hubUnderTest();
    kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
    konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
    const { body } = await (await under.as({ role: 'coordinator' }))('GET', '/desk-functions');
    const functionOf = (domain: string) =>
      (body.items ?? body).find((f: { domain: string }) => f.domain === domain).id as string;
    sender = await under.as({ role: 'caseworker', function: functionOf('kaigo') });
    konkyuId = functionOf('konkyu');
    recipient = await under.as({ role: 'caseworker', function: konkyuId });
  });

  afterAll(async () => {
    await kaigo?.stop();
    await konkyu?.stop();
    await under?.close();
  });

  const submit = async (submission = aSubmission(), itemId = `item-${submission.source.key}`) => {
    const [answer] = await kaigo.send('referral.submitted.v1', [{ itemId, submission }]);
    if (!answer) throw new Error('no answer');
    return answer;
  };
  const personOf = async (referral: string) => (await sender('GET', `/referrals/${referral}`)).body.person as string;
  const stateOf = async (referral: string) => (await sender('GET', `/referrals/${referral}`)).body.state as string;
  const respond = (deliveryId: string, code: string, more: object = {}) =>
    konkyu.send('referral.response.v1', [
      {
        itemId: `${deliveryId}/${code}`,
        response: { deliveryId, code: code as never, at: new Date().toISOString(), ...more },
      },
    ]);

  it('sends exactly the permitted categories when the registered form stands behind the consent (S1)', async () => {
    const answer = await submit();
    expect(answer).toMatchObject({ outcome: 'accepted', codes: [] });
    const { referral } = (await konkyu.takeNext('referral.sent.v1')).data as Sent;
    expect(Object.keys(referral.subject.items).sort()).toEqual(['concern', 'contact', 'household_outline', 'identity']);
    expect(referral.mask).toBe('110101000000000000000000');
    expect(referral.subject.identifiers).toEqual([]);
    expect(((await kaigo.takeNext('referral.status.v1')).data as Status).code).toBe('10');

    await respond(referral.deliveryId, '20', {
      worker: '試験　太郎',
      identifiers: [{ system: 'konkyu', value: 'K-1' }],
    });
    const taken = (await kaigo.takeNext('referral.status.v1')).data as Status;
    expect(taken).toMatchObject({ code: '20', by: { domain: 'konkyu' } });
    expect(taken.worker).toBeUndefined();
    expect(await stateOf(referral.referralId)).toBe('accepted');
  });

  it('holds without consent, and leaves by itself exactly as scoped when the consent is registered (S2)', async () => {
    const submission = aSubmission({ asserted: { code: '9', on: '2026-11-10' }, howTheyMeet: 'person_visits' });
    const answer = await submit(submission);
    expect(answer).toMatchObject({ outcome: 'held', codes: ['ASSERTED_WITHOUT_CONSENT', 'CONSENT_MISSING'] });
    const id = answer.referralId ?? '';
    expect(await stateOf(id)).toBe('awaiting_authority');
    expect((await recipient('GET', `/referrals/${id}`)).status).toBe(404);

    const day = new Date().toISOString().slice(0, 10);
    const registered = await sender('POST', '/consents', {
      person: await personOf(id),
      giver: 'self',
      manner: 'written',
      formVersion: generalForm,
      scope: {
        categories: ['identity', 'concern'],
        recipients: [{ domain: 'konkyu' }],
        purposes: ['consultation'],
        from: day,
        until: '2099-03-31',
        feedback: 'state',
      },
    });
    expect(registered.status).toBe(201);
    const { referral } = (await konkyu.takeNext('referral.sent.v1')).data as Sent;
    expect(referral.referralId).toBe(id);
    expect(Object.keys(referral.subject.items).sort()).toEqual(['concern', 'identity']);
    expect(referral.mask).toBe('100001000000000000000000');
    await kaigo.takeNext('referral.status.v1');
  });

  it('never lets arrive what was withdrawn while its message waited, and recalls what has arrived (S7)', async () => {
    const insured = '0000009907';
    const first = await submit(aSubmission({ insured }));
    const arrived = (await konkyu.takeNext('referral.sent.v1')).data as Sent;
    await kaigo.takeNext('referral.status.v1');
    await respond(arrived.deliveryId, '20', { worker: '試験　太郎' });
    await kaigo.takeNext('referral.status.v1');
    const second = await submit(aSubmission({ insured, to: { domain: 'konkyu' } }));
    expect(second.outcome).toBe('held');
    expect(second.codes).toContain('OPEN_TWIN');

    const lone = await submit(aSubmission({ insured: '0000009908' }));
    const waiting = (await konkyu.next('referral.sent.v1')).data as Sent;

    for (const id of [first.referralId, lone.referralId]) {
      const person = await personOf(id ?? '');
      const { body } = await sender('GET', `/persons/${person}/consents`);
      expect((await sender('POST', `/consents/${body.consents[0].id}/withdraw`, {})).status).toBe(200);
    }
    expect(await konkyu.mayWrite(waiting.deliveryId)).toBe(false);
    await konkyu.receipt(waiting.deliveryId, 'recalled');
    expect(await stateOf(lone.referralId ?? '')).toBe('revoked');
    expect(((await kaigo.takeNext('referral.status.v1')).data as Status).code).toBe('65');

    expect(await stateOf(first.referralId ?? '')).toBe('accepted');
    const recall = (await konkyu.takeNext('referral.recalled.v1')).data as MessageData<'referral.recalled.v1'>;
    expect(recall).toMatchObject({ cancels: arrived.deliveryId, referralId: first.referralId });
    await respond(arrived.deliveryId, '30', { worker: '試験　太郎' });
    // No further status leaves: the sender stays with what it was told.
    expect(await stateOf(first.referralId ?? '')).toBe('accepted');
    expect((await recipient('GET', `/referrals/${first.referralId}`)).body.state).toBe('in_progress');
    const [acknowledged] = await konkyu.send('recall.acknowledged.v1', [
      { itemId: 'ack-1', acknowledgement: { deliveryId: arrived.deliveryId, at: new Date().toISOString() } },
    ]);
    expect(acknowledged?.outcome).toBe('accepted');
    const { body: ledger } = await sender('GET', `/persons/${await personOf(first.referralId ?? '')}/disclosures`);
    expect(ledger.items.find((l: { recall?: object }) => l.recall)).toMatchObject({
      state: 'written',
      recall: { acknowledgedAt: expect.any(String) },
    });
    expect(kaigo.deliveries.filter((d) => d.type === 'referral.status.v1')).toEqual([]);
    const talk = (await sender('GET', '/todos')).body.items.filter(
      (t: { kind: string }) => t.kind === 'talk_after_withdrawal',
    );
    expect(talk).toHaveLength(1);
    expect((await recipient('GET', '/todos')).body.items.map((t: { kind: string }) => t.kind)).toContain(
      'talk_after_withdrawal',
    );
  });

  it('holds what a system asserts again after a withdrawal, with a to-do for the sender', async () => {
    const insured = '0000009911';
    const monday = await submit(aSubmission({ insured }));
    await konkyu.takeNext('referral.sent.v1');
    await kaigo.takeNext('referral.status.v1');
    const person = await personOf(monday.referralId ?? '');
    const { body } = await sender('GET', `/persons/${person}/consents`);
    await sender('POST', `/consents/${body.consents[0].id}/withdraw`, {});
    await konkyu.takeNext('referral.recalled.v1');
    await kaigo.takeNext('referral.status.v1');

    const tuesday = await submit(aSubmission({ insured }));
    expect(tuesday).toMatchObject({ outcome: 'held', codes: ['CONSENT_WITHDRAWN'] });
    const todos = (await sender('GET', '/todos')).body.items.filter(
      (t: { referralId?: string }) => t.referralId === tuesday.referralId,
    );
    expect(todos).toEqual([expect.objectContaining({ kind: 'asserted_after_withdrawal' })]);
  });

  it('answers a repeated item as before, a repeated record as duplicate, and one with other content as conflict (S11)', async () => {
    const submission = aSubmission();
    const first = await submit(submission, 'file-a/1');
    await konkyu.takeNext('referral.sent.v1');
    await kaigo.takeNext('referral.status.v1');
    expect(await submit(submission, 'file-a/1')).toEqual(first);
    expect(await submit(submission, 'file-b/1')).toMatchObject({ outcome: 'duplicate', referralId: first.referralId });
    const other = aSubmission({ key: submission.source.key, items: { identity: { name: '見本　次郎' } } });
    expect(await submit(other, 'file-c/1')).toMatchObject({ outcome: 'conflict', codes: ['E-DUP-DIFF'] });
    const [counted] = await under.rows<{ n: number }>('select count(*)::int as n from referral where source_key = $1', [
      submission.source.key,
    ]);
    expect(counted?.n).toBe(1);
  });

  it('judges every item by itself: one that does not fit its schema is rejected with a pointer, its neighbours go on', async () => {
    const good = aSubmission({ asserted: undefined as never });
    delete (good as { asserted?: unknown }).asserted;
    const bad = { ...aSubmission(), urgency: 'sometime' };
    const answers = await kaigo.send('referral.submitted.v1', [
      { itemId: 'mixed/1', submission: good },
      { itemId: 'mixed/2', submission: bad as never },
    ]);
    expect(answers).toEqual([
      expect.objectContaining({ itemId: 'mixed/1', outcome: 'held' }),
      expect.objectContaining({ itemId: 'mixed/2', outcome: 'rejected', codes: ['INVALID'], pointer: '/urgency' }),
    ]);
  });

  it('sends again what a host did not write although nobody took it back', async () => {
    const { referralId = '' } = await submit();
    const first = (await konkyu.next('referral.sent.v1')).data as Sent;
    await konkyu.receipt(first.deliveryId, 'recalled');
    const again = (await konkyu.takeNext('referral.sent.v1')).data as Sent;
    expect(again.deliveryId).toBe(first.deliveryId);
    await kaigo.takeNext('referral.status.v1');
    expect(await stateOf(referralId)).toBe('received');
  });

  it('refuses the same Idempotency-Key with other content, also at the same moment', async () => {
    const body = (n: number) => {
      const { source, ...rest } = aSubmission({ insured: `00000088${n}0` });
      const { system, key, occurredAt } = source;
      return { ...rest, source: { system, key, occurredAt } };
    };
    const results = await Promise.all(
      [1, 2, 3, 4].map((n) => sender('POST', '/referrals', body(n), { 'idempotency-key': 'one-key' })),
    );
    expect(results.map((r) => r.status).sort()).toEqual([201, 422, 422, 422]);
    expect(results.find((r) => r.status === 422)?.body.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('refuses what may hold a マイナンバー with a pointer, and stores nothing of it', async () => {
    const submission = aSubmission({
      items: { identity: { name: '見本　花子' }, narrative: { fact: '番号は 1234 5678 9018 とのこと。' } },
    });
    expect(await submit(submission)).toMatchObject({
      outcome: 'rejected',
      codes: ['S-MYNUMBER'],
      pointer: '/subject/items/narrative/fact',
    });
    expect(await under.rows('select 1 from referral where source_key = $1', [submission.source.key])).toEqual([]);
  });

  it('refuses an answer that the state does not allow, and takes 引受 without 到着 as both', async () => {
    const { referralId = '' } = await submit();
    const event = await konkyu.next('referral.sent.v1');
    const { deliveryId } = event.data as Sent;
    expect(await konkyu.mayWrite(deliveryId)).toBe(true);
    expect((await respond(deliveryId, '40', { outcome: '011' }))[0]).toMatchObject({
      outcome: 'rejected',
      codes: ['WORKER_MISSING'],
    });
    expect((await respond(deliveryId, '20', { worker: '試験　太郎' }))[0]).toMatchObject({ outcome: 'accepted' });
    expect(await stateOf(referralId)).toBe('accepted');
    await konkyu.receipt(deliveryId);
    for (const code of ['10', '20'])
      expect(((await kaigo.takeNext('referral.status.v1')).data as Status).code).toBe(code);
    expect((await respond(deliveryId, '45', { note: 'いつからですか' }))[0]).toMatchObject({
      outcome: 'rejected',
      codes: ['STATE_NOT_THERE'],
    });
  });

  it('lets a return asked for by a system wait for the supervisor', async () => {
    const { referralId = '' } = await submit();
    const { deliveryId } = (await konkyu.takeNext('referral.sent.v1')).data as Sent;
    await respond(deliveryId, '20', { worker: '試験　太郎' });
    expect((await respond(deliveryId, '50', { reason: '101', worker: '試験　太郎' }))[0]).toMatchObject({
      outcome: 'accepted',
    });
    expect(await stateOf(referralId)).toBe('accepted');
    const supervisor = await under.as({ role: 'supervisor', function: konkyuId });
    expect((await supervisor('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'confirm_return', referralId }),
    );
    const { headers } = await supervisor('GET', `/referrals/${referralId}`);
    const proposed = await supervisor(
      'POST',
      `/referrals/${referralId}/propose-return`,
      { reasons: ['101'], whoTellsPerson: '試験　太郎', fitting: 'unknown' },
      { 'if-match': headers.get('etag') ?? '' },
    );
    expect(proposed).toMatchObject({ status: 200, body: { state: 'return_proposed' } });
    const early = await sender(
      'POST',
      `/referrals/${referralId}/agree-return`,
      { talk: { on: '2026-11-20', names: ['甲', '乙'] }, keepsDoing: { sender: '見守り', recipient: 'なし' } },
      { 'if-match': String(proposed.body.version) },
    );
    expect(early).toMatchObject({ status: 422, body: { code: 'PERSON_NOT_INFORMED' } });
    const told = { personInformed: { by: '甲', at: new Date().toISOString(), how: '電話' } };
    const agreed = await sender(
      'POST',
      `/referrals/${referralId}/agree-return`,
      { talk: { on: '2026-11-20', names: ['甲', '乙'] }, keepsDoing: { sender: '見守り', recipient: 'なし' }, ...told },
      { 'if-match': String(proposed.body.version) },
    );
    expect(agreed).toMatchObject({ status: 200, body: { state: 'returned' } });
    const told3 = [
      await kaigo.takeNext('referral.status.v1'),
      await kaigo.takeNext('referral.status.v1'),
      await kaigo.takeNext('referral.status.v1'),
    ];
    expect(told3.map((e) => e.data as Status).filter((st) => st.referralId === referralId)).toMatchObject([
      { code: '10' },
      { code: '20' },
      { code: '50', returnReason: '101' },
    ]);
  });

  it('lets one of two racing callers win', async () => {
    const { referralId = '' } = await submit(aSubmission({ asserted: { code: '9', on: '2026-11-10' } }));
    const { headers } = await sender('GET', `/referrals/${referralId}`);
    const version = { 'if-match': headers.get('etag') ?? '' };
    const results = await Promise.all(
      [1, 2, 3].map(() => sender('POST', `/referrals/${referralId}/withdraw`, { reason: '本人の希望' }, version)),
    );
    expect(results.map((r) => r.status).sort()).toEqual([200, 412, 412]);
  });

  it('writes an audit line for every event, which nobody can change', async () => {
    const [counted] = await under.rows<{ n: number }>(`select count(*)::int as n from referral_event e where not exists
      (select 1 from audit_entry a where a.object = e.referral::text and a.details->>'version' = e.version::text)`);
    expect(counted?.n).toBe(0);
    await expect(under.rows(`update audit_entry set actor = 'nobody'`)).rejects.toThrow('append-only');
    await expect(under.rows('delete from referral_event')).rejects.toThrow('append-only');
  });
});
