// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { herItems, herMatters, holdsNone, todos, told, unseal } from '../../test/her-matters';
import { oneAfterTheOther } from '../../test/one-after-the-other';
import type { Api } from '../../test/sign-in';
import { twoDesks, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'a person who is endangered', () => {
  let desks: TwoDesks;
  let stranger: Api;
  let officer: Api;
  let approver: Api;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    officer = await desks.under.as({ role: 'privacy_officer' });
    approver = await desks.under.as({ role: 'approver' });
  });
  afterAll(() => desks?.close());
  const { everything, insured, about, waits, next, arrived, allowed } = herMatters(() => desks);

  describe('S16: whom somebody endangers', () => {
    const endangers = (person: string, from: unknown, more: object = {}) =>
      desks.sender('POST', `/persons/${person}/danger`, { from, ...more });
    const accept = { worker: { name: '試験　月' }, personMatched: true };
    /** Her husband, whom somebody of 生活困窮 looks after, and she herself, who has consented to be sent there. */
    const couple = async () => {
      const his = await waits(about({ items: { identity: { name: '見本　日向' } } }));
      await desks.consent(his.person);
      await next('referral.sent.v1', his.referralId);
      await arrived(his.referralId);
      expect((await desks.act(desks.recipient, his.referralId, 'accept', accept)).status).toBe(200);
      return { his, hers: await waits() };
    };
    const seenBy = async (who: Api, { referralId, person }: { referralId: string; person: string }) => ({
      one: (await who('GET', `/referrals/${referralId}`)).status,
      actions: (await who('GET', `/referrals/${referralId}/actions`)).status,
      timeline: (await who('GET', `/referrals/${referralId}/timeline`)).status,
      facts: (await who('GET', `/persons/${person}/facts`)).status,
      queue: (await who('GET', `/referrals?q=${referralId}`)).body.items.length as number,
      counted: (await who('GET', `/referrals?q=${referralId}`)).body.counters.length as number,
      todos: (await who('GET', '/todos')).body.items.some((t: { referralId?: string }) => t.referralId === referralId),
      units: (await who('GET', `/support-units?person=${person}`)).status,
    });

    it('is there for others of the desk, and for nobody who works with whom she fears', async () => {
      const { his, hers } = await couple();
      const colleague = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      expect((await endangers(hers.person, { person: his.person })).status).toBe(201);
      await allowed(hers.person);
      await next('referral.sent.v1', hers.referralId);
      await arrived(hers.referralId);
      const absent = {
        referralId: '018f2f60-7c3a-7000-8000-000000000001',
        person: '018f2f60-7c3a-7000-8000-000000000002',
      };
      expect(await seenBy(desks.recipient, hers)).toEqual(await seenBy(desks.recipient, absent));
      expect((await seenBy(desks.recipient, his)).one).toBe(200);
      expect(await seenBy(colleague, hers)).toMatchObject({ one: 200, actions: 200, queue: 1 });
      expect((await seenBy(desks.sender, hers)).one).toBe(200);
      const tried = await desks.recipient('POST', `/referrals/${hers.referralId}/accept`, accept, { 'if-match': '2' });
      expect(tried.status).toBe(404);
    });

    it('has no authority without consent that is read, or recorded, by whoever of her own desk works with him', async () => {
      const { his, hers } = await couple();
      const worker = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
      expect((await desks.act(worker, his.referralId, 'supplement', { note: '電話した。' })).status).toBe(200);
      const emergency = {
        ...{ code: 'emergency', persons: ['subject'], categories: ['identity'] },
        ...{ reason: 'けさから連絡がつかない。', whyNoConsent: 'not_reached' },
      };
      const of = (id: string) => `/referrals/${id}/grounds`;
      expect((await desks.sender('POST', of(hers.referralId), emergency)).status).toBe(201);
      expect((await worker('GET', of(hers.referralId))).body.items).toHaveLength(1);
      expect((await endangers(hers.person, { person: his.person })).status).toBe(201);
      const absent = of('018f2f60-7c3a-7000-8000-000000000001');
      for (const [method, body] of [['GET'], ['POST', emergency]] as const) {
        const [theirs, none] = [await worker(method, of(hers.referralId), body), await worker(method, absent, body)];
        expect(told(theirs)).toEqual([404, told(none)[1]]);
      }
      expect((await desks.sender('GET', of(hers.referralId))).body.items).toHaveLength(1);
    });

    it('is answered for by nobody of her own desk who works with him, though she has said something there', async () => {
      const { his, hers } = await couple();
      const worker = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
      expect((await desks.act(worker, his.referralId, 'supplement', { note: '電話した。' })).status).toBe(200);
      const application = { service: '就労準備支援', appliedOn: '2026-01-01' };
      const of = (person: string) => `/persons/${person}/applications`;
      await desks.consent(hers.person, { recipients: [{ domain: 'hogo' }] });
      const { id } = (await desks.sender('POST', of(hers.person), application)).body;
      expect((await worker('GET', of(hers.person))).body.items).toMatchObject([{ id }]);
      await endangers(hers.person, { person: his.person });
      const nobody = '018f2f60-7c3a-7000-8000-000000000002';
      const asked = async (person: string, one: string) => [
        told(await worker('POST', '/refusals', { person })),
        told(await worker('POST', of(person), application)),
        told(await worker('POST', `/applications/${one}/withdraw`, {})),
        (await worker('GET', of(person))).body.items,
      ];
      expect(await asked(hers.person, id)).toEqual(await asked(nobody, nobody));
      expect((await desks.sender('GET', of(hers.person))).body.items).toMatchObject([{ id }]);
    });

    it('is in no referral of the other, and is never one with the other', async () => {
      const [number, his] = [insured(), insured()];
      const husband = {
        ref: 'husband',
        role: 'spouse' as const,
        identifiers: [{ system: 'kaigo', value: `00990010-${his}` }],
        items: { identity: { name: '見本　日向' } },
      };
      const hers = await waits(about({}, { insured: number, others: [husband] }));
      const him = await desks.personOf(hers.referralId, 'member-1');
      const { status, body } = await endangers(hers.person, { person: him });
      expect([status, typeof body.unit]).toEqual([201, 'string']);
      await desks.consent(hers.person, { categories: [...everything, 'household'] as never });
      await desks.consent(him, { categories: ['identity'] });
      const { referral } = await next('referral.sent.v1', hers.referralId);
      expect(referral.others).toEqual([]);
      const agreed = ['name', 'birth_date', 'address', 'telephone'];
      const linked = await desks.sender('POST', `/persons/${him}/link`, { other: hers.person, agreed });
      expect(linked.status).toBe(404);
      const own = await desks.sender('GET', `/persons/${hers.person}/protection`);
      expect(own.body.dangers).toMatchObject([{ from: { person: him } }]);
      expect((await desks.recipient('GET', `/persons/${hers.person}/protection`)).body).not.toMatchObject({
        dangers: [{}],
      });
    });

    it('whoever endangers a child ends nothing of what the other parent has said for it', async () => {
      const born = `${new Date().getFullYear() - 3}-01-15`;
      const father = {
        ref: 'father',
        role: 'parent' as const,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
        items: { identity: { name: '見本　日向' } },
      };
      const mother = {
        ...{ ...father, ref: 'mother', items: { identity: { name: '見本　月子' } } },
        identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
      };
      const child = await waits(
        about({ items: { identity: { name: '見本　星子', birthDate: born } } }, { others: [father, mother] }),
      );
      const [him, her] = [
        await desks.personOf(child.referralId, 'member-1'),
        await desks.personOf(child.referralId, 'member-2'),
      ];
      const guardian = { giver: 'legal_guardian', capacity: { parental: 'sole', childView: 'うなずいた。' } };
      const word = (more: object) =>
        desks.sender('POST', '/consents', {
          ...{ person: child.person, manner: 'written', formVersion: 'D-2026-1', ...guardian },
          scope: {
            categories: ['identity'],
            recipients: [{ domain: 'konkyu' }],
            purposes: ['consultation'],
            from: '2026-01-01',
            until: '2027-03-31',
            feedback: 'state',
          },
          ...more,
        });
      const { id } = (await word({})).body;
      expect((await endangers(child.person, { person: him })).status).toBe(201);
      const his = { ...guardian, giverPerson: him };
      const answers = [
        await desks.sender('POST', `/consents/${id}/withdraw`, his),
        await word({ ...his, supersedes: id }),
        await word({ ...his, supersedes: id, refused: true }),
        // Nobody has said that it is not he.
        await desks.sender('POST', `/consents/${id}/withdraw`, guardian),
      ];
      expect(answers.map((a) => [a.status, a.body.code])).toEqual(answers.map(() => [422, 'GIVER_NOT_ENTITLED']));
      const { consents } = (await desks.sender('GET', `/persons/${child.person}/consents`)).body;
      expect(consents).toMatchObject([{ id, status: 'active' }]);
      expect(consents[0]).not.toHaveProperty('supersededBy');
      // The other parent may, as ever.
      const hers = { ...guardian, giverPerson: her };
      expect((await desks.sender('POST', `/consents/${id}/withdraw`, hers)).status).toBe(200);
    });

    it('shows nowhere in who goes along with her, and in the household as little as before', async () => {
      const known = (ref: string, role: 'spouse' | 'child' | 'parent', name: string, number = insured()) => ({
        ...{
          ref,
          role,
          identifiers: [{ system: 'kaigo', value: `00990010-${number}` }],
          items: { identity: { name } },
        },
      });
      const number = insured();
      const wife = known('wife', 'spouse', '見本　月子', number);
      const daughter = known('daughter', 'child', '見本　星');
      const him = { items: { identity: { name: '見本　日向' } } };
      const his = await waits(about(him, { others: [wife, daughter] }));
      await desks.consent(his.person);
      await next('referral.sent.v1', his.referralId);
      await waitFor(async () => (await desks.view(desks.sender, his.referralId)).state === 'received', {
        what: 'him to be there',
      });
      await desks.act(desks.recipient, his.referralId, 'accept', accept);
      const household = async () => (await desks.recipient('GET', `/support-units?referral=${his.referralId}`)).body;
      const before = await household();

      const others = [daughter, known('mother', 'parent', '見本　夕子')];
      const hers = await waits(about({}, { insured: number, others }));
      const [child, mother] = await Promise.all(
        ['member-1', 'member-2'].map((ref) => desks.personOf(hers.referralId, ref)),
      );
      expect((await endangers(hers.person, { person: his.person }, { with: [child] })).status).toBe(201);
      const own = await desks.sender('GET', `/persons/${child}/protection`);
      expect(own.body.dangers).toMatchObject([{ from: { person: his.person } }]);
      for (const one of [child, mother]) await desks.consent(one!, { categories: ['identity'] });
      await desks.consent(hers.person, { categories: ['identity', 'household'] });
      const { referral } = await next('referral.sent.v1', hers.referralId);
      expect(referral.others).toHaveLength(2);
      await waitFor(async () => (await desks.view(desks.sender, hers.referralId)).state === 'received', {
        what: 'her to be there',
      });

      const colleague = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      const ledger = async (who: Api, person?: string) =>
        (await who('GET', `/persons/${person}/disclosures`)).body.items.map(
          (l: { referralId: string }) => l.referralId,
        );
      expect((await colleague('GET', `/support-units?referral=${hers.referralId}`)).status).toBe(200);
      for (const one of [hers.person, child, mother]) {
        expect(await ledger(colleague, one)).toContain(hers.referralId);
        expect(await ledger(desks.recipient, one)).toEqual([]);
      }
      expect((await desks.recipient('GET', `/persons/${child}/protection`)).status).toBe(404);
      expect(await household()).toEqual(before);
    });

    describe('is in no support unit with him again', () => {
      const numbered = (ref: string, role: 'spouse' | 'child', name: string) => ({
        ref,
        role,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
        items: { identity: { name } },
      });
      /** His referral, in which she is as well, has come to 生活困窮 with both of them. */
      const household = async (more: readonly ReturnType<typeof numbered>[] = []) => {
        const others = [numbered('wife', 'spouse', '見本　月子'), ...more];
        const his = await waits(about({ items: { identity: { name: '見本　日向' } } }, { others }));
        const her = await desks.personOf(his.referralId, 'member-1');
        await desks.consent(her, { categories: ['identity'] });
        await desks.consent(his.person, { categories: ['identity', 'household'] });
        await next('referral.sent.v1', his.referralId);
        await arrived(his.referralId);
        return { ...his, her };
      };
      const unitOf = async (who: Api, referral: string) =>
        (await who('GET', `/support-units?referral=${referral}`)).body.items[0] as {
          id: string;
          version: number;
          members: { ref: string }[];
          lead: unknown;
        };
      const inOne = (one: string, other: string) =>
        desks.under.rows(
          `select a.unit from unit_member a join unit_member b using (unit)
           where a.person = $1 and b.person = $2 and a.moved_to is null and b.moved_to is null`,
          [one, other],
        );

      it('when one is founded by a desk that does not know of it, which sees the household as it is', async () => {
        const { person, her, referralId } = await household();
        const colleague = await desks.under.as({ role: 'caseworker', function: desks.functions.konkyu });
        const recorded = await colleague('POST', `/persons/${her}/danger`, { from: { person } });
        expect(recorded.status).toBe(201);
        expect((await unitOf(desks.sender, referralId)).members).toHaveLength(2);
        expect(await inOne(person, her)).toEqual([]);
        const hers = await desks.under.rows('select unit from unit_member where person = $1 and moved_to is null', [
          her,
        ]);
        expect(hers).toEqual([{ unit: recorded.body.unit }]);
      });

      it('and of the household as others see it nothing tells: its lead has its name, though that gives a town away', async () => {
        const { person, her, referralId } = await household();
        const lead = async (who: Api, body: object) => {
          const { id, version } = await unitOf(who, referralId);
          expect((await who('POST', `/support-units/${id}/lead`, body, { 'if-match': String(version) })).status).toBe(
            200,
          );
        };
        await lead(desks.sender, { step: 'propose', to: desks.functions.konkyu });
        await lead(desks.recipient, {
          ...{ step: 'agree', worker: '試験　花子' },
          personInformed: { by: '相談　次郎', at: new Date().toISOString(), how: '電話' },
        });
        const admin = await desks.under.as({ role: 'it_admin' });
        const path = `/desk-functions/${desks.functions.konkyu}`;
        const tells = async (givesTownAway: boolean) => {
          const { version } = (await admin('GET', path)).body;
          const { status } = await admin('PATCH', path, { givesTownAway }, { 'if-match': String(version) });
          expect(status).toBe(200);
        };
        await tells(true);
        try {
          const before = await unitOf(desks.sender, referralId);
          expect(before).toMatchObject({ lead: { function: { name: '自立相談支援機関' } } });
          const colleague = await desks.under.as({ role: 'caseworker', function: desks.functions.konkyu });
          expect((await colleague('POST', `/persons/${her}/danger`, { from: { person } })).status).toBe(201);
          expect((await unitOf(desks.sender, referralId)).lead).toEqual(before.lead);
        } finally {
          await tells(false);
        }
      });

      it('nor is the child whom her desk names with her only later, and who then goes where she is', async () => {
        const { person, her, referralId } = await household([numbered('daughter', 'child', '見本　星')]);
        const child = await desks.personOf(referralId, 'member-2');
        await unitOf(desks.sender, referralId);
        const { body: first } = await endangers(her, { person });
        expect(await inOne(person, child)).toHaveLength(1);
        const later = await endangers(her, { person }, { with: [child] });
        expect([later.status, later.body]).toEqual([201, first]);
        expect(await inOne(person, child)).toEqual([]);
        expect(await inOne(her, child)).toEqual([{ unit: first.unit }]);
      });

      it('when somebody joins the two, who hears the same as of a unit that is not there', async () => {
        const { person, her, referralId } = await household();
        const together = await unitOf(desks.sender, referralId);
        const { body } = await endangers(her, { person });
        const join = async (id: string, into: string) => {
          const { version } = (await desks.sender('GET', `/support-units/${id}`)).body;
          const tried = await desks.sender(
            'POST',
            `/support-units/${id}/join`,
            { into },
            { 'if-match': String(version) },
          );
          return [tried.status, { ...tried.body, instance: undefined, requestId: undefined }];
        };
        const absent = await join(body.unit, '018f2f60-7c3a-7000-8000-000000000009');
        expect(absent).toMatchObject([404, { code: 'NOT_FOUND' }]);
        expect(await join(body.unit, together.id)).toEqual(absent);
        expect(await join(together.id, body.unit)).toEqual(absent);
        expect(await inOne(person, her)).toEqual([]);
      });

      it('when she becomes one with whom another record knows in his household', async () => {
        const { person, her, referralId } = await household();
        await unitOf(desks.sender, referralId);
        expect(await inOne(person, her)).toHaveLength(1);
        const { referralId: second, ...hers } = await waits({
          ...about({ identifiers: [], items: { identity: { name: '見本　月子' } } }),
        });
        await allowed(hers.person);
        await next('referral.sent.v1', second);
        await arrived(second);
        expect((await endangers(hers.person, { person })).status).toBe(201);
        const agreed = ['name', 'birth_date', 'address', 'telephone'];
        expect((await desks.sender('POST', `/persons/${hers.person}/link`, { other: her, agreed })).status).toBe(201);
        expect((await officer('POST', `/persons/${hers.person}/merge`, { into: her })).status).toBe(200);
        expect(await inOne(person, her)).toEqual([]);
      });
    });

    describe('is not found by anybody, sealed or not', () => {
      it('whatever is sent of her goes without her whereabouts, and what was out of her is taken back', async () => {
        const { his, hers } = await couple();
        await allowed(hers.person);
        const first = await next('referral.sent.v1', hers.referralId);
        expect(JSON.stringify(first)).toContain('秘町');
        await arrived(hers.referralId);
        const colleague = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
        expect((await endangers(hers.person, { person: his.person })).status).toBe(201);
        expect((await desks.konkyu.takeNext('referral.recalled.v1', hers.referralId)).data).toMatchObject({
          cancels: first.deliveryId,
        });
        const { referral } = await next('referral.sent.v1', hers.referralId);
        expect(referral.subject).toMatchObject({ sealed: true, items: { identity: { name: '見本　月子' } } });
        holdsNone(referral);
        const seen = await desks.view(colleague, hers.referralId);
        expect(seen.members).toMatchObject([{ sealed: true, items: { identity: { name: '見本　月子' } } }]);
        holdsNone(seen);
        // What is written of her waits until somebody of her desk has read it.
        expect(referral.subject.items.narrative).toBeUndefined();
        expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).toContain(hers.referralId);
      });

      it('her whereabouts are not stored when they come later, and her desk is told', async () => {
        const [number, { his }] = [insured(), await couple()];
        const hers = await waits(about({}, { insured: number }));
        expect((await endangers(hers.person, { person: his.person })).status).toBe(201);
        const again = await desks.submit(about({}, { insured: number }));
        expect(again.codes).toContain('W-DV-ADDRESS');
        expect(await desks.personOf(again.referralId)).toBe(hers.person);
        holdsNone(await desks.view(desks.sender, again.referralId), ['秘町一丁目', '000-000-0001', '秘小学校']);
      });

      it('nor where she has gone, though her own desk records it', async () => {
        const { his, hers } = await couple();
        const record = (place: string) =>
          desks.sender('POST', `/persons/${hers.person}/facts`, {
            fact: { kind: 'moved_out', from: '2026-01-15', destination: place },
          });
        const facts = async () => (await desks.sender('GET', `/persons/${hers.person}/facts`)).body;
        expect((await record('見本県秘町')).status).toBe(201);
        expect(JSON.stringify(await facts())).toContain('秘町');
        await endangers(hers.person, { person: his.person });
        expect((await record('見本県秘町二丁目')).status).toBe(201);
        holdsNone(await facts());
      });

      it('nor is what is written of her read in a report of him, though everybody goes along there', async () => {
        const wife = {
          ref: 'wife',
          role: 'spouse' as const,
          identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
          items: herItems,
        };
        const report = (at: string) => {
          const him = about({ items: { identity: { name: '見本　日向' } } }, { others: [wife] });
          const { asserted: _, ...said } = him;
          return {
            ...{
              kind: 'notification',
              statute: 'elder_abuse',
              urgency: 'same_day',
              to: { function: desks.functions.konkyu },
            },
            ...{
              purpose: 'abuse_response',
              phoned: { whom: '当直', at: new Date().toISOString(), by: '試験　花' },
              subject: said.subject,
              others: said.others,
            },
            ...{ source: { system: 'web', key: at, change: 'new', occurredAt: new Date().toISOString() } },
          };
        };
        const hand = (key: string) => desks.sender('POST', '/referrals', report(key), { 'idempotency-key': key });
        const first = await hand('report-1');
        expect(first.body.codes).not.toContain('W-DV-ADDRESS');
        const persons = (await desks.view(desks.sender, first.body.id)).persons as { ref: string; person: string }[];
        const [him, her] = persons.map((p) => p.person) as [string, string];
        expect((await endangers(her, { person: him })).status).toBe(201);
        const second = await hand('report-2');
        expect(second.body.codes).toContain('W-DV-ADDRESS');
        const held = `select members->1->>'textUnchecked' as held from referral where id = any($1::uuid[])`;
        expect(await desks.under.rows(held, [[first.body.id, second.body.id]])).toEqual([
          { held: 'true' },
          { held: 'true' },
        ]);
      });

      it('and whoever works with whom she fears hears nothing of it either, though that one types her number in', async () => {
        const typed = (who: Api, numbered: string, over: object = {}) => {
          const at = `typed-${insured()}`;
          const occurredAt = new Date().toISOString();
          const submission = about(
            { items: { ...herItems, identity: { name: '見本　月子' } }, ...over },
            { insured: numbered },
          );
          const source = { system: 'web', key: at, change: 'new', occurredAt };
          return who('POST', '/referrals', { ...submission, source }, { 'idempotency-key': at });
        };
        const worker = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
        const [hers, nobody] = [insured(), insured()];
        const his = await typed(worker, insured());
        const him = (await desks.view(worker, his.body.id)).person;
        const { person } = await waits(about({}, { insured: hers }));
        expect((await endangers(person, { person: him })).status).toBe(201);
        const [hidden, plain] = [await typed(worker, hers), await typed(worker, nobody)];
        expect([hidden.status, hidden.body.codes]).toEqual([plain.status, plain.body.codes]);
        // What that one says of her is answered, and others of the desk are told.
        expect((await typed(worker, hers, { sealed: true })).body.codes).toContain('W-DV-ADDRESS');
        expect((await typed(desks.sender, hers)).body.codes).toContain('W-DV-ADDRESS');
        holdsNone(await desks.view(desks.sender, hidden.body.id), ['秘町一丁目', '000-000-0001', '秘小学校']);
      });

      it('until two have said that it is over', async () => {
        const [number, { his }] = [insured(), await couple()];
        const hers = await waits(about({}, { insured: number }));
        const { id } = (await endangers(hers.person, { person: his.person })).body;
        await unseal(officer, hers.person, { seal: id, reason: '離れて暮らす。' });
        const told = async () => (await desks.submit(about({}, { insured: number }))).codes;
        expect(await told()).toContain('W-DV-ADDRESS');
        expect((await unseal(approver, hers.person, { seal: id, confirm: true })).status).toBe(200);
        expect(await told()).not.toContain('W-DV-ADDRESS');
      });

      describe('while in the referral of the one whom she fears', () => {
        /** His referral, in which his desk names her with all that it has. */
        const his = async () => {
          const wife = {
            ref: 'wife',
            role: 'spouse' as const,
            identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
            items: herItems,
          };
          const submission = about({ items: { identity: { name: '見本　日向' } } }, { others: [wife] });
          const one = await waits(submission);
          return { ...one, submission, wife: await desks.personOf(one.referralId, 'member-1') };
        };
        const allKinds = async (who: Api, id: string) =>
          ((await who('GET', `/todos?limit=200`)).body.items as { kind: string; referralId?: string }[])
            .filter((t) => t.referralId === id)
            .map((t) => t.kind);

        it('nothing tells of it: no code, no to-do, no mark; and yet where she is, is not in it', async () => {
          const one = await his();
          const quiet = await his();
          const before = await allKinds(desks.sender, one.referralId);
          expect((await endangers(one.wife, { person: one.person })).status).toBe(201);
          expect(await allKinds(desks.sender, one.referralId)).toEqual(before);
          const later = ({ submission }: Awaited<ReturnType<typeof his>>) => {
            const { source } = submission;
            const occurredAt = source.occurredAt.replace('T00:00', 'T00:01');
            return desks.submit({
              ...submission,
              source: { ...source, change: 'changed', occurredAt, contentHash: 'a'.repeat(64) },
            });
          };
          const [again, plain] = [await later(one), await later(quiet)];
          expect(again.referralId).toBe(one.referralId);
          expect(again.codes).toEqual(plain.codes);
          expect(await allKinds(desks.sender, again.referralId)).toEqual(
            await allKinds(desks.sender, plain.referralId),
          );
          const [seen, other] = [
            await desks.view(desks.sender, again.referralId),
            await desks.view(desks.sender, plain.referralId),
          ];
          expect(other.members[1]).toMatchObject({ items: { contact: { telephone: '000-000-0001' } } });
          expect(seen.members[1]).toMatchObject({ items: { identity: { name: '見本　月子' } } });
          expect(seen.members[1]).not.toHaveProperty('sealed');
          holdsNone(seen.members, ['秘町一丁目', '000-000-0001', '秘小学校']);
        });

        it('what his desk writes of him goes on, and what his new desk answers is taken with its text', async () => {
          const one = await his();
          await desks.consent(one.person, { feedback: 'state+note' });
          await next('referral.sent.v1', one.referralId);
          await arrived(one.referralId);
          expect((await endangers(one.wife, { person: one.person })).status).toBe(201);
          const { deliveryId } = (
            await desks.under.rows(
              `select id as "deliveryId" from delivery where referral = $1 and kind = 'referral' order by seq desc limit 1`,
              [one.referralId],
            )
          )[0] as { deliveryId: string };
          expect(await desks.respond(deliveryId, '20', { worker: '試験　月', note: 'お会いしました。' })).toMatchObject(
            {
              outcome: 'accepted',
              codes: [],
            },
          );
        });
      });
    });

    it('is there for whoever oversees, also when that one has judged who he is', async () => {
      const { his, hers } = await couple();
      const again = await waits(about({ identifiers: [], items: { identity: { name: '見本　日向' } } }));
      await desks.consent(again.person);
      await next('referral.sent.v1', again.referralId);
      await arrived(again.referralId);
      const { body } = await endangers(hers.person, { person: his.person });
      await unseal(approver, hers.person, { seal: body.id, reason: '離れて暮らす。' });
      const asked = async () => (await todos(officer, 'confirm_unseal')).map((t) => t.person);
      expect(await asked()).toContain(hers.person);
      const agreed = ['name', 'birth_date', 'address', 'telephone'];
      const other = his.person;
      expect((await desks.sender('POST', `/persons/${again.person}/link`, { other, agreed })).status).toBe(201);
      expect((await officer('POST', `/persons/${again.person}/merge`, { into: other })).status).toBe(200);
      expect(await asked()).toContain(hers.person);
    });

    it('is there for whoever oversees, also when that one has approved what was recorded for him', async () => {
      const his = await waits(about({ items: { identity: { name: '見本　日向' } } }));
      const forHim = {
        ...{ code: 'benefit_of_person', persons: ['subject'], categories: ['identity'], harmsNobody: true },
        ...{ reason: 'ご本人の利益になることが明らかである。', whyNoConsent: 'not_reached' },
      };
      await desks.sender('POST', `/referrals/${his.referralId}/grounds`, forHim);
      const [ground] = (await approver('GET', `/referrals/${his.referralId}/grounds`)).body.items;
      const said = { outcome: 'approved', categories: ['identity'] };
      const ratified = await approver('POST', `/decisions/${ground.decision}/ratify`, said, {
        'if-match': String(ground.version),
      });
      expect(ratified.status).toBe(204);
      await next('referral.sent.v1', his.referralId);
      const hers = await waits();
      const { body } = await endangers(hers.person, { person: his.person });
      await unseal(officer, hers.person, { seal: body.id, reason: '離れて暮らす。' });
      expect((await todos(approver, 'confirm_unseal')).map((t) => t.person)).toContain(hers.person);
    });

    it('is endangered as long as her desk has it so, however often and with whomever it says it again', async () => {
      const { his, hers } = await couple();
      const first = await endangers(hers.person, { person: his.person });
      expect(first.status).toBe(201);
      expect(await endangers(hers.person, { person: his.person })).toMatchObject({ status: 200, body: first.body });
      const household = () => endangers(hers.person, 'household');
      const answers = await oneAfterTheOther(desks.under, hers.person, household, household);
      expect(answers.map((a) => a.status).sort()).toEqual([200, 201]);
      expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
      const own = await desks.sender('GET', `/persons/${hers.person}/protection`);
      expect(own.body.dangers).toMatchObject([
        { id: first.body.id, from: { person: his.person } },
        { from: 'household' },
      ]);
      expect(own.body.dangers).toHaveLength(2);
      await unseal(officer, hers.person, { seal: first.body.id, reason: '離れて暮らす。' });
      await unseal(approver, hers.person, { seal: first.body.id, confirm: true });
      expect((await endangers(hers.person, { person: his.person })).status).toBe(201);
    });

    it('is endangered by people with whom her desk works, and until two have said that it is over', async () => {
      const { his, hers } = await couple();
      expect((await endangers(hers.person, { person: '018f2f60-7c3a-7000-8000-000000000003' })).status).toBe(404);
      expect((await endangers(hers.person, { person: hers.person })).status).toBe(404);
      expect((await stranger('POST', `/persons/${hers.person}/danger`, { from: 'household' })).status).toBe(404);
      const { id } = (await endangers(hers.person, { person: his.person })).body;
      await unseal(officer, hers.person, { seal: id, reason: '離れて暮らす。' });
      expect((await unseal(officer, hers.person, { seal: id, confirm: true })).status).toBe(409);
      expect((await unseal(approver, hers.person, { seal: id, confirm: true })).body).toEqual({ unsealed: true });
      expect((await desks.sender('GET', `/persons/${hers.person}/protection`)).body.dangers).toEqual([]);
    });
  });
});
