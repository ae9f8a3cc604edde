// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { jumpTo, nowOf, todayOf } from './clock';
import { handIn, personOf, registerConsent, view, type People } from './people';
import type { Api } from '../../test/sign-in';

/** What somebody at a seat does in a conference, at the version that is shown now. */
async function take(who: Api, id: string, action: string, facts: object = {}) {
  const { version } = (await who('GET', `/conferences/${id}`)).body;
  return who('POST', `/conferences/${id}/${action}`, facts, { 'if-match': `"${version}"` });
}
async function done(...step: Parameters<typeof take>) {
  const { status, body } = await take(...step);
  expect({ action: step[2], status, code: body?.code }).toEqual({ action: step[2], status: 200 });
  return body;
}
const textsOf = async (who: Api, id: string): Promise<string[]> =>
  (await who('GET', `/conferences/${id}`)).body.items?.map((i: { text: string }) => i.text);

/** A case that is talked about by whoever was called to it. */
export function conference(people: People): void {
  const { town, kaigo, konkyu, seat } = people;
  const desks = { kaigo, konkyu } as Record<string, Api>;
  for (const domain of ['shogai', 'kosodate', 'takikan', 'hogo']) desks[domain] = seat({ role: 'caseworker', domain });
  const chair = desks['takikan'] as Api;
  const shogai = desks['shogai'] as Api;

  /** A man of whom 生活困窮 knows; nobody has asked him for a consent that he has given. */
  async function aMan(name: string): Promise<{ referral: string; person: string }> {
    const subject = {
      ref: 'subject',
      role: 'subject',
      identifiers: [],
      items: { identity: { name }, concern: { boxes: ['housing'] } },
    };
    const { status, body } = await handIn(konkyu, { at: await nowOf(people), to: { domain: 'kaigo' }, subject });
    expect({ status, outcome: body.outcome }).toEqual({ status: 201, outcome: 'held' });
    return { referral: body.id, person: await personOf(konkyu, body.id) };
  }

  /** Proposed by 生活困窮, called by 多機関協働, who takes the chair; everybody has acknowledged secrecy. */
  async function opened(kind: string, person: string, domains: readonly string[]): Promise<string> {
    const seats = await Promise.all(
      domains.map(async (domain) => {
        const { body } = await (desks[domain] as Api)('GET', '/session');
        return { function: body.functions[0].id, staff: body.id, attendance: 'invited', mode: 'in_person' };
      }),
    );
    const held = seats[domains.indexOf('takikan')];
    const reason = '会うことを望まず、近所から心配の声がある。支援決定に要る。';
    const proposal = { kind, to: held?.function, persons: [person], reason };
    const { status, body } = await konkyu('POST', '/conferences', proposal);
    expect({ status, code: body.code }).toEqual({ status: 201 });
    const call = { members: seats, on: await todayOf(people), chair: held?.staff };
    await done(chair, body.id, 'call', call);
    for (const domain of domains) await done(desks[domain] as Api, body.id, 'acknowledge');
    await done(chair, body.id, 'open');
    return body.id;
  }

  it('S6: five called members see the case and nobody else; three weeks later he consents, two items are promoted, the neighbour stays', async () => {
    const domains = ['takikan', 'konkyu', 'kaigo', 'shogai', 'kosodate'];
    const man = await aMan('見本　六郎');
    const { person } = man;
    const id = await opened('shien_kaigi', person, domains);
    const rent = await done(konkyu, id, 'add-item', {
      person,
      category: 'concern',
      text: '家賃を三か月払っていない。',
    });
    const home = await done(konkyu, id, 'add-item', { person, category: 'housing', text: '退去を求められている。' });
    const neighbour = '隣の方が、夜中に声を聞いている。';
    const heard = { person, category: 'narrative', text: neighbour, informant: true };
    const informant = await done(kaigo, id, 'add-item', heard);

    for (const domain of domains) expect(await textsOf(desks[domain] as Api, id)).toHaveLength(3);
    const others = [
      desks['hogo'] as Api,
      seat({ role: 'coordinator' }),
      seat({ role: 'privacy_officer' }),
      seat({ role: 'auditor' }),
      seat({ client: 'demo-konkyu' }),
    ];
    for (const who of others) {
      expect((await who('GET', `/conferences/${id}`)).body.code).toBe('NOT_FOUND');
      expect(JSON.stringify((await who('GET', '/conferences')).body)).not.toContain(id);
      expect(JSON.stringify((await who('GET', '/todos')).body)).not.toContain(id);
    }

    // Material is asked for at the table: it stays in the hub, and 到着 is all that comes back.
    const question = 'これまでの相談の記録はありますか。';
    const { body: session } = await kaigo('GET', '/session');
    const asked = { to: session.functions[0].id, person, identity: { name: '見本　六郎' }, question };
    const { referralId } = await done(konkyu, id, 'request', asked);
    const seen = await kaigo('GET', `/referrals/${referralId}`);
    const received = await kaigo(
      'POST',
      `/referrals/${referralId}/receive`,
      { conditionsAcknowledged: true },
      { 'if-match': seen.headers.get('etag') ?? '' },
    );
    expect(received.status).toBe(200);
    expect((await view(kaigo, referralId)).said).toEqual({ question });
    const { body: decided } = await konkyu('GET', `/referrals/${referralId}/decision`);
    expect(decided.items[0]).toMatchObject({ authority: 'shien_kaigi', feedback: 'none' });
    expect((await view(konkyu, referralId)).state).toBe('received');

    const promote = (item: string, items: object) => ({ item, to: { domain: 'kaigo' }, items });
    const concern = { concern: { boxes: ['housing'] } };
    expect((await take(kaigo, id, 'promote', promote(rent.itemId, concern))).body.code).toBe('CONSENT_NEEDED');
    const weeksLater = addDays(await todayOf(people), 21);
    await jumpTo(people, weeksLater);
    const categories = ['identity', 'concern', 'housing'];
    await registerConsent(konkyu, person, { categories, toward: 'kaigo', feedback: 'state' });
    const narrative = { narrative: { fact: neighbour } };
    expect((await take(kaigo, id, 'promote', promote(informant.itemId, narrative))).body.code).toBe('NOT_PROMOTABLE');
    const drafts: string[] = [];
    for (const [item, items] of [
      [rent.itemId, concern],
      [home.itemId, { housing: { note: '住まいを失うおそれがある。' } }],
    ] as const) {
      await done(kaigo, id, 'promote', promote(item, items));
      const agree = { item, agreed: true, identity: { name: '見本　六郎' } };
      expect((await take(kaigo, id, 'agree-promotion', agree)).body.code).toBe('NOT_YOUR_PART');
      drafts.push((await done(konkyu, id, 'agree-promotion', agree)).referralId);
    }
    for (const draft of drafts) expect(await view(konkyu, draft)).toMatchObject({ state: 'draft', person });

    const record = { heldOn: weeksLater, record: '同意を得た。', reviewOn: addDays(weeksLater, 30) };
    await done(chair, id, 'record', record);
    await done(chair, id, 'review', { outcome: 'end', reason: 'ご本人が同意した。' });
    for (const domain of domains) expect(await textsOf(desks[domain] as Api, id)).toEqual([]);
    // Neither the sitting nor the neighbour has ever left the hub.
    for (const kept of [id, referralId, neighbour, '夜中に声']) expect(town.tapped()).not.toContain(kept);
  });

  it('重層的支援会議: whom his consent does not cover sees no item until it does', async () => {
    const { person } = await aMan('見本　七郎');
    const id = await opened('juso', person, ['takikan', 'konkyu', 'shogai']);
    await done(konkyu, id, 'add-item', { person, category: 'concern', text: '家計が回らない。' });
    const uncovered = async (): Promise<number> => {
      const { body } = await chair('GET', `/conferences/${id}/agenda`);
      return body.parts[0].attendees.filter((a: { uncovered: unknown[] }) => a.uncovered.length > 0).length;
    };
    expect(await uncovered()).toBe(2);
    expect(await textsOf(shogai, id)).toEqual([]);
    await registerConsent(konkyu, person, { categories: ['identity', 'concern'], toward: 'shogai', feedback: 'state' });
    expect(await uncovered()).toBe(1);
    expect(await textsOf(shogai, id)).toEqual(['家計が回らない。']);
    expect(await textsOf(chair, id)).toEqual([]);
    await registerConsent(konkyu, person, {
      categories: ['identity', 'concern'],
      toward: 'takikan',
      feedback: 'state',
    });
    expect(await textsOf(chair, id)).toEqual(['家計が回らない。']);
    const today = await todayOf(people);
    await done(chair, id, 'record', { heldOn: today, record: '役割を分ける。', reviewOn: addDays(today, 60) });
  });
}
