// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

interface Line {
  readonly way: string;
  readonly what?: string;
  readonly viewer?: string;
  readonly referralId?: string;
  readonly authority: string;
  readonly from?: { readonly domain: string };
  readonly to?: { readonly domain: string };
  readonly members: { readonly ref: string; readonly categories: string[] }[];
}

describeWithServices(['postgres'], 'the ledger', () => {
  let desks: TwoDesks;
  let officer: Api;
  let shogai: Api;
  let count = 8800000;
  beforeAll(async () => {
    desks = await twoDesks();
    officer = await desks.under.as({ role: 'privacy_officer' });
    shogai = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  async function waits(domain: 'konkyu' | 'shogai' = 'konkyu') {
    const submission = withoutConsent({ insured: `000${(count += 1)}`, to: { domain } });
    const { referralId: referral } = await desks.submit(submission);
    return { referral, person: await desks.personOf(referral) };
  }
  /** At 生活困窮, by its system. */
  async function there(scope: object = {}) {
    const one = await waits();
    const consent = await desks.consent(one.person, scope);
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1', one.referral)).data as Sent;
    await waitFor(async () => (await desks.view(desks.recipient, one.referral)).state === 'received', { what: 'it' });
    return { ...one, consent, deliveryId };
  }
  const of = async (who: Api, person: string) =>
    (await who('GET', `/persons/${person}/disclosures`)).body.items as Line[];
  const looks = async (who: Api, person: string) =>
    (await of(who, person)).filter((l) => ['read', 'print'].includes(l.way));
  const audited = (object: string, action: string) =>
    desks.under.rows<{ actor: string }>('select actor from audit_entry where object = $1 and action = $2', [
      object,
      action,
    ]);

  describe('says how something came to the other', () => {
    it('by its system, and as a state that goes back', async () => {
      const { person, deliveryId } = await there();
      await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
      await waitFor(async () => (await of(officer, person)).some((l) => l.way === 'feedback'), { what: 'the state' });
      const whole = (await of(officer, person)).filter((l) => l.way !== 'read');
      expect([...new Set(whole.map((l) => `${l.way} ${l.viewer}`))]).toEqual([
        'message plugin:konkyu',
        'feedback plugin:kaigo',
      ]);
      // Which eyes there have seen it is told to that desk, and to who answers for the ledger.
      expect((await of(desks.sender, person)).find((l) => l.way === 'message')).not.toHaveProperty('viewer');
      expect((await of(desks.recipient, person))[0]).toMatchObject({ way: 'message', viewer: 'plugin:konkyu' });
    });

    it('on the screen, which names who has opened it, and as words beside it', async () => {
      const { referral, person } = await waits('shogai');
      await desks.consent(person, { recipients: [{ domain: 'shogai' }], categories: ['identity', 'narrative'] });
      expect(await of(officer, person)).toMatchObject([{ way: 'screen', state: 'claimed' }]);
      expect((await of(officer, person))[0]).not.toHaveProperty('viewer');
      await desks.act(shogai, referral, 'receive');
      await desks.act(desks.sender, referral, 'supplement', { note: '火曜の午前は不在とのこと。' });
      const lines = (await of(officer, person)).filter((l) => l.way !== 'feedback');
      expect(lines.map((l) => l.way)).toEqual(['screen', 'words']);
      expect(lines[0]?.viewer).toMatch(/^staff:/);
    });
  });

  describe('has a line for whoever reads', () => {
    it('a referral by program: once a day for the same content, and each time in the audit', async () => {
      const { referral, person } = await there();
      const program = await desks.under.as({ client: desks.functions.konkyu });
      for (const _ of [1, 2, 3]) expect((await desks.view(program, referral)).members).toHaveLength(1);
      const [read, ...more] = await looks(officer, person);
      expect(more).toEqual([]);
      expect(read).toMatchObject({
        ...{ way: 'read', what: 'referral', referralId: referral, authority: 'consent' },
        ...{ from: { domain: 'kaigo' }, to: { domain: 'konkyu' } },
        viewer: expect.stringMatching(/^client:/),
        members: [{ ref: 'subject', categories: ['identity', 'concern'] }],
      });
      expect(await audited(referral, 'referral.read')).toHaveLength(3);
      // Other content is another disclosure.
      const { subject } = withoutConsent({ insured: `000${count}` });
      const corrected = { subject: { ...subject, items: { ...subject.items, concern: { boxes: ['housing'] } } } };
      expect((await desks.act(desks.sender, referral, 'supplement', corrected)).status).toBe(200);
      await desks.konkyu.takeNext('referral.supplemented.v1', referral);
      await desks.view(program, referral);
      expect(await looks(officer, person)).toHaveLength(2);
    });

    it('of which the other desk learns nothing, and its own does', async () => {
      const { referral, person } = await there();
      await desks.view(await desks.under.as({ client: desks.functions.konkyu }), referral);
      expect(await looks(desks.sender, person)).toEqual([]);
      expect(await looks(desks.recipient, person)).toMatchObject([{ what: 'referral' }]);
    });

    it('a referral on screen, which the desk has opened, no further line', async () => {
      const { referral, person } = await there();
      for (const who of [desks.recipient, desks.sender]) await desks.view(who, referral);
      await desks.view(await desks.under.as({ client: desks.functions.kaigo }), referral);
      expect(await looks(officer, person)).toEqual([]);
    });

    it('what its desk knows of a person, and what was said to it', async () => {
      const { person } = await there();
      await desks.sender('GET', `/persons/${person}/facts`);
      expect(await looks(officer, person)).toEqual([]);
      const fact = { kind: 'abode', lives: 'nowhere' };
      expect((await desks.sender('POST', `/persons/${person}/facts`, { fact })).status).toBe(201);
      for (const _ of [1, 2]) {
        await desks.sender('GET', `/persons/${person}/facts`);
        await desks.sender('GET', `/persons/${person}/consents`);
        // Nothing was said here, nor recorded: nothing is read.
        await shogai('GET', `/persons/${person}/consents`);
        await shogai('GET', `/persons/${person}/facts`);
      }
      const seen = await looks(desks.sender, person);
      expect(seen).toMatchObject([
        { what: 'facts', authority: 'own_desk', members: [{ categories: ['contact'] }], to: { domain: 'kaigo' } },
        { what: 'consents', authority: 'own_desk', members: [{ categories: [] }], to: { domain: 'kaigo' } },
      ]);
      expect(seen).toHaveLength(2);
      expect(await audited(person, 'person.read')).toHaveLength(4);
      expect(await looks(desks.recipient, person)).toEqual([]);
    });

    it('the proof of a withdrawal, and who prints it', async () => {
      const { person, consent } = await there();
      await desks.withdraw(consent);
      expect(await looks(officer, person)).toEqual([]);
      await desks.sender('GET', `/consents/${consent}/withdrawal`);
      await desks.sender('GET', `/consents/${consent}/withdrawal`, undefined, { accept: 'text/html' });
      expect((await looks(officer, person)).map((l) => [l.way, l.what])).toEqual([
        ['read', 'withdrawal'],
        ['print', 'withdrawal'],
      ]);
      // A look is nothing that has gone to another desk.
      const { gone } = (await desks.sender('GET', `/consents/${consent}/withdrawal`)).body;
      expect(gone.map((l: Line) => l.way)).toEqual(['message']);
    });
  });
});
