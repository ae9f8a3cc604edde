// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import type { GroundView, MessageData, NewGround, Ratify } from '@tsunagi/contracts';
import { addDays, japaneseDay, type DataCategory } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(60_000);

const hour = 3_600_000;

describeWithServices(['postgres'], 'an authority without consent', () => {
  let desks: TwoDesks;
  let approver: Api;
  let admin: Api;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 50 } });
    admin = await desks.under.as({ role: 'it_admin' });
    approver = await desks.under.as({ role: 'approver' });
  });
  afterAll(() => desks?.close());

  const now = async () => new Date((await admin('GET', '/clock')).body.now as string);
  /** Nobody is signed out by it. */
  const forward = async (ms: number) => {
    const jumpTo = new Date((await now()).getTime() + ms).toISOString();
    expect((await admin('POST', '/clock', { jumpTo })).status).toBe(200);
  };
  const emergency = {
    code: 'emergency',
    persons: ['subject'],
    categories: ['identity', 'contact', 'concern'],
    reason: 'けさから連絡がつかず、命の危険がある。',
    whyNoConsent: 'not_reached',
  } as const satisfies NewGround;
  const forTheirBenefit = {
    ...emergency,
    code: 'benefit_of_person',
    reason: 'ご本人の利益になることが明らかである。',
    harmsNobody: true,
  } as const satisfies NewGround;

  it('is told of a 在留資格 only by a supervisor of the desk that records it', async () => {
    const referral = await held();
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    const ground = { ...forTheirBenefit, reason: '在留期間が来月切れる。' };
    const refused = await record(referral, ground);
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/reason' }],
    ]);
    expect((await record(referral, ground, supervisor)).status).toBe(201);
    const answered = await decide(referral, {
      outcome: 'refused',
      categories: [],
      words: '在留カードを見せてもらう。',
    });
    expect(answered.body.errors).toMatchObject([{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/words' }]);
  });

  const held = async () => (await desks.submit(withoutConsent())).referralId;
  const record = (referral: string, ground: NewGround, who = desks.sender) =>
    who('POST', `/referrals/${referral}/grounds`, ground);
  const grounds = async (referral: string, who = approver) =>
    (await who('GET', `/referrals/${referral}/grounds`)).body.items as GroundView[];
  const decide = async (referral: string, body: Ratify, who = approver, seenBy = approver) => {
    const [ground] = await grounds(referral, seenBy);
    return who('POST', `/decisions/${ground!.decision}/ratify`, body, { 'if-match': String(ground!.version) });
  };
  const arrived = async (referral: string) => {
    const sent = (await desks.konkyu.takeNext('referral.sent.v1', referral)).data as Sent;
    const read = `select state from referral where id = $1`;
    const isThere = async () => (await desks.under.rows<{ state: string }>(read, [referral]))[0]?.state === 'received';
    await waitFor(isThere, { what: 'it to be received' });
    return sent;
  };
  const itemsSeen = async (referral: string) =>
    Object.keys((await desks.view(desks.recipient, referral)).members?.[0]?.items ?? {}).sort();
  const kinds = async (who: Api, referral: string) =>
    ((await who('GET', '/todos?limit=500')).body.items as { kind: string; referralId?: string; escalated?: true }[])
      .filter((t) => t.referralId === referral)
      .map((t) => (t.escalated ? `${t.kind}!` : t.kind));
  const state = async (referral: string) => (await desks.view(desks.sender, referral)).state as string;

  it('S18: lets an emergency leave at once, and closes after 72 hours what nobody has approved', async () => {
    const referral = await held();
    expect(await state(referral)).toBe('awaiting_authority');
    expect((await record(referral, emergency)).status).toBe(201);

    const sent = await arrived(referral);
    expect(sent.referral).toMatchObject({ authority: 'emergency', conditions: [] });
    expect(Object.keys(sent.referral.subject.items).sort()).toEqual(['concern', 'contact', 'identity']);
    expect(await itemsSeen(referral)).toEqual(['concern', 'contact', 'identity']);
    expect(await kinds(approver, referral)).toEqual(['ratify']);
    expect(await kinds(desks.sender, referral)).toContain('tell_person_when_safe');

    const approved = await decide(referral, { outcome: 'approved', categories: ['identity', 'contact'] });
    expect(approved.status).toBe(204);
    expect(await kinds(approver, referral)).toEqual([]);
    expect(await itemsSeen(referral)).toEqual(['concern', 'contact', 'identity']);

    const then = await now();
    await forward(72 * hour);
    expect(await itemsSeen(referral)).toEqual(['contact', 'identity']);
    const [ground] = await grounds(referral, desks.sender);
    expect(ground).toMatchObject({
      decided: { outcome: 'approved', categories: ['identity', 'contact'] },
      until: addDays(japaneseDay(then), 30),
    });
  });

  it('tells its sender of 到着, and of nothing after it', async () => {
    const referral = await held();
    await record(referral, emergency);
    const { deliveryId } = await arrived(referral);
    await waitFor(async () => (await state(referral)) === 'received', { what: 'the arrival to be told' });
    const told = (await desks.kaigo.takeNext('referral.status.v1', referral)).data as MessageData<'referral.status.v1'>;
    expect(told).toMatchObject({ code: '10' });
    expect(told).not.toHaveProperty('by');
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    expect((await desks.view(desks.recipient, referral)).state).toBe('accepted');
    expect(await state(referral)).toBe('received');
    const { body } = await desks.sender('GET', `/referrals/${referral}/timeline`);
    expect(body.items.map((e: { action: string }) => e.action)).not.toContain('accept');
  });

  it('says before the 72 hours are over that it ends, and hastens who decides', async () => {
    const referral = await held();
    await record(referral, emergency);
    await arrived(referral);
    expect(await kinds(desks.sender, referral)).not.toContain('ground_ends');
    await forward(49 * hour);
    await waitFor(async () => (await kinds(desks.sender, referral)).includes('ground_ends'), { what: 'the notice' });
    expect(await kinds(approver, referral)).toEqual(['ratify!']);
    await forward(24 * hour);
    expect(await itemsSeen(referral)).toEqual([]);
  });

  it('is taken back when it is refused', async () => {
    const referral = await held();
    await record(referral, emergency);
    const { deliveryId } = await arrived(referral);
    expect((await decide(referral, { outcome: 'refused', categories: [] })).status).toBe(204);
    const recalled = (await desks.konkyu.takeNext('referral.recalled.v1', referral)).data;
    expect(recalled).toMatchObject({ cancels: deliveryId });
    expect(await state(referral)).toBe('revoked');
  });

  it('69条2項: waits for the approval, with its conditions to the recipient', async () => {
    const referral = await held();
    expect((await record(referral, forTheirBenefit)).status).toBe(201);
    expect(await state(referral)).toBe('awaiting_authority');
    const { body } = await desks.sender('POST', '/disclosures/preview', { referralId: referral });
    expect(body.decision).toMatchObject({ outcome: 'hold', reasons: expect.arrayContaining(['GROUND_UNAPPROVED']) });

    await decide(referral, { outcome: 'approved', categories: ['identity', 'concern'] });
    const sent = await arrived(referral);
    expect(sent.referral.authority).toBe('benefit_of_person');
    expect(sent.referral.conditions).toHaveLength(2);
    expect(Object.keys(sent.referral.subject.items).sort()).toEqual(['concern', 'identity']);
    expect((await desks.view(desks.recipient, referral)).conditions).toEqual(sent.referral.conditions);
    const { items } = (await desks.sender('GET', `/referrals/${referral}/decision`)).body;
    const sentOn = items.find((d: { direction: string }) => d.direction === 'referral');
    expect(sentOn.inputs).toMatchObject({
      rows: [{ version: 1 }],
      conditions: sent.referral.conditions,
      grounds: [{ version: 2 }],
      contentVersion: 1,
    });
  });

  it('70条: asks whoever works behind a plugin to acknowledge what came with conditions', async () => {
    const referral = await held();
    await record(referral, forTheirBenefit);
    await decide(referral, { outcome: 'approved', categories: ['identity', 'concern'] });
    await arrived(referral);
    const asked = async () => {
      const { items } = (await desks.recipient('GET', '/todos?kind=acknowledge_conditions&limit=500')).body;
      return (items as { id: string; referralId: string; tickable?: true }[]).find((t) => t.referralId === referral);
    };
    const todo = await asked();
    expect(todo?.tickable).toBe(true);
    expect((await desks.recipient('POST', `/todos/${todo!.id}/done`, {})).status).toBe(204);
    expect(await asked()).toBeUndefined();

    const unconditional = await held();
    await record(unconditional, emergency);
    await arrived(unconditional);
    expect(await kinds(desks.recipient, unconditional)).not.toContain('acknowledge_conditions');
  });

  it('69条2項: needs the words of the approver over a refusal of the person', async () => {
    const referral = await held();
    const person = await desks.personOf(referral);
    await desks.sender('POST', '/refusals', { person });
    await record(referral, { ...forTheirBenefit, whyNoConsent: 'refused' });
    await decide(referral, { outcome: 'approved', categories: ['identity'] });
    expect(await state(referral)).toBe('awaiting_authority');
    const other = await held();
    await desks.sender('POST', '/refusals', { person: await desks.personOf(other) });
    await record(other, { ...forTheirBenefit, whyNoConsent: 'refused' });
    const words = 'ご本人の生命を守るため。';
    await decide(other, { outcome: 'approved', categories: ['identity'], words });
    expect((await arrived(other)).referral.authority).toBe('benefit_of_person');
    expect((await grounds(other, desks.sender))[0]?.decided?.words).toBe(words);
  });

  it('is decided once, by another post than the drafter’s, and by nobody else', async () => {
    const referral = await held();
    await record(referral, emergency);
    const body: Ratify = { outcome: 'approved', categories: ['identity'] };
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    const elsewhere = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
    const answers = [
      [desks.sender, 403, 'ROLE_MISSING'],
      [supervisor, 403, 'NOT_THE_POST'],
      [elsewhere, 404, 'NOT_FOUND'],
    ] as const;
    for (const [who, status, code] of answers) {
      const answer = await decide(referral, body, who);
      expect([answer.status, answer.body.code]).toEqual([status, code]);
    }
    expect((await decide(referral, { ...body, categories: ['health'] })).body.code).toBe('INVALID');
    expect((await decide(referral, { ...body, until: addDays(japaneseDay(await now()), 31) })).body.code).toBe(
      'INVALID',
    );
    expect((await decide(referral, body)).status).toBe(204);
    expect((await decide(referral, body)).body.code).toBe('GROUND_DECIDED');
  });

  it('is never decided by whoever drafted it', async () => {
    const referral = await held();
    await record(referral, emergency);
    const { id } = (await approver('GET', '/session')).body as { id: string };
    await desks.under.rows(`alter table ground disable trigger ground_stands`);
    await desks.under.rows('update ground set drafted_by = $2 where referral = $1', [referral, `staff:${id}`]);
    await desks.under.rows(`alter table ground enable trigger ground_stands`);
    const answer = await decide(referral, { outcome: 'approved', categories: ['identity'] });
    expect([answer.status, answer.body.code]).toEqual([403, 'OWN_DRAFT']);
  });

  it('is not decided either by whoever stands in for the one who drafted it', async () => {
    const { id } = (await approver('GET', '/session')).body as { id: string };
    const [colleague] = await desks.under.rows<{ id: string }>(
      `select o.id from staff s join staff o on o.organization = s.organization and o.id <> s.id and o.active
       join membership m on m.staff = o.id and m.valid_to is null where s.id = $1 order by o.id limit 1`,
      [id],
    );
    const referral = await held();
    await record(referral, emergency);
    await desks.under.rows(`alter table ground disable trigger ground_stands`);
    await desks.under.rows('update ground set drafted_by = $2 where referral = $1', [
      referral,
      `staff:${colleague!.id}`,
    ]);
    await desks.under.rows(`alter table ground enable trigger ground_stands`);
    const deputy = randomUUID();
    await desks.under.rows(
      `insert into deputy (id, staff, acts_for, valid_from, valid_to) values ($1, $2, $3, '2026-01-01', '2099-03-31')`,
      [deputy, id, colleague!.id],
    );
    const body: Ratify = { outcome: 'approved', categories: ['identity'] };
    const answer = await decide(referral, body);
    expect([answer.status, answer.body.code]).toEqual([403, 'OWN_DRAFT']);
    await desks.under.rows('delete from deputy where id = $1', [deputy]);
    expect((await decide(referral, body)).status).toBe(204);
  });

  it('is recorded by its sender alone, with all that its row asks for', async () => {
    const referral = await held();
    expect((await record(referral, emergency, desks.recipient)).body.code).toBe('NOT_FOUND');
    const { harmsNobody: _, ...incomplete } = forTheirBenefit;
    expect((await record(referral, incomplete)).body.code).toBe('GROUND_INCOMPLETE');
    expect((await record(referral, { ...emergency, code: 'private_necessity' })).body.code).toBe(
      'GROUND_NOT_OF_THIS_KIND',
    );
    expect((await record(referral, { ...emergency, persons: ['stranger'] })).body.code).toBe('INVALID');
    const withNumber = { ...emergency, reason: '個人番号 1234 5678 9018' };
    expect((await record(referral, withNumber)).body.code).toBe('SUBMISSION_REJECTED');
    expect(await desks.under.rows('select 1 from ground where referral = $1', [referral])).toEqual([]);
  });

  it('names to its sender what could be recorded here, and to whoever decides who asks and how long it counts', async () => {
    const referral = await held();
    const { body: before } = await desks.sender('GET', `/referrals/${referral}/grounds`);
    const possible = before.possible as { code: string; needs: string[]; approval: string; hours?: number }[];
    expect(possible.map((p) => p.code)).not.toContain('private_necessity');
    expect(possible.find((p) => p.code === 'emergency')).toMatchObject({ approval: 'after', hours: 72 });
    expect(possible.find((p) => p.code === 'benefit_of_person')).toMatchObject({
      approval: 'before',
      needs: expect.arrayContaining(['reason', 'harms_nobody']),
    });
    for (const { code } of possible.filter((p) => p.code === 'emergency' || p.code === 'benefit_of_person'))
      expect((await record(referral, { ...forTheirBenefit, code: code as NewGround['code'] })).status).toBe(201);

    const { body: asked } = await approver('GET', `/referrals/${referral}/grounds`);
    expect(asked).not.toHaveProperty('possible');
    const emergencyOnFile = (asked.items as GroundView[]).find((g) => g.code === 'emergency');
    expect(emergencyOnFile).toMatchObject({
      from: { domain: 'kaigo' },
      to: { domain: 'konkyu' },
      approval: 'after',
      hoursLeft: 72,
      endsAt: new Date(Date.parse(emergencyOnFile!.recordedAt) + 72 * hour).toISOString(),
    });
  });

  it('says nothing of another recipient', async () => {
    const referral = await held();
    await record(referral, forTheirBenefit);
    await decide(referral, { outcome: 'approved', categories: ['identity'] });
    await arrived(referral);
    const ask = { referralId: referral, to: { domain: 'shogai' } };
    expect((await desks.sender('POST', '/disclosures/preview', ask)).body.decision.outcome).toBe('hold');
  });

  it('is nobody’s to see but its sender’s and its approver’s', async () => {
    const referral = await held();
    await record(referral, emergency);
    await arrived(referral);
    expect((await grounds(referral))[0]?.reason).toBe(emergency.reason);
    expect((await grounds(referral, desks.sender))[0]?.persons).toEqual(['subject']);
    // What its approver has read is in the ledger, and of its own words nobody's at the desk.
    const officer = await desks.under.as({ role: 'privacy_officer' });
    const person = await desks.personOf(referral);
    const { items } = (await officer('GET', `/persons/${person}/disclosures`)).body;
    expect(items.filter((l: { way: string }) => l.way === 'read')).toMatchObject([
      { what: 'referral', referralId: referral, authority: 'emergency', members: [{ categories: ['narrative'] }] },
    ]);
    for (const who of [desks.recipient, await desks.under.as({ role: 'privacy_officer' })])
      expect((await who('GET', `/referrals/${referral}/grounds`)).status).toBe(404);
    const [stored] = await desks.under.rows<{ words: Buffer }>('select words from ground where referral = $1', [
      referral,
    ]);
    expect(stored?.words.toString('utf8')).not.toContain('命の危険');
  });

  it('keeps what either marked as about somebody else from the other', async () => {
    const referral = await held();
    await desks.sender('POST', '/refusals', { person: await desks.personOf(referral) });
    const reason = '命の危険がある。〔夫は留守。〕';
    await record(referral, { ...forTheirBenefit, reason, whyNoConsent: 'refused' });
    const words = 'ご本人の生命を守るため。〔隣人の話。〕';
    await decide(referral, { outcome: 'approved', categories: ['identity'], words });
    await arrived(referral);
    const textsOf = ([ground]: GroundView[]) => [ground?.reason, ground?.decided?.words];
    expect(textsOf(await grounds(referral))).toEqual(['命の危険がある。〔…〕', words]);
    expect(textsOf(await grounds(referral, desks.sender))).toEqual([reason, 'ご本人の生命を守るため。〔…〕']);
  });

  it('is not asked for a desk that has not been chosen yet, nor for a consent that is not there', async () => {
    const referral = await held();
    const scope = {
      categories: ['identity', 'concern'],
      recipients: [{ domain: 'shogai' }],
      purposes: ['consultation'],
      from: '2026-01-01',
      until: '2099-03-31',
      feedback: 'state',
    };
    const asked = { referralId: referral, to: { domain: 'shogai' } };
    const ask = async (body: object) => (await desks.sender('POST', '/disclosures/preview', body)).body;
    expect((await ask(asked)).decision).toMatchObject({ outcome: 'hold', reasons: ['CONSENT_MISSING'] });
    const seen = await ask({ ...asked, with: scope });
    expect(seen.to.domain).toBe('shogai');
    expect(Object.keys(seen.shown.subject.items)).toEqual(['identity', 'concern']);
    expect(seen.decision.members[0].consents).toEqual([]);
    expect((await ask({ referralId: referral, with: scope })).decision.outcome).toBe('hold');
    expect((await ask({ referralId: referral, to: { domain: 'chiiki' } })).code).toBe('NOT_TO_THERE');
    expect(await desks.under.rows('select 1 from consent where person = $1', [await desks.personOf(referral)])).toEqual(
      [],
    );
  });

  it('is counted when it is for the single case, and told when it repeats', async () => {
    const officer = await desks.under.as({ role: 'privacy_officer' });
    const toShogai = async () => (await desks.submit(withoutConsent({ to: { domain: 'shogai' } }))).referralId;
    const pair = async () =>
      (await officer('GET', '/reports/exceptions')).body.items.find(
        (i: { code: string; to: string }) => i.code === 'benefit_of_person' && i.to === desks.functions.shogai,
      );
    expect(await pair()).toBeUndefined();
    for (let n = 0; n < 3; n += 1) await record(await toShogai(), forTheirBenefit);
    expect(await pair()).toMatchObject({ from: desks.functions.kaigo, count: 3, occasional: 3, repeated: false });
    // The pair is that of sender and recipient: what went elsewhere counts there.
    expect((await record(await held(), forTheirBenefit)).status).toBe(201);
    expect((await pair()).count).toBe(3);
    const fourth = await toShogai();
    expect((await record(fourth, forTheirBenefit)).status).toBe(201);
    expect(await pair()).toMatchObject({ count: 4, repeated: true });
    expect(await kinds(officer, fourth)).toEqual(['exceptions_repeated']);
  });

  it('70条: is opened on a screen by nobody who has not acknowledged its conditions', async () => {
    const shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    const referral = (await desks.submit(withoutConsent({ to: { domain: 'shogai' } }))).referralId;
    await record(referral, forTheirBenefit);
    await decide(referral, { outcome: 'approved', categories: ['identity', 'concern'] });
    const waiting = await desks.view(shogai, referral);
    expect([waiting.state, waiting.conditions.length, waiting.members]).toEqual(['sent', 2, undefined]);
    expect((await desks.act(shogai, referral, 'receive')).body.code).toBe('CONDITIONS_UNACKNOWLEDGED');
    expect((await desks.act(shogai, referral, 'receive', { conditionsAcknowledged: true })).status).toBe(200);
    expect(Object.keys((await desks.view(shogai, referral)).members[0].items).sort()).toEqual(['concern', 'identity']);
    expect(await kinds(shogai, referral)).not.toContain('acknowledge_conditions');
  });

  it('70条: asks a desk that has opened it once more when something comes under new conditions, and not twice for the same', async () => {
    const shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    const referral = (await desks.submit(withoutConsent({ to: { domain: 'shogai' } }))).referralId;
    const person = await desks.personOf(referral);
    const consent = (categories: DataCategory[]) =>
      desks.consent(person, { recipients: [{ domain: 'shogai' }], categories });
    await consent(['identity']);
    await waitFor(async () => (await desks.view(shogai, referral)).state === 'sent', { what: 'it to go' });
    expect((await desks.act(shogai, referral, 'receive')).status).toBe(200);
    const supplement = async (...boxes: string[]) => {
      const { ref, role, identifiers, items } = (await desks.view(desks.sender, referral)).members[0];
      const subject = { ref, role, identifiers, items: { ...items, concern: { boxes } } };
      const answer = await desks.act(desks.sender, referral, 'supplement', { subject });
      expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    };
    const asked = async () => {
      const { body } = await shogai('GET', '/todos?kind=acknowledge_conditions&limit=500');
      return (body.items as { id: string; referralId: string }[]).filter((t) => t.referralId === referral);
    };
    const items = async () => Object.keys((await desks.view(shogai, referral)).members[0].items).sort();
    await consent(['identity', 'concern']);
    await supplement('income_work', 'care');
    expect([await items(), await asked()]).toEqual([['concern', 'identity'], []]);

    await record(referral, forTheirBenefit);
    await decide(referral, { outcome: 'approved', categories: ['contact'] });
    await supplement('care');
    expect(await items()).toEqual(['concern', 'contact', 'identity']);
    const [todo] = await asked();
    expect((await shogai('POST', `/todos/${todo!.id}/done`, {})).status).toBe(204);
    await supplement('income_work');
    expect(await asked()).toEqual([]);
  });

  it('R11: needs no reason why the person is not told yet, where an emergency is one', async () => {
    const later = { notInformed: { by: addDays(japaneseDay(await now()), 7) } };
    const send = async (ground: NewGround | undefined) => {
      const key = randomUUID();
      const source = { system: 'hub', key, occurredAt: (await now()).toISOString() };
      const subject = {
        ref: 'subject',
        role: 'subject',
        identifiers: [],
        items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } },
      };
      const draft = { source, kind: 'referral', to: { domain: 'shogai' }, urgency: 'normal', purpose: 'consultation' };
      const said = { ...draft, subject, others: [] };
      const { body } = await desks.sender('POST', '/referrals', said, { 'idempotency-key': key });
      expect(body).toMatchObject({ outcome: 'draft', state: 'draft' });
      if (ground) expect((await record(body.id, ground)).status).toBe(201);
      return desks.act(desks.sender, body.id, 'send', { ...later, howTheyMeet: 'through_sender' });
    };
    expect((await send(undefined)).body.code).toBe('PERSON_NOT_INFORMED');
    expect((await send(emergency)).body.state).toBe('sent');
  });

  describe('of a private sender (27条1項)', () => {
    const necessity = { ...forTheirBenefit, code: 'private_necessity' } as const satisfies NewGround;
    let supervisor: Api;
    const isNow = async (bodyKind: string, name: string) => {
      await desks.under.rows('update desk_function set body_kind = $2, name = $3 where id = $1', [
        desks.functions.kaigo,
        bodyKind,
        name,
      ]);
      await waitFor(async () => (await admin('GET', `/desk-functions/${desks.functions.kaigo}`)).body.name === name, {
        what: 'the directory to know the desk',
      });
    };
    let before: { body_kind: string; name: string };
    beforeAll(async () => {
      supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
      const read = 'select body_kind, name from desk_function where id = $1';
      [before] = (await desks.under.rows<typeof before>(read, [desks.functions.kaigo])) as [typeof before];
      await isNow('private', `${before.name}＊`);
    });
    afterAll(() => isNow(before.body_kind, before.name));

    it('leaves once its own 管理者 has approved it, and by nobody of the municipality', async () => {
      const referral = await held();
      expect((await record(referral, necessity)).status).toBe(201);
      expect(await state(referral)).toBe('awaiting_authority');
      const body: Ratify = { outcome: 'approved', categories: ['identity', 'concern'] };
      // For the municipality there is nothing to decide, and so nothing there.
      const [ground] = await grounds(referral, supervisor);
      const path = `/decisions/${ground!.decision}/ratify`;
      const foreign = await approver('POST', path, body, { 'if-match': String(ground!.version) });
      const absent = await approver('POST', `/decisions/${randomUUID()}/ratify`, body, { 'if-match': '1' });
      expect([foreign.status, foreign.body.code]).toEqual([absent.status, absent.body.code]);
      const ownWorker = await desks.sender('POST', path, body, { 'if-match': String(ground!.version) });
      expect([ownWorker.status, ownWorker.body.code]).toEqual([403, 'ROLE_MISSING']);
      expect(await state(referral)).toBe('awaiting_authority');

      expect((await decide(referral, body, supervisor, supervisor)).status).toBe(204);
      const sent = await arrived(referral);
      expect(sent.referral.authority).toBe('private_necessity');
      expect(Object.keys(sent.referral.subject.items).sort()).toEqual(['concern', 'identity']);
    });

    it('stays where its 管理者 has said no, for good', async () => {
      const referral = await held();
      await record(referral, necessity);
      expect((await decide(referral, { outcome: 'refused', categories: [] }, supervisor, supervisor)).status).toBe(204);
      const again = await decide(referral, { outcome: 'approved', categories: ['identity'] }, supervisor, supervisor);
      expect(again.body.code).toBe('GROUND_DECIDED');
      const { decision } = (await desks.sender('POST', '/disclosures/preview', { referralId: referral })).body;
      expect(decision).toMatchObject({ outcome: 'hold', reasons: expect.arrayContaining(['GROUND_REFUSED']) });
      expect(await state(referral)).toBe('awaiting_authority');
    });

    it('is not for a contractor: its sender is no private body then', async () => {
      await isNow('contractor', `${before.name}＊＊`);
      const refused = await record(await held(), necessity);
      expect(refused.body.code).toBe('GROUND_NOT_OF_THIS_KIND');
      await isNow('private', `${before.name}＊`);
    });
  });

  describe('the row of the municipality', () => {
    interface Row {
      id: string;
      version: number;
      code: string;
      counts: boolean;
      why?: string;
      overrides?: string;
    }
    let officer: Api;
    beforeAll(async () => (officer = await desks.under.as({ role: 'privacy_officer' })));
    const rows = async (code: string) =>
      ((await officer('GET', '/authorities')).body.items as Row[]).filter((r) => r.code === code);

    it('narrows the law from its first day on, and never widens it', async () => {
      const [law] = await rows('benefit_of_person');
      const today = japaneseDay(await now());
      const own = { overrides: law!.id, validFrom: addDays(today, 1), categories: ['identity'] };
      for (const wider of [{ approval: 'none' }, { categories: ['origin'] }, { conditions: [] }, { validFrom: today }])
        expect((await officer('POST', '/authorities', { ...own, ...wider })).body.code).toBe('INVALID');
      expect((await desks.sender('POST', '/authorities', own)).status).toBe(403);
      const made = await officer('POST', '/authorities', own);
      expect([made.status, made.body.why]).toEqual([201, 'not_yet']);

      const referral = await held();
      await record(referral, forTheirBenefit);
      await decide(referral, { outcome: 'approved', categories: ['identity', 'concern'] });
      expect(Object.keys((await arrived(referral)).referral.subject.items).sort()).toEqual(['concern', 'identity']);

      await forward(24 * hour);
      expect((await rows('benefit_of_person')).map((r) => r.why ?? r.overrides)).toEqual(
        expect.arrayContaining(['overridden', law!.id]),
      );
      expect(await itemsSeen(referral)).toEqual([]);
      const later = await held();
      await record(later, forTheirBenefit);
      await decide(later, { outcome: 'approved', categories: ['identity', 'concern'] });
      expect(Object.keys((await arrived(later)).referral.subject.items)).toEqual(['identity']);
    });

    it('expects no more repetitions than the municipality’s own row, in the report as in the to-do', async () => {
      const law = (await rows('benefit_of_person')).find((r) => r.overrides === undefined);
      const today = japaneseDay(await now());
      const own = { overrides: law!.id, validFrom: addDays(today, 1), occasional: 1 };
      expect((await officer('POST', '/authorities', own)).status).toBe(201);
      await forward(24 * hour);
      const inTown = async () => (await desks.submit(withoutConsent({ to: { domain: 'shogai' } }))).referralId;
      const repeated = [await inTown(), await inTown()];
      for (const referral of repeated) expect((await record(referral, forTheirBenefit)).status).toBe(201);
      expect(await kinds(officer, repeated[1]!)).toEqual(['exceptions_repeated']);
      const { items } = (await officer('GET', '/reports/exceptions')).body;
      const pair = (i: { code: string; to: string }) =>
        i.code === 'benefit_of_person' && i.to === desks.functions.shogai;
      expect(items.find(pair)).toMatchObject({ occasional: 1, repeated: true });
    });

    it('and of the law says who has read it, at the version that was read', async () => {
      const [law] = await rows('public_body_reasonable');
      const said = { checkedBy: '見本市 法務課', checkedOn: '2026-11-20' };
      const path = `/authorities/${law!.id}/check`;
      expect((await officer('POST', path, said, { 'if-match': String(law!.version + 1) })).status).toBe(412);
      const checked = await officer('POST', path, said, { 'if-match': String(law!.version) });
      expect(checked.body).toMatchObject({ ...said, version: law!.version + 1 });
    });
  });
});
