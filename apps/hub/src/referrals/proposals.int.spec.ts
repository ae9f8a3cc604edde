// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Proposal } from '@tsunagi/contracts';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'where a site forbids unattended writes', () => {
  let desks: TwoDesks;
  let itDesk: Api;
  let next = 1;
  beforeAll(async () => {
    desks = await twoDesks();
    itDesk = await desks.under.as({ role: 'it_admin' });
    await setWrites('confirmed');
  });
  afterAll(() => desks?.close());

  const setWrites = async (writes: string) => {
    const { configVersion } = (await itDesk('GET', '/plugins/konkyu')).body;
    const set = await itDesk('PUT', '/plugins/konkyu/config', { writes }, { 'if-match': String(configVersion) });
    expect([set.status, set.body.config]).toEqual([200, { writes }]);
  };
  /** A record of somebody of its own, and the same later with another name. */
  const matter = () => {
    const n = String(next++).padStart(4, '0');
    return (name: string, day: string) =>
      aSubmission({
        ...{ key: `00990010/W-${n}`, insured: `000066${n}`, change: 'changed' },
        items: { identity: { name }, concern: { boxes: ['housing'] }, care_level: { level: '22' } },
        occurredAt: `2026-11-${day}T00:00:00+09:00`,
      });
  };
  const look = (id: string, who = desks.recipient) => who('GET', `/proposals/${id}`);
  const seen = async (id: string): Promise<Proposal> => {
    const { status, body } = await look(id);
    expect([status, body.code]).toEqual([200, undefined]);
    return body;
  };
  const settle = (id: string, how: 'approve' | 'decline', version: string, who = desks.recipient) =>
    who('POST', `/proposals/${id}/${how}`, {}, { 'if-match': `"${version}"` });
  const approved = async (id: string) => {
    const { version } = await seen(id);
    expect(await settle(id, 'approve', version)).toMatchObject({ status: 200, body: { id, outcome: 'approved' } });
  };
  const supervisor = () => desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
  const inTray = async (who = desks.recipient) =>
    ((await who('GET', '/proposals')).body.items as { id: string }[]).map((p) => p.id);
  const deliveriesOf = (id: string) =>
    desks.under.rows<{ kind: string; plugin: string | null; state: string; approved: boolean }>(
      `select kind, plugin, state, approval is not null as approved from delivery where referral = $1 and kind <> 'status' order by seq`,
      [id],
    );
  /** Everything that came before has had its turn: a recall or status of somebody else has passed. */
  const messagesOf = (id: string) => desks.konkyu.deliveries.filter((d) => d.subject === id).map((d) => d.type);
  const nameIn = ({ referral }: Sent) => referral.subject.items.identity?.name;
  const written = async (id: string, type: 'referral.sent.v1' | 'referral.supplemented.v1' = 'referral.sent.v1') =>
    (await desks.konkyu.takeNext(type, id)).data as Sent;
  const arrived = async (row: ReturnType<typeof aSubmission>) => {
    const { referralId } = await desks.submit(row);
    await approved(referralId);
    return { referralId, message: await written(referralId) };
  };
  /** A lane that has carried this one has looked at everything before it. */
  const laneHasPassed = () => arrived(matter()('見本　通', '01'));

  it('lets nothing come to the system that its desk has not approved, and tells the desk that it waits, without a name', async () => {
    const { referralId } = await desks.submit(matter()('見本　甲', '01'));
    const written = () => desks.under.rows('select xmin::text from delivery where referral = $1', [referralId]);
    const before = await written();
    await laneHasPassed();
    expect(messagesOf(referralId)).toEqual([]);
    // Its lane does not even take it up, so that many of them do not stand in the way of others.
    expect(await written()).toEqual(before);
    expect(await deliveriesOf(referralId)).toEqual([
      { kind: 'referral', plugin: 'konkyu', state: 'queued', approved: false },
    ]);
    const page = (await desks.recipient('GET', '/proposals')).body;
    expect(page.items.find((p: { id: string }) => p.id === referralId)).toEqual({
      ...{ id: referralId, kind: 'referral', referralKind: 'referral', urgency: 'normal', plugin: 'konkyu' },
      ...{ to: expect.objectContaining({ domain: 'konkyu' }), since: expect.any(String) },
    });
    expect(JSON.stringify(page)).not.toContain('見本　');
    const todo = { kind: 'approve_write', referralId, sentence: expect.stringMatching(/。$/) };
    expect((await desks.recipient('GET', '/todos')).body.items).toContainEqual(expect.objectContaining(todo));
  });

  it('shows it to staff of that desk alone, with what is permitted and nothing else, and enters that in the ledger', async () => {
    const { referralId } = await desks.submit(matter()('見本　甲', '01'));
    const told = async () => {
      const { body } = await desks.sender('GET', `/persons/${await desks.personOf(referralId)}/disclosures`);
      return body.items.filter((l: { referralId?: string }) => l.referralId === referralId);
    };
    const before = await told();
    const proposal = await seen(referralId);
    expect(proposal).toMatchObject({ id: referralId, kind: 'referral', comparedWith: 'nothing' });
    expect(proposal.content.subject.items).toEqual({
      identity: { name: '見本　甲' },
      concern: { boxes: ['housing'] },
    });
    expect(proposal.changes).toContainEqual({ pointer: '/subject/items/identity/name', after: '"見本　甲"' });
    expect(JSON.stringify(proposal)).not.toContain('care_level');
    const lines = await desks.under.rows(
      `select way, what, state, delivery, recipient_function as desk, members->0->'categories' as categories from disclosure where referral = $1`,
      [referralId],
    );
    expect(lines).toEqual([
      {
        ...{ way: 'read', what: 'referral', state: 'written', delivery: null, desk: desks.functions.konkyu },
        categories: expect.arrayContaining(['identity', 'concern']),
      },
    ]);
    // That somebody there has looked is no news for the sender.
    expect(await told()).toEqual(before);
    expect((await desks.view(desks.sender, referralId)).state).toBe('sent');
    for (const [who, status] of [
      [desks.sender, 404],
      [itDesk, 403],
      [await desks.under.as({ role: 'coordinator' }), 403],
      [await desks.under.as({ client: desks.functions.konkyu }), 403],
    ] as const) {
      expect((await look(referralId, who)).status).toBe(status);
      expect((await settle(referralId, 'approve', proposal.version, who)).status).toBe(status);
    }
    expect(await inTray(desks.sender)).toEqual([]);
  });

  it('writes what was approved once, as it was seen', async () => {
    const { referralId } = await desks.submit(matter()('見本　甲', '01'));
    const { version } = await seen(referralId);
    expect((await desks.recipient('POST', `/proposals/${referralId}/approve`, {})).body.code).toBe('IF_MATCH_MISSING');
    expect((await settle(referralId, 'approve', 'abc')).status).toBe(412);
    expect((await settle(referralId, 'approve', version)).status).toBe(200);
    expect(nameIn(await written(referralId))).toBe('見本　甲');
    await waitFor(async () => (await desks.view(desks.sender, referralId)).state === 'received', {
      what: 'it to arrive',
    });
    expect((await settle(referralId, 'approve', version)).body.code).toBe('NOTHING_PROPOSED');
    expect((await look(referralId)).body.code).toBe('NOTHING_PROPOSED');
    expect(await inTray()).not.toContain(referralId);
    await laneHasPassed();
    expect(messagesOf(referralId)).toEqual([]);
    const audited = await desks.under.rows<{ actor: string; details: object }>(
      `select a.actor, a.details from audit_entry a join delivery d on d.id::text = a.object where d.referral = $1 and a.action = 'delivery.approved'`,
      [referralId],
    );
    expect(audited).toMatchObject([{ actor: expect.stringMatching(/^staff:/), details: { plugin: 'konkyu' } }]);
  });

  it('does not take an approval of what has been corrected since', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const { version } = await seen(referralId);
    await desks.submit(row('見本　乙', '02'));
    expect((await settle(referralId, 'approve', version)).status).toBe(412);
    expect((await seen(referralId)).content.subject.items.identity?.name).toBe('見本　乙');
    await approved(referralId);
    expect(nameIn(await written(referralId))).toBe('見本　乙');
  });

  it('voids an approval when it would be written otherwise before it was', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    await approved(referralId);
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    await desks.submit(row('見本　乙', '02'));
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(false);
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'it to wait again' });
    expect(await deliveriesOf(referralId)).toEqual([
      { kind: 'referral', plugin: 'konkyu', state: 'queued', approved: false },
    ]);
    await approved(referralId);
    const anew = await written(referralId);
    expect([anew.deliveryId, nameIn(anew)]).toEqual([deliveryId, '見本　乙']);
  });

  it('voids it as well when only what is permitted has changed', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.consent(person, { categories: ['identity'] });
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'it to wait' });
    const { version, content } = await seen(referralId);
    expect(Object.keys(content.subject.items)).toEqual(['identity']);
    await desks.consent(person, { categories: ['identity', 'concern'] });
    expect((await settle(referralId, 'approve', version)).status).toBe(412);
    expect(Object.keys((await seen(referralId)).content.subject.items)).toEqual(['identity', 'concern']);
  });

  it('shows of a correction what differs from what was written last', async () => {
    const row = matter();
    const { referralId } = await arrived(row('見本　甲', '01'));
    await desks.submit(row('見本　乙', '02'));
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'the correction to wait' });
    const proposal = await seen(referralId);
    expect(proposal).toMatchObject({
      ...{ kind: 'supplement', comparedWith: 'written' },
      changes: [{ pointer: '/subject/items/identity/name', before: '"見本　甲"', after: '"見本　乙"' }],
    });
    await approved(referralId);
    expect(nameIn(await written(referralId, 'referral.supplemented.v1'))).toBe('見本　乙');
    // What was approved is kept sealed, of the two that a next one could be compared with.
    expect((await deliveriesOf(referralId)).map((d) => d.approved)).toEqual([true, true]);
    for (const name of ['甲', '乙'])
      expect(
        await desks.under.rows(`select 1 from delivery d where referral = $1 and d::text like $2`, [
          referralId,
          `%${name}%`,
        ]),
      ).toEqual([]);
  });

  it('never brings what was withdrawn while it waited', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const consent = await desks.consent(await desks.personOf(referralId));
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'it to wait' });
    const { version } = await seen(referralId);
    await desks.withdraw(consent);
    expect((await settle(referralId, 'approve', version)).body.code).toBe('NOTHING_PROPOSED');
    expect(await inTray()).not.toContain(referralId);
    expect((await look(referralId)).body.code).toBe('NOTHING_PROPOSED');
    await laneHasPassed();
    expect(messagesOf(referralId)).toEqual([]);
    expect((await deliveriesOf(referralId)).map((d) => d.state)).toEqual(['recalled']);
  });

  it('holds no recall back, and nothing that was approved before it, though it is the same person’s', async () => {
    // Of one matter nothing waits behind itself, so that another one is made hers.
    const waiting = await desks.submit(matter()('見本　待', '01'));
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.under.rows('update delivery set person = $2 where referral = $1', [waiting.referralId, person]);
    const consent = await desks.consent(person);
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'it to wait' });
    await approved(referralId);
    await written(referralId);
    await desks.withdraw(consent);
    const recall = await desks.konkyu.takeNext('referral.recalled.v1', referralId);
    expect(recall.data).toMatchObject({ referralId });
    expect(messagesOf(waiting.referralId)).toEqual([]);
  });

  it('is worked on in the hub when its desk does not want it in its system, and its sender learns nothing of that', async () => {
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const told = await desks.view(desks.sender, referralId);
    const { version } = await seen(referralId);
    expect((await settle(referralId, 'decline', 'abc')).status).toBe(412);
    expect(await settle(referralId, 'decline', version)).toMatchObject({ status: 200, body: { outcome: 'declined' } });
    expect(await inTray()).not.toContain(referralId);
    expect(await desks.view(desks.sender, referralId)).toEqual(told);
    expect((await desks.act(desks.recipient, referralId, 'receive')).status).toBe(200);
    expect((await desks.view(desks.recipient, referralId)).members[0].items.identity.name).toBe('見本　甲');
    expect((await desks.recipient('GET', `/referrals/${referralId}/sheet`)).body).toContain('見本　甲');
    // What is corrected is there at once, and nothing comes to the system.
    await desks.submit(row('見本　乙', '02'));
    expect((await desks.view(desks.recipient, referralId)).members[0].items.identity.name).toBe('見本　乙');
    await laneHasPassed();
    expect(messagesOf(referralId)).toEqual([]);
    const back = { reasons: ['101'], whoTellsPerson: '試験　月', fitting: 'unknown' };
    expect((await desks.act(await supervisor(), referralId, 'propose-return', back)).status).toBe(200);
  });

  it('shows a correction in the hub that its desk does not want in its system, and asks of the next one again', async () => {
    const row = matter();
    const { referralId } = await arrived(row('見本　甲', '01'));
    await desks.submit(row('見本　乙', '02'));
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'the correction to wait' });
    expect((await settle(referralId, 'decline', (await seen(referralId)).version)).status).toBe(200);
    expect((await desks.view(desks.recipient, referralId)).members[0].items.identity.name).toBe('見本　乙');
    await desks.submit(row('見本　丙', '03'));
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'the next correction to wait' });
    expect((await seen(referralId)).changes).toEqual([
      { pointer: '/subject/items/identity/name', before: '"見本　甲"', after: '"見本　丙"' },
    ]);
  });

  it('asks from the moment of the setting on, and lets everything go that waits when it is taken back', async () => {
    await setWrites('unattended');
    const row = matter();
    const { referralId } = await desks.submit(row('見本　甲', '01'));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    await setWrites('confirmed');
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(false);
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'it to wait' });
    await setWrites('unattended');
    expect((await written(referralId)).deliveryId).toBe(deliveryId);
    await setWrites('confirmed');
    // What came before is in its system; its content was never approved, so there is nothing to compare with.
    await desks.submit(row('見本　乙', '02'));
    await waitFor(async () => (await inTray()).includes(referralId), { what: 'the correction to wait' });
    expect(await seen(referralId)).toMatchObject({ kind: 'supplement', comparedWith: 'not_kept' });
  });
});
