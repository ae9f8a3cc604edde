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

  it('has one 本人, who is the subject', async () => {
    const reasonOf = async (over: object) => {
      const { status, body } = await post(desks.sender, { ...bodyOf(nobodyKnown), ...over });
      return [status, body.errors?.[0].code, body.errors?.[0].pointer];
    };
    const { subject } = nobodyKnown;
    expect(await reasonOf({ subject: { ...subject, role: 'child' } })).toEqual([422, 'INVALID', '/subject/role']);
    const others = [
      { ...subject, ref: 'y', role: 'spouse' },
      { ...subject, ref: 'z' },
    ];
    expect(await reasonOf({ others })).toEqual([422, 'INVALID', '/others/1/role']);
    const { referralId } = await desks.submit(withoutConsent());
    const edited = await desks.act(desks.sender, referralId, 'edit', { others });
    expect(edited.body.errors[0]).toMatchObject({ code: 'INVALID', pointer: '/others/1/role' });
  });

  it('is on lists whose kinds of to-dos are known, and no other kind is asked for', async () => {
    const { status, body } = await desks.sender('GET', '/todos?kind=nothing_such');
    expect([status, body.errors[0].code]).toEqual([422, 'NOT_ALLOWED']);
    expect(body.errors[0].hint).toContain('authority_needed');
    expect((await desks.sender('GET', '/todos?kind=authority_needed')).status).toBe(200);
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

  it('is refused, and leaves nothing, when one person stands in it twice; it says where', async () => {
    const subject = { ref: 'm', role: 'relative' as const };
    const numbered = (n: string) => ({
      ...subject,
      identifiers: [{ system: 'kaigo', value: `00990010-${n}` }],
      items: {},
    });
    const others = [numbered('0000666203'), numbered('0000666202')];
    const body = bodyOf({ insured: '0000666202', key: 'TWICE-1', others });
    const answer = await post(await desks.under.as({ client: desks.functions.kaigo }), body);
    expect([answer.status, answer.body.errors[0]]).toEqual([
      422,
      expect.objectContaining({ code: 'MEMBER_TWICE', pointer: '/others/1' }),
    ]);
    const record = await desks.submit(withoutConsent({ insured: '0000666202', key: '00990010/TWICE', others }));
    expect(record).toMatchObject({ outcome: 'rejected', codes: ['MEMBER_TWICE'], pointer: '/others/1' });
    expect(await desks.under.rows(`select 1 from person_identifier where value like '00990010-000066620_'`)).toEqual(
      [],
    );
    const right = await desks.submit(
      withoutConsent({ insured: '0000666202', key: '00990010/TWICE', change: 'changed', others: others.slice(0, 1) }),
    );
    expect(right.outcome).toBe('held');
  });

  it('is in a journey whose id is never its own and says nothing of when that began', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const { journeyId } = await desks.view(desks.sender, referralId);
    expect(journeyId).not.toBe(referralId);
    // UUIDv4.
    expect(journeyId[14]).toBe('4');
    await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' });
  });

  it('before release tells a coordinator that it waits and why, but nothing of what the person has said', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const decisionOf = async (who: Api) => (await who('GET', `/referrals/${referralId}/decision`)).body.items[0];
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect(await decisionOf(coordinator)).toMatchObject({ outcome: 'hold', members: [], inputs: {} });
    expect((await decisionOf(coordinator)).reasons[0].code).toBe('CONSENT_MISSING');
    const officer = await desks.under.as({ role: 'privacy_officer' });
    const listed = async () => (await officer('GET', `/referrals?q=${referralId}`)).body;
    expect([(await officer('GET', `/referrals/${referralId}/decision`)).status, await listed()]).toEqual([
      404,
      { items: [], counters: [] },
    ]);
    await desks.act(desks.sender, referralId, 'withdraw', { reason: '試験' });
    expect((await officer('GET', `/referrals/${referralId}`)).status).toBe(404);
    const sent = await desks.submit(withoutConsent({ insured: '0000666119' }));
    await desks.consent(await desks.personOf(sent.referralId));
    await desks.konkyu.next('referral.sent.v1');
    const { items } = (await officer('GET', `/referrals/${sent.referralId}/decision`)).body;
    expect(items[0].inputs.purpose).toBe('consultation');
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

  it.each([
    ['nothing of the identity', { identity: {} }, 'IDENTITY_MISSING'],
    ['no identity at all', { concern: { boxes: ['housing' as const] } }, 'IDENTITY_MISSING'],
    ['a name of blanks', { identity: { name: '　' } }, 'INVALID'],
    ['a name that cannot be seen', { identity: { name: '\u200b' } }, 'INVALID'],
    ['a name that turns the writing', { identity: { name: '見本\u202e花子' } }, 'INVALID'],
  ])('is refused with %s', async (_, items, reason) => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    const { body } = await post(client, bodyOf({ items }));
    expect([body.code, JSON.stringify(body).includes(reason)]).toEqual([
      reason === 'INVALID' ? 'INVALID' : 'SUBMISSION_REJECTED',
      true,
    ]);
  });

  it('is refused when what it says has happened lies ahead', async () => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    for (const over of [
      { asserted: { code: '1' as const, on: '2099-01-01' } },
      { occurredAt: '2099-01-01T00:00:00+09:00' },
    ])
      expect((await post(client, bodyOf(over))).body.code).toBe('SUBMISSION_REJECTED');
  });

  it('that says the support has ended makes no referral, whatever desk it names', async () => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    const body = bodyOf();
    const { body: answer } = await post(client, { ...body, source: { ...body.source, change: 'ended' } });
    expect(answer).toMatchObject({ outcome: 'no_referral' });
  });

  it('waits as a draft until it is said how they will meet, which can be said when it is sent', async () => {
    const personInformed = { by: '試験　太郎', at: new Date().toISOString(), how: '電話' };
    const { howTheyMeet: _, ...body } = bodyOf({ insured: '0000666009', personInformed });
    const draft = await post(desks.sender, body);
    expect(draft.body).toMatchObject({ outcome: 'draft', codes: ['MEETING_UNKNOWN'] });
    expect((await desks.act(desks.sender, draft.body.id, 'send', { personInformed })).body.code).toBe(
      'MEETING_UNKNOWN',
    );
    const sent = await desks.act(desks.sender, draft.body.id, 'send', { personInformed, howTheyMeet: 'accompanied' });
    expect(sent.body.state).toBe('awaiting_authority');
    await desks.consent(await desks.personOf(draft.body.id));
    const { data } = await desks.konkyu.takeNext('referral.sent.v1', draft.body.id);
    expect((data as Sent).referral.howTheyMeet).toBe('accompanied');
  });

  it('stands on the to-do list of a desk that works in the hub, until it is taken', async () => {
    const { referralId } = await desks.submit(aSubmission({ to: { domain: 'shogai' } }));
    const web = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    const waiting = async () =>
      (await web('GET', '/todos')).body.items.filter((t: any) => t.referralId === referralId).map((t: any) => t.kind);
    expect(await waiting()).toEqual(['take_referral']);
    await desks.act(web, referralId, 'receive');
    expect(await waiting()).toEqual(['take_referral']);
    await desks.act(web, referralId, 'accept', { worker: { name: '相談　次郎' }, personMatched: true });
    expect(await waiting()).toEqual(['begin_work']);
  });

  it('is seen by an overseer in the queue, whatever is asked for', async () => {
    const coordinator = await desks.under.as({ role: 'coordinator' });
    const { kaigo, konkyu } = desks.functions;
    const asked = [
      '',
      'state=sent',
      'kind=referral',
      'urgency=normal',
      `from=${kaigo}`,
      `to=${konkyu}`,
      `function=${kaigo}`,
      'overdue=true',
      'waiting=me',
      'sort=oldest&limit=2',
    ];
    for (const query of asked)
      expect([query, (await coordinator('GET', `/referrals?${query}`)).status]).toEqual([query, 200]);
    const { items, counters, next } = (await coordinator('GET', '/referrals?limit=1')).body;
    expect([items.length, counters.length > 1]).toEqual([1, true]);
    expect((await coordinator('GET', `/referrals?limit=1&cursor=${next}`)).body.items).toHaveLength(1);
    expect((await coordinator('GET', `/referrals/${items[0].id.toUpperCase()}`)).status).toBe(200);
  });

  it('leaves on the decision it was taken in on, when nothing is before it', async () => {
    // Whatever earlier tests have queued is gone when this one has arrived.
    const before = await desks.submit(aSubmission());
    await desks.konkyu.takeNext('referral.sent.v1', before.referralId);
    await waitFor(
      async () => {
        const { referralId } = await desks.submit(aSubmission());
        await desks.konkyu.takeNext('referral.sent.v1', referralId);
        const [found] = await desks.under.rows<{ decisions: number; same: boolean }>(
          `select (select count(*)::int from disclosure_decision d where d.referral = r.id) as decisions,
                (select l.decision = r.decision from disclosure l where l.referral = r.id) as same
         from referral r where r.id = $1`,
          [referralId],
        );
        return found?.decisions === 1 && found.same;
      },
      { what: 'a referral that left at once' },
    );
  });

  it('stops nobody behind it when its content cannot be opened: it parks, and its desk is told', async () => {
    await desks.under.rows(`update plugin set enabled = false where id = 'konkyu'`);
    const broken = await desks.submit(aSubmission());
    const whole = await desks.submit(aSubmission());
    await desks.under.rows(`update referral set content = '\\x00' where id = $1`, [broken.referralId]);
    const it_ = await desks.under.as({ role: 'it_admin' });
    const waits = (await it_('GET', '/plugins/konkyu')).body;
    expect([waits.waiting >= 2, waits.parked]).toEqual([true, 0]);
    await desks.under.rows(`update plugin set enabled = true where id = 'konkyu'`);
    await desks.konkyu.takeNext('referral.sent.v1', whole.referralId);
    const [parked] = await desks.under.rows<{ state: string; error: string }>(
      'select state, error from delivery where referral = $1',
      [broken.referralId],
    );
    expect(parked).toEqual({ state: 'parked', error: 'SEAL_BROKEN' });
    expect((await it_('GET', '/plugins/konkyu')).body.parked).toBe(1);
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    expect((await supervisor('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'delivery_stuck', referralId: broken.referralId }),
    );
  });

  it('goes out again when no receipt comes, arrives once, and keeps its one line in the ledger', async () => {
    const { referralId } = await desks.submit(aSubmission());
    const first = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    expect(await desks.konkyu.mayWrite(first.deliveryId)).toBe(true);
    await desks.under.rows(`update delivery set sent_at = sent_at - interval '1 hour' where id = $1`, [
      first.deliveryId,
    ]);
    const again = await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const { referral, deliveryId, claim } = again.data as Sent;
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

  it('stays here when a later record of the same message takes back what it was to leave on', async () => {
    const insured = '0000990017';
    const permitted = aSubmission({ insured });
    const [day = ''] = permitted.source.occurredAt.split('T');
    const takenBack = aSubmission({
      insured,
      occurredAt: `${day}T01:00:00+09:00`,
      asserted: { code: '9', formVersion: 'K-2026-1', on: day },
    });
    const sent = [permitted, takenBack].map((submission) => ({ itemId: randomUUID(), submission }));
    const [first] = await desks.kaigo.send('referral.submitted.v1', sent);
    const delivery = await waitFor(
      async () => {
        const [row] = await desks.under.rows<{ state: string; error: string | null; claim: string | null }>(
          'select state, error, claim from delivery where referral = $1',
          [first?.referralId],
        );
        return row?.state === 'queued' ? undefined : row;
      },
      { what: 'its delivery to be looked at' },
    );
    expect(delivery).toEqual({ state: 'parked', error: 'AUTHORITY_MISSING', claim: null });
  });
});
