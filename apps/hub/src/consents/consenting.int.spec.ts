// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Consent, Refusal } from '@tsunagi/domain';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { twoDesks, withoutConsent, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
/** So many years ago, and half a year. */
const bornAgo = (years: number) => addDays(`${Number(today.slice(0, 4)) - years}${today.slice(4, 8)}01`, -180);
const mother = { giver: 'legal_guardian', capacity: { parental: 'sole', childView: 'うなずいた。' } } as const;

describeWithServices(['postgres'], 'who consents for a person', () => {
  let desks: TwoDesks;
  let insured = 880000;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  /** Somebody waits at the desk of 介護 for a word. */
  const someone = async (bornOn?: string) => {
    const { referralId } = await desks.submit(
      withoutConsent({
        insured: `0000${(insured += 1)}`,
        items: {
          identity: { name: '見本　花子', ...(bornOn !== undefined && { birthDate: bornOn }) },
          concern: { boxes: ['income_work'] },
          care_level: { level: '22' },
        },
      }),
    );
    return { referral: referralId, person: await desks.personOf(referralId) };
  };
  const stateOf = async (referral: string) => (await desks.view(desks.sender, referral)).state as string;
  const arrived = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as any;
  const body = (person: string, more: object) => ({
    person,
    giver: 'self',
    manner: 'written',
    formVersion: 'D-2026-1',
    scope: {
      categories: ['identity', 'concern'],
      recipients: [{ domain: 'konkyu' }],
      purposes: ['consultation'],
      from: today,
      until: '2099-03-31',
      feedback: 'state',
    },
    ...more,
  });
  const say = async (person: string, more: object) => {
    const { status, body: answer } = await desks.sender('POST', '/consents', body(person, more));
    return [status, answer.code, answer.errors?.[0]?.pointer];
  };
  const onFile = async (person: string): Promise<{ consents: Consent[]; refusals: Refusal[] }> =>
    (await desks.sender('GET', `/persons/${person}/consents`)).body;

  describe('of a child under 12 (S4)', () => {
    it('is not the child, nor a parent who does not say how the child sees it', async () => {
      const { person, referral } = await someone(bornAgo(3));
      expect(await say(person, {})).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
      const silent = { giver: 'legal_guardian', capacity: { parental: 'sole' } };
      expect(await say(person, silent)).toEqual([422, 'GIVER_NOT_ENTITLED', '/capacity/childView']);
      const joint = { ...mother, capacity: { ...mother.capacity, parental: 'joint' } };
      expect(await say(person, joint)).toEqual([422, 'GIVER_NOT_ENTITLED', '/capacity/otherParent']);
      expect(await stateOf(referral)).toBe('awaiting_authority');
    });

    it('is the mother with 単独親権: the grandmother’s care level stays behind, and her word ends when the child is 12', async () => {
      const { person } = await someone(bornAgo(3));
      expect((await say(person, mother))[0]).toBe(201);
      const { referral } = await arrived();
      expect(Object.keys(referral.subject.items).sort()).toEqual(['concern', 'identity']);
      const twelfth = `${Number(bornAgo(3).slice(0, 4)) + 12}${bornAgo(3).slice(4)}`;
      expect((await onFile(person)).consents).toMatchObject([
        { entitledUntil: twelfth, scope: { until: addDays(twelfth, -1) }, ...mother },
      ]);
    });

    it('is no parent for whom the desk cannot say how old the child is', async () => {
      const { person } = await someone();
      expect(await say(person, mother)).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
      expect((await say(person, { ...mother, bornOn: bornAgo(3) }))[0]).toBe(201);
      await arrived();
    });

    it('goes by what the desk has on file, whatever is said of the age now', async () => {
      const { person } = await someone(bornAgo(3));
      expect(await say(person, { bornOn: bornAgo(30) })).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
    });
  });

  it('of 12 to 15 is the guardian together with the child', async () => {
    const { person } = await someone(bornAgo(13));
    expect(await say(person, mother)).toEqual([422, 'GIVER_NOT_ENTITLED', '/capacity/childAgrees']);
    expect((await say(person, { ...mother, capacity: { ...mother.capacity, childAgrees: true } }))[0]).toBe(201);
    await arrived();
  });

  it('of 16 is the carer himself, and the father’s later refusal is kept and stops nothing (S17)', async () => {
    const { person } = await someone(bornAgo(16));
    expect(await say(person, {})).toEqual([422, 'GIVER_NOT_ENTITLED', '/capacity/understood']);
    expect(await say(person, mother)).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
    expect((await say(person, { capacity: { understood: true } }))[0]).toBe(201);
    const { deliveryId } = await arrived();

    const father = { giver: 'legal_guardian', capacity: { parental: 'sole' }, how: 'telephone' };
    expect((await desks.sender('POST', '/refusals', { person, ...father })).status).toBe(201);
    const { consents, refusals } = await onFile(person);
    expect(refusals).toMatchObject([{ giver: 'legal_guardian', how: 'telephone', entitled: false }]);
    expect(consents[0]!.entitledUntil).toBeUndefined();
    const withdraw = await desks.sender('POST', `/consents/${consents[0]!.id}/withdraw`, father);
    expect([withdraw.status, withdraw.body.code]).toEqual([422, 'GIVER_NOT_ENTITLED']);
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    expect((await desks.kaigo.takeNext('referral.status.v1')).data).toBeDefined();

    const own = await desks.sender('POST', `/consents/${consents[0]!.id}/withdraw`, { how: 'in_person' });
    expect(own.status).toBe(200);
    expect((await onFile(person)).consents).toMatchObject([
      { status: 'withdrawn', withdrawnBy: 'self', withdrawnHow: 'in_person' },
    ]);
    await desks.konkyu.takeNext('referral.recalled.v1');
  });

  it('is the expectant mother of 15 herself', async () => {
    const { person } = await someone(bornAgo(15));
    expect(await say(person, {})).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
    expect((await say(person, { capacity: { expectant: true } }))[0]).toBe(201);
    await arrived();
  });

  it('of an adult is an assistant only with 代理権 for this (S17)', async () => {
    const { person } = await someone('1980-01-05');
    const assistant = { giver: 'curator_or_assistant', capacity: { document: '登記事項証明書 2026-10' } };
    expect(await say(person, assistant)).toEqual([422, 'GIVER_NOT_ENTITLED', '/capacity/powerForThis']);
    const powers = { ...assistant, capacity: { ...assistant.capacity, powerForThis: true } };
    expect((await say(person, powers))[0]).toBe(201);
    await arrived();
  });

  it('is nobody of the family: the niece’s wish is on file and permits nothing, nor does it end what was said (S21)', async () => {
    const { person, referral } = await someone('1940-01-05');
    expect((await say(person, { giver: 'family' }))[0]).toBe(201);
    expect(await stateOf(referral)).toBe('awaiting_authority');
    const { decision } = (await desks.sender('POST', '/disclosures/preview', { referralId: referral })).body;
    expect(decision.reasons).toContain('GIVER_NOT_ENTITLED');
    const [wish] = (await onFile(person)).consents;
    expect(wish).toMatchObject({ giver: 'family', entitled: false });

    const consent = await desks.consent(person);
    await arrived();
    expect(await say(person, { giver: 'family', supersedes: consent })).toEqual([422, 'GIVER_NOT_ENTITLED', '/giver']);
  });

  it('is nobody whom the desk does not know', async () => {
    const { person } = await someone(bornAgo(3));
    const stranger = { ...mother, giverPerson: '01900000-0000-7000-8000-000000000001' };
    expect((await say(person, stranger)).slice(0, 2)).toEqual([404, 'NOT_FOUND']);
    expect((await say(person, { giverPerson: person })).slice(0, 2)).toEqual([422, 'INVALID']);
  });

  describe('a form', () => {
    it('that is not approved, or not the desk’s own, bears no consent', async () => {
      const { person } = await someone('1940-01-05');
      expect((await say(person, { formVersion: 'J-2026-1' })).slice(0, 2)).toEqual([422, 'FORM_NOT_APPROVED']);
      expect((await say(person, { formVersion: 'nobody' })).slice(0, 2)).toEqual([422, 'FORM_NOT_APPROVED']);
    });

    it('that is handed back refused is a no to what it asked for', async () => {
      const { person, referral } = await someone('1940-01-05');
      expect((await say(person, { refused: true }))[0]).toBe(201);
      expect((await onFile(person)).consents).toMatchObject([{ status: 'refused' }]);
      const { decision } = (await desks.sender('POST', '/disclosures/preview', { referralId: referral })).body;
      expect(decision.reasons).toContain('CONSENT_REFUSED');
      // It is no permission that could be taken back.
      const [no] = (await onFile(person)).consents;
      expect((await desks.sender('POST', `/consents/${no!.id}/withdraw`, {})).status).toBe(404);
      expect((await onFile(person)).consents).toMatchObject([{ status: 'refused' }]);
      await desks.consent(person);
      await arrived();
    });

    it('that the family hands back refused stops nothing', async () => {
      const { person } = await someone('1940-01-05');
      const at = '2026-11-20T10:00:00+09:00';
      await desks.consent(person, {}, { grantedAt: at });
      await arrived();
      expect((await say(person, { giver: 'family', refused: true }))[0]).toBe(201);
      expect((await onFile(person)).consents.map((c) => [c.status, c.entitled])).toEqual([
        ['active', undefined],
        ['refused', false],
      ]);
      expect(await stateOf((await someone('1940-01-05')).referral)).toBe('awaiting_authority');
    });
  });

  describe('by word of mouth', () => {
    const oral = {
      by: '見本　太郎',
      at: '2026-11-20T10:00:00+09:00',
      categories: ['identity', 'concern', 'care_level'],
      recipients: [{ domain: 'konkyu' }],
      number: '0991234567',
      recognisedBy: '生年月日と住所を言ってもらった。',
    };

    it('is nothing without a record of what was read out, nor beyond that', async () => {
      const { person } = await someone('1940-01-05');
      const said = { manner: 'oral_recorded' };
      expect((await say(person, said)).slice(0, 2)).toEqual([422, 'SCRIPT_MISSING']);
      const less = { ...said, oral: { ...oral, categories: ['identity'] } };
      expect((await say(person, less)).slice(0, 2)).toEqual([422, 'SCRIPT_MISSING']);
      expect((await say(person, { oral })).slice(0, 2)).toEqual([422, 'INVALID']);
    });

    it('is taken with the record, which stays sealed, and from that moment', async () => {
      const { person } = await someone('1940-01-05');
      expect((await say(person, { manner: 'oral_recorded', oral }))[0]).toBe(201);
      await arrived();
      const { consents } = await onFile(person);
      expect(consents).toMatchObject([{ manner: 'oral_recorded', oral, grantedAt: '2026-11-20T01:00:00.000Z' }]);
      const [row] = await desks.under.rows<{ oral: Buffer }>('select oral from consent where id = $1', [
        consents[0]!.id,
      ]);
      expect(row!.oral.includes('0991234567')).toBe(false);
      const elsewhere = await desks.recipient('GET', `/persons/${person}/consents`);
      expect(JSON.stringify(elsewhere.body)).not.toContain('0991234567');
    });

    it('is of the moment of that record, whatever moment is named beside it', async () => {
      const { person } = await someone('1940-01-05');
      expect((await desks.sender('POST', '/refusals', { person, at: '2026-11-20T12:00:00+09:00' })).status).toBe(201);
      const later = { grantedAt: '2026-11-20T15:00:00+09:00' };
      expect((await say(person, { manner: 'oral_recorded', oral, ...later }))[0]).toBe(201);
      expect((await onFile(person)).consents).toMatchObject([{ grantedAt: '2026-11-20T01:00:00.000Z' }]);
    });

    it('needs somebody who listens along for 要配慮 items', async () => {
      const { person } = await someone('1940-01-05');
      const scope = { ...body(person, {}).scope, categories: ['identity', 'care_level'] };
      const said = { manner: 'oral_recorded', scope, oral };
      expect((await say(person, said)).slice(0, 2)).toEqual([422, 'SECOND_LISTENER_MISSING']);
      expect((await say(person, { ...said, oral: { ...oral, secondListener: '見本　次郎' } }))[0]).toBe(201);
      await arrived();
    });

    it('takes no マイナンバー along', async () => {
      const { person } = await someone('1940-01-05');
      const said = { manner: 'oral_recorded', oral: { ...oral, recognisedBy: '1234 5678 9018 を確かめた。' } };
      expect((await say(person, said)).slice(0, 2)).toEqual([422, 'SUBMISSION_REJECTED']);
    });
  });

  it('says who must not see it, and only of staff who are there', async () => {
    const { person } = await someone('1940-01-05');
    const [staff] = await desks.under.rows<{ id: string }>(`select id from staff where login = 'caseworker.shogai'`);
    const nobody = { excludedStaff: ['01900000-0000-7000-8000-000000000001'] };
    expect((await say(person, nobody)).slice(0, 2)).toEqual([422, 'REFERENCE_UNKNOWN']);
    expect((await say(person, { excludedStaff: [staff!.id] }))[0]).toBe(201);
    expect((await onFile(person)).consents).toMatchObject([{ excludedStaff: [staff!.id] }]);
    await arrived();
  });

  it('who must not see it does not see it when it is withdrawn either, but when the person has said something newer', async () => {
    const { person, referral } = await someone('1940-01-05');
    const [staff] = await desks.under.rows<{ id: string }>(`select id from staff where login = 'supervisor.kaigo'`);
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    const seen = async () => (await supervisor('GET', `/referrals/${referral}`)).status;
    expect(await seen()).toBe(200);
    const excluding = await desks.sender('POST', '/consents', body(person, { excludedStaff: [staff!.id] }));
    expect([excluding.status, await seen()]).toEqual([201, 404]);
    await arrived();
    await desks.withdraw(excluding.body.id);
    expect(await seen()).toBe(404);
    expect((await say(person, {}))[0]).toBe(201);
    expect(await seen()).toBe(200);
  });

  it('is written down with a word of a 在留資格 only by a supervisor', async () => {
    const { person } = await someone(bornAgo(3));
    const spoken = { ...mother, capacity: { ...mother.capacity, childView: '在留資格のことを心配している。' } };
    expect(await say(person, spoken)).toEqual([422, 'SUBMISSION_REJECTED', '/capacity/childView']);
    const evidence = { reference: '棚A、在留カードの写しの隣' };
    expect(await say(person, { ...mother, evidence })).toEqual([422, 'SUBMISSION_REJECTED', '/evidence/reference']);
    const refusal = { person, giver: 'legal_guardian', capacity: spoken.capacity };
    const refused = await desks.sender('POST', '/refusals', refusal);
    expect(refused.body.errors).toMatchObject([{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/capacity/childView' }]);
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    const { status, body: answer } = await supervisor('POST', '/consents', body(person, spoken));
    expect(status).toBe(201);
    const back = { giver: 'legal_guardian', capacity: spoken.capacity };
    const taken = await desks.sender('POST', `/consents/${answer.id}/withdraw`, back);
    expect(taken.body.errors).toMatchObject([{ code: 'RESIDENCE_STATUS_TEXT', pointer: '/capacity/childView' }]);
    expect((await supervisor('POST', `/consents/${answer.id}/withdraw`, back)).status).toBeLessThan(300);
  });
});
