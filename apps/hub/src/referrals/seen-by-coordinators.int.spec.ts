// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { aMember, twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

/** Toward the recipient, so that it goes, and toward 多機関協働 for coordinating. */
const toBoth = { recipients: [{ domain: 'konkyu' as const }, { domain: 'takikan' as const }] };
const both = { ...toBoth, purposes: ['consultation' as const, 'coordination' as const] };

describeWithServices(['postgres'], 'the content of a referral that those who coordinate see', () => {
  let desks: TwoDesks;
  let coordinator: Api;
  let takikan: Api;
  let count = 440000;
  beforeAll(async () => {
    desks = await twoDesks();
    coordinator = await desks.under.as({ role: 'coordinator' });
    const { body } = await coordinator('GET', '/desk-functions');
    const id = body.items.find((f: { domain: string }) => f.domain === 'takikan').id;
    takikan = await desks.under.as({ role: 'caseworker', function: id });
  });
  afterAll(() => desks?.close());

  const held = async (over: object = {}) => {
    const insured = `0000${(count += 1)}`;
    const { referralId } = await desks.submit(withoutConsent({ insured, ...over }));
    return { referralId, person: await desks.personOf(referralId) };
  };
  const arrived = async (scope: object, more: object = {}) => {
    const { referralId, person } = await held();
    const consent = await desks.consent(person, { categories: ['identity', 'concern'], ...scope }, more);
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', { what: 'it' });
    return { referralId, person, consent };
  };
  const seen = async (referralId: string) => (await desks.view(coordinator, referralId)).members;
  const lines = (referral: string) =>
    desks.under.rows<{ recipient: string; authority: string; state: string; members: object[] }>(
      `select f.domain as recipient, d.authority, d.state, d.members from disclosure d join desk_function f on f.id = d.recipient_function
       where d.referral = $1 and d.delivery is null and f.domain = 'takikan' order by d.at, d.id`,
      [referral],
    );
  const looks = (referral: string) =>
    desks.under.rows(`select 1 from audit_entry where object = $1 and action = 'referral.content_seen'`, [referral]);

  it.each([
    ['the consent names the recipient only', {}],
    ['it names 多機関協働 for another purpose', toBoth],
  ])('is nothing where %s, and nothing is entered', async (_, scope) => {
    const { referralId } = await arrived(scope);
    const view = await desks.view(coordinator, referralId);
    expect([view.state, view.members, view.said, view.person]).toEqual(['received', undefined, undefined, undefined]);
    expect([await lines(referralId), await looks(referralId)]).toEqual([[], []]);
  });

  it('is nothing for whom the person has shut out by name, who sees that it is there', async () => {
    const [{ id }] = (await desks.under.rows<{ id: string }>(`select id from staff where login = 'coordinator'`)) as [
      { id: string },
    ];
    const { referralId } = await arrived(both, { excludedStaff: [id] });
    expect(await desks.view(coordinator, referralId)).toMatchObject({ state: 'received' });
    expect([await seen(referralId), await lines(referralId), await looks(referralId)]).toEqual([undefined, [], []]);
  });

  it('is nothing before release, whatever is consented to', async () => {
    const { referralId, person } = await held();
    await desks.consent(person, { recipients: [{ domain: 'takikan' }], purposes: ['coordination'] });
    expect((await desks.view(coordinator, referralId)).state).toBe('awaiting_authority');
    expect([await seen(referralId), await lines(referralId)]).toEqual([undefined, []]);
  });

  it('is what the consent names toward 多機関協働, entered in the ledger once and in the audit each time', async () => {
    const { referralId, person } = await arrived(both);
    const [subject, ...others] = await seen(referralId);
    expect([Object.keys(subject.items).sort(), others]).toEqual([['concern', 'identity'], []]);
    expect(subject.items).toEqual((await desks.view(desks.recipient, referralId)).members[0].items);
    expect(subject.identifiers).toEqual([]);
    await seen(referralId);
    expect(await lines(referralId)).toMatchObject([
      {
        recipient: 'takikan',
        authority: 'consent',
        state: 'written',
        members: [{ ref: 'subject', person, categories: ['identity', 'concern'] }],
      },
    ]);
    expect(await looks(referralId)).toHaveLength(2);
    const listed = async () => (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items;
    // To 介護 goes what becomes of it, as soon as it may leave.
    const items = await waitFor(async () => ((await listed()).length >= 3 ? await listed() : undefined), {
      what: 'what becomes of it',
    });
    expect(items.map((l: { to: { domain: string } }) => l.to.domain).sort()).toEqual(['kaigo', 'konkyu', 'takikan']);
    // A content that was corrected since is another disclosure.
    const told = {
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { concern: { boxes: ['spending_debt'] } } },
    };
    expect((await desks.act(desks.sender, referralId, 'supplement', told)).status).toBe(200);
    await seen(referralId);
    expect(await lines(referralId)).toHaveLength(2);
  });

  it('names in the ledger everybody who has looked, once a day', async () => {
    const { referralId, person } = await arrived(both);
    await seen(referralId);
    const viewers = () =>
      desks.under.rows<{ way: string; viewer: string; members: object[] }>(
        `select way, viewer, members from disclosure where referral = $1 and way <> 'feedback' and authority = 'consent' and viewer like 'staff:%'
           and recipient_function <> $2 order by at, id`,
        [referralId, desks.functions.konkyu],
      );
    const [first, ...none] = await viewers();
    expect(none).toEqual([]);
    // As if that had been somebody else.
    await desks.under.rows(`update disclosure set viewer = 'staff:試験' where referral = $1 and way = 'sight'`, [
      referralId,
    ]);
    for (let n = 0; n < 2; n += 1) await seen(referralId);
    const [other, ...more] = await viewers();
    expect([other?.way, other?.viewer]).toEqual(['sight', 'staff:試験']);
    expect(more).toMatchObject([
      { way: 'read', viewer: first?.viewer, members: [{ person, categories: ['identity', 'concern'] }] },
    ]);
  });

  it('is named in an incident to its sender, and not to the recipient', async () => {
    const { referralId } = await arrived(both);
    await seen(referralId);
    const lost = async (by: Api) => (await by('POST', '/incidents', { referralId, kind: 'lost' })).body.id as string;
    const had = async (who: Api, incident: string) =>
      (await who('GET', `/incidents/${incident}`)).body.recipients.map((r: { domain: string }) => r.domain).sort();
    const senders = await lost(desks.sender);
    expect(await had(desks.sender, senders)).toEqual(['konkyu', 'takikan']);
    expect(await had(desks.recipient, senders)).toEqual(['konkyu']);
    const recipients = await lost(desks.recipient);
    expect([await had(desks.sender, recipients), await had(desks.recipient, recipients)]).toEqual([
      ['konkyu'],
      ['konkyu'],
    ]);
    expect((await takikan('GET', `/incidents/${recipients}`)).status).toBe(404);
  });

  it('leaves out members who did not consent, and what nobody consented to', async () => {
    const { referralId, person } = await held({ others: [aMember(`9${String(count)}`.padStart(10, '0'))] });
    const son = await desks.personOf(referralId, 'member-1');
    await desks.consent(son, { categories: ['identity'] });
    await desks.consent(person, { ...both, categories: ['identity', 'concern', 'household'] });
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const members = await seen(referralId);
    expect(members.map((m: { items: object }) => Object.keys(m.items).sort())).toEqual([['concern', 'identity']]);
  });

  it('is nothing any more once the consent is withdrawn, and was never anybody else’s', async () => {
    const { referralId, person, consent } = await arrived(both);
    expect(await seen(referralId)).toHaveLength(1);
    for (const role of ['auditor', 'privacy_officer'])
      expect((await desks.view(await desks.under.as({ role }), referralId)).members).toBeUndefined();
    await desks.act(desks.recipient, referralId, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    await desks.withdraw(consent);
    expect((await desks.view(coordinator, referralId)).state).toBe('accepted');
    expect(await seen(referralId)).toBeUndefined();
    expect(await lines(referralId)).toHaveLength(1);
    // To have looked is no taking part: the desk knows no unit, no fact and no referral by it.
    expect((await takikan('GET', `/support-units?person=${person}`)).status).toBe(404);
    expect((await takikan('GET', `/persons/${person}/facts`)).status).toBe(404);
    expect((await takikan('GET', `/referrals/${referralId}`)).status).toBe(404);
  });

  describe('once it may not be used any more', () => {
    const recalls = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items
        .filter((l: { to: { domain: string } }) => l.to.domain === 'takikan')
        .map((l: { recall?: { acknowledgedAt?: string } }) => l.recall && (l.recall.acknowledgedAt ? 'done' : 'asked'));
    const stopUsing = async (who: Api, referralId: string) =>
      (await who('GET', '/todos?kind=stop_using&limit=500')).body.items.filter(
        (t: { referralId: string; role: string }) => t.referralId === referralId && t.role === 'coordinator',
      );

    it('is taken back from who has looked, which acknowledges it, and from nobody who has not', async () => {
      const { referralId, person, consent } = await arrived(both);
      const other = await arrived(both);
      await seen(referralId);
      await desks.withdraw(consent);
      await desks.withdraw(other.consent);
      expect([await recalls(person), await recalls(other.person)]).toEqual([['asked'], []]);
      expect(await stopUsing(coordinator, other.referralId)).toEqual([]);
      const [todo] = await stopUsing(coordinator, referralId);
      expect(todo).toMatchObject({ tickable: true, function: { domain: 'takikan' } });
      expect((await coordinator('POST', `/todos/${todo.id}/done`, {})).status).toBeLessThan(300);
      expect([await recalls(person), await stopUsing(coordinator, referralId)]).toEqual([['done'], []]);
      const { gone } = (await desks.sender('GET', `/consents/${consent}/withdrawal`)).body;
      const theirs = gone.filter((l: { to: { domain: string } }) => l.to.domain === 'takikan');
      expect(theirs.map((l: { recall: object }) => Object.keys(l.recall))).toEqual([
        ['requestedAt', 'dueOn', 'acknowledgedAt'],
      ]);
      const unsaid = (await coordinator('GET', '/todos?kind=recall_disposition&limit=500')).body.items;
      const { id } = unsaid.find((t: { referralId: string }) => t.referralId === referralId);
      const disposition = { done: 'erased' };
      expect((await coordinator('POST', `/todos/${id}/done`, { disposition })).status).toBe(204);
      const proof = (await desks.sender('GET', `/consents/${consent}/withdrawal`)).body;
      expect(proof.gone.map((l: { recall?: { disposition?: object } }) => l.recall?.disposition)).toContainEqual(
        disposition,
      );
    });

    it('is acknowledged by each for itself: the recipient’s word is not theirs', async () => {
      const { referralId, person, consent } = await arrived(both);
      await seen(referralId);
      await desks.withdraw(consent);
      const { items } = (await desks.recipient('GET', '/todos?kind=stop_using')).body;
      const { id } = items.find((t: { referralId: string }) => t.referralId === referralId);
      expect((await desks.recipient('POST', `/todos/${id}/done`, {})).status).toBeLessThan(300);
      expect(await recalls(person)).toEqual(['asked']);
    });

    it('is taken back where a refusal narrows it, and seen anew without that', async () => {
      const { referralId, person } = await arrived({ ...both, categories: ['identity', 'concern'] });
      await seen(referralId);
      const refusal = { person, categories: ['concern'], recipients: [{ domain: 'takikan' }] };
      expect((await desks.sender('POST', '/refusals', refusal)).status).toBe(201);
      expect(await recalls(person)).toEqual(['asked']);
      expect((await seen(referralId)).map((m: { items: object }) => Object.keys(m.items))).toEqual([['identity']]);
      expect(await recalls(person)).toEqual(['asked', undefined]);
      // What the recipient has is none of this.
      expect((await desks.view(desks.recipient, referralId)).members[0].items).toHaveProperty('concern');
    });

    it('stays where another word of the person still permits it', async () => {
      const { referralId, person, consent } = await arrived(both);
      await seen(referralId);
      await desks.consent(person, { ...both, categories: ['identity', 'concern'] });
      await desks.withdraw(consent);
      expect(await recalls(person)).toEqual([undefined]);
    });
  });

  it('is nothing of what went astray', async () => {
    const { referralId } = await arrived(both);
    await seen(referralId);
    await desks.act(desks.recipient, referralId, 'misdirected', { what: 'wrong_person', reason: '別の方だった。' });
    expect(await seen(referralId)).toBeUndefined();
    const taken = await desks.under.rows('select 1 from recall where referral = $1 and line is not null', [referralId]);
    expect(taken).toHaveLength(1);
  });

  it('tells the recipient nothing, and the sender and those who oversee which decision it was', async () => {
    const { referralId } = await arrived(both);
    await seen(referralId);
    const directions = async (who: Api) =>
      (await who('GET', `/referrals/${referralId}/decision`)).body.items.map((d: { direction: string }) => d.direction);
    expect(await directions(desks.recipient)).not.toContain('coordination');
    expect(await directions(desks.sender)).toContain('coordination');
    expect(await directions(await desks.under.as({ role: 'privacy_officer' }))).toContain('coordination');
  });
});
