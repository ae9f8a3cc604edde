// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { heldConference } from '../../test/held-conference';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
const told = { personInformed: { by: '見本　花', at: new Date(Date.now() - 60_000).toISOString(), how: '電話' } };
const nobody = '01900000-0000-7000-8000-000000000001';

describeWithServices(['postgres'], 'a desk that leads the support unit of a referral', () => {
  let desks: TwoDesks;
  let lead: Api;
  let takikan: Api;
  let takikanId: string;
  let count = 550000;
  beforeAll(async () => {
    desks = await twoDesks();
    const { body } = await desks.sender('GET', '/desk-functions');
    takikanId = body.items.find((f: { domain: string }) => f.domain === 'takikan').id;
    lead = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    takikan = await desks.under.as({ role: 'caseworker', function: takikanId });
  });
  afterAll(() => desks?.close());

  const done = async (who: Api, referral: string, action: string, facts?: object) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
    return body;
  };
  const listed = async (who: Api, query: string) => {
    const { items, counters } = (await who('GET', `/referrals?${query}`)).body;
    return { ids: items.map((i: { id: string }) => i.id) as string[], counters };
  };
  /** Has come to 生活困窮 by the consent of the person. */
  const arrived = async () => {
    const { referralId } = await desks.submit(withoutConsent({ insured: `0000${(count += 1)}` }));
    const person = await desks.personOf(referralId);
    await desks.consent(person);
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', {
      what: 'its arrival',
    });
    return { referralId, person };
  };
  const toFollowUp = async (referralId: string) => {
    await done(desks.recipient, referralId, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    await done(desks.recipient, referralId, 'start', { firstContact: { on: today, how: '電話' } });
    await done(desks.recipient, referralId, 'complete', { outcome: '011', note: 'つながった。', ...told });
    await done(desks.sender, referralId, 'follow-up', { series: 'thirty_days' });
    await done(desks.sender, referralId, 'follow-up', { result: 'holds' });
  };
  const sealed = async (person: string) => {
    const seal = { ground: 'shien_sochi', from: today };
    expect((await desks.sender('POST', `/persons/${person}/seal`, seal)).status).toBe(201);
  };
  const give = async (those: readonly string[], givesTownAway: boolean) => {
    const admin = await desks.under.as({ role: 'it_admin' });
    for (const path of those.map((desk) => `/desk-functions/${desk}`)) {
      const { version } = (await admin('GET', path)).body;
      expect((await admin('PATCH', path, { givesTownAway }, { 'if-match': String(version) })).status).toBe(200);
    }
  };
  const unitOf = async (who: Api, referralId: string) =>
    (await who('GET', `/support-units?referral=${referralId}`)).body.items[0];
  const step = async (who: Api, unit: { id: string; version: number }, body: object) => {
    const answer = await who('POST', `/support-units/${unit.id}/lead`, body, { 'if-match': String(unit.version) });
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    return answer.body;
  };
  /** The sender offers the lead, and the recipient takes it. */
  const toRecipient = async (referralId: string) => {
    const offered = await step(desks.sender, await unitOf(desks.sender, referralId), {
      step: 'propose',
      to: desks.functions.konkyu,
    });
    return step(desks.recipient, offered, { step: 'agree', worker: '試験　月', ...told });
  };
  /** The sender refers the person to this desk as well, which opens it. */
  const alsoTo = async (domain: 'takikan' | 'shogai', desk: Api, person: string) => {
    const { referralId } = await desks.submit(
      withoutConsent({ insured: String(count).padStart(10, '0'), to: { domain } }),
    );
    await desks.consent(person, { recipients: [{ domain }] });
    await waitFor(async () => (await desks.view(desk, referralId)).state === 'sent', { what: 'it to go' });
    await done(desk, referralId, 'receive');
    return referralId;
  };
  /** 障害 took no part in this referral; 多機関協働, which was told of the person as well, records that it leads. */
  const toShogai = async (referralId: string, person: string) => {
    const unit = await unitOf(desks.sender, referralId);
    await desks.under.rows(`update support_unit set known_to = known_to || $2::uuid where id = $1`, [
      unit.id,
      takikanId,
    ]);
    await alsoTo('shogai', lead, person);
    const theirs = await alsoTo('takikan', takikan, person);
    const id = await heldConference(desks.under, { host: takikanId, persons: [person], on: today });
    const conference = { id, heldOn: today };
    const decided = { step: 'by_conference', to: desks.functions.shogai, worker: '試験　星', conference, ...told };
    return step(takikan, await unitOf(takikan, theirs), decided);
  };

  it('sees nothing before the follow-up: the same as of what does not exist', async () => {
    const { referralId, person } = await arrived();
    await toShogai(referralId, person);
    for (const path of ['', '/timeline', '/actions', '/decision']) {
      const [its, none] = await Promise.all([referralId, nobody].map((id) => lead('GET', `/referrals/${id}${path}`)));
      expect(its!.status).toBe(404);
      expect({ ...its!.body, requestId: '' }).toEqual({ ...none!.body, requestId: '' });
    }
    for (const query of ['', `lead=${desks.functions.shogai}`, 'state=received'])
      expect((await listed(lead, query)).ids).not.toContain(referralId);
    const refused = await lead(
      'POST',
      `/referrals/${referralId}/reopen`,
      { reason: '再び', ...told },
      { 'if-match': '3' },
    );
    expect(refused.status).toBe(404);
  });

  it('sees in the follow-up that it stands there, and neither who it is about nor what the desks said', async () => {
    const { referralId, person } = await arrived();
    await toShogai(referralId, person);
    await toFollowUp(referralId);
    const seen = await desks.view(lead, referralId);
    expect(seen).toMatchObject({
      id: referralId,
      state: 'follow_up',
      from: { domain: 'kaigo' },
      to: { domain: 'konkyu' },
    });
    for (const field of [
      'members',
      'person',
      'persons',
      'said',
      'fromWorker',
      'worker',
      'howTheyMeet',
      'nextContactOn',
    ])
      expect([field, seen[field]]).toEqual([field, undefined]);
    expect((await lead('GET', `/referrals/${referralId}/timeline`)).body.items).toEqual([]);
    expect((await lead('GET', `/referrals/${referralId}/decision`)).body.items).toEqual([]);
    expect((await lead('POST', '/disclosures/preview', { referralId })).status).toBe(404);
    const lines = (await lead('GET', `/persons/${person}/disclosures`)).body.items as { referralId: string }[];
    expect(lines.map((l) => l.referralId)).not.toContain(referralId);
    expect(JSON.stringify(seen)).not.toContain(person);
    const possible = (await lead('GET', `/referrals/${referralId}/actions`)).body.actions
      .filter((a: { possible: boolean }) => a.possible)
      .map((a: { action: string }) => a.action);
    expect(possible.sort()).toEqual(['close', 'misdirected', 'reopen']);
    expect((await desks.act(lead, referralId, 'supplement', { note: '補足' })).body.code).toBe('NOT_YOUR_STEP');
  });

  it('does not read there the name of a desk that gives a protected person’s town away, nor an id that leads to it', async () => {
    const { referralId, person } = await arrived();
    await toShogai(referralId, person);
    await toFollowUp(referralId);
    const { kaigo, konkyu } = desks.functions;
    await sealed(person);
    await give([kaigo, konkyu], true);
    try {
      const seen = await desks.view(lead, referralId);
      expect(seen).toMatchObject({ from: { code: 'SEALED' }, to: { code: 'SEALED' }, toAddress: { domain: 'konkyu' } });
      expect(JSON.stringify(seen)).not.toContain(konkyu);
      const line = (await lead('GET', `/referrals?q=${referralId}`)).body.items[0];
      expect(line).toMatchObject({ from: { code: 'SEALED' }, to: { code: 'SEALED' } });
      for (const filter of ['from', 'to', 'function'])
        for (const desk of [kaigo, konkyu])
          expect((await listed(lead, `${filter}=${desk}`)).ids).not.toContain(referralId);
    } finally {
      await give([kaigo, konkyu], false);
    }
  });

  it('is found by no filter, and named by nothing that it does there, where its own name gives that town away', async () => {
    const { referralId, person } = await arrived();
    await toShogai(referralId, person);
    await toFollowUp(referralId);
    await sealed(person);
    const { shogai } = desks.functions;
    // It leads the second one by what others have told it, and the sender has sent it nothing.
    const other = await arrived();
    await sealed(other.person);
    await desks.under.rows('update referral set lead = $2 where id = $1', [other.referralId, shogai]);
    const byLead = async (who: Api) => (await listed(who, `lead=${shogai}`)).ids;
    expect(await byLead(desks.sender)).toEqual(expect.arrayContaining([referralId, other.referralId]));
    await give([shogai], true);
    try {
      expect((await byLead(desks.sender)).filter((id) => [referralId, other.referralId].includes(id))).toEqual([]);
      expect(await byLead(lead)).toContain(referralId);
      await done(lead, referralId, 'close', { result: '続いている。', ...told });
      const closed = async (who: Api) => (await who('GET', `/referrals/${referralId}/timeline`)).body.items.at(-1);
      expect(await closed(desks.sender)).toMatchObject({ action: 'close', function: { code: 'SEALED' } });
      expect((await closed(lead)).function.code).not.toBe('SEALED');
    } finally {
      await give([shogai], false);
    }
  });

  it('finds it in its list and its numbers, closes it in its own name, and may reopen it as its sender’s', async () => {
    const { referralId, person } = await arrived();
    await toShogai(referralId, person);
    const before = await listed(lead, `lead=${desks.functions.shogai}`);
    await toFollowUp(referralId);
    const after = await listed(lead, `lead=${desks.functions.shogai}`);
    expect(after.ids).toEqual([...before.ids, referralId].sort().reverse());
    const followed = (counters: { state: string; count: number }[]) =>
      counters.find((c) => c.state === 'follow_up')?.count ?? 0;
    expect(followed(after.counters)).toBe(followed(before.counters) + 1);
    expect((await listed(lead, '')).ids).toContain(referralId);

    await done(lead, referralId, 'close', { result: '続いている。', ...told });
    const mine = (await lead('GET', `/referrals/${referralId}/timeline`)).body.items;
    expect(mine).toMatchObject([{ action: 'close', function: { domain: 'shogai' }, note: { result: '続いている。' } }]);
    const { next } = await done(lead, referralId, 'reopen', { reason: '再び', ...told });
    expect(await desks.view(desks.sender, next)).toMatchObject({ from: { domain: 'kaigo' }, reopens: referralId });
    expect((await lead('GET', `/referrals/${next}`)).status).toBe(404);
  });

  it('sees it no more when another one leads', async () => {
    const { referralId, person } = await arrived();
    const unit = await toShogai(referralId, person);
    await toFollowUp(referralId);
    expect((await lead('GET', `/referrals/${referralId}`)).status).toBe(200);
    const id = await heldConference(desks.under, { host: takikanId, persons: [person], on: today });
    const conference = { id, heldOn: today };
    const back = { step: 'by_conference', to: desks.functions.kaigo, worker: '見本　花', conference, ...told };
    await step(takikan, { id: unit.id, version: unit.version }, back);
    expect((await lead('GET', `/referrals/${referralId}`)).status).toBe(404);
    expect((await listed(lead, '')).ids).not.toContain(referralId);
  });

  it('is the recipient as well, and then may close what it received', async () => {
    const { referralId } = await arrived();
    await toFollowUp(referralId);
    expect((await desks.act(desks.recipient, referralId, 'close', { result: '続く', ...told })).body.code).toBe(
      'NOT_YOUR_STEP',
    );
    await toRecipient(referralId);
    expect((await listed(desks.recipient, `lead=${desks.functions.konkyu}`)).ids).toContain(referralId);
    expect((await listed(desks.sender, `lead=${desks.functions.konkyu}`)).ids).toContain(referralId);
    expect((await listed(desks.sender, `lead=${desks.functions.kaigo}`)).ids).not.toContain(referralId);
    expect((await done(desks.recipient, referralId, 'close', { result: '続く', ...told })).state).toBe('closed');
  });

  it('leads what its unit’s desks send later, and nothing that a desk sends which knows nothing of the unit', async () => {
    const { referralId } = await arrived();
    await toRecipient(referralId);
    const insured = String(count).padStart(10, '0');
    const later = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
    await desks.consent(await desks.personOf(later.referralId), { recipients: [{ domain: 'shogai' }] });
    await waitFor(async () => (await desks.view(desks.sender, later.referralId)).state === 'sent', {
      what: 'it to go',
    });
    const leads = async () =>
      (
        await desks.under.rows<{ lead: string | null }>('select lead from referral where id = $1', [later.referralId])
      )[0]!.lead;
    expect(await leads()).toBe(desks.functions.konkyu);
    // Its recipient has not seen yet whom it is about, and learns nothing of who is at work.
    expect((await listed(lead, `lead=${desks.functions.konkyu}`)).ids).not.toContain(later.referralId);
    await done(lead, later.referralId, 'receive');
    expect((await listed(lead, `lead=${desks.functions.konkyu}`)).ids).toContain(later.referralId);
  });

  it('is not told of one that still waits at its sender’s', async () => {
    const { referralId } = await arrived();
    await toRecipient(referralId);
    const insured = String(count).padStart(10, '0');
    const waiting = await desks.submit(withoutConsent({ insured, to: { domain: 'hogo' } }));
    const coordinator = await desks.under.as({ role: 'coordinator' });
    expect((await listed(coordinator, `lead=${desks.functions.konkyu}`)).ids).not.toContain(waiting.referralId);
    expect((await listed(coordinator, `lead=${desks.functions.kaigo}`)).ids).toContain(waiting.referralId);
    expect((await listed(coordinator, `lead=${desks.functions.konkyu}`)).ids).toContain(referralId);
  });
});
