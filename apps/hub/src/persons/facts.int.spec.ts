// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { aMember, twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

const nobody = '018f2f60-7c3a-7000-8000-000000000000';
const died = { fact: { kind: 'deceased', from: '2026-11-01' } };

describeWithServices(['postgres'], 'what is known of a person', () => {
  const clock = new ShiftedClock();
  let desks: TwoDesks;
  let stranger: Api;
  let insured = 880000;
  beforeAll(async () => {
    desks = await twoDesks({ clock, timings: { sweep: 100 } });
    stranger = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterAll(() => desks?.close());

  const somebody = () => ({ insured: `0000${(insured += 1)}` });
  const held = async () => {
    const { referralId } = await desks.submit(withoutConsent(somebody()));
    return { referralId, person: await desks.personOf(referralId) };
  };
  const arrived = async () => {
    const { referralId } = await desks.submit(aSubmission(somebody()));
    const sent = (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
    return { referralId, deliveryId: sent.deliveryId, person: await desks.personOf(referralId) };
  };
  const record = (who: Api, person: string, body: object) => who('POST', `/persons/${person}/facts`, body);
  const factsOf = (who: Api, person: string) => who('GET', `/persons/${person}/facts`);
  const todosOf = async (who: Api, referral: string) =>
    ((await who('GET', '/todos')).body.items as { kind: string; referralId?: string }[])
      .filter((t) => t.referralId === referral)
      .map((t) => t.kind);
  const stateOf = async (referral: string) => (await desks.view(desks.sender, referral)).state as string;
  const said = ({ body }: { body: object }) => ({ ...body, instance: undefined, requestId: undefined });

  it('is not taken from a desk that took no part, and the answer is that of a person who does not exist', async () => {
    const { person } = await held();
    for (const who of [stranger, desks.recipient]) {
      const [theirs, absent] = [await record(who, person, died), await record(who, nobody, died)];
      expect([theirs.status, absent.status]).toEqual([404, 404]);
      expect(said(theirs)).toEqual(said(absent));
      const [read, none] = [await factsOf(who, person), await factsOf(who, nobody)];
      expect([read.status, said(read)]).toEqual([404, said(none)]);
    }
    expect(await desks.under.rows('select 1 from person_fact where person = $1', [person])).toEqual([]);
  });

  it('is taken from a recipient only once the person was disclosed to it', async () => {
    const { referralId } = await desks.submit(aSubmission(somebody()));
    const person = await desks.personOf(referralId);
    const claimed = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect((await record(desks.recipient, person, died)).status).toBe(404);
    await desks.konkyu.mayWrite(claimed.deliveryId, claimed.claim);
    await desks.konkyu.receipt(claimed.deliveryId);
    expect((await record(desks.recipient, person, died)).status).toBe(201);
  });

  it('is not taken from a recipient about a member that was not disclosed to it', async () => {
    const { referralId } = await desks.submit(aSubmission({ ...somebody(), others: [aMember('0000889001')] }));
    await desks.konkyu.takeNext('referral.sent.v1');
    const son = await desks.personOf(referralId, 'member-1');
    expect((await record(desks.recipient, son, died)).status).toBe(404);
    expect((await record(desks.sender, son, died)).status).toBe(201);
    expect(await stateOf(referralId)).not.toBe('withdrawn');
  });

  it('is refused as a death in the future, as something that ends before it begins, and with a text that holds a My Number', async () => {
    const { person } = await held();
    const future = await record(desks.sender, person, { fact: { kind: 'deceased', from: '2099-01-01' } });
    expect([future.status, future.body.errors[0].code]).toEqual([422, 'DATE_IN_FUTURE']);
    const name = { kind: 'other_name', from: '2026-11-02', until: '2026-11-01', name: '試験　花子' };
    const backwards = await record(desks.sender, person, { fact: name });
    expect([backwards.status, backwards.body.errors[0].pointer]).toEqual([422, '/fact/until']);
    expect((await record(desks.sender, person, { fact: { ...name, until: name.from } })).status).toBe(201);
    const number = await record(desks.sender, person, { fact: { kind: 'other_name', name: '1234 5678 9018' } });
    expect([number.status, number.body.errors[0].code]).toEqual([422, 'S-MYNUMBER']);
  });

  it('keeps names and places sealed and to the function that recorded them', async () => {
    const { person } = await arrived();
    const destination = '見本県見本市見本町一丁目';
    await record(desks.sender, person, { fact: { kind: 'moved_out', from: '2026-10-01', destination } });
    expect((await factsOf(desks.recipient, person)).body).toEqual({ facts: [] });
    expect((await factsOf(desks.sender, person)).body.facts).toMatchObject([{ fact: { destination }, standing: true }]);
    const [row] = await desks.under.rows<object>('select * from person_fact where person = $1', [person]);
    expect(JSON.stringify(row)).not.toContain('見本');
  });

  it('tells of a death nobody who has only written down the number of somebody', async () => {
    const number = somebody();
    const { referralId } = await desks.submit(aSubmission(number));
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    const person = await desks.personOf(referralId);
    // Several desks of one municipality use one system.
    await desks.under.rows(`update desk_function set system = 'kaigo' where id = $1`, [desks.functions.shogai]);
    const shown = async () => (await stranger('GET', `/desk-functions/${desks.functions.shogai}`)).body.system;
    await waitFor(async () => (await shown()) === 'kaigo', { what: 'the directory' });
    const { source, asserted: _, ...guess } = aSubmission(number);
    const { contentHash: __, channel: ___, plugin: ____, ...own } = source;
    const told = { personInformed: { by: '試験', at: '2026-01-05T10:00:00+09:00', how: '電話' } };
    const body = { ...guess, ...told, source: own, howTheyMeet: 'through_sender' };
    const made = await stranger('POST', '/referrals', body, { 'idempotency-key': `guess-${number.insured}` });
    expect([made.status, made.body.outcome]).toEqual([201, 'held']);
    expect((await desks.view(stranger, made.body.id)).persons[0].person).toBe(person);
    expect((await record(desks.recipient, person, died)).status).toBe(201);
    expect((await factsOf(stranger, person)).body).toEqual({ facts: [] });
    expect((await factsOf(desks.sender, person)).body.died).toBe('2026-11-01');
  });

  it('reminds nobody again when only the day of the death is put right', async () => {
    const { referralId, person } = await arrived();
    const first = await record(desks.sender, person, died);
    const [todo] = ((await desks.recipient('GET', '/todos')).body.items as { id: string; referralId: string }[]).filter(
      (t) => t.referralId === referralId && (t as { kind?: string }).kind === 'person_deceased',
    );
    await desks.recipient('POST', `/todos/${todo!.id}/done`, {});
    const day = { fact: { kind: 'deceased', from: '2026-11-02' }, supersedes: first.body.id };
    expect((await record(desks.sender, person, day)).status).toBe(201);
    expect(await todosOf(desks.recipient, referralId)).not.toContain('person_deceased');
    expect((await factsOf(desks.recipient, person)).body.died).toBe('2026-11-02');
  });

  it('sends nothing when somebody moves', async () => {
    const { referralId, person } = await held();
    await record(desks.sender, person, { fact: { kind: 'moved_out', from: '2026-10-01' } });
    expect(await desks.under.rows('select 1 from delivery where referral = $1', [referralId])).toEqual([]);
    expect(await stateOf(referralId)).toBe('awaiting_authority');
  });

  it('is replaced once, by the same function, with the same kind, and never changed', async () => {
    const { person } = await arrived();
    const first = (await record(desks.sender, person, { fact: { kind: 'other_name', name: '見本　花子' } })).body.id;
    const second = { fact: { kind: 'other_name', name: '試験　花子' }, supersedes: first };
    expect((await record(desks.recipient, person, second)).status).toBe(404);
    expect((await record(desks.sender, person, { ...died, supersedes: first })).status).toBe(404);
    expect((await record(desks.sender, person, second)).status).toBe(201);
    expect((await record(desks.sender, person, second)).status).toBe(404);
    const { facts } = (await factsOf(desks.sender, person)).body;
    expect(facts.map((f: any) => [f.fact.name, f.standing])).toEqual([
      ['見本　花子', false],
      ['試験　花子', true],
    ]);
    await expect(desks.under.rows('update person_fact set body = null where id = $1', [first])).rejects.toThrow(
      'replaced, never changed',
    );
  });

  it('lets nothing leave of somebody who has died, not even what was under way', async () => {
    const waiting = await held();
    await record(desks.sender, waiting.person, died);
    expect(await stateOf(waiting.referralId)).toBe('withdrawn');
    await desks.consent(waiting.person);
    expect(await stateOf(waiting.referralId)).toBe('withdrawn');

    const { referralId } = await desks.submit(aSubmission(somebody()));
    const claimed = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    await record(desks.sender, await desks.personOf(referralId), died);
    expect(await stateOf(referralId)).toBe('withdrawn');
    expect(await desks.konkyu.mayWrite(claimed.deliveryId, claimed.claim)).toBe(false);
    expect(await todosOf(desks.recipient, referralId)).toEqual([]);
  });

  it('lets nothing begin of somebody whose death is recorded, until the record is taken back', async () => {
    const who = somebody();
    const { referralId } = await desks.submit(withoutConsent(who));
    const person = await desks.personOf(referralId);
    const { id } = (await record(desks.sender, person, died)).body;
    const next = await desks.submit(aSubmission(who));
    expect([next.outcome, next.codes]).toEqual(['denied', ['PERSON_DECEASED']]);
    expect([await stateOf(next.referralId), await todosOf(desks.sender, next.referralId)]).toEqual([
      'withdrawn',
      ['person_deceased'],
    ]);
    expect(
      await desks.under.rows("select 1 from delivery where referral = $1 and kind <> 'status'", [next.referralId]),
    ).toEqual([]);
    const told = { by: '見本　花', at: new Date().toISOString(), how: '電話' };
    const reopened = await desks.act(desks.sender, next.referralId, 'reopen', { reason: '再開', personInformed: told });
    expect(await stateOf(reopened.body.next)).toBe('withdrawn');

    await record(desks.sender, person, { ...died, supersedes: id, inError: true });
    const after = await desks.submit(aSubmission(who));
    expect([after.outcome, await stateOf(after.referralId)]).toEqual(['held', 'awaiting_authority']);
  });

  it('tells those who hold the referral the death and its day, and nothing else', async () => {
    const { referralId, person } = await arrived();
    await record(desks.sender, person, { fact: { kind: 'other_name', name: '見本　花子' } });
    await record(desks.sender, person, died);
    expect(await todosOf(desks.recipient, referralId)).toContain('person_deceased');
    expect(await todosOf(desks.sender, referralId)).toContain('person_deceased');
    expect(await todosOf(stranger, referralId)).toEqual([]);
    expect((await factsOf(desks.recipient, person)).body).toEqual({ facts: [], died: '2026-11-01' });
  });

  it('tells those who were told when the death was recorded in error', async () => {
    const { referralId, person } = await arrived();
    const { id } = (await record(desks.sender, person, died)).body;
    const takenBack = await record(desks.sender, person, { ...died, supersedes: id, inError: true });
    expect(takenBack.status).toBe(201);
    const todos = await todosOf(desks.recipient, referralId);
    expect(todos).toContain('death_in_error');
    expect(todos).not.toContain('person_deceased');
    expect((await factsOf(desks.recipient, person)).body.died).toBeUndefined();
  });

  it('asks the function that recorded a stay to look again on its day, not before and not when it was replaced', async () => {
    const [one, two] = [await held(), await held()];
    const stay = { kind: 'whereabouts', from: '2026-11-01', wakeOn: '2027-01-15', stays: 'hospital' };
    await record(desks.sender, one.person, { fact: stay });
    const { id } = (await record(desks.sender, two.person, { fact: stay })).body;
    await record(desks.sender, two.person, { fact: { ...stay, wakeOn: '2099-01-01' }, supersedes: id });
    const asked = async (who: Api) =>
      (await who('GET', '/todos?kind=whereabouts_due')).body.items as { id: string; person: string }[];
    expect(await asked(desks.sender)).toEqual([]);
    clock.set(new Date('2027-01-15T09:00:00+09:00'));
    // By then the session has ended.
    const later = await desks.under.as({ role: 'caseworker', function: desks.functions.kaigo });
    const todos = await waitFor(
      async () => {
        const found = await asked(later);
        return found.length > 0 && found;
      },
      { what: 'the to-do' },
    );
    expect(todos.map((t) => t.person)).toEqual([one.person]);
    expect((await later('POST', `/todos/${todos[0]!.id}/done`, {})).status).toBe(204);
    expect(await asked(later)).toEqual([]);
  });
});
