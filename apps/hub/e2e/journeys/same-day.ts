// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { uuidToBase32 } from '@tsunagi/legacy';
import { firstFrom, isOpen, jumpTo, todayOf, weekdayOf } from './clock';
import {
  act,
  attempt,
  changeDesk,
  deskOf,
  handIn,
  isAsked,
  ledgerOf,
  personOf,
  reaches,
  registerConsent,
  stateOf,
  timelineOf,
  todosAbout,
  told,
  view,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';

/** 地域包括支援センター. */
const careDesk = '9970100005';

const isWinter = (day: string) => ['12', '01', '02'].includes(day.slice(5, 7));

/** What cannot wait for Monday: once he had agreed before, once nobody could ask him. */
export function sameDay(people: People): void {
  const { town, kaigo, konkyu, it_, seat } = people;
  const supervisor = seat({ role: 'supervisor', domain: 'kaigo' });
  const coordinator = seat({ role: 'coordinator' });
  const system = seat({ client: 'demo-kaigo' });

  it('S18: Saturday 21:40, refused before somebody has telephoned; the duty desk confirms at 22:05', async () => {
    const numbers = { dutyTelephone: '099-970-1000', nextDutyTelephone: '099-970-1001' };
    await changeDesk(it_, careDesk, numbers);
    const isTheDay = (day: string) => isWinter(day) && weekdayOf(day) === 6;
    const saturday = firstFrom(addDays(await todayOf(people), 1), isTheDay);
    const at = await jumpTo(people, saturday, '21:40');
    const fact = '暖房がなく、受け答えがはっきりしない。';
    const subject = (name: string) => ({
      ref: 'subject',
      role: 'subject',
      identifiers: [],
      items: {
        identity: { name, birthDate: '1939-11-03' },
        contact: { address: '見本県見本市見本町三丁目' },
        income_debt: { arrears: 'ガス料金三か月。' },
        narrative: { fact, writtenOn: saturday },
      },
    });
    const phoned = { whom: '当直　次郎', at: new Date(at.getTime() - 5 * 60_000).toISOString(), by: '相談　一' };
    const prepare = async (name: string) => {
      const { body } = await handIn(konkyu, {
        at,
        subject: subject(name),
        to: { domain: 'kaigo' },
        urgency: 'same_day',
      });
      expect(body).toMatchObject({ outcome: 'draft', state: 'draft', codes: ['PHONE_FIRST'] });
      await registerConsent(konkyu, await personOf(konkyu, body.id), {
        categories: ['identity', 'contact', 'narrative'],
        toward: 'kaigo',
        feedback: 'state',
      });
      return body.id as string;
    };
    const [id, unheard] = [await prepare('見本　十八'), await prepare('見本　暖子')];
    const referral = uuidToBase32(id);

    // Whom to call she finds in the hub. A consent is there, and still nothing leaves: a paper in an empty office helps nobody.
    expect(await deskOf(konkyu, careDesk)).toMatchObject(numbers);
    expect(await stateOf(konkyu, id)).toBe('draft');
    expect(await todosAbout(konkyu, id)).toEqual(['complete_draft']);
    const personInformed = told(at);
    const silent = await attempt(konkyu, id, 'send', { personInformed });
    expect([silent.status, silent.body.code]).toEqual([422, 'PHONE_FIRST']);
    const ahead = { ...phoned, at: new Date(at.getTime() + 3_600_000).toISOString() };
    expect((await attempt(konkyu, id, 'send', { personInformed, phoned: ahead })).status).toBe(422);
    expect((await view(kaigo, id)).code).toBe('NOT_FOUND');

    for (const one of [id, unheard])
      expect((await act(konkyu, one, 'send', { personInformed, phoned })).state).toBe('sent');
    // Who he is, where, and how he is today, and no more; the file says 即日.
    await town.kaigo.referral(referral);
    const record = town.kaigo.referrals().find((r) => r.values[2] === referral)?.values ?? [];
    expect([record[12], record[15], record[20]]).toEqual(['見本　十八', '見本県見本市見本町三丁目', '3']);
    expect(record[19]).toContain(fact);
    expect(town.kaigo.everythingOut()).not.toContain('ガス料金');
    expect((await timelineOf(konkyu, id)).find((e) => e.action === 'send')?.note).toMatchObject({ phoned });

    // That the system has it is no answer: a person there says so, by name.
    await reaches(konkyu, id, 'received');
    expect((await attempt(system, id, 'confirm-phone', { by: '当直　次郎' })).body.code).toBe('NOT_YOUR_STEP');
    await jumpTo(people, saturday, '22:05');
    await act(kaigo, id, 'confirm-phone', { by: '当直　次郎' });
    expect((await timelineOf(konkyu, id)).at(-1)).toMatchObject({ action: 'confirm-phone', by: 'staff' });

    // The one that nobody has confirmed: after an hour of the clock the next number, after two the coordinator.
    await reaches(konkyu, unheard, 'received');
    await jumpTo(people, saturday, '22:41');
    await isAsked(konkyu, unheard, 'call_next_duty');
    await isAsked(supervisor, unheard, 'call_next_duty');
    expect(await todosAbout(coordinator, unheard)).toEqual([]);
    await jumpTo(people, saturday, '23:41');
    await isAsked(coordinator, unheard, 'call_next_duty');
    for (const list of [konkyu, supervisor, coordinator])
      expect(await todosAbout(list, id)).not.toContain('call_next_duty');
    await act(kaigo, unheard, 'confirm-phone', { by: '次の当番　三郎' });
    for (const list of [konkyu, supervisor, coordinator])
      expect(await todosAbout(list, unheard)).not.toContain('call_next_duty');
  });

  it('S18: without a consent it leaves as an emergency; on Monday a part is ratified, after 72 hours the rest is closed', async () => {
    const approver = seat({ role: 'approver' });
    const isTheDay = (day: string) => isWinter(day) && weekdayOf(day) === 6 && isOpen(addDays(day, 2));
    const saturday = firstFrom(addDays(await todayOf(people), 1), isTheDay);
    const at = await jumpTo(people, saturday, '21:40');
    const today = '暖房がなく、ろれつが回らない。';
    const address = '見本県見本市冬町五番';
    const items = {
      identity: { name: '見本　冬吉', birthDate: '1938-02-11' },
      contact: { address },
      income_debt: { arrears: 'ガス料金三か月。' },
      wishes: { wishes: '家にいたい。' },
      narrative: { fact: today, writtenOn: saturday },
    };
    const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
    const phoned = { whom: '当直　次郎', at: new Date(at.getTime() - 5 * 60_000).toISOString(), by: '相談　一' };
    // Nor has anybody told him: why, she writes down.
    const untold = { personInformed: undefined, notInformed: { by: addDays(saturday, 3), reason: 'お話が通じない。' } };
    const { body: made } = await handIn(konkyu, {
      at,
      subject,
      to: { domain: 'kaigo' },
      urgency: 'same_day',
      ...untold,
    });
    expect(made).toMatchObject({ outcome: 'draft', codes: ['PHONE_FIRST'] });
    const id = made.id as string;
    const referral = uuidToBase32(id);
    expect((await attempt(konkyu, id, 'send', {})).body.code).toBe('PHONE_FIRST');
    expect((await act(konkyu, id, 'send', { phoned })).state).toBe('awaiting_authority');
    expect((await view(kaigo, id)).code).toBe('NOT_FOUND');

    const categories = ['identity', 'contact', 'narrative'];
    const ground = {
      code: 'emergency',
      persons: ['subject'],
      categories,
      reason: '低体温のおそれがあり、命に関わる。',
      whyNoConsent: 'cannot_consent',
    };
    const record = (who: Api, body: object) => who('POST', `/referrals/${id}/grounds`, body);
    expect((await record(kaigo, ground)).body.code).toBe('NOT_FOUND');
    const { whyNoConsent, ...unsaid } = ground;
    expect([whyNoConsent, (await record(konkyu, unsaid)).status]).toEqual(['cannot_consent', 422]);
    expect((await record(konkyu, ground)).status).toBe(201);

    // Who he is, where, and how he is today, and no more.
    await town.kaigo.referral(referral);
    const file = town.kaigo.referrals().find((r) => r.values[2] === referral)?.values ?? [];
    expect([file[12], file[15], file[20]]).toEqual(['見本　冬吉', address, '3']);
    expect(file[19]).toContain(today);
    await reaches(konkyu, id, 'received');
    const seen = async () => (await view(kaigo, id)).members?.[0].items ?? {};
    expect(Object.keys(await seen()).sort()).toEqual([...categories].sort());
    await jumpTo(people, saturday, '22:05');
    await act(kaigo, id, 'confirm-phone', { by: '当直　次郎' });

    // Monday: neither the drafter nor the desk's head decides, but the approver, and on a part of it.
    const monday = addDays(saturday, 2);
    await jumpTo(people, monday, '09:30');
    expect(await todosAbout(approver, id)).toEqual(['ratify']);
    expect(await todosAbout(konkyu, id)).toContain('tell_person_when_safe');
    const { body: open } = await approver('GET', `/referrals/${id}/grounds`);
    const [asked] = open.items;
    expect(asked).toMatchObject({ code: 'emergency', reason: ground.reason, whyNoConsent, categories });
    const ratify = (who: Api, body: object) =>
      who('POST', `/decisions/${asked.decision}/ratify`, body, { 'if-match': `"${asked.version}"` });
    const part = { outcome: 'approved', categories: ['identity', 'contact'] };
    for (const who of [konkyu, kaigo, coordinator]) expect((await ratify(who, part)).body.code).toBe('ROLE_MISSING');
    expect((await ratify(supervisor, part)).body.code).toBe('NOT_FOUND');
    expect((await ratify(seat({ role: 'supervisor', domain: 'konkyu' }), part)).body.code).toBe('NOT_THE_POST');
    expect((await ratify(approver, { ...part, categories: ['identity', 'income_debt'] })).body.code).toBe('INVALID');
    expect((await ratify(approver, part)).status).toBe(204);
    expect((await ratify(approver, part)).body.code).toBe('GROUND_DECIDED');
    expect(await todosAbout(approver, id)).toEqual([]);

    // Until 21:40 on Tuesday all of it is there; after that what was ratified.
    const tuesday = addDays(saturday, 3);
    await jumpTo(people, tuesday, '21:30');
    expect(Object.keys(await seen()).sort()).toEqual([...categories].sort());
    await jumpTo(people, tuesday, '21:50');
    expect(Object.keys(await seen()).sort()).toEqual(['contact', 'identity']);
    expect(JSON.stringify(await view(kaigo, id))).not.toContain(today);
    // That it has left stays in the ledger, on what basis, and with all that it was.
    expect(await ledgerOf(konkyu, id)).toMatchObject([
      { way: 'message', authority: 'emergency', state: 'written', members: [{ ref: 'subject', categories }] },
      // 到着 and that somebody has heard it by telephone, told to the sender on its screen: nothing of anybody.
      { way: 'feedback', from: { domain: 'kaigo' }, to: { domain: 'konkyu' }, members: [] },
      { way: 'feedback', from: { domain: 'kaigo' }, to: { domain: 'konkyu' }, members: [] },
    ]);
    const { body: decided } = await konkyu('GET', `/referrals/${id}/grounds`);
    expect(decided.items).toMatchObject([{ decided: { outcome: 'approved', categories: ['identity', 'contact'] } }]);
  });
}
