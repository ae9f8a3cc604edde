// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { herItems, herMatters, holdsNone, seal, todos, told, unseal } from '../../test/her-matters';
import { oneAfterTheOther } from '../../test/one-after-the-other';
import type { Api } from '../../test/sign-in';
import { twoDesks, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'a person who must not be found', () => {
  let desks: TwoDesks;
  let stranger: Api;
  let officer: Api;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    officer = await desks.under.as({ role: 'privacy_officer' });
  });
  afterAll(() => desks?.close());
  const { everything, insured, about, waits, next, arrived, allowed } = herMatters(() => desks);

  it('is recorded by a desk that works with her; of others nobody learns that there is anything', async () => {
    const { person } = await waits();
    expect((await seal(stranger, person)).status).toBe(404);
    expect((await seal(desks.recipient, person)).status).toBe(404);
    const { status, body } = await seal(desks.sender, person);
    expect(status).toBe(201);
    const own = await desks.sender('GET', `/persons/${person}/protection`);
    expect(own.body).toMatchObject({
      seals: [{ id: body.id, ground: 'shien_sochi', from: '2026-01-01' }],
      dangers: [],
    });
    for (const who of [stranger, desks.recipient])
      expect((await who('GET', `/persons/${person}/protection`)).status).toBe(404);
  });

  describe('and of whom it is said again', () => {
    const sealsOf = async (who: Api, person: string) =>
      (await who('GET', `/persons/${person}/protection`)).body.seals as { id: string; along?: string }[];

    it('is so by what her desk has recorded, as long as that stands as it is said; every desk says so for itself', async () => {
      const { person, referralId } = await waits();
      await allowed(person);
      await next('referral.sent.v1', referralId);
      await arrived(referralId);
      const first = await seal(desks.sender, person);
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      await next('referral.sent.v1', referralId);
      await desks.act(desks.sender, referralId, 'supplement', { sealedTextChecked: true });
      expect(await seal(desks.sender, person)).toMatchObject({ status: 200, body: first.body });
      // What was read stays read.
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).not.toContain(referralId);
      const others = [
        await seal(desks.recipient, person),
        await seal(desks.sender, person, { ground: 'own' }),
        await seal(desks.sender, person, { until: '2099-03-31' }),
        await seal(desks.sender, person, { provisional: true }),
      ];
      expect(others.map((o) => o.status)).toEqual([201, 201, 201, 201]);
      const own = [first, ...others.slice(1)].map((o) => o.body.id as string);
      expect((await sealsOf(desks.sender, person)).map((s) => s.id)).toEqual(own);
      const approver = await desks.under.as({ role: 'approver' });
      await unseal(officer, person, { seal: own[0], reason: '終わった。' });
      expect((await seal(desks.sender, person)).body).toEqual(first.body);
      expect((await unseal(approver, person, { seal: own[0], confirm: true })).status).toBe(200);
      const anew = await seal(desks.sender, person);
      expect([anew.status, anew.body.id === first.body.id]).toEqual([201, false]);
      // Who knows nothing of her hears nothing of it.
      expect((await seal(stranger, person)).status).toBe(404);
    });

    it('with a child that fled along later, whose seal is brought by the one that stands', async () => {
      const child = {
        ref: 'child',
        role: 'child' as const,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
        items: { identity: { name: '見本　星子' } },
      };
      const mother = await waits(about({}, { others: [child] }));
      const daughter = await desks.personOf(mother.referralId, 'member-1');
      const { body } = await seal(desks.sender, mother.person);
      const along = [daughter, daughter, mother.person];
      expect(await seal(desks.sender, mother.person, { along })).toMatchObject({ status: 201, body });
      expect(await seal(desks.sender, mother.person, { along })).toMatchObject({ status: 200, body });
      expect(await sealsOf(desks.sender, mother.person)).toHaveLength(1);
      expect(await sealsOf(desks.sender, daughter)).toMatchObject([{ along: body.id }]);
      expect(await sealsOf(desks.sender, daughter)).toHaveLength(1);
    });

    it('at the same moment is so once', async () => {
      const { person } = await waits();
      const again = () => seal(desks.sender, person);
      const answers = await oneAfterTheOther(desks.under, person, again, again);
      expect(answers.map((a) => a.status).sort()).toEqual([200, 201]);
      expect(new Set(answers.map((a) => a.body.id)).size).toBe(1);
      expect(await sealsOf(desks.sender, person)).toHaveLength(1);
    });
  });

  it('S14: goes without what gives her whereabouts away, whatever she has consented to', async () => {
    const { person, referralId } = await waits();
    await seal(desks.sender, person);
    await allowed(person);
    const { referral } = await next('referral.sent.v1', referralId);
    expect(referral.subject).toMatchObject({
      sealed: true,
      items: { identity: { name: '見本　月子' }, contact_wishes: { number: '000-000-0002', letters: false } },
    });
    expect(Object.keys(referral.subject.items)).not.toContain('contact');
    holdsNone(referral);
    holdsNone(await desks.view(desks.recipient, referralId));
  });

  it('is taken back what was out of her, which comes again without it', async () => {
    const { person, referralId } = await waits();
    await allowed(person);
    const first = await next('referral.sent.v1', referralId);
    expect(JSON.stringify(first)).toContain('秘町');
    await arrived(referralId);
    await seal(desks.recipient, person);
    expect((await desks.konkyu.takeNext('referral.recalled.v1', referralId)).data).toMatchObject({
      cancels: first.deliveryId,
    });
    holdsNone(await next('referral.sent.v1', referralId));
    holdsNone(await desks.view(desks.recipient, referralId));
  });

  it('is stored without it, when her record says so itself, and her desk is told', async () => {
    const { person, referralId, answer } = await waits(about({ sealed: true }));
    expect(answer.codes).toContain('W-DV-ADDRESS');
    holdsNone(await desks.view(desks.sender, referralId), ['秘町一丁目', '000-000-0001', '秘小学校']);
    const { body } = await desks.sender('GET', `/persons/${person}/protection`);
    expect(body.seals).toMatchObject([{ ground: 'fukaiji' }]);
  });

  it('stays so, when a later record says nothing of it', async () => {
    const number = insured();
    const { person } = await waits(about({ sealed: true }, { insured: number }));
    const again = await desks.submit(about({}, { insured: number }));
    expect(again.codes).toContain('W-DV-ADDRESS');
    expect(await desks.personOf(again.referralId)).toBe(person);
    holdsNone(await desks.view(desks.sender, again.referralId), ['秘町一丁目', '000-000-0001', '秘小学校']);
  });

  it('is called by the other desk at her safe number alone, and without one met through her own', async () => {
    const { contact_wishes: _, ...unsafe } = herItems;
    const met = async (said: object) => {
      const submission = { ...about({ sealed: true, items: said }), howTheyMeet: 'contact_permitted' as const };
      const { person, referralId } = await waits(submission);
      await allowed(person);
      const { referral } = await next('referral.sent.v1', referralId);
      await arrived(referralId);
      return [referral.howTheyMeet, (await desks.view(desks.recipient, referralId)).howTheyMeet];
    };
    expect(await met(unsafe)).toEqual(['through_sender', 'through_sender']);
    expect(await met(herItems)).toEqual(['contact_permitted', 'contact_permitted']);
  });

  describe('and whose desk gives her town away', () => {
    const nameless = { code: 'SEALED', name: '（非公開の窓口）' };
    const tells = async (desk: string, givesTownAway: boolean) => {
      const admin = await desks.under.as({ role: 'it_admin' });
      const { body } = await admin('GET', `/desk-functions/${desk}`);
      const changed = await admin(
        'PATCH',
        `/desk-functions/${desk}`,
        { givesTownAway },
        { 'if-match': String(body.version) },
      );
      expect(changed.status).toBe(200);
      expect(changed.body.givesTownAway).toBe(givesTownAway ? true : undefined);
    };
    afterEach(async () => {
      for (const desk of [desks.functions.kaigo, desks.functions.konkyu]) await tells(desk, false);
    });
    /** At the other desk. */
    const there = async (submission: ReturnType<typeof about>) => {
      const one = await waits(submission);
      await allowed(one.person);
      const sent = await next('referral.sent.v1', one.referralId);
      await arrived(one.referralId);
      return { ...one, sent };
    };
    const seenBy = async (who: Api, id: string) => ({
      one: await desks.view(who, id),
      listed: (await who('GET', `/referrals?q=${id}`)).body.items[0],
      timeline: (await who('GET', `/referrals/${id}/timeline`)).body as unknown,
    });
    const ledgerOf = async (who: Api, { person, referralId }: { person: string; referralId: string }) =>
      (await who('GET', `/persons/${person}/disclosures`)).body.items.filter(
        (line: { referralId: string }) => line.referralId === referralId,
      ) as object[];

    it('S14: the other desk reads no name of it, in no message and on no screen; its own people do', async () => {
      const { name } = (await desks.view(desks.sender, (await waits()).referralId)).from;
      await tells(desks.functions.kaigo, true);
      const { referralId, sent } = await there(about({ sealed: true }));
      expect(sent.referral).toMatchObject({ from: { domain: 'kaigo', ...nameless } });
      const seen = await seenBy(desks.recipient, referralId);
      expect([seen.one.from, seen.listed.from]).toMatchObject([nameless, nameless]);
      holdsNone([sent, seen], [name]);
      expect((await seenBy(desks.sender, referralId)).one.from).toMatchObject({ name });
    });

    it('nor the sender of the desk to which she went; and nothing says which desks these are', async () => {
      const { name } = (await desks.view(desks.sender, (await waits()).referralId)).to;
      await tells(desks.functions.konkyu, true);
      const hers = await there(about({ sealed: true }));
      const { referralId } = hers;
      const lines = await ledgerOf(desks.sender, hers);
      expect(lines[0]).toMatchObject({ to: nameless });
      const seen = [await seenBy(desks.sender, referralId), lines] as const;
      expect([seen[0].one.to, seen[0].listed.to]).toMatchObject([nameless, nameless]);
      holdsNone(seen, [name]);
      const decided = (await desks.sender('GET', `/referrals/${referralId}/decision`)).body;
      expect(decided.items).not.toEqual([]);
      const waiting = await waits(about({ sealed: true }));
      const preview = await desks.sender('POST', '/disclosures/preview', { referralId: waiting.referralId });
      expect(preview.body.decision.outcome).toBe('hold');
      holdsNone([decided, preview.body], [desks.functions.konkyu]);
      const status = (await desks.kaigo.takeNext('referral.status.v1', referralId)).data as { by?: { name: string } };
      expect(status.by).toMatchObject(nameless);
      expect((await seenBy(desks.recipient, referralId)).one.to).toMatchObject({ name });
      holdsNone((await desks.sender('GET', '/desk-functions')).body, ['givesTownAway']);
    });

    it('nor in a status that was built before she was protected and waits in the queue of a stopped host', async () => {
      await tells(desks.functions.konkyu, true);
      const { person, referralId } = await there(about());
      const before = (await desks.kaigo.next('referral.status.v1', referralId)).data as Status;
      expect(before.by).not.toMatchObject(nameless);
      expect((await seal(desks.sender, person)).status).toBe(201);
      expect(await desks.kaigo.mayWrite(before.deliveryId, before.claim)).toBe(false);
      const status = (await desks.kaigo.takeNext('referral.status.v1', referralId)).data as Status;
      expect(status).toMatchObject({ deliveryId: before.deliveryId, code: before.code, by: nameless });
    });

    it('nor in a message in which somebody else goes, though only her child that stays behind is protected', async () => {
      await tells(desks.functions.kaigo, true);
      const child = {
        ref: 'child',
        role: 'child' as const,
        identifiers: [],
        items: { identity: { name: '見本　星' } },
      };
      const { person, referralId } = await waits(about({}, { others: [child] }));
      await desks.consent(person, { categories: ['identity', 'concern'] });
      const before = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
      expect(before.referral).toMatchObject({ others: [] });
      expect(before.referral.from).not.toMatchObject(nameless);
      expect((await seal(desks.sender, await desks.personOf(referralId, 'member-1'))).status).toBe(201);
      expect(await desks.konkyu.mayWrite(before.deliveryId, before.claim)).toBe(false);
      expect((await next('referral.sent.v1', referralId)).referral.from).toMatchObject(nameless);
    });

    it('S16: nor of whom nothing but a danger protects; beside the one who is feared it has its name', async () => {
      const { name } = (await desks.view(desks.sender, (await waits()).referralId)).from;
      await tells(desks.functions.kaigo, true);
      const numbers = [insured(), insured()];
      const wife = {
        ref: 'wife',
        role: 'spouse' as const,
        identifiers: [{ system: 'kaigo', value: `00990010-${numbers[1]}` }],
        items: { identity: { name: '見本　月子' } },
      };
      const his = await there(about({}, { insured: numbers[0]!, others: [wife] }));
      const hers = await there(about({}, { insured: numbers[1]! }));
      expect(hers.sent.referral.from).toMatchObject({ name });
      const from = { person: his.person };
      expect((await desks.sender('POST', `/persons/${hers.person}/danger`, { from })).status).toBe(201);
      await desks.konkyu.takeNext('referral.recalled.v1', hers.referralId);
      const { referral } = await next('referral.sent.v1', hers.referralId);
      expect(referral.from).toMatchObject(nameless);
      const colleague = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      holdsNone(await seenBy(colleague, hers.referralId), [name]);
      expect((await seenBy(colleague, his.referralId)).one.from).toMatchObject({ name });
      const named = (await ledgerOf(colleague, his)).map((line) => (line as { from: { name: string } }).from.name);
      expect(named).toContain(name);
      expect(named).not.toContain(nameless.name);
    });

    it('while of somebody who is not protected both read it', async () => {
      await tells(desks.functions.kaigo, true);
      const { referralId, sent } = await there(about());
      expect(JSON.stringify([sent, (await seenBy(desks.recipient, referralId)).one.from])).not.toContain('SEALED');
    });
  });

  describe('of whom something is written', () => {
    const held = async () => {
      const one = await waits(about({ sealed: true }));
      await allowed(one.person);
      const first = await next('referral.sent.v1', one.referralId);
      await arrived(one.referralId);
      return { ...one, first };
    };

    it('goes without it until somebody of her desk has read it, and then with it', async () => {
      const { referralId, first } = await held();
      expect(Object.keys(first.referral.subject.items)).toEqual(['identity', 'contact_wishes', 'concern']);
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).toContain(referralId);
      const cleaned = { narrative: { fact: '母と暮らす。' } };
      const { subject } = about();
      const said = { subject: { ...subject, items: cleaned }, sealedTextChecked: true };
      expect((await desks.act(desks.sender, referralId, 'supplement', said)).status).toBe(200);
      const { referral } = await next('referral.supplemented.v1', referralId);
      expect(referral.subject.items).toMatchObject({ ...cleaned, education: { note: '送り迎えは母。' } });
      holdsNone(referral);
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).not.toContain(referralId);
    });

    it('is never written without it once it was read, though the message without it is under way', async () => {
      const { referralId } = await held();
      const { subject } = about();
      const narrative = { fact: '母と暮らす。' };
      const more = { subject: { ...subject, items: { concern: { boxes: ['housing'] }, narrative } } };
      await desks.act(desks.sender, referralId, 'supplement', more);
      const without = (await desks.konkyu.next('referral.supplemented.v1', referralId)).data as { deliveryId: string };
      expect(JSON.stringify(without)).not.toContain('母と暮らす。');
      await desks.act(desks.sender, referralId, 'supplement', { sealedTextChecked: true });
      expect(await desks.konkyu.mayWrite(without.deliveryId)).toBe(false);
      const { referral } = await next('referral.supplemented.v1', referralId);
      expect(referral.subject.items).toMatchObject({ narrative });
      // To have read it is nothing that was written to the other desk.
      expect((await desks.view(desks.sender, referralId)).notCarried ?? []).toEqual([]);
    });

    it('is read by people, at the version that they have seen', async () => {
      const { referralId } = await held();
      const program = await desks.under.as({ client: desks.functions.kaigo });
      const read = { sealedTextChecked: true };
      expect(told(await desks.act(program, referralId, 'supplement', read))).toEqual([403, 'NOT_YOUR_STEP']);
      expect((await desks.act(desks.recipient, referralId, 'supplement', read)).status).toBe(403);
      const { version } = await desks.view(desks.sender, referralId);
      const { subject } = about();
      const more = { subject: { ...subject, items: { narrative: { fact: '秘町から通う。' } } } };
      await desks.act(desks.sender, referralId, 'supplement', more);
      const late = await desks.sender('POST', `/referrals/${referralId}/supplement`, read, {
        'if-match': String(version),
      });
      expect(late.status).toBe(412);
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).toContain(referralId);
    });
  });

  it('has gone to no place that a fact tells, recorded before or after, at whatever desk', async () => {
    const { person } = await waits();
    const record = async (fact: object) =>
      expect((await desks.sender('POST', `/persons/${person}/facts`, { fact })).status).toBe(201);
    const facts = async () => (await desks.sender('GET', `/persons/${person}/facts`)).body.facts as { fact: object }[];
    const moved = { kind: 'moved_out', from: '2026-11-01', destination: '見本県秘町二丁目' };
    await record(moved);
    expect(await facts()).toMatchObject([{ fact: moved }]);
    await seal(desks.sender, person);
    await record({
      kind: 'whereabouts',
      from: '2026-11-02',
      wakeOn: '2099-12-01',
      stays: 'hospital',
      place: '秘町病院',
    });
    const seen = await facts();
    expect(seen.map((f) => f.fact)).toEqual(
      expect.arrayContaining([
        { kind: 'moved_out', from: '2026-11-01' },
        { kind: 'whereabouts', from: '2026-11-02', wakeOn: '2099-12-01', stays: 'hospital' },
      ]),
    );
    holdsNone(seen);
  });

  it('is spoken of by no system: of its answer the text is left out, and the rest counts', async () => {
    const { referralId, person } = await waits(about({ sealed: true }));
    await desks.consent(person, { categories: everything as never, feedback: 'state+note' });
    const { deliveryId } = await next('referral.sent.v1', referralId);
    const said = { worker: '試験　月', note: '転出先は秘町。' };
    expect(await desks.respond(deliveryId, '20', said)).toMatchObject({
      outcome: 'accepted',
      codes: ['SEALED_TEXT_UNCHECKED'],
    });
    const timelines = await Promise.all(
      [desks.sender, desks.recipient].map((who) => who('GET', `/referrals/${referralId}/timeline`)),
    );
    const status = async () => (await desks.kaigo.takeNext('referral.status.v1', referralId)).data as Status;
    let told = await status();
    while (told.code !== '20') told = await status();
    expect(told.worker).toBe('試験　月');
    holdsNone([timelines.map((t) => t.body), told]);
  });

  it('is spoken of by no system before she was protected either: what it said then goes back to nobody from now on', async () => {
    const { referralId, person } = await waits();
    await desks.consent(person, { categories: everything as never });
    const { deliveryId } = await next('referral.sent.v1', referralId);
    await arrived(referralId);
    expect(await desks.respond(deliveryId, '20', { worker: '試験　月', note: '転出先は秘町。' })).toMatchObject({
      outcome: 'accepted',
      codes: [],
    });
    await seal(desks.sender, person);
    await desks.consent(person, { categories: everything as never, feedback: 'state+note' });
    const timeline = await desks.sender('GET', `/referrals/${referralId}/timeline`);
    // What was under way when she was protected is not written any more, and comes anew.
    const written = async () => {
      const { deliveryId, ...said } = (await desks.kaigo.next('referral.status.v1', referralId)).data as Status;
      const isTaken = await desks.kaigo.mayWrite(deliveryId);
      if (isTaken) await desks.kaigo.receipt(deliveryId);
      return isTaken ? said : undefined;
    };
    let told = await written();
    while (told?.worker === undefined) told = await written();
    expect(told.worker).toBe('試験　月');
    holdsNone([timeline.body, told]);
  });

  it('is answered of with what was taken back meanwhile in vain', async () => {
    const { person, referralId } = await waits();
    await allowed(person);
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
    const [sealed, answer] = await oneAfterTheOther(
      desks.under,
      person,
      () => seal(desks.sender, person),
      () => desks.respond(deliveryId, '20', { worker: '試験　月' }),
    );
    expect(sealed.status).toBe(201);
    expect(answer).toMatchObject({ outcome: 'rejected', codes: ['DELIVERY_RECALLED'] });
    expect(await desks.under.rows('select state from delivery where id = $1', [deliveryId])).toEqual([
      { state: 'recalled' },
    ]);
  });

  it('is spoken of by no system at the other door either', async () => {
    const { referralId, person } = await waits(about({ sealed: true }));
    await desks.consent(person, { categories: everything as never, feedback: 'state+note' });
    await next('referral.sent.v1', referralId);
    await arrived(referralId);
    const system = await desks.under.as({ client: desks.functions.konkyu });
    const said = { worker: { name: '試験　月' }, personMatched: true, note: '転出先は秘町。' };
    expect((await desks.act(system, referralId, 'accept', said)).status).toBe(200);
    const status = async () => (await desks.kaigo.takeNext('referral.status.v1', referralId)).data as Status;
    let told = await status();
    while (told.code !== '20') told = await status();
    const timelines = await Promise.all(
      [desks.sender, desks.recipient].map((who) => who('GET', `/referrals/${referralId}/timeline`)),
    );
    holdsNone([timelines[0]?.body, told]);
    // Its own desk has it.
    expect(JSON.stringify(timelines[1]?.body)).toContain('秘町');
  });

  it('is asked after and answered for by no system, in whatever words: what must be said is said on the screen', async () => {
    const { referralId, person } = await waits();
    await desks.consent(person, { categories: everything as never, feedback: 'state+note' });
    await next('referral.sent.v1', referralId);
    await arrived(referralId);
    const [asks, answers] = [
      await desks.under.as({ client: desks.functions.konkyu }),
      await desks.under.as({ client: desks.functions.kaigo }),
    ];
    const talk = async () => {
      const timelines = await Promise.all(
        [desks.sender, desks.recipient].map((who) => who('GET', `/referrals/${referralId}/timeline`)),
      );
      return timelines.map((t) => [...JSON.stringify(t.body).matchAll(/秘町(どこ|ここ)/g)].map(([, word]) => word));
    };
    const say = async (asking: Api, answering: Api) => {
      expect((await desks.act(asking, referralId, 'ask', { questions: '秘町どこですか。' })).status).toBe(200);
      expect((await desks.act(answering, referralId, 'answer', { answer: '秘町ここです。' })).status).toBe(200);
    };
    const both = ['どこ', 'ここ'];
    await say(asks, answers);
    expect(await talk()).toEqual([both, both]);
    await seal(desks.sender, person);
    await desks.konkyu.takeNext('referral.recalled.v1', referralId);
    await next('referral.sent.v1', referralId);
    // Its own desk has it, and nobody else.
    expect(await talk()).toEqual([['ここ'], ['どこ']]);
    await say(asks, answers);
    expect(await talk()).toEqual([
      ['ここ', 'ここ'],
      ['どこ', 'どこ'],
    ]);
    await say(desks.recipient, desks.sender);
    expect(await talk()).toEqual([
      ['ここ', 'ここ', ...both],
      ['どこ', 'どこ', ...both],
    ]);
  });

  describe('becomes one with another record', () => {
    const agreed = ['name', 'birth_date', 'address', 'telephone'];
    /** One that is sealed, and one that has arrived with what is written of her; made one by whoever judges. */
    const merged = async (which: 'sealed' | 'other') => {
      const other = await waits();
      await allowed(other.person);
      const first = await next('referral.sent.v1', other.referralId);
      await arrived(other.referralId);
      expect(first.referral.subject.items.narrative).toMatchObject(herItems.narrative);
      const own = await waits(about({ identifiers: [] }));
      await allowed(own.person);
      await next('referral.sent.v1', own.referralId);
      await arrived(own.referralId);
      await seal(desks.sender, own.person);
      await desks.konkyu.takeNext('referral.recalled.v1', own.referralId);
      await next('referral.sent.v1', own.referralId);
      const [from, into] = which === 'sealed' ? [own.person, other.person] : [other.person, own.person];
      expect((await desks.sender('POST', `/persons/${from}/link`, { other: into, agreed })).status).toBe(201);
      expect((await officer('POST', `/persons/${from}/merge`, { into })).status).toBe(200);
      return other.referralId;
    };

    it('and whoever opens hers meanwhile sees her as what she is then', async () => {
      const other = await waits();
      await allowed(other.person);
      await next('referral.sent.v1', other.referralId);
      await arrived(other.referralId);
      const own = await waits(about({ identifiers: [] }));
      await allowed(own.person);
      await next('referral.sent.v1', own.referralId);
      await arrived(own.referralId);
      await seal(desks.sender, own.person);
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin; lock table refusal in access exclusive mode');
      const opening = desks.view(desks.recipient, other.referralId);
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from refusal%'`;
      await waitFor(async () => (await desks.under.rows(waiting)).length > 0, { what: 'what she has said to be read' });
      await client.query(
        `update referral set subject = $2::uuid, members = replace(members::text, $1::text, $2::text)::jsonb, version = version + 1 where subject = $1::uuid`,
        [other.person, own.person],
      );
      await client.query('commit');
      await client.end();
      const seen = await opening;
      expect(seen.id).toBe(other.referralId);
      holdsNone(seen);
    });

    it.each(['sealed', 'other'] as const)('and what was written there waits to be read (%s goes)', async (which) => {
      const referralId = await merged(which);
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).toContain(referralId);
      holdsNone(await desks.view(desks.recipient, referralId));
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      holdsNone((await next('referral.sent.v1', referralId)).referral);
    });
  });
});
