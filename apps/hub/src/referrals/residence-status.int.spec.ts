// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { manyDesks, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

const spoken = '在留カードの番号はＡＢ１２３４５６７８ＣＤ。';
const items = {
  identity: { name: '見本　花子' },
  concern: { boxes: ['housing' as const] },
  narrative: { fact: spoken },
};
const cleared = { residenceTextCleared: true };

describeWithServices(['postgres'], 'what is written of a 在留資格', () => {
  let desks: TwoDesks;
  let supervisor: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
  });
  afterAll(() => desks?.close());

  const waits = async (over: Parameters<typeof aSubmission>[0] = {}) => {
    const { referralId, ...answer } = await desks.submit(withoutConsent({ items, ...over }));
    return { referralId, answer, person: await desks.personOf(referralId) };
  };
  const allowed = (person: string) =>
    desks.consent(person, {
      categories: ['identity', 'concern', 'contact_wishes', 'contact', 'narrative'],
      feedback: 'state+note',
    });
  const next = async (type: 'referral.sent.v1' | 'referral.supplemented.v1', referral: string) =>
    (await desks.konkyu.takeNext(type, referral)).data as Sent;
  const isReceived = (referral: string) =>
    waitFor(async () => (await desks.view(desks.sender, referral)).state === 'received', { what: 'it to arrive' });
  const there = async (over: Parameters<typeof aSubmission>[0] = {}) => {
    const one = await waits(over);
    await allowed(one.person);
    const sent = await next('referral.sent.v1', one.referralId);
    await isReceived(one.referralId);
    return { ...one, sent };
  };
  const listed = async (who: Api, referral: string) =>
    ((await who('GET', '/todos?kind=clear_residence_text')).body.items as { referralId: string }[]).filter(
      (t) => t.referralId === referral,
    );
  const told = ({ status, body }: { status: number; body: any }) => [status, body?.code];
  const says = (what: unknown) => JSON.stringify(what).includes('在留');

  it('stays behind with the whole of its category, and its desk is told why', async () => {
    const { referralId, answer, sent } = await there();
    expect(answer.codes).toContain('RESIDENCE_STATUS_TEXT');
    expect(Object.keys(sent.referral.subject.items)).toEqual(['identity', 'concern']);
    expect(says([sent, await desks.view(desks.recipient, referralId)])).toBe(false);
    const { body } = await desks.sender('GET', `/referrals/${referralId}/decision`);
    const sentOn = body.items.find((d: any) => d.direction === 'referral' && d.outcome === 'permit');
    expect(sentOn.reasons.map((r: { code: string }) => r.code)).toEqual(['RESIDENCE_STATUS_TEXT']);
    const preview = await desks.sender('POST', '/disclosures/preview', { referralId });
    expect([says(preview.body.shown), preview.body.decision.reasons]).toEqual([false, ['RESIDENCE_STATUS_TEXT']]);
  });

  it('is refused in how somebody is related, where nothing could wait, and left out of the record of a system', async () => {
    const { subject } = aSubmission({ items: { identity: items.identity } });
    const son = { ...subject, ref: 'member-1', role: 'child' as const, identifiers: [], relation: '技能実習生' };
    const { referralId, codes } = await desks.submit({
      ...withoutConsent({ items: { identity: items.identity } }),
      others: [son],
    });
    expect(codes).toContain('RESIDENCE_STATUS_TEXT');
    const { members } = await desks.view(desks.sender, referralId);
    expect([members.length, JSON.stringify(members).includes('技能実習生')]).toEqual([2, false]);
    const { status, body } = await desks.act(desks.sender, referralId, 'supplement', { others: [son] });
    expect([status, body.errors]).toMatchObject([
      422,
      [{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/others/0/relation' }],
    ]);
  });

  it('is on the list of the supervisors of its desk, without a word of it, until one of them has cleared it', async () => {
    const { referralId } = await there();
    const listedThere = await listed(supervisor, referralId);
    expect(listedThere).toHaveLength(1);
    expect(JSON.stringify(listedThere)).not.toMatch(/見本|１２３４５６７８/);
    for (const who of [desks.sender, desks.recipient]) expect(await listed(who, referralId)).toEqual([]);
    const elsewhere = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
    for (const who of [
      desks.sender,
      desks.recipient,
      elsewhere,
      await desks.under.as({ client: desks.functions.kaigo }),
    ])
      expect(told(await desks.act(who, referralId, 'supplement', cleared))).toEqual([403, 'NOT_YOUR_STEP']);
    expect((await desks.act(supervisor, referralId, 'supplement', cleared)).status).toBe(200);
    expect((await next('referral.supplemented.v1', referralId)).referral.subject.items.narrative).toMatchObject({
      fact: spoken,
    });
    expect(await listed(supervisor, referralId)).toEqual([]);
    expect(says(await desks.view(desks.recipient, referralId))).toBe(true);
  });

  it('waits no more once its desk has put it right', async () => {
    const { referralId } = await there();
    const { subject } = aSubmission();
    const narrative = { fact: '書類の更新を手伝っている。' };
    const right = { subject: { ...subject, items: { narrative } } };
    expect((await desks.act(desks.sender, referralId, 'supplement', right)).status).toBe(200);
    const { referral } = await next('referral.supplemented.v1', referralId);
    expect(referral.subject.items.narrative).toMatchObject(narrative);
    expect(await listed(supervisor, referralId)).toEqual([]);
  });

  it('is cleared at one version: what is written anew waits again', async () => {
    const { referralId, person } = await waits();
    const { version } = await desks.view(supervisor, referralId);
    const { subject } = aSubmission();
    const more = { subject: { ...subject, items: { narrative: { fact: '在留期間が切れる。' } } } };
    expect((await desks.act(desks.sender, referralId, 'supplement', more)).status).toBe(200);
    const late = await supervisor('POST', `/referrals/${referralId}/supplement`, cleared, {
      'if-match': String(version),
    });
    expect(late.status).toBe(412);
    expect((await desks.act(supervisor, referralId, 'supplement', cleared)).status).toBe(200);
    expect((await desks.act(desks.sender, referralId, 'supplement', more)).status).toBe(200);
    await allowed(person);
    expect(Object.keys((await next('referral.sent.v1', referralId)).referral.subject.items)).not.toContain('narrative');
  });

  it('is never written without it once it was cleared, though the message without it is under way', async () => {
    const { referralId } = await there();
    const { subject } = aSubmission();
    const more = { subject: { ...subject, items: { concern: { boxes: ['illness' as const] } } } };
    await desks.act(desks.sender, referralId, 'supplement', more);
    const without = (await desks.konkyu.next('referral.supplemented.v1', referralId)).data as { deliveryId: string };
    expect(says(without)).toBe(false);
    await desks.act(supervisor, referralId, 'supplement', cleared);
    expect(await desks.konkyu.mayWrite(without.deliveryId)).toBe(false);
    expect(says(await next('referral.supplemented.v1', referralId))).toBe(true);
  });

  it('stays behind in whatever field it stands; with the name nothing leaves', async () => {
    const wish = { ...items, narrative: {}, contact_wishes: { mustNotKnow: '勤め先(ビザのことで)' } };
    const { sent } = await there({ items: wish });
    expect(Object.keys(sent.referral.subject.items)).toEqual(['identity', 'concern']);
    const named = { ...items, identity: { name: '見本　花子', otherNames: [{ name: 'AB12345678CD' }] } };
    const { referralId, person } = await waits({ items: named });
    await allowed(person);
    const { body } = await desks.sender('POST', '/disclosures/preview', { referralId });
    expect(body.decision).toMatchObject({
      outcome: 'hold',
      reasons: ['CONSENT_LACKS_IDENTITY', 'RESIDENCE_STATUS_TEXT'],
    });
  });

  it('is not written beside the items but by whoever may clear it', async () => {
    const { referralId } = await there();
    const note = { note: '在留資格の更新が近い。' };
    const refused = await desks.act(desks.sender, referralId, 'supplement', note);
    expect([refused.status, refused.body.errors]).toMatchObject([
      422,
      [{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/note' }],
    ]);
    expect((await desks.act(supervisor, referralId, 'supplement', note)).status).toBe(200);
  });

  it('is left out of what a system answers, of which the rest counts', async () => {
    const { referralId, sent } = await there();
    const answer = await desks.respond(sent.deliveryId, '20', {
      worker: '試験　月',
      note: '在留資格を確かめて引き受けた。',
    });
    expect(answer).toMatchObject({ outcome: 'accepted', codes: ['RESIDENCE_STATUS_TEXT'] });
    expect((await desks.view(desks.recipient, referralId)).state).toBe('accepted');
    const timelines = await Promise.all(
      [desks.sender, desks.recipient].map((who) => who('GET', `/referrals/${referralId}/timeline`)),
    );
    expect(says(timelines.map((t) => t.body))).toBe(false);
  });

  // Last: whoever writes here belongs to both desks from now on.
  it('is not written beside them by whoever may clear it at another desk alone', async () => {
    const { referralId } = await there();
    const admin = await desks.under.as({ role: 'it_admin' });
    const login = desks.under.access.staff.find(
      (s) => s.role === 'caseworker' && s.functions.includes(desks.functions.kaigo),
    )?.name;
    const { items } = (await admin('GET', '/staff')).body as { items: { id: string; login: string }[] };
    const membership = { staff: items.find((s) => s.login === login)?.id, role: 'supervisor' };
    const validFrom = japaneseDay(new Date());
    const elsewhere = { ...membership, function: desks.functions.konkyu, validFrom };
    expect((await admin('POST', '/memberships', elsewhere)).status).toBe(201);
    const refused = await desks.act(desks.sender, referralId, 'supplement', { note: '在留資格の更新が近い。' });
    expect(refused.body.errors).toMatchObject([{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/note' }]);
  });
});

describeWithServices(['postgres'], 'what is said of a hand-over', () => {
  let desks: ManyDesks;
  let supervisor: Api;
  beforeAll(async () => {
    desks = await manyDesks({});
    supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kosodate });
  });
  afterAll(() => desks?.close());

  const request = {
    asked: '在留期間が切れる前に相談したい。',
    keepsDoing: '週に一度の訪問',
    nextContactOn: addDays(japaneseDay(new Date()), 7),
    howTheyMeet: 'accompanied',
  };
  /** It has come to 多機関協働. */
  const there = async (over: object = {}) => {
    const { body } = await desks.send(desks.at.kosodate, 'support_request', 'unknown', { ...request, ...over });
    const { person } = (await desks.view(desks.at.kosodate, body.id)).body;
    await desks.consent(desks.at.kosodate, body.id, { recipients: [{ domain: 'takikan' }] });
    expect((await desks.act(desks.at.takikan, body.id, 'receive')).status).toBe(200);
    return { id: body.id as string, codes: body.codes as string[], person: person as string };
  };
  const seen = async (id: string) => (await desks.view(desks.at.takikan, id)).body;

  it('waits as every text does when it speaks of a 在留資格, while the rest goes', async () => {
    const { id, codes } = await there();
    expect(codes).toContain('RESIDENCE_STATUS_TEXT');
    const before = await seen(id);
    expect([before.said, before.members[0].items.identity.name]).toEqual([undefined, '見本　花子']);
    expect((await desks.act(supervisor, id, 'supplement', cleared)).status).toBe(200);
    expect((await seen(id)).said.asked).toBe(request.asked);
  });

  it('waits when somebody is protected, until it was looked through', async () => {
    const { id, person } = await there({ asked: '秘町に移ってから眠れない。' });
    expect((await seen(id)).said.asked).toContain('秘町');
    const seal = { ground: 'own', from: '2026-01-01' };
    expect((await desks.at.kosodate('POST', `/persons/${person}/seal`, seal)).status).toBe(201);
    expect(JSON.stringify(await seen(id))).not.toContain('秘町');
    expect((await desks.act(desks.at.kosodate, id, 'supplement', { sealedTextChecked: true })).status).toBe(200);
    expect((await seen(id)).said.keepsDoing).toBe(request.keepsDoing);
  });

  it('is a question like another in an 助言依頼, where nobody is in it', async () => {
    const asked = await desks.send(desks.at.kosodate, 'advice', 'takikan', {
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: {} },
      question: '在留資格が特定活動の方は、どの制度を使えますか。',
      howTheyMeet: undefined,
      personInformed: undefined,
    });
    expect([asked.status, asked.body.codes]).toEqual([201, []]);
    expect((await supervisor('GET', '/todos?kind=clear_residence_text')).body.items).toEqual([]);
  });
});
