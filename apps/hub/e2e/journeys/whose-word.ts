// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { uuidToBase32 } from '@tsunagi/legacy';
import { waitFor } from '@tsunagi/testing';
import { nowOf, todayOf } from './clock';
import {
  act,
  handIn,
  offerConsent,
  personOf,
  reaches,
  registerConsent,
  stateOf,
  todosAbout,
  view,
  type Asked,
  type People,
} from './people';
import type { Api } from '../../test/sign-in';

/** Who may say yes and no for whom. */
export function whoseWord(people: People): void {
  const { town, kaigo, konkyu, seat } = people;
  const kosodate = seat({ role: 'caseworker', domain: 'kosodate' });
  const shogai = seat({ role: 'caseworker', domain: 'shogai' });

  const aged = async (years: number) => {
    const today = await todayOf(people);
    return addDays(`${Number(today.slice(0, 4)) - years}-${today.slice(5, 8)}01`, -60);
  };
  const subject = (items: object) => ({ ref: 'subject', role: 'subject', identifiers: [], items });
  const grandmother = {
    ref: 'grandmother',
    role: 'grandparent',
    identifiers: [],
    items: { identity: { name: '見本　ふみ' }, care_level: { level: '24' }, service_use: { office: 'みほん園' } },
  };
  const nothingOf = (what: unknown) => {
    for (const hers of ['見本　ふみ', 'care_level', '"24"', 'みほん園'])
      expect(JSON.stringify(what)).not.toContain(hers);
  };
  /** It waits for a word of whoever may give it. */
  const waits = async (desk: Api, to: string, items: object, others: object[] = []) => {
    const { body } = await handIn(desk, {
      at: await nowOf(people),
      to: { domain: to },
      subject: subject(items),
      others,
    });
    expect(body).toMatchObject({ outcome: 'held', state: 'awaiting_authority', codes: ['CONSENT_MISSING'] });
    return { referral: body.id as string, person: await personOf(desk, body.id) };
  };
  /** What is wrong with such a word; the person is none the nearer. */
  const isNoWord = async (desk: Api, { referral, person }: { referral: string; person: string }, asked: Asked) => {
    const { status, body } = await offerConsent(desk, person, asked);
    expect([status, body.code]).toEqual([422, 'GIVER_NOT_ENTITLED']);
    expect(await stateOf(desk, referral)).toBe('awaiting_authority');
    return body.errors[0].pointer as string;
  };
  const refuse = (desk: Api, person: string, by: object) => desk('POST', '/refusals', { person, ...by });

  it('S4: a mother alone with 親権 consents for her child of three; the grandmother of the same sheet stays behind', async () => {
    const birthDate = await aged(3);
    const items = {
      identity: { name: '見本　四葉', birthDate },
      child_rearing: { note: '言葉がゆっくりです。' },
      disability: { kinds: ['発達'] },
      health: { illness: '喘息。' },
    };
    const mother = { ref: 'mother', role: 'parent', identifiers: [], items: { identity: { name: '見本　四季' } } };
    const child = await waits(kosodate, 'shogai', items, [mother, grandmother]);
    const { persons } = await view(kosodate, child.referral);
    const giverPerson = persons.find((p: { ref: string }) => p.ref === 'member-1').person as string;
    const categories = ['identity', 'child_rearing', 'disability', 'care_level', 'service_use', 'household'];
    const asked = { categories, toward: 'shogai', feedback: 'state' } as const;
    const childView = 'うなずいた。';
    const her = { ...asked, giver: 'legal_guardian', giverPerson, capacity: { parental: 'sole', childView } };

    // Neither the child, nor a mother who leaves out how the child sees it, nor the grandmother.
    expect(await isNoWord(kosodate, child, asked)).toBe('/giver');
    const silent = { ...her, capacity: { parental: 'sole' } };
    expect(await isNoWord(kosodate, child, silent)).toBe('/capacity/childView');
    const both = { ...her, capacity: { parental: 'joint', childView } };
    expect(await isNoWord(kosodate, child, both)).toBe('/capacity/otherParent');
    expect((await offerConsent(kosodate, child.person, { ...asked, giver: 'family' })).status).toBe(201);
    expect(await stateOf(kosodate, child.referral)).toBe('awaiting_authority');
    expect((await view(shogai, child.referral)).code).toBe('NOT_FOUND');
    expect(JSON.stringify(await view(kosodate, child.referral))).toContain('みほん園');

    await registerConsent(kosodate, child.person, her);
    await act(shogai, child.referral, 'receive');
    const there = await view(shogai, child.referral);
    expect(there.members.map((m: { ref: string }) => m.ref)).toEqual(['subject']);
    const { identity, child_rearing, disability } = items;
    expect(there.members[0].items).toEqual({ identity, child_rearing, disability });
    nothingOf(there);

    // Her word is for a child: on the twelfth birthday the child is asked as well.
    const { body } = await kosodate('GET', `/persons/${child.person}/consents`);
    const twelfth = `${Number(birthDate.slice(0, 4)) + 12}${birthDate.slice(4)}`;
    expect(body.consents.at(-1)).toMatchObject({
      giver: 'legal_guardian',
      giverPerson,
      entitledUntil: twelfth,
      scope: { until: addDays(twelfth, -1) },
    });
    const sister = await waits(kosodate, 'shogai', { identity: { name: '見本　一葉', birthDate: await aged(13) } });
    expect(await isNoWord(kosodate, sister, her)).toBe('/capacity/childAgrees');
    await registerConsent(kosodate, sister.person, { ...her, capacity: { ...her.capacity, childAgrees: true } });
    expect(await stateOf(kosodate, sister.referral)).toBe('sent');
  });

  it('S17: a carer of sixteen says it himself; the grandmother stays behind, and his father’s no stops nothing', async () => {
    const items = {
      identity: { name: '見本　十七', birthDate: await aged(16) },
      contact: { telephone: '0991717171' },
      contact_wishes: { when: '昼休み、養護教諭を通して', mustNotKnow: '父' },
      household_outline: { size: 3, relations: ['父', '祖母'] },
      education: { school: '見本高等学校', note: '遅刻が続く。' },
      wishes: { wishes: '進学したい。' },
    };
    const carer = await waits(kosodate, 'konkyu', items, [grandmother]);
    const categories = ['identity', 'contact', 'contact_wishes', 'education', 'wishes', 'care_level', 'household'];
    const asked = { categories, toward: 'konkyu', feedback: 'state' } as const;
    const father = { giver: 'legal_guardian', capacity: { parental: 'sole' } } as const;
    expect(await isNoWord(kosodate, carer, asked)).toBe('/capacity/understood');
    expect(await isNoWord(kosodate, carer, { ...asked, ...father })).toBe('/giver');
    await registerConsent(kosodate, carer.person, { ...asked, capacity: { understood: true } });

    await reaches(kosodate, carer.referral, 'received');
    const row = await town.konkyu.row(uuidToBase32(carer.referral));
    expect(row.shimei).toBe('見本　十七');
    const there = await view(konkyu, carer.referral);
    const { household_outline, ...allowed } = items;
    expect(there.members).toMatchObject([{ ref: 'subject', items: allowed }]);
    expect(there.members).toHaveLength(1);
    const left = town.left().filter((e) => e.subject === carer.referral);
    expect(JSON.stringify(left)).toContain('見本高等学校');
    for (const out of [there, row, left]) {
      nothingOf(out);
      expect(JSON.stringify(out)).not.toContain('祖母');
    }

    // The father telephones: it is on file, takes nothing back and holds nothing up.
    expect((await refuse(kosodate, carer.person, { ...father, how: 'telephone' })).status).toBe(201);
    const { body: word } = await kosodate('GET', `/persons/${carer.person}/consents`);
    expect(word.refusals).toMatchObject([{ giver: 'legal_guardian', how: 'telephone', entitled: false }]);
    const withdrawn = await kosodate('POST', `/consents/${word.consents[0].id}/withdraw`, father);
    expect([withdrawn.status, withdrawn.body.code]).toEqual([422, 'GIVER_NOT_ENTITLED']);
    await act(konkyu, carer.referral, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    expect(await stateOf(kosodate, carer.referral)).toBe('accepted');
    const more = { note: '奨学金の書類を集めます。' };
    await act(kosodate, carer.referral, 'supplement', more);
    expect(JSON.stringify((await konkyu('GET', `/referrals/${carer.referral}/timeline`)).body)).toContain(more.note);
    expect(await todosAbout(konkyu, carer.referral)).not.toContain('talk_after_withdrawal');
  });

  it('S17: an assistant (補助人) speaks for her with 代理権 for this, and with the paper that shows it', async () => {
    const items = { identity: { name: '見本　補子', birthDate: await aged(46) }, concern: { boxes: ['housing'] } };
    const her = await waits(konkyu, 'kaigo', items);
    const asked = { categories: ['identity', 'concern'], toward: 'kaigo', feedback: 'state' } as const;
    const assistant = (capacity: object) => ({ ...asked, giver: 'curator_or_assistant', capacity });
    const document = '登記事項証明書(代理行為目録あり)';
    expect(await isNoWord(konkyu, her, assistant({ document }))).toBe('/capacity/powerForThis');
    expect(await isNoWord(konkyu, her, assistant({ powerForThis: true }))).toBe('/capacity/document');
    await registerConsent(konkyu, her.person, assistant({ document, powerForThis: true }));
    await town.kaigo.referral(uuidToBase32(her.referral));
    const members = await waitFor(async () => (await view(kaigo, her.referral)).members, { what: 'the receipt' });
    expect(Object.keys(members[0].items).sort()).toEqual(['concern', 'identity']);
    // What shows the power stays with the desk that has seen it.
    expect(town.tapped()).not.toContain(document);
  });

  it('S21: what a niece wishes is on file and permits nothing; what protects him goes with an approval; a 後見人 consents later', async () => {
    const approver = seat({ role: 'approver' });
    const items = {
      identity: { name: '見本　二十一', birthDate: await aged(84) },
      contact: { address: '見本県見本市独居町一番' },
      concern: { boxes: ['care'] },
      health: { illness: '認知症。' },
      income_debt: { arrears: '入院費二か月。' },
    };
    const him = await waits(konkyu, 'kaigo', items);
    const asked = { categories: Object.keys(items), toward: 'kaigo', feedback: 'state' } as const;
    await registerConsent(konkyu, him.person, { ...asked, giver: 'family' });
    expect(await stateOf(konkyu, him.referral)).toBe('awaiting_authority');
    const { body: file } = await konkyu('GET', `/persons/${him.person}/consents`);
    expect(file.consents).toMatchObject([{ giver: 'family', entitled: false }]);
    const ask = { referralId: him.referral };
    expect((await konkyu('POST', '/disclosures/preview', ask)).body.decision).toMatchObject({
      outcome: 'hold',
      reasons: expect.arrayContaining(['GIVER_NOT_ENTITLED']),
    });
    // He agrees to be helped by the office: that is 申込, and no consent.
    const applied = await konkyu('POST', `/persons/${him.person}/applications`, { service: '家計改善支援' });
    expect([applied.status, await stateOf(konkyu, him.referral)]).toEqual([201, 'awaiting_authority']);
    expect((await view(kaigo, him.referral)).code).toBe('NOT_FOUND');

    const categories = ['identity', 'contact', 'health'];
    const ground = {
      code: 'benefit_of_person',
      persons: ['subject'],
      categories,
      reason: '金曜に退院し、見守る人がいない。',
      whyNoConsent: 'cannot_consent',
      harmsNobody: true,
    };
    expect((await konkyu('POST', `/referrals/${him.referral}/grounds`, ground)).status).toBe(201);
    // Before the approver has said so it does not leave.
    expect(await stateOf(konkyu, him.referral)).toBe('awaiting_authority');
    const [row] = (await approver('GET', `/referrals/${him.referral}/grounds`)).body.items;
    const approved = { outcome: 'approved', categories };
    const match = { 'if-match': `"${row.version}"` };
    expect((await approver('POST', `/decisions/${row.decision}/ratify`, approved, match)).status).toBe(204);
    await reaches(konkyu, him.referral, 'received');
    const seen = async () => Object.keys((await view(kaigo, him.referral)).members[0].items).sort();
    expect(await seen()).toEqual([...categories].sort());
    expect((await view(kaigo, him.referral)).conditions).toHaveLength(2);
    expect(town.kaigo.everythingOut()).not.toContain('入院費');

    // The court has appointed somebody: with the paper, what he or she consents to goes to the next desk.
    const next = await waits(konkyu, 'shogai', items);
    const guardian = { ...asked, toward: 'shogai', giver: 'adult_guardian' } as const;
    expect(await isNoWord(konkyu, next, guardian)).toBe('/capacity/document');
    await registerConsent(konkyu, next.person, { ...guardian, capacity: { document: '登記事項証明書' } });
    expect(await stateOf(konkyu, next.referral)).toBe('sent');

    // He dies before anybody has opened it: it never arrives.
    const died = { fact: { kind: 'deceased', from: await todayOf(people) } };
    expect((await konkyu('POST', `/persons/${next.person}/facts`, died)).status).toBe(201);
    expect(await stateOf(konkyu, next.referral)).toBe('withdrawn');
    expect((await view(shogai, next.referral)).members).toBeUndefined();
  });
}
