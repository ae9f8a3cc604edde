// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { generalForm } from '../demo';
import { oneAfterTheOther } from '../../test/one-after-the-other';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { aMember, twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

const nobody = '018f2f60-7c3a-7000-8000-000000000000';
const agreed = ['name', 'birth_date', 'address', 'telephone'];

describeWithServices(['postgres'], 'two records of one person', () => {
  let desks: TwoDesks;
  let stranger: Api;
  /** Judges for the municipality what desks have said. */
  let officer: Api;
  let count = 770000;
  beforeAll(async () => {
    desks = await twoDesks({ timings: { sweep: 100 } });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
    officer = await desks.under.as({ role: 'privacy_officer' });
  });
  afterAll(() => desks?.close());

  const stateOf = async (referral: string) => (await desks.view(desks.sender, referral)).state as string;
  /** The person of a record that has a number, or none. */
  const arrives = async (insured?: string) => {
    const submission = aSubmission({ ...(insured !== undefined && { insured }) });
    const { subject } = submission;
    const { referralId } = await desks.submit(
      insured === undefined ? { ...submission, subject: { ...subject, identifiers: [] } } : submission,
    );
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    await waitFor(async () => (await stateOf(referralId)) === 'received', { what: 'the receipt to be heard' });
    return { referralId, deliveryId, person: await desks.personOf(referralId) };
  };
  const arrived = async () => {
    const insured = `0000${(count += 1)}`;
    return { insured, ...(await arrives(insured)) };
  };
  const unnumbered = () => arrives();
  /** Waits for a consent toward 障害, beside what has arrived. */
  const waitsToo = async (insured: string) => {
    const { referralId } = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
    return referralId;
  };
  const link = (who: Api, person: string, other: string, items = agreed) =>
    who('POST', `/persons/${person}/link`, { other, agreed: items });
  const carryOut = (person: string, into: string, more: object = {}) =>
    officer('POST', `/persons/${person}/merge`, { into, ...more });
  /** The desk has confirmed it, and the municipality does it. */
  const merge = async (who: Api, person: string, into: string, more: object = {}) => {
    expect((await link(who, person, into)).status).toBe(201);
    return carryOut(person, into, more);
  };
  const doubt = (who: Api, person: string, more: object) =>
    who('POST', `/persons/${person}/doubt`, { referrals: [], identifiers: [], reason: 'other', ...more });
  const split = async (who: Api, person: string, { dryRun, ...more }: { dryRun?: true } & Record<string, unknown>) => {
    const said = await doubt(who, person, more);
    expect([said.status, said.body.code]).toEqual([201, undefined]);
    return officer('POST', `/persons/${person}/split`, { doubt: said.body.id, ...(dryRun && { dryRun }) });
  };
  const consentAt = async (who: Api, person: string) => {
    const scope = {
      categories: ['identity'],
      recipients: [{ domain: 'hogo' }],
      purposes: ['consultation'],
      from: '2026-01-01',
      until: '2099-03-31',
      feedback: 'none',
    };
    return (
      await who('POST', '/consents', { person, giver: 'self', manner: 'written', formVersion: generalForm, scope })
    ).body.id as string;
  };
  const all = async () => ({
    referrals: await desks.under.rows('select id, subject, members, state, version from referral order by id'),
    identifiers: await desks.under.rows('select * from person_identifier order by system, value'),
    consents: await desks.under.rows('select id, person from consent order by id'),
    links: await desks.under.rows('select id, undone_at from person_link order by id'),
    incidents: await desks.under.rows('select id from incident'),
    persons: await desks.under.rows('select id from person order by id'),
    audit: await desks.under.rows('select count(*) from audit_entry'),
  });

  it('stay two where too little agrees, and for a desk that took no part with one of them', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const before = await all();
    const thin = await link(desks.sender, one.person, two.person, ['name', 'kana', 'address']);
    expect([thin.status, thin.body.code]).toEqual([422, 'MATCH_NOT_CONFIRMED']);
    expect((await link(stranger, one.person, two.person)).status).toBe(404);
    expect((await link(desks.sender, one.person, nobody)).status).toBe(404);
    expect((await doubt(stranger, one.person, { referrals: [one.referralId] })).status).toBe(404);
    expect((await doubt(desks.sender, one.person, { merged: two.person })).status).toBe(404);
    expect(await all()).toEqual(before);
  });

  describe('are judged by the municipality', () => {
    const said = ({ status, body }: { status: number; body: object }) => [
      status,
      { ...body, instance: undefined, requestId: undefined },
    ];
    const asked = async () =>
      ((await officer('GET', '/todos?kind=judge_merge')).body.items as { id: string; person: string }[]).map(
        (t) => t.person,
      );

    it('not by a desk, and not where no desk has confirmed it: as where nobody is', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      await link(desks.sender, one.person, two.person);
      for (const who of [desks.sender, await desks.under.as({ role: 'coordinator' })]) {
        const tried = await who('POST', `/persons/${one.person}/merge`, { into: two.person });
        expect([tried.status, tried.body.code]).toEqual([403, 'ROLE_MISSING']);
      }
      const three = await unnumbered();
      expect(said(await carryOut(one.person, three.person))).toEqual(said(await carryOut(one.person, nobody)));
      expect((await carryOut(one.person, one.person)).status).toBe(404);
      expect((await officer('GET', `/persons/${three.person}/judgements`)).status).toBe(404);
    });

    it('who hears of it from the list, and sees by what and at which desk, and no number', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const { id } = (await link(desks.recipient, two.person, one.person)).body;
      expect(await asked()).toContain(two.person);
      const { body } = await officer('GET', `/persons/${one.person}/judgements`);
      expect(body).toMatchObject({ merges: [{ id, function: { domain: 'konkyu' }, other: two.person, agreed }] });
      const identifiers = [{ system: 'kaigo', value: `00990010-${one.insured}` }];
      await doubt(desks.sender, one.person, { referrals: [one.referralId], identifiers });
      const doubted = (await officer('GET', `/persons/${one.person}/judgements`)).body;
      expect(doubted.splits).toMatchObject([{ referrals: [one.referralId], numbers: 1, reason: 'other' }]);
      expect(JSON.stringify(doubted)).not.toContain(one.insured);
      await carryOut(one.person, two.person);
      expect(await asked()).not.toContain(two.person);
      // What is doubted of the one is doubted of whom she has become.
      const { splits, merges } = (await officer('GET', `/persons/${two.person}/judgements`)).body;
      expect([splits.length, merges]).toEqual([1, []]);
    });

    it('who stands in the ledger of both with having looked', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      await link(desks.recipient, two.person, one.person);
      for (let n = 0; n < 2; n += 1) await officer('GET', `/persons/${one.person}/judgements`);
      const auditor = await desks.under.as({ role: 'auditor' });
      for (const { person } of [one, two]) {
        const { items } = (await auditor('GET', `/persons/${person}/disclosures`)).body;
        expect(items.filter((l: { what?: string }) => l.what === 'facts')).toMatchObject([
          {
            way: 'read',
            authority: 'own_desk',
            viewer: expect.stringMatching(/^staff:/),
            members: [{ categories: [] }],
          },
        ]);
      }
    });

    it('who may say no, and is asked again when somebody else is brought to one of them', async () => {
      const [one, two, three] = [await arrived(), await unnumbered(), await unnumbered()];
      await link(desks.sender, one.person, two.person);
      const [todo] = (
        (await officer('GET', '/todos?kind=judge_merge')).body.items as { id: string; person: string }[]
      ).filter((t) => t.person === one.person);
      expect((await officer('POST', `/todos/${todo!.id}/done`, {})).status).toBe(204);
      expect(await asked()).not.toContain(one.person);
      await link(desks.sender, three.person, one.person);
      await carryOut(one.person, three.person);
      expect(await asked()).toContain(three.person);
      expect((await carryOut(two.person, one.person)).status).toBe(404);
      expect((await carryOut(two.person, three.person)).status).toBe(200);
      expect(await asked()).not.toContain(three.person);
    });

    it('and the desk that has said so, and nobody else, is told by which id it may ask to undo it', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const merged = (who: Api) => who('GET', `/persons/${two.person}/merged`);
      expect((await link(desks.sender, one.person, two.person)).status).toBe(201);
      expect((await merged(desks.sender)).body).toEqual({ items: [] });
      await carryOut(one.person, two.person);
      const { body } = await merged(desks.sender);
      expect(body.items).toEqual([{ id: one.person, at: expect.any(String) }]);
      // Who received both has said nothing of it; others do not know her.
      expect((await merged(desks.recipient)).body).toEqual({ items: [] });
      expect((await merged(stranger)).status).toBe(404);
      await split(desks.sender, two.person, { merged: body.items[0].id });
      expect((await merged(desks.sender)).body).toEqual({ items: [] });
    });

    it('by somebody else than who has said so', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const { id } = (await link(desks.sender, one.person, two.person)).body;
      const { id: doubted } = (await doubt(desks.sender, one.person, { referrals: [one.referralId] })).body;
      const [{ by } = { by: '' }] = await desks.under.rows<{ by: string }>(
        `select actor as by from audit_entry where action = 'todo.judge_merge.done' order by id desc limit 1`,
      );
      expect(by).toMatch(/^staff:/);
      await desks.under.rows('update person_link set linked_by = $2 where id = $1', [id, by]);
      await desks.under.rows('update person_doubt set asked_by = $2 where id = $1', [doubted, by]);
      const merged = await carryOut(one.person, two.person);
      expect([merged.status, merged.body.code]).toEqual([403, 'OWN_REQUEST']);
      const apart = await officer('POST', `/persons/${one.person}/split`, { doubt: doubted });
      expect([apart.status, apart.body.code]).toEqual([403, 'OWN_REQUEST']);
    });

    it('not while one system has two numbers for them, of which the desk that confirms it hears nothing', async () => {
      const [one, two] = [await arrived(), await arrived()];
      expect((await link(desks.recipient, one.person, two.person)).status).toBe(201);
      const refused = await carryOut(one.person, two.person);
      expect([refused.status, refused.body.code]).toEqual([409, 'NUMBERS_DIFFER']);
      expect(await desks.personOf(one.referralId)).toBe(one.person);
      // A consultation is not a person: whoever comes again gets another number there.
      const [three, four] = [await unnumbered(), await unnumbered()];
      await desks.under.rows(
        `insert into person_identifier (system, value, person) values ('konkyu', $1, $2), ('konkyu', $3, $4)`,
        [`S-${one.insured}`, three.person, `S-${two.insured}`, four.person],
      );
      expect((await merge(desks.sender, three.person, four.person)).status).toBe(200);
    });
  });

  it('are not touched by a dry run, which says what the merge then does', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const consent = await desks.consent(one.person);
    await link(desks.sender, one.person, two.person);
    const before = await all();
    const dry = await carryOut(one.person, two.person, { dryRun: true });
    expect(await all()).toEqual(before);
    expect(dry.body).toMatchObject({ person: two.person, referrals: [one.referralId], incidents: [] });
    expect(dry.body.consents).toContain(consent);
    expect((await carryOut(one.person, two.person)).body).toEqual(dry.body);
  });

  it('become one: what spoke of the one speaks of the other, and what comes for its number as well', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const { members } = await desks.view(desks.recipient, one.referralId);
    expect(members).toHaveLength(1);
    await merge(desks.sender, one.person, two.person);
    expect(await desks.personOf(one.referralId)).toBe(two.person);
    expect(await stateOf(one.referralId)).toBe('received');
    // What the recipient was shown under the other id it may still see.
    expect((await desks.view(desks.recipient, one.referralId)).members).toEqual(members);
    expect(await desks.personOf(await waitsToo(one.insured))).toBe(two.person);
    const { items } = (await desks.sender('GET', `/persons/${two.person}/disclosures`)).body;
    const lines = items.filter((l: { members: unknown[] }) => l.members.length > 0);
    expect(lines.map((l: { referralId: string }) => l.referralId)).toEqual([one.referralId, two.referralId]);
    // Whoever has both in hand may say either.
    const fact = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2099-11-02', stays: 'hospital' };
    for (const person of [one.person, two.person])
      expect((await desks.recipient('POST', `/persons/${person}/facts`, { fact })).status).toBe(201);
    expect((await desks.recipient('GET', `/persons/${two.person}/facts`)).body.facts).toHaveLength(2);
  });

  it('answer together: what the one has refused is taken back of the other', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    await desks.sender('POST', '/refusals', { person: two.person });
    expect(await stateOf(one.referralId)).toBe('received');
    await merge(desks.sender, one.person, two.person);
    expect(await stateOf(one.referralId)).toBe('revoked');
    const recalls = await desks.under.rows('select cancels from recall where referral = $1', [one.referralId]);
    expect(recalls).toEqual([{ cancels: one.deliveryId }]);
  });

  it('answer together: what waited of the one leaves on the consent of the other', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const waiting = await waitsToo(one.insured);
    await desks.consent(two.person, { recipients: [{ domain: 'shogai' }] });
    expect(await stateOf(waiting)).toBe('awaiting_authority');
    await merge(desks.sender, one.person, two.person);
    expect(await stateOf(waiting)).toBe('sent');
  });

  it('leave nothing twice: what waited of the one is a twin of what is under way for the other', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const waiting = await waitsToo(one.insured);
    // Of the other one, by a number that turns out to be nobody's.
    const wrong = `0000${(count += 1)}`;
    const number = ['kaigo', `00990010-${wrong}`];
    await desks.under.rows(`insert into person_identifier (system, value, person) values ($1, $2, $3)`, [
      ...number,
      two.person,
    ]);
    const underWay = await waitsToo(wrong);
    await desks.under.rows('delete from person_identifier where system = $1 and value = $2', number);
    const toShogai = { recipients: [{ domain: 'shogai' as const }] };
    await desks.consent(two.person, toShogai);
    expect([await stateOf(waiting), await stateOf(underWay)]).toEqual(['awaiting_authority', 'sent']);
    await merge(desks.sender, one.person, two.person);
    expect(await stateOf(waiting)).toBe('awaiting_authority');
    const { items } = (await desks.sender('GET', '/todos?kind=twin_open&limit=200')).body;
    expect(items.filter((t: { referralId: string }) => t.referralId === waiting)).toHaveLength(1);

    await split(desks.sender, two.person, { merged: one.person });
    expect(await stateOf(waiting)).toBe('awaiting_authority');
    await desks.consent(one.person, toShogai);
    expect(await stateOf(waiting)).toBe('sent');
  });

  it('become one with what the desks have learned of each, and with what that asks for', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const stay = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2026-11-02', stays: 'hospital' };
    await desks.sender('POST', `/persons/${one.person}/facts`, { fact: stay });
    const asked = async () =>
      ((await desks.sender('GET', '/todos?kind=whereabouts_due')).body.items as { person: string }[]).map(
        (t) => t.person,
      );
    await waitFor(async () => (await asked()).includes(one.person), { what: 'the to-do' });
    await merge(desks.sender, one.person, two.person);
    expect(await asked()).toEqual([two.person]);
    expect((await desks.sender('GET', `/persons/${two.person}/facts`)).body.facts).toMatchObject([{ fact: stay }]);
    await split(desks.sender, two.person, { merged: one.person });
    expect(await asked()).toEqual([one.person]);

    // Where it is asked for already, it is asked once.
    await desks.sender('POST', `/persons/${two.person}/facts`, { fact: stay });
    await waitFor(async () => (await asked()).includes(two.person), { what: 'the other to-do' });
    await merge(desks.sender, one.person, two.person);
    expect(await asked()).toEqual([two.person]);
  });

  it('become one who has died when one of them has, and are two again of whom one lives', async () => {
    const [one, two] = [await unnumbered(), await arrived()];
    const waiting = await waitsToo(two.insured);
    const dead = { fact: { kind: 'deceased', from: '2026-11-01' } };
    expect((await desks.sender('POST', `/persons/${one.person}/facts`, dead)).status).toBe(201);
    expect(await stateOf(waiting)).toBe('awaiting_authority');
    const todos = async () =>
      ((await desks.recipient('GET', '/todos')).body.items as { kind: string; referralId?: string }[])
        .filter((t) => t.referralId === two.referralId)
        .map((t) => t.kind);
    await merge(desks.sender, one.person, two.person);
    expect(await stateOf(waiting)).toBe('withdrawn');
    expect(await todos()).toContain('person_deceased');
    await split(desks.sender, two.person, { merged: one.person });
    expect(await todos()).toContain('death_in_error');
    expect(await todos()).not.toContain('person_deceased');
  });

  describe('and their support units', () => {
    const unitsOf = async (who: Api, person: string) =>
      ((await who('GET', `/support-units?person=${person}`)).body.items ?? []) as {
        id: string;
        version: number;
        members: { id: string; referralId: string }[];
        lead: { function: { id: string } };
      }[];
    const step = (who: Api, unit: { id: string; version: number }, path: string, body: object) =>
      who('POST', `/support-units/${unit.id}/${path}`, body, { 'if-match': String(unit.version) });
    /** One referral about both of them, who are known as two. */
    const household = async () => {
      const insured = `0000${(count += 1)}`;
      const { referralId } = await desks.submit(
        withoutConsent({ insured, others: [{ ...aMember(''), identifiers: [] }] }),
      );
      const [one, two] = [await desks.personOf(referralId), await desks.personOf(referralId, 'member-1')];
      await desks.consent(two, { categories: ['identity'] });
      await desks.consent(one, { categories: ['identity', 'concern', 'household'] });
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      return { referralId, one, two };
    };

    it('become one of each, which its desks see as before, and are two again after a split', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const both = [desks.sender, desks.recipient];
      const seen = async () => Promise.all(both.flatMap((who) => [one, two].map(({ person }) => unitsOf(who, person))));
      const before = await seen();
      expect(before.map((units) => units.length)).toEqual([1, 1, 1, 1]);
      await merge(desks.sender, one.person, two.person);
      for (const who of both) {
        const units = await unitsOf(who, two.person);
        expect(units.map((u) => u.id).sort()).toEqual([before[0]![0]!.id, before[1]![0]!.id].sort());
        expect(await unitsOf(who, one.person)).toEqual(units);
      }
      await split(desks.sender, two.person, { merged: one.person });
      expect(await seen()).toEqual(before);
    });

    it('have one member less where both were in the same one, and both again after a split', async () => {
      const { one, two } = await household();
      const both = [desks.sender, desks.recipient];
      const seen = () => Promise.all(both.map((who) => unitsOf(who, one)));
      const before = await seen();
      expect(before.map(([unit]) => unit!.members.length)).toEqual([2, 2]);
      await merge(desks.sender, two, one);
      expect((await seen()).map(([unit]) => unit!.members.length)).toEqual([1, 1]);
      await split(desks.sender, one, { merged: two });
      const after = await seen();
      expect(after).toEqual(before);
      expect((await unitsOf(desks.recipient, two)).map((u) => u.id)).toEqual([before[0]![0]!.id]);
    });

    it('are left with the one who was brought along, when both have gone to another unit meanwhile', async () => {
      const three = await household();
      const four = await unnumbered();
      const [unit] = await unitsOf(desks.sender, three.one);
      const [own] = await unitsOf(desks.sender, four.person);
      await merge(desks.sender, four.person, three.one);
      const joined = await step(desks.sender, own!, 'join', { into: unit!.id });
      expect(joined.status).toBe(200);
      await split(desks.sender, three.one, { merged: four.person });
      expect((await unitsOf(desks.sender, four.person)).map((u) => u.id)).toEqual([unit!.id]);
      expect((await unitsOf(desks.sender, three.one)).map((u) => u.id)).toEqual([unit!.id]);
    });

    it('go on being led: who leads the unit of the one leads what is about the other', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const [unit] = await unitsOf(desks.sender, one.person);
      const told = { personInformed: { by: '試験　花子', at: '2026-01-05T10:00:00+09:00', how: '電話' } };
      const offered = await step(desks.sender, unit!, 'lead', { step: 'propose', to: desks.functions.konkyu });
      await unitsOf(desks.recipient, one.person);
      await step(desks.recipient, offered.body, 'lead', { step: 'agree', worker: '試験　月', ...told });
      const leads = async () =>
        (
          await desks.under.rows<{ lead: string | null }>('select lead from referral where id = $1', [two.referralId])
        )[0]!.lead;
      expect(await leads()).toBeNull();
      await merge(desks.sender, one.person, two.person);
      expect(await leads()).toBe(desks.functions.konkyu);
      await split(desks.sender, two.person, { merged: one.person });
      expect(await leads()).toBeNull();
    });
  });

  it('move with everything that speaks of a person, but for what says under which id something was disclosed', async () => {
    const tables = await desks.under.rows<{ table: string }>(
      `select table_name as table from information_schema.columns where table_schema = 'public' and column_name = 'person' order by 1`,
    );
    const moved = [
      'application',
      'conference_item',
      'consent',
      'delivery',
      'disclosure_request',
      'person_danger',
      'person_doubt',
      'person_fact',
      'person_identifier',
      'person_known_as',
      'person_seal',
      'refusal',
      'todo',
      'unit_member',
    ];
    const copied = ['assertion_end'];
    const stay = ['disclosure', 'recall'];
    expect(tables.map((t) => t.table)).toEqual([...moved, ...copied, ...stay].sort());
  });

  describe('of whom one is protected', () => {
    const by = () => `'${desks.functions.kaigo}', 'staff:test', now()`;
    const put = async (sql: string) => (await desks.under.rows<{ id: string }>(sql))[0]!.id;
    const seal = (person: string) =>
      put(`insert into person_seal (id, person, ground, valid_from, function, recorded_by, recorded_at)
           values (gen_random_uuid(), '${person}', 'own', '2026-01-01', ${by()}) returning id`);
    const danger = (person: string, from: string) =>
      put(`insert into person_danger (id, person, from_person, from_household, function, recorded_by, recorded_at)
           values (gen_random_uuid(), '${person}', '${from}', false, ${by()}) returning id`);
    const apply = (person: string) =>
      put(`insert into application (id, person, function, service, applied_on, recorded_by, recorded_at)
           values (gen_random_uuid(), '${person}', '${desks.functions.kaigo}', '就労準備支援', '2026-01-01', 'staff:test', now()) returning id`);
    const ground = (referral: string, persons: readonly string[]) =>
      put(`insert into ground (id, referral, authority_row, code, function, drafted_by, persons, categories, said, words, recorded_at)
           select gen_random_uuid(), '${referral}', id, code, '${desks.functions.kaigo}', 'staff:test', '{${persons.join(',')}}', '{identity}', '{reason}', 'x', now()
           from authority_row where code = 'emergency' returning id`);
    const sealed = async () =>
      (await desks.under.rows<{ person: string }>('select person from person_seal order by recorded_at, id')).map(
        (r) => r.person,
      );
    const of = async (table: string, id: string) =>
      (await desks.under.rows(`select * from ${table} where id = '${id}'`))[0]!;

    afterEach(() => desks.under.rows('delete from person_seal; delete from person_danger;'));

    it('keep the stricter protection, and each has the own again when they are put apart', async () => {
      const [one, two, husband] = [await arrived(), await unnumbered(), await unnumbered()];
      const [own, theirs] = [await seal(one.person), await danger(one.person, husband.person)];
      const asked = await apply(one.person);
      const recorded = await ground(two.referralId, [two.person, one.person]);
      expect((await merge(desks.sender, one.person, two.person)).status).toBe(200);
      expect((await of('person_seal', own)).person).toBe(two.person);
      expect((await of('person_danger', theirs)).person).toBe(two.person);
      expect((await of('application', asked)).person).toBe(two.person);
      expect((await of('ground', recorded)).persons).toEqual([two.person, two.person]);
      expect((await of('person', two.person)).watched).toBe(true);
      expect((await split(desks.sender, two.person, { merged: one.person })).status).toBe(200);
      expect((await of('person_seal', own)).person).toBe(one.person);
      expect((await of('person_danger', theirs)).person).toBe(one.person);
      expect((await of('application', asked)).person).toBe(one.person);
      expect((await of('ground', recorded)).persons).toEqual([two.person, one.person]);
      expect(await sealed()).toEqual([one.person]);
    });

    it('are both protected, when it was recorded while they were one and nobody can say of whom', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      await merge(desks.sender, one.person, two.person);
      await seal(two.person);
      await split(desks.sender, two.person, { merged: one.person });
      expect((await sealed()).sort()).toEqual([one.person, two.person].sort());
    });

    it('go on being kept apart from whom they endanger', async () => {
      const [wife, one, two] = [await arrived(), await unnumbered(), await unnumbered()];
      const theirs = await danger(wife.person, one.person);
      await merge(desks.sender, one.person, two.person);
      expect((await of('person_danger', theirs)).from_person).toBe(two.person);
    });

    it('never become one with whom they fear: as where nobody is', async () => {
      const [wife, husband] = [await arrived(), await unnumbered()];
      await link(desks.sender, wife.person, husband.person);
      await danger(wife.person, husband.person);
      expect((await link(desks.sender, husband.person, wife.person)).status).toBe(404);
      expect((await carryOut(wife.person, husband.person)).status).toBe(404);
      expect((await carryOut(husband.person, wife.person)).status).toBe(404);
    });
  });

  it('become one once, when two desks merge them at once and crosswise', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    await link(desks.sender, one.person, two.person);
    await link(desks.recipient, two.person, one.person);
    const answers = await Promise.all([carryOut(one.person, two.person), carryOut(two.person, one.person)]);
    expect(answers.map((a) => a.status).sort()).toEqual([200, 404]);
    expect(await desks.personOf(one.referralId)).toBe(await desks.personOf(two.referralId));
  });

  describe('beside what comes in for them', () => {
    it('become one before it is taken: it is about the one who stays, with all that was said there', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      await desks.sender('POST', '/refusals', { person: two.person });
      await link(desks.sender, one.person, two.person);
      const [merged, { referralId }] = await oneAfterTheOther(
        desks.under,
        one.person,
        () => carryOut(one.person, two.person),
        () => desks.submit(aSubmission({ insured: one.insured, to: { domain: 'shogai' } })),
      );
      expect(merged.status).toBe(200);
      expect(await desks.personOf(referralId)).toBe(two.person);
      expect(await stateOf(referralId)).toBe('awaiting_authority');
      expect(await desks.under.rows('select 1 from consent where person = $1', [one.person])).toEqual([]);
    });

    it('become one before a record without a number replaces one that waits: its person is who stays', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const nameless = (change: 'new' | 'changed', fact: string) => {
        const { subject, ...record } = withoutConsent({
          insured: one.insured,
          to: { domain: 'shogai' },
          key: `00990010/KAI-${one.insured}`,
          change,
          occurredAt: change === 'new' ? '2026-11-01T00:00:00+09:00' : '2026-11-02T00:00:00+09:00',
          items: { identity: { name: '見本　花子' }, narrative: { fact, writtenOn: '2026-11-01' } },
        });
        return { ...record, subject: { ...subject, identifiers: change === 'new' ? subject.identifiers : [] } };
      };
      const { referralId } = await desks.submit(nameless('new', '一'));
      await link(desks.sender, one.person, two.person);
      await oneAfterTheOther(
        desks.under,
        one.person,
        () => carryOut(one.person, two.person),
        () => desks.submit(nameless('changed', '二')),
      );
      expect(await desks.personOf(referralId)).toBe(two.person);
    });

    it('are put apart before it is taken: it is about whom the number is now', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      await merge(desks.sender, one.person, two.person);
      const { id } = (await doubt(desks.sender, two.person, { merged: one.person })).body;
      const [, { referralId }] = await oneAfterTheOther(
        desks.under,
        two.person,
        () => officer('POST', `/persons/${two.person}/split`, { doubt: id }),
        () => desks.submit(withoutConsent({ insured: one.insured, to: { domain: 'shogai' } })),
      );
      expect(await desks.personOf(referralId)).toBe(one.person);
    });

    it('become one before an authority without consent is recorded: it is recorded of who stays, and counts', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const waits = await waitsToo(one.insured);
      await link(desks.sender, one.person, two.person);
      const emergency = {
        ...{ code: 'emergency', persons: ['subject'], categories: ['identity'] },
        ...{ reason: 'けさから連絡がつかない。', whyNoConsent: 'not_reached' },
      };
      const [, recorded] = await oneAfterTheOther(
        desks.under,
        one.person,
        () => carryOut(one.person, two.person),
        () => desks.sender('POST', `/referrals/${waits}/grounds`, emergency),
      );
      expect(recorded.status).toBe(201);
      expect(await desks.under.rows('select persons from ground where referral = $1', [waits])).toEqual([
        { persons: [two.person] },
      ]);
      expect(await stateOf(waits)).toBe('sent');
    });

    it('become one before a protection of the one ends: it ends of who stays, and is asked of nobody any more', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const approver = await desks.under.as({ role: 'approver' });
      const { id } = (await desks.sender('POST', `/persons/${one.person}/seal`, { ground: 'own', from: '2026-01-01' }))
        .body;
      const unseal = (who: Api, said: object) => who('POST', `/persons/${one.person}/unseal`, { seal: id, ...said });
      await unseal(officer, { reason: '終わった。' });
      expect((await link(desks.sender, one.person, two.person)).status).toBe(201);
      const [merged, ended] = await oneAfterTheOther(
        desks.under,
        one.person,
        () => carryOut(one.person, two.person),
        () => unseal(approver, { confirm: true }),
      );
      expect([merged.status, ended.status]).toEqual([200, 200]);
      const open = `select 1 from todo where kind = 'confirm_unseal' and done_at is null and person in ($1, $2)`;
      expect(await desks.under.rows(open, [one.person, two.person])).toEqual([]);
    });

    it('become one before a desk writes down whose number it is: it looks again', async () => {
      const [one, two] = [await arrived(), await unnumbered()];
      const waits = await waitsToo((await arrived()).insured);
      const others = [aMember(one.insured)];
      await link(desks.sender, one.person, two.person);
      const { version } = await desks.view(desks.sender, waits);
      const [, edited] = await oneAfterTheOther(
        desks.under,
        one.person,
        () => carryOut(one.person, two.person),
        () => desks.sender('POST', `/referrals/${waits}/edit`, { others }, { 'if-match': String(version) }),
      );
      expect([edited.status, edited.body.code]).toEqual([412, 'VERSION_CONFLICT']);
    });
  });

  it('are spoken of in the history of what the judging desk took part in, and to nobody else', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    expect((await merge(desks.sender, one.person, two.person)).status).toBe(200);
    const actions = async (who: Api) =>
      (await who('GET', `/referrals/${one.referralId}/timeline`)).body.items.map((e: { action: string }) => e.action);
    expect(await actions(desks.sender)).toContain('persons_merged');
    expect(await actions(desks.recipient)).not.toContain('persons_merged');
    expect(await actions(await desks.under.as({ role: 'auditor' }))).toContain('persons_merged');
  });

  it('show whoever judges what follows for every desk, and nothing of a 通報・通告', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const waiting = await waitsToo(one.insured);
    const hidden = await waitsToo(one.insured);
    await desks.under.rows(`update referral set kind = 'notification' where id = $1`, [hidden]);
    const consent = await desks.consent(one.person, { recipients: [{ domain: 'hogo' }] });
    const { body } = await merge(desks.recipient, one.person, two.person, { dryRun: true });
    expect(body.referrals).toEqual([one.referralId, waiting]);
    expect(body.consents).toContain(consent);
    expect(JSON.stringify(body)).not.toContain(hidden);
  });

  it('are put apart again as they were, and what left since on the words of the other is taken back', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const waiting = await waitsToo(one.insured);
    const own = await desks.consent(one.person);
    await desks.consent(two.person, { recipients: [{ domain: 'shogai' }] });
    const merged = await merge(desks.sender, one.person, two.person);
    expect(merged.body.referrals).toContain(waiting);
    expect(await stateOf(waiting)).toBe('sent');

    const { status, body } = await split(desks.sender, two.person, { merged: one.person });
    expect([status, body.person, body.incidents]).toEqual([200, one.person, []]);
    expect(await desks.personOf(one.referralId)).toBe(one.person);
    expect(await desks.personOf(two.referralId)).toBe(two.person);
    expect(await stateOf(waiting)).toBe('revoked');
    expect(await stateOf(one.referralId)).toBe('received');
    expect(await desks.under.rows('select person from consent where id = $1', [own])).toEqual([{ person: one.person }]);
    expect(await desks.personOf(await waitsToo(one.insured))).toBe(one.person);
    expect((await doubt(desks.sender, two.person, { merged: one.person })).status).toBe(404);
  });

  it('are put apart before a message is written that was built while they were one', async () => {
    const two = await unnumbered();
    await desks.act(desks.sender, two.referralId, 'withdraw', { reason: '試験' });
    await desks.konkyu.takeNext('referral.recalled.v1', two.referralId);
    await desks.consent(two.person);
    const insured = `0000${(count += 1)}`;
    const person = await desks.personOf(await waitsToo(insured));
    await desks.consent(person, { recipients: [{ domain: 'shogai' }] });
    const { referralId } = await desks.submit(withoutConsent({ insured }));
    expect(await stateOf(referralId)).toBe('awaiting_authority');

    await merge(desks.sender, person, two.person);
    const built = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
    await split(desks.sender, two.person, { merged: person });
    expect(await desks.konkyu.mayWrite(built.deliveryId, built.claim)).toBe(false);
    expect(await stateOf(referralId)).toBe('revoked');
  });

  it('open an incident for each disclosure since the merge when they were two persons, and for none before', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    await merge(desks.sender, one.person, two.person);
    const { referralId } = await desks.submit(aSubmission({ insured: one.insured, to: { domain: 'shogai' } }));
    await desks.consent(two.person, { recipients: [{ domain: 'shogai' }] });
    expect(await stateOf(referralId)).toBe('sent');
    const received = await desks.act(stranger, referralId, 'receive');
    expect(received.status).toBe(200);

    const reason = 'wrong_person';
    const { body } = await split(desks.sender, two.person, { merged: one.person, referrals: [referralId], reason });
    const rows = await desks.under.rows(
      'select referral, kind, persons, recipients from incident where id = any($1::uuid[])',
      [body.incidents],
    );
    expect(rows).toEqual([
      {
        referral: referralId,
        kind: 'wrong_merge',
        // Hers are the items, who is apart again.
        persons: [{ person: body.person, categories: ['identity', 'concern'] }],
        recipients: [desks.functions.shogai],
      },
    ]);
    expect(await desks.personOf(referralId)).toBe(one.person);
  });

  it('are put apart in the ledger as well, and a desk keeps what it was shown while they were one', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    await merge(desks.sender, one.person, two.person);
    const { referralId } = await desks.submit(withoutConsent({ insured: one.insured, to: { domain: 'shogai' } }));
    const consent = await desks.consent(two.person, { recipients: [{ domain: 'shogai' }] });
    expect((await desks.act(stranger, referralId, 'receive')).status).toBe(200);
    const seen = async () => (await desks.view(stranger, referralId)).members;
    const before = await seen();
    expect(before).toHaveLength(1);

    await split(desks.sender, two.person, { merged: one.person, referrals: [referralId], consents: [consent] });
    expect(await stateOf(referralId)).toBe('received');
    expect(await seen()).toEqual(before);
    const officer = await desks.under.as({ role: 'privacy_officer' });
    for (const who of [officer, desks.sender]) {
      const lines = async (person: string) =>
        (await who('GET', `/persons/${person}/disclosures`)).body.items
          .filter((l: { members: unknown[] }) => l.members.length > 0)
          .map((l: { referralId: string }) => l.referralId);
      expect(await lines(one.person)).toEqual([one.referralId, referralId]);
      expect(await lines(two.person)).toEqual([two.referralId]);
    }
  });

  it('of which one was never the other’s are put apart into a person of their own', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const identifiers = [{ system: 'kaigo', value: `00990010-${one.insured}` }];
    const other = [{ system: 'konkyu', value: '00990010-0000000001' }];
    expect((await doubt(desks.sender, one.person, { referrals: [two.referralId] })).status).toBe(404);
    expect((await doubt(desks.sender, one.person, { identifiers: other })).status).toBe(404);
    expect((await doubt(desks.sender, one.person, {})).status).toBe(422);
    const consent = await desks.consent(one.person);
    const foreign = { referrals: [one.referralId], consents: [await desks.consent(two.person)] };
    expect((await doubt(desks.sender, one.person, foreign)).status).toBe(404);
    const { body } = await split(desks.sender, one.person, { referrals: [one.referralId], identifiers });
    expect(body.person).not.toBe(one.person);
    for (const referral of [one.referralId, await waitsToo(one.insured)])
      expect(await desks.under.rows('select subject from referral where id = $1', [referral])).toEqual([
        { subject: body.person },
      ]);
    // All that this desk knows is about her, so what was said to it she has said.
    expect(body.consents).toContain(consent);
    expect(await stateOf(one.referralId)).toBe('received');
  });

  it.each(['new', 'own'] as const)(
    'of which the one is put apart (%s id) are held together: who waited for the other holds that one alone',
    async (whose) => {
      const [one, two] = [await arrived(), await unnumbered()];
      const identifiers = [{ system: 'kaigo', value: `00990010-${one.insured}` }];
      if (whose === 'own') await merge(desks.sender, one.person, two.person);
      const kept = whose === 'own' ? two.person : one.person;
      const named = whose === 'own' ? { merged: one.person } : { referrals: [one.referralId], identifiers };
      const { body } = await split(desks.sender, kept, named);
      const apart = await desks.under.rows('select subject from referral where id = $1', [one.referralId]);
      expect([apart, body.person === kept]).toEqual([[{ subject: body.person }], false]);
      const { subject } = aSubmission();
      const more = { subject: { ...subject, identifiers: [], items: { concern: { boxes: ['illness' as const] } } } };
      expect((await desks.act(desks.sender, one.referralId, 'supplement', more)).status).toBe(200);
      const { deliveryId } = (await desks.konkyu.next('referral.supplemented.v1', one.referralId)).data as Sent;

      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      const waitsWhile = async <T>(work: () => Promise<T>): Promise<T> => {
        await client.query('begin');
        await client.query('select 1 from person where id = $1 for no key update', [kept]);
        let isDone = false;
        const working = work().finally(() => (isDone = true));
        const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
        const settled = async () => isDone || (await desks.under.rows(waiting)).length > 0;
        await waitFor(settled, { what: 'it to wait' });
        expect(isDone).toBe(false);
        await client.query('commit');
        return working;
      };
      const noted = () => desks.act(desks.sender, one.referralId, 'supplement', { note: '火曜の午前は不在。' });
      expect((await waitsWhile(noted)).status).toBe(200);
      expect(await waitsWhile(() => desks.konkyu.mayWrite(deliveryId))).toBe(true);
      await client.end();
    },
  );

  describe('of which one was never the other’s', () => {
    /** A number of somebody else is written down in a referral that waits, and a record of that number has come. */
    const mixedUp = async () => {
      const one = await arrived();
      const waits = await waitsToo(one.insured);
      const insured = `0000${(count += 1)}`;
      const { members } = await desks.view(desks.sender, waits);
      const numbers = [one.insured, insured].map((n) => ({ system: 'kaigo', value: `00990010-${n}` }));
      const subject = { ref: 'subject', role: 'subject', identifiers: numbers, items: members[0].items };
      expect((await desks.act(desks.sender, waits, 'edit', { subject })).status).toBe(200);
      const occurredAt = new Date().toISOString();
      const { referralId } = await desks.submit(aSubmission({ insured, occurredAt, to: { domain: 'kosodate' } }));
      expect([await desks.personOf(referralId), await stateOf(referralId)]).toEqual([one.person, 'sent']);
      const apart = { referrals: [referralId], identifiers: numbers.slice(1) };
      return { ...one, other: { insured, referralId }, apart };
    };

    it('take along what their own records have asserted, and leave nothing of it', async () => {
      const one = await mixedUp();
      const dry = await split(desks.sender, one.person, { ...one.apart, dryRun: true });
      const { body } = await split(desks.sender, one.person, one.apart);
      expect(body).toMatchObject({ consents: dry.body.consents, refusals: [], expired: [] });
      expect(await stateOf(one.other.referralId)).toBe('sent');
      expect(await stateOf(one.referralId)).toBe('received');
      const own = await desks.submit(withoutConsent({ insured: one.insured, to: { domain: 'kosodate' } }));
      expect(await stateOf(own.referralId)).toBe('awaiting_authority');
    });

    it('take along what their desk names of its own, and leave the rest', async () => {
      const one = await mixedUp();
      const hogo = { recipients: [{ domain: 'hogo' as const }] };
      const [hers, theirs] = [await desks.consent(one.person, hogo), await desks.consent(one.person, hogo)];
      const refused = (await desks.sender('POST', '/refusals', { person: one.person, ...hogo })).body.id as string;
      const named = { ...one.apart, consents: [theirs], refusals: [refused] };
      expect((await doubt(desks.recipient, one.person, named)).status).toBe(404);
      const { body } = await split(desks.sender, one.person, named);
      expect(body.consents).toContain(theirs);
      expect(body.refusals).toEqual([refused]);
      const wishes = async (person: string) => (await desks.sender('GET', `/persons/${person}/consents`)).body;
      const kept = await wishes(one.person);
      expect(kept.refusals).toEqual([]);
      expect(kept.consents.map((c: { id: string }) => c.id)).toContain(hers);
      expect(kept.consents.map((c: { id: string }) => c.id)).not.toContain(theirs);
    });
  });

  it('are asked anew where another desk has heard, since they were one, what either may have said', async () => {
    const [one, two] = [await arrived(), await unnumbered()];
    const before = await consentAt(desks.recipient, two.person);
    await merge(desks.sender, one.person, two.person);
    const since = await consentAt(desks.recipient, two.person);
    const { id: refused } = (
      await desks.recipient('POST', '/refusals', { person: two.person, recipients: [{ domain: 'hogo' }] })
    ).body as { id: string };
    const seen = await split(desks.recipient, two.person, { merged: one.person, dryRun: true });
    expect(seen.body.expired).toEqual([]);
    const { body } = await split(desks.sender, two.person, { merged: one.person });
    expect(body.expired).toEqual([since]);
    const statuses = await desks.under.rows(
      'select id, person, status from consent where id = any($1::uuid[]) order by id',
      [[before, since]],
    );
    expect(statuses).toEqual([
      { id: before, person: two.person, status: 'active' },
      { id: since, person: two.person, status: 'expired' },
    ]);
    const refusals = await desks.under.rows<{ id: string; person: string }>(
      'select id, person from refusal where person = any($1::uuid[])',
      [[one.person, two.person]],
    );
    expect(refusals.map((r) => r.person).sort()).toEqual([one.person, two.person].sort());
    expect(refusals.find((r) => r.person === two.person)?.id).toBe(refused);
  });
});
