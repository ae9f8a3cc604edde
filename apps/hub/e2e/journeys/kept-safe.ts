// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { uuidToBase32 } from '@tsunagi/legacy';
import { nowOf, todayOf } from './clock';
import {
  act,
  changeDesk,
  deskOf,
  engage,
  handIn,
  personOf,
  reaches,
  registerConsent,
  stateOf,
  timelineOf,
  todosAbout,
  todosOf,
  told,
  view,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';

/** Whom it would put in danger if the wrong ones learned of it. */
export function keptSafe(people: People): void {
  const { town, kaigo, konkyu, it_, seat } = people;
  const kosodate = seat({ role: 'caseworker', domain: 'kosodate' });
  const shogai = seat({ role: 'caseworker', domain: 'shogai' });
  const shogaiSupervisor = seat({ role: 'supervisor', domain: 'shogai' });
  const coordinator = seat({ role: 'coordinator' });
  const officer = seat({ role: 'privacy_officer' });
  const auditor = seat({ role: 'auditor' });
  const approver = seat({ role: 'approver' });

  const worker = { worker: { name: '試験　月' }, personMatched: true };
  const subject = (items: object) => ({ ref: 'subject', role: 'subject', identifiers: [], items });

  /** All that the hub answers about it, but for the id that was asked and the number of the answer. */
  const heard = async (who: Api, id: string, person: string) => {
    const paths = ['', '/timeline', '/actions', '/decision', '/grounds'].map((path) => `/referrals/${id}${path}`);
    const ofPerson = ['consents', 'facts', 'protection', 'disclosures', 'applications'].map(
      (path) => `/persons/${person}/${path}`,
    );
    const units = [`/support-units?referral=${id}`, `/support-units?person=${person}`];
    const answers: unknown[] = [];
    for (const path of [...paths, ...ofPerson, ...units, `/referrals?q=${id}`]) {
      const { status, body } = await who('GET', path);
      const { requestId: _, ...said } = body;
      answers.push(JSON.stringify([status, said]).replaceAll(id, 'it').replaceAll(person, 'whom'));
    }
    const { status, body } = await who('POST', `/referrals/${id}/accept`, worker, { 'if-match': '"2"' });
    return [...answers, status, body.code, await todosAbout(who, id)];
  };
  /** To these it is as if there were nothing. */
  const isNothingTo = async (others: readonly Api[], id: string, person: string) => {
    for (const who of others)
      expect(await heard(who, id, person)).toEqual(await heard(who, randomUUID(), randomUUID()));
  };

  it('S5: a 通報 goes to the desk that its law names, after a telephone call, and exists for nobody else', async () => {
    const day = await todayOf(people);
    const desk = await deskOf(it_, '9931000046');
    const { organization } = desk;
    const engaged = { organization: organization.id, function: desk.id, role: 'caseworker', validFrom: day } as const;
    const abuseDesk = await engage(people, { ...engaged, login: 's5.abuse' });
    const at = await nowOf(people);
    const seen = '腕にあざがあり、ご家族の前で黙り込む。';
    const items = { identity: { name: '見本　五月' }, abuse: { note: seen }, income_debt: { arrears: '給食費。' } };
    const phoned = { whom: '虐待対応　三郎', at: new Date(at.getTime() - 60_000).toISOString(), by: '相談支援　二' };
    const report = (over: object = {}) =>
      handIn(shogai, {
        at,
        subject: subject(items),
        kind: 'notification',
        purpose: 'abuse_response',
        statute: 'disability_abuse',
        howTheyMeet: undefined,
        personInformed: undefined,
        to: { function: desk.id },
        phoned,
        ...over,
      });
    expect((await report({ phoned: undefined })).body.errors).toMatchObject([{ code: 'PHONE_FIRST' }]);
    expect((await report({ statute: undefined })).body.errors).toMatchObject([{ code: 'STATUTE_MISSING' }]);
    // To whom the law does not name it does not go, flagged or not.
    for (const code of ['9971000017', '9930000012'])
      expect((await report({ to: { function: (await deskOf(it_, code)).id } })).body.outcome).toBe('denied');

    const { body } = await report();
    expect(body).toMatchObject({ outcome: 'accepted', state: 'sent' });
    const id = body.id as string;
    const person = await personOf(shogai, id);
    const others = [
      ...[kaigo, kosodate, coordinator, officer, auditor, approver],
      seat({ role: 'supervisor', domain: 'kaigo' }),
      seat({ client: 'demo-shogai' }),
    ];
    await isNothingTo(others, id, person);
    expect(await todosAbout(abuseDesk, id)).toEqual(['take_referral']);
    expect(await stateOf(shogai, id)).toBe('sent');

    // A person there confirms: 「通報しました」. Not what else he owes, and what becomes of it no more.
    await act(abuseDesk, id, 'receive');
    expect(await stateOf(shogai, id)).toBe('received');
    const [there] = (await view(abuseDesk, id)).members;
    expect(there.items).toEqual({ identity: items.identity, abuse: items.abuse });
    expect(await view(abuseDesk, id)).toMatchObject({ said: { phoned } });
    await act(abuseDesk, id, 'accept', worker);
    expect(await stateOf(shogai, id)).toBe('received');
    expect((await timelineOf(shogai, id)).map((e) => e.to)).toEqual(['draft', 'sent', 'received']);
    await isNothingTo([coordinator, officer], id, person);
    for (const kept of [id, uuidToBase32(id), seen]) {
      expect(town.tapped()).not.toContain(kept);
      expect(town.kaigo.everythingOut()).not.toContain(kept);
    }
  });

  it('S14: a sealed mother and her child arrive without what gives their place away: screen, message, file, row, sheet', async () => {
    const secret = ['見本県秘町', '0991414141', '秘町保育園', '秘町食堂', '秘町訪問看護', '秘町　花'];
    const items = {
      identity: { name: '見本　十四', otherNames: [{ name: '秘町　花' }] },
      contact: { address: '見本県秘町一丁目', telephone: '0991414141' },
      contact_wishes: { number: '0990000014', letters: true, safe: true },
      household_outline: { size: 2 },
      concern: { boxes: ['housing'] },
      employment: { status: '秘町食堂' },
      service_use: { office: '秘町訪問看護' },
      narrative: { fact: '秘町保育園に近い部屋に移った。' },
    };
    const childItems = {
      identity: { name: '見本　十五' },
      contact: { address: '見本県秘町一丁目' },
      education: { school: '秘町保育園', note: '秘町保育園に通う。' },
    };
    const child = { ref: 'child', role: 'child', identifiers: [], items: childItems };
    // Whose name gives the town away is a desk of her district; the others read none.
    const townName = '秘町分室';
    const district = await changeDesk(it_, '9940000023', { name: townName, givesTownAway: true });
    expect(district).toMatchObject({ name: townName });
    secret.push(townName);
    const categories = [...new Set([...Object.keys(items), ...Object.keys(childItems), 'household'])];
    const sends = async (code: string) => {
      const { id: desk } = await deskOf(it_, code);
      const { body } = await handIn(kosodate, {
        at: await nowOf(people),
        subject: subject(items),
        others: [child],
        to: { function: desk },
        howTheyMeet: 'through_sender',
      });
      const id = body.id as string;
      const { persons } = await view(kosodate, id);
      const [mother, daughter] = persons.map((p: { person: string }) => p.person);
      const seal = { ground: 'shien_sochi', from: await todayOf(people), along: [daughter] };
      expect((await kosodate('POST', `/persons/${mother}/seal`, seal)).status).toBe(201);
      // She consents to everything; it is not for her consent that it stays.
      const asked = { categories, toward: { function: desk }, feedback: 'state' } as const;
      await registerConsent(kosodate, daughter, asked);
      await registerConsent(kosodate, mother, asked);
      expect(await stateOf(kosodate, id)).not.toBe('awaiting_authority');
      return { id, mother };
    };
    const holdsNone = (what: unknown) => {
      const text = typeof what === 'string' ? what : JSON.stringify(what);
      expect(secret.filter((word) => text.includes(word))).toEqual([]);
    };
    const whatIsSeen = async (who: Api, id: string) => {
      const seen = await view(who, id);
      expect(seen.members.map((m: { sealed?: true }) => m.sealed)).toEqual([true, true]);
      expect(seen.members[0].items).toMatchObject({
        identity: { name: '見本　十四' },
        contact_wishes: { number: '0990000014', letters: false },
        concern: items.concern,
      });
      expect(seen.members[1].items).toEqual({ identity: childItems.identity });
      const { items: queue } = (await who('GET', '/referrals?limit=200')).body;
      const listed = queue.filter((q: { id: string }) => q.id === id);
      expect(listed).toHaveLength(1);
      holdsNone([seen, await timelineOf(who, id), listed]);
    };

    const care = await sends('9970100005');
    await reaches(kosodate, care.id, 'received');
    await whatIsSeen(kaigo, care.id);
    const office = await sends('9900000041');
    holdsNone(await town.konkyu.row(uuidToBase32(office.id)));
    await reaches(kosodate, office.id, 'received');
    await whatIsSeen(konkyu, office.id);
    const onScreen = await sends('9930000012');
    await act(shogai, onScreen.id, 'receive');
    await whatIsSeen(shogai, onScreen.id);
    const { id: paper, organization } = await deskOf(it_, '9990000040');
    const health = {
      login: 's14.hokenjo',
      organization: organization.id,
      function: paper,
      role: 'caseworker',
    } as const;
    const onPaper = await sends('9990000040');
    const reader = await engage(people, { ...health, validFrom: await todayOf(people) });
    const { sheetCode } = await view(kosodate, onPaper.id);
    const sheet = await reader('GET', `/sheets/${sheetCode}`);
    expect([sheet.status, sheet.body.referral.members.length]).toEqual([200, 2]);
    holdsNone(sheet.body);
    await whatIsSeen(reader, onPaper.id);
    for (const who of [kosodate, reader]) {
      const page = await who('GET', `/referrals/${onPaper.id}/sheet`);
      expect([page.status, page.body]).toEqual([200, expect.stringContaining('見本　十四')]);
      holdsNone(page.body);
    }

    const messages = town.left().filter((e) => [care.id, office.id].includes(e.subject ?? ''));
    expect(JSON.stringify(messages)).toContain('見本　十四');
    expect(town.kaigo.everythingOut()).toContain('見本　十四');
    const rows = (await town.konkyu.all()).filter((r) => r.hub_shokai_id === uuidToBase32(office.id));
    for (const out of [messages, town.kaigo.everythingOut(), rows]) holdsNone(out);

    // Two persons end it, neither of them a desk.
    const { body } = await kosodate('GET', `/persons/${care.mother}/protection`);
    const [{ id: seal }] = body.seals;
    const unseal = (who: Api, said: object) => who('POST', `/persons/${care.mother}/unseal`, { seal, ...said });
    expect((await unseal(kosodate, { reason: '終わった。' })).status).toBe(403);
    expect((await unseal(officer, { reason: '措置が終わった。' })).body).toEqual({ unsealed: false });
    expect((await unseal(officer, { confirm: true })).body.code).toBe('SECOND_PERSON_NEEDED');
    await whatIsSeen(kaigo, care.id);
    await changeDesk(it_, '9940000023', { name: '利用者支援事業', givesTownAway: false });
  });

  it('S16: her husband’s worker sees nothing of her, of the child or of a change; she is reached as is safe', async () => {
    const known = (ref: string, role: string, n: number, items: object) => ({
      ref,
      role,
      identifiers: [{ system: 'kosodate', value: `S16-${n}` }],
      items,
    });
    const him = {
      identity: { name: '見本　日向' },
      concern: { boxes: ['income_work'] },
      household_outline: { size: 3 },
    };
    const her = {
      identity: { name: '見本　十六' },
      contact: { mobile: '0990001616' },
      contact_wishes: { number: '0990001616', when: '平日の午前', mustNotKnow: '夫', leaveMessage: false, safe: true },
      concern: { boxes: ['housing'] },
    };
    const today = await todayOf(people);
    const child = { identity: { name: '見本　小夜', birthDate: `${Number(today.slice(0, 4)) - 5}-04-02` } };
    const sends = async (to: string, about: object, others: object[], howTheyMeet: string) => {
      const { body } = await handIn(kosodate, {
        at: await nowOf(people),
        subject: about,
        others,
        to: { domain: to },
        howTheyMeet,
      });
      expect(body).toMatchObject({ outcome: 'held', state: 'awaiting_authority' });
      const { persons } = await view(kosodate, body.id);
      return { id: body.id as string, persons: persons.map((p: { person: string }) => p.person) as string[] };
    };
    const asked = (toward: string, categories: readonly string[]) =>
      ({ categories, toward, feedback: 'state' }) as const;

    // He is with 障害, where somebody looks after him; his wife and child are named in his sheet.
    const ofHim = known('subject', 'subject', 1, him);
    const household = [known('wife', 'spouse', 2, { identity: her.identity }), known('child', 'child', 3, child)];
    const his = await sends('shogai', ofHim, household, 'person_visits');
    const [man = '', woman = '', kid = ''] = his.persons;
    await registerConsent(kosodate, man, asked('shogai', [...Object.keys(him), 'household']));
    await act(shogai, his.id, 'receive');
    await act(shogai, his.id, 'accept', worker);
    const hisWorker = async () => {
      const paths = ['', '/timeline', '/actions', '/decision'].map((path) => `/referrals/${his.id}${path}`);
      const more = [`/support-units?referral=${his.id}`, '/referrals?limit=200', '/support-units/alarms'];
      const answers = [];
      for (const path of [...paths, ...more]) {
        const { status, body } = await shogai('GET', path);
        const { requestId: _, ...said } = body;
        answers.push([path, status, said]);
      }
      const todos = (await todosOf(shogai)).map(({ id }) => id);
      return { answers, todos };
    };
    const before = await hisWorker();

    const hers = known('subject', 'subject', 2, her);
    const along = [known('child', 'child', 3, child), known('husband', 'spouse', 1, { identity: him.identity })];
    const home = await sends('konkyu', hers, along, 'contact_permitted');
    const disability = await sends('shogai', hers, along, 'contact_permitted');
    expect([home.persons, disability.persons]).toEqual([
      [woman, kid, man],
      [woman, kid, man],
    ]);
    const said = await kosodate('POST', `/persons/${woman}/danger`, { from: { person: man }, with: [kid] });
    expect([said.status, typeof said.body.unit]).toEqual([201, 'string']);
    const fromHim = await kosodate('POST', `/persons/${woman}/danger`, { from: { person: randomUUID() } });
    expect(fromHim.body.code).toBe('NOT_FOUND');

    // Of two parents with 親権 he is not asked about the child.
    const childView = '母といたい。';
    for (const toward of ['konkyu', 'shogai']) {
      await registerConsent(kosodate, kid, {
        ...asked(toward, ['identity']),
        giver: 'legal_guardian',
        giverPerson: woman,
        capacity: { parental: 'joint', otherParent: 'is_danger', childView },
      });
      await registerConsent(kosodate, woman, asked(toward, [...Object.keys(her), 'household']));
    }
    await reaches(kosodate, home.id, 'received');
    const there = await view(konkyu, home.id);
    // She is called at the number that is safe; where her telephone and address stood nothing is left.
    const { contact, ...hidden } = her;
    expect(there.members).toMatchObject([
      { items: hidden, sealed: true },
      { items: child, sealed: true },
    ]);
    expect([Object.keys(contact), there.members[0].items.contact]).toEqual([['mobile'], undefined]);
    expect(there.members).toHaveLength(2);
    expect(JSON.stringify(there)).not.toContain('日向');
    expect(town.tapped()).not.toContain('日向');
    expect(JSON.stringify(await town.konkyu.row(uuidToBase32(home.id)))).not.toContain('日向');

    // At his desk somebody else takes her, and he who looks after him learns nothing at all.
    expect(await stateOf(kosodate, disability.id)).toBe('sent');
    await act(shogaiSupervisor, disability.id, 'receive');
    await act(shogaiSupervisor, disability.id, 'accept', worker);
    for (const [id, person] of [
      [home.id, woman],
      [disability.id, woman],
      [disability.id, kid],
    ] as const)
      await isNothingTo([shogai], id, person);
    expect(await hisWorker()).toEqual(before);

    // A unit of her own with the child; and nobody takes the two of them for one.
    const units = (await kosodate('GET', `/support-units?person=${woman}`)).body.items.map((u: { id: string }) => u.id);
    expect(units).toContain(said.body.unit);
    const agreed = ['name', 'birth_date', 'address', 'telephone'];
    const linked = await kosodate('POST', `/persons/${man}/link`, { other: woman, agreed });
    expect(linked.body.code).toBe('NOT_FOUND');
    const { body } = await kosodate('GET', `/persons/${woman}/protection`);
    expect(body.dangers).toMatchObject([{ from: { person: man } }]);
    await act(kosodate, home.id, 'inform', { personInformed: told(await nowOf(people), '安全な番号に電話') });
  });
}
