// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { oneAfterTheOther } from '../../test/one-after-the-other';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { twoDesks, withoutConsent, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

const everything = ['identity', 'contact', 'contact_wishes', 'concern', 'education', 'narrative'];
const items = {
  identity: { name: '見本　月子', birthDate: '1990-01-02' },
  contact: { address: '見本県見本市秘町一丁目1番', telephone: '000-000-0001' },
  contact_wishes: { number: '000-000-0002', letters: true, safe: true as const },
  concern: { boxes: [] },
  education: { school: '見本秘小学校', note: '送り迎えは母。' },
  narrative: { fact: '秘町に移った。' },
};
const whereabouts = ['秘町', '000-000-0001', '秘小学校'];

describeWithServices(['postgres'], 'a person who must not be found', () => {
  let desks: TwoDesks;
  let stranger: Api;
  let officer: Api;
  let approver: Api;
  let count = 880000;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    officer = await desks.under.as({ role: 'privacy_officer' });
    approver = await desks.under.as({ role: 'approver' });
  });
  afterAll(() => desks?.close());

  const insured = () => `0000${(count += 1)}`;
  const about = (more: object = {}, over: Parameters<typeof aSubmission>[0] = {}) => {
    const submission = withoutConsent({ insured: insured(), ...over });
    return { ...submission, subject: { ...submission.subject, items, ...more } };
  };
  /** She waits at her desk for a consent. */
  const waits = async (submission = about()) => {
    const { referralId, ...answer } = await desks.submit(submission);
    return { referralId, answer, person: await desks.personOf(referralId) };
  };
  const next = async (type: 'referral.sent.v1' | 'referral.supplemented.v1', referral: string) =>
    (await desks.konkyu.takeNext(type, referral)).data as Sent;
  const arrived = (referral: string) =>
    waitFor(async () => (await desks.view(desks.sender, referral)).state === 'received', { what: 'it to be there' });
  const allowed = (person: string) => desks.consent(person, { categories: everything as never });
  const seal = (who: Api, person: string, more: object = {}) =>
    who('POST', `/persons/${person}/seal`, { ground: 'shien_sochi', from: '2026-01-01', ...more });
  const unseal = (who: Api, person: string, body: object) => who('POST', `/persons/${person}/unseal`, body);
  const todos = async (who: Api, kind: string) =>
    (await who('GET', `/todos?kind=${kind}`)).body.items as { id: string; person?: string; referralId?: string }[];
  const told = ({ status, body }: { status: number; body: any }) => [status, body?.code];
  const holdsNone = (what: unknown, words = whereabouts) =>
    expect(words.filter((w) => JSON.stringify(what).includes(w))).toEqual([]);

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
    const { contact_wishes: _, ...unsafe } = items;
    const met = async (said: object) => {
      const submission = { ...about({ sealed: true, items: said }), howTheyMeet: 'contact_permitted' as const };
      const { person, referralId } = await waits(submission);
      await allowed(person);
      const { referral } = await next('referral.sent.v1', referralId);
      await arrived(referralId);
      return [referral.howTheyMeet, (await desks.view(desks.recipient, referralId)).howTheyMeet];
    };
    expect(await met(unsafe)).toEqual(['through_sender', 'through_sender']);
    expect(await met(items)).toEqual(['contact_permitted', 'contact_permitted']);
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

  it('is ended with the seals that it brought, by the same two persons in one act', async () => {
    const number = insured();
    const child = {
      ref: 'child',
      role: 'child' as const,
      identifiers: [{ system: 'kaigo', value: `00990010-${number}` }],
      items: { identity: { name: '見本　星子' } },
    };
    const mother = await waits(about({}, { others: [child] }));
    const daughter = await desks.personOf(mother.referralId, 'member-1');
    const { body: recorded } = await seal(desks.sender, mother.person, { along: [daughter] });
    const sealsOf = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/protection`)).body.seals as { id: string; along?: string }[];
    expect(await sealsOf(daughter)).toMatchObject([{ along: recorded.id }]);
    const asked = { seal: recorded.id, reason: '支援措置が終わり、本人も望んでいる。' };
    expect((await unseal(officer, mother.person, asked)).body).toEqual({ unsealed: false });
    expect([await sealsOf(mother.person), await sealsOf(daughter)].map((s) => s.length)).toEqual([1, 1]);
    const confirmed = await unseal(approver, mother.person, { seal: recorded.id, confirm: true });
    expect(confirmed.body).toEqual({ unsealed: true });
    expect([await sealsOf(mother.person), await sealsOf(daughter)]).toEqual([[], []]);
    const ended = await desks.under.rows<{ asked_by: string; confirmed_by: string }>(
      'select u.asked_by, u.confirmed_by from person_unseal u join person_seal s on s.id = u.seal where s.id = $1 or s.along = $1',
      [recorded.id],
    );
    expect(ended).toHaveLength(2);
    expect(ended[0]).toEqual(ended[1]);
  });

  it('of a child that fled along ends by itself, while hers goes on', async () => {
    const number = insured();
    const child = {
      ref: 'child',
      role: 'child' as const,
      identifiers: [{ system: 'kaigo', value: `00990010-${number}` }],
      items: { identity: { name: '見本　星子' } },
    };
    const mother = await waits(about({}, { others: [child] }));
    const daughter = await desks.personOf(mother.referralId, 'member-1');
    await seal(desks.sender, mother.person, { along: [daughter] });
    const sealsOf = async (person: string) =>
      (await desks.sender('GET', `/persons/${person}/protection`)).body.seals as { id: string }[];
    const [hers] = await sealsOf(daughter);
    await unseal(officer, daughter, { seal: hers?.id, reason: '父のもとで暮らすことになった。' });
    expect((await unseal(approver, daughter, { seal: hers?.id, confirm: true })).body).toEqual({ unsealed: true });
    expect([await sealsOf(mother.person), await sealsOf(daughter)].map((s) => s.length)).toEqual([1, 0]);
  });

  describe('becomes one with another record', () => {
    const agreed = ['name', 'birth_date', 'address', 'telephone'];
    /** One that is sealed, and one that has arrived with what is written of her; made one by whoever judges. */
    const merged = async (which: 'sealed' | 'other') => {
      const other = await waits();
      await allowed(other.person);
      const first = await next('referral.sent.v1', other.referralId);
      await arrived(other.referralId);
      expect(first.referral.subject.items.narrative).toMatchObject(items.narrative);
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

    it.each(['sealed', 'other'] as const)('and what was written there waits to be read (%s goes)', async (which) => {
      const referralId = await merged(which);
      expect((await todos(desks.sender, 'check_sealed_text')).map((t) => t.referralId)).toContain(referralId);
      holdsNone(await desks.view(desks.recipient, referralId));
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      holdsNone((await next('referral.sent.v1', referralId)).referral);
    });
  });

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
      const child = await waits(
        about({ items: { identity: { name: '見本　星子', birthDate: born } } }, { others: [father] }),
      );
      const him = await desks.personOf(child.referralId, 'member-1');
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
      ];
      expect(answers.map((a) => [a.status, a.body.code])).toEqual(answers.map(() => [422, 'GIVER_NOT_ENTITLED']));
      const { consents } = (await desks.sender('GET', `/persons/${child.person}/consents`)).body;
      expect(consents).toMatchObject([{ id, status: 'active' }]);
      expect(consents[0]).not.toHaveProperty('supersededBy');
      // The other parent may, as ever.
      expect((await desks.sender('POST', `/consents/${id}/withdraw`, guardian)).status).toBe(200);
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
      const numbered = (ref: string, role: 'spouse', name: string) => ({
        ref,
        role,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured()}` }],
        items: { identity: { name } },
      });
      /** His referral, in which she is as well, has come to 生活困窮 with both of them. */
      const household = async () => {
        const his = await waits(
          about(
            { items: { identity: { name: '見本　日向' } } },
            { others: [numbered('wife', 'spouse', '見本　月子')] },
          ),
        );
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

  describe('whose protection is to end', () => {
    it('is protected until two persons have said so, neither of them alone and no contractor', async () => {
      const { person } = await waits();
      const { id } = (await seal(desks.sender, person)).body;
      expect((await unseal(desks.sender, person, { seal: id, reason: '終わった。' })).status).toBe(403);
      expect(told(await unseal(officer, person, { seal: id, confirm: true }))).toEqual([409, 'SECOND_PERSON_NEEDED']);
      expect((await unseal(officer, person, { seal: id, reason: '終わった。' })).body).toEqual({ unsealed: false });
      expect(told(await unseal(officer, person, { seal: id, confirm: true }))).toEqual([409, 'SECOND_PERSON_NEEDED']);
      expect((await todos(approver, 'confirm_unseal')).map((t) => t.person)).toContain(person);
      expect((await approver('GET', `/persons/${person}/protection`)).body.seals).toMatchObject([{ id }]);
      expect((await unseal(approver, person, { seal: id, confirm: true })).body).toEqual({ unsealed: true });
      expect((await desks.sender('GET', `/persons/${person}/protection`)).body.seals).toEqual([]);
      expect((await unseal(approver, person, { seal: id, confirm: true })).status).toBe(404);
    });

    it('leaves on the list what is asked of another protection, and that another one has lapsed', async () => {
      const { person, referralId } = await waits();
      await allowed(person);
      await next('referral.sent.v1', referralId);
      await arrived(referralId);
      const one = (await seal(desks.recipient, person)).body.id as string;
      await desks.konkyu.takeNext('referral.recalled.v1', referralId);
      await next('referral.sent.v1', referralId);
      const other = (await seal(desks.recipient, person)).body.id as string;
      await seal(desks.sender, person, { until: '2026-02-01' });
      const lapsed = async () => (await todos(desks.sender, 'seal_lapsed')).map((t) => t.person);
      await waitFor(async () => (await lapsed()).includes(person), { what: 'the seal to ask' });
      for (const id of [one, other]) await unseal(officer, person, { seal: id, reason: '終わった。' });
      const asked = async () => (await todos(approver, 'confirm_unseal')).map((t) => t.person);
      expect((await unseal(approver, person, { seal: one, confirm: true })).status).toBe(200);
      expect([await asked(), await lapsed()]).toEqual([expect.arrayContaining([person]), [person]]);
      expect((await unseal(approver, person, { seal: other, confirm: true })).status).toBe(200);
      expect([await asked(), await lapsed()]).toEqual([expect.not.arrayContaining([person]), [person]]);
    });

    it('ends once, when two confirm it at once', async () => {
      const { person } = await waits();
      const { id } = (await seal(desks.sender, person)).body;
      for (const who of [officer, approver]) await unseal(who, person, { seal: id, reason: '終わった。' });
      const answers = await Promise.all(
        [officer, approver].map((who) => unseal(who, person, { seal: id, confirm: true })),
      );
      expect(answers.map(told).sort()).toEqual([
        [200, undefined],
        [404, 'NOT_FOUND'],
      ]);
      expect(
        await desks.under.rows('select id from person_unseal where seal = $1 and confirmed_at is not null', [id]),
      ).toHaveLength(1);
    });

    it('is asked after when a 支援措置 has lapsed, and protected still', async () => {
      const { person, referralId } = await waits();
      await seal(desks.sender, person, { until: '2026-02-01' });
      await waitFor(async () => (await todos(desks.sender, 'seal_lapsed')).some((t) => t.person === person), {
        what: 'the seal to ask',
      });
      await allowed(person);
      holdsNone((await next('referral.sent.v1', referralId)).referral);
      expect((await desks.sender('GET', `/persons/${person}/protection`)).body.seals).toMatchObject([{ lapsed: true }]);
      await seal(desks.sender, person, { until: '2099-03-31' });
      expect((await todos(desks.sender, 'seal_lapsed')).map((t) => t.person)).not.toContain(person);
    });
  });
});
