// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { examplesOf } from '@tsunagi/contracts';
import { actionFacts, addDays, japaneseDay, type ReferralAction } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { wound } from './in-time';
import { referralsById } from './referral.record';
import { isTickable } from './todos';
import { Directory } from '../organizations';
import { Database } from '../platform';
import { ShiftedClock } from '../../test/shifted-clock';
import { aSubmission } from '../../test/submissions';
import { signIn, type Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(60_000);

const until = (what: string, condition: () => Promise<boolean>) => waitFor(condition, { what });

/** A Monday; 敬老の日 is the Monday after it, 秋分の日 the Thursday of that week. */
const monday = '2027-09-13';
const morning = new Date(`${monday}T10:00:00+09:00`);

describeWithServices(['postgres'], 'the clock of referrals', () => {
  let desks: TwoDesks;
  let admin: Api;
  let clock: ShiftedClock;

  beforeEach(async () => {
    clock = new ShiftedClock();
    clock.set(morning);
    desks = await twoDesks({ clock, timings: { sweep: 100 } });
    admin = await desks.under.as({ role: 'it_admin' });
  });
  afterEach(() => desks.close());

  const jumpTo = async (day: string, time = '09:00:00') => {
    const { status, body } = await admin('POST', '/clock', { jumpTo: `${day}T${time}+09:00` });
    expect([status, body.code]).toEqual([200, undefined]);
    await looked();
  };
  const aheadOf = async (baseUrl: string) => {
    const api = await signIn(baseUrl, desks.under.access, { role: 'it_admin' });
    return (await api('GET', '/clock')).body.aheadSeconds as number;
  };
  /** Nothing is due any more. */
  const looked = () =>
    until('the clock to be done', async () => {
      const now = (await admin('GET', '/clock')).body.now as string;
      return (await desks.under.rows('select id from referral where clock_at <= $1', [now])).length === 0;
    });
  const said = (over: Parameters<typeof aSubmission>[0] = {}) =>
    aSubmission({
      occurredAt: `${monday}T00:00:00+09:00`,
      asserted: { code: '1', formVersion: 'K-2026-1', on: monday },
      ...over,
    });
  const unsaid = (over: Parameters<typeof aSubmission>[0] = {}) =>
    withoutConsent({ occurredAt: `${monday}T00:00:00+09:00`, ...over });
  const stateOf = async (id: string) =>
    (await desks.under.rows<{ state: string }>('select state from referral where id = $1', [id]))[0]?.state;
  /** `role@function: kind` of a referral, as the rows have it. */
  const listed = async (id: string) => {
    const { kaigo } = desks.functions;
    const rows = await desks.under.rows<{ role: string; function: string; kind: string }>(
      'select role, function, kind from todo where referral = $1 and done_at is null order by id, role',
      [id],
    );
    return rows.map((t) => `${t.role}@${t.function === kaigo ? 'kaigo' : 'other'}: ${t.kind}`).sort();
  };
  const isIn = (id: string, state: string) =>
    until(`a referral to be ${state}`, async () => (await stateOf(id)) === state);
  const takenOver = async (id: string) => {
    const sent = (await desks.konkyu.takeNext('referral.sent.v1', id)).data as Sent;
    await isIn(id, 'received');
    return sent.referral;
  };
  /** At 生活困窮, arrived by its plugin. */
  const arrived = async (over: Parameters<typeof aSubmission>[0] = {}) => {
    const { referralId } = await desks.submit(unsaid(over));
    await desks.consent(await desks.personOf(referralId), { from: monday });
    await takenOver(referralId);
    return referralId;
  };
  const dueOn = async (id: string) =>
    (await desks.under.rows<{ due_on: string }>('select due_on::text from referral where id = $1', [id]))[0]?.due_on;

  it('S10: no answer for five working days, with 敬老の日 in between: worker, supervisor, coordinator', async () => {
    const referral = await arrived();
    expect(await dueOn(referral)).toBe('2027-09-21');
    await jumpTo('2027-09-21', '23:59:00');
    expect(await listed(referral)).toEqual([]);

    await jumpTo('2027-09-22');
    expect(await listed(referral)).toEqual(['caseworker@other: overdue']);
    await jumpTo('2027-09-23');
    expect(await listed(referral)).toHaveLength(1);
    await jumpTo('2027-09-24');
    expect(await listed(referral)).toEqual(['caseworker@other: overdue', 'supervisor@other: overdue']);
    await jumpTo('2027-09-27');
    expect(await listed(referral)).toContain('coordinator@kaigo: overdue');

    expect(await stateOf(referral)).toBe('received');
    const told = await desks.under.rows<{ details: unknown }>(
      `select details from audit_entry where object = $1 and action = 'referral.reminded' order by id`,
      [referral],
    );
    expect(told.map((t) => t.details)).toEqual([
      { todos: ['caseworker:overdue'] },
      { todos: ['supervisor:overdue'] },
      { todos: ['coordinator:overdue'] },
    ]);
  });

  it('lets the desks talk when it is late a second time, and silence accepts and closes nothing', async () => {
    const referral = await arrived();
    await jumpTo('2027-10-29');
    expect(await stateOf(referral)).toBe('coordinating');
    expect(await listed(referral)).toEqual(['coordinator@kaigo: hold_meeting']);
    await jumpTo('2028-10-29');
    expect(await stateOf(referral)).toBe('coordinating');
  });

  it('counts the days of the function: its days of the week, and days it is closed', async () => {
    const directory = desks.under.hub.app.get(Directory);
    const own = { weekdays: [1, 2, 3, 4, 5, 6], holidays: [], closed: ['2027-09-15'] };
    await desks.under.rows('update desk_function set calendar = $1 where id = $2', [own, desks.functions.konkyu]);
    await directory.refresh();
    expect(await dueOn(await arrived())).toBe('2027-09-21');
    const other = await desks.submit(unsaid());
    expect(await stateOf(other.referralId)).toBe('awaiting_authority');
    expect(directory.calendar(desks.functions.kaigo).weekdays).toBeUndefined();
  });

  it('counts as many days as the municipality or the function has set', async () => {
    const set = (body: object) => admin('PUT', '/dues', body);
    expect((await set({ state: 'received', days: { normal: 3, urgent: 1 } })).status).toBe(200);
    expect(await dueOn(await arrived())).toBe('2027-09-16');
    await set({ function: desks.functions.konkyu, state: 'received', days: { normal: 1, urgent: 1 } });
    expect(await dueOn(await arrived())).toBe('2027-09-14');
    const { body } = await set({ function: desks.functions.konkyu, state: 'received', days: null });
    expect(body.days).toEqual([{ state: 'received', normal: 3, urgent: 1 }]);
    expect(await dueOn(await arrived())).toBe('2027-09-16');

    expect((await set({ state: 'in_progress', days: null })).status).toBe(422);
    expect((await set({ function: crypto.randomUUID(), state: 'received', days: null })).status).toBe(404);
    expect((await desks.sender('PUT', '/dues', { state: 'received', days: null })).status).toBe(403);
  });

  it('keeps to limits of the clock that the municipality or the function has set', async () => {
    await admin('PUT', '/dues', { limit: 'consent_pending_days', value: 2 });
    const { body } = await admin('PUT', '/dues', { function: desks.functions.shogai, limit: 'carried_days', value: 3 });
    expect(body.limits).toEqual([
      { function: desks.functions.shogai, limit: 'carried_days', value: 3 },
      { limit: 'consent_pending_days', value: 2 },
    ]);
    const { referralId } = await desks.submit(unsaid());
    await jumpTo('2027-09-15', '10:01:00');
    expect(await listed(referralId)).toContain('caseworker@kaigo: ask_again');
    expect((await admin('PUT', '/dues', { limit: 'confirm_minutes', value: 0 })).status).toBe(422);
  });

  it('asks somebody again who said no, on the day that was agreed, until the desk has done so', async () => {
    const { referralId } = await desks.submit(unsaid());
    const personInformed = { by: '見本　花', at: `${monday}T08:00:00+09:00`, how: '電話' };
    const no = { part: 'ご本人が相談を望まない', askAgainOn: '2027-11-01', personInformed };
    expect((await desks.act(desks.sender, referralId, 'decline', no)).body.state).toBe('declined');
    await jumpTo('2027-10-31');
    expect(await listed(referralId)).toEqual([]);
    await jumpTo('2027-11-01');
    expect(await listed(referralId)).toEqual(['caseworker@kaigo: ask_after_no']);
    const [{ id }] = (await desks.sender('GET', '/todos?kind=ask_after_no')).body.items;
    expect((await desks.sender('POST', `/todos/${id}/done`, {})).status).toBe(204);
    expect(await listed(referralId)).toEqual([]);
  });

  it('103: waits for room for fourteen days, and the coordinator looks for some', async () => {
    const { referralId } = await desks.submit(said());
    const { deliveryId } = await takenOver(referralId);
    await desks.respond(deliveryId, '50', { reason: '103' });
    expect([await stateOf(referralId), await listed(referralId)]).toEqual([
      'on_hold',
      ['coordinator@kaigo: find_capacity'],
    ]);
  });

  it('stands still for the recipient while the sender answers', async () => {
    const referral = await arrived();
    await desks.act(desks.recipient, referral, 'ask', { questions: '滞納は何か月ですか。' });
    expect(await dueOn(referral)).toBe('2027-09-16');
    await jumpTo('2027-09-17');
    expect(await listed(referral)).toEqual(['caseworker@kaigo: answer_question', 'caseworker@kaigo: overdue']);
    await desks.act(desks.sender, referral, 'answer', { answer: '三か月です。' });
    expect([await dueOn(referral), await listed(referral)]).toEqual(['2027-09-28', []]);
  });

  it('wakes what is on hold on its day, and its days go on', async () => {
    const referral = await arrived();
    await desks.act(desks.recipient, referral, 'hold', { reason: '入院中', wakeOn: '2027-10-01' });
    await jumpTo('2027-09-30', '23:50:00');
    expect([await stateOf(referral), await listed(referral)]).toEqual(['on_hold', []]);
    await jumpTo('2027-10-01', '00:00:00');
    expect([await stateOf(referral), await dueOn(referral)]).toEqual(['received', '2027-10-08']);
    const { body } = await desks.recipient('GET', `/referrals/${referral}/timeline`);
    expect(body.items.at(-1)).toMatchObject({ action: 'wake', by: 'hub' });
  });

  it('wakes what a system has put off', async () => {
    const { referralId: referral } = await desks.submit(said());
    const { deliveryId } = await takenOver(referral);
    await desks.respond(deliveryId, '35', { nextContactOn: '2027-09-20' });
    expect(await stateOf(referral)).toBe('on_hold');
    await jumpTo('2027-09-20');
    expect(await stateOf(referral)).toBe('received');
  });

  const phoned = { whom: '試験　月', at: '2027-09-20T21:35:00+09:00', by: '見本　花' };
  it('即日: sixty minutes of the clock, on a holiday too, then the next duty number and the coordinator', async () => {
    await jumpTo('2027-09-20', '21:40:00');
    const referral = await arrived({ urgency: 'same_day', phoned });
    await jumpTo('2027-09-20', '22:39:00');
    expect(await listed(referral)).toEqual([]);
    await jumpTo('2027-09-20', '22:41:00');
    expect(await listed(referral)).toEqual(['caseworker@kaigo: call_next_duty', 'supervisor@other: call_next_duty']);
    await jumpTo('2027-09-20', '23:41:00');
    expect(await listed(referral)).toContain('coordinator@kaigo: call_next_duty');
    await desks.act(desks.recipient, referral, 'accept', { worker: { name: '相談　次郎' }, personMatched: true });
    expect(await listed(referral)).toEqual([]);
  });

  it('asks for a consent again after fourteen days of waiting', async () => {
    const { referralId } = await desks.submit(unsaid());
    await jumpTo('2027-09-27', '09:59:00');
    expect(await listed(referralId)).toEqual(['caseworker@kaigo: authority_needed']);
    await jumpTo('2027-09-27', '10:01:00');
    expect(await listed(referralId)).toEqual(['caseworker@kaigo: ask_again', 'caseworker@kaigo: authority_needed']);
    expect(await stateOf(referralId)).toBe('awaiting_authority');
  });

  it('what waits leaves by itself on the day on which its consent begins, whenever that was said', async () => {
    const tuesday = addDays(monday, 1);
    const { referralId } = await desks.submit(unsaid({ insured: '0000881001' }));
    await desks.consent(await desks.personOf(referralId), { from: tuesday });
    expect(await stateOf(referralId)).toBe('awaiting_authority');
    // The consent was there before this one.
    const later = await desks.submit(unsaid({ insured: '0000881001', to: { domain: 'shogai' } }));
    await desks.consent(await desks.personOf(later.referralId), {
      from: addDays(monday, 2),
      recipients: [{ domain: 'shogai' }],
    });
    await jumpTo(tuesday, '00:00:01');
    expect((await desks.konkyu.takeNext('referral.sent.v1', referralId)).subject).toBe(referralId);
    expect(await stateOf(later.referralId)).toBe('awaiting_authority');
    await jumpTo(addDays(monday, 2), '00:00:01');
    expect(await stateOf(later.referralId)).toBe('sent');
  });

  it('what waits leaves by itself on the day on which a row of 利用目的 begins that permits it', async () => {
    const tuesday = addDays(monday, 1);
    await desks.under.rows(`update authority_row set valid_from = $1 where code = 'within_purpose'`, [tuesday]);
    await desks.under.hub.app.get(Directory).refresh();
    const { body: all } = await admin('GET', '/desk-functions');
    const { id: takikan } = all.items.find((f: { domain: string }) => f.domain === 'takikan');
    const ask = async () =>
      (await desks.under.as({ role: 'caseworker', function: takikan }))(
        'POST',
        '/referrals',
        {
          source: { system: 'web', key: randomUUID(), change: 'new', occurredAt: `${monday}T09:00:00+09:00` },
          kind: 'inquiry',
          to: { domain: 'hogo' },
          urgency: 'normal',
          purpose: 'consultation',
          question: '支援の経過を教えてください。',
          personInformed: { by: '試験', at: `${monday}T09:00:00+09:00`, how: '電話' },
          subject: {
            ref: 'subject',
            role: 'subject',
            identifiers: [],
            items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } },
          },
          others: [],
        },
        { 'idempotency-key': randomUUID() },
      );
    const { body } = await ask();
    expect([body.outcome, body.codes]).toEqual(['held', ['CONSENT_MISSING']]);
    const waits = await desks.submit(unsaid({ insured: '0000881077' }));
    await jumpTo(tuesday, '00:00:01');
    expect(await stateOf(body.id)).toBe('sent');
    // Nothing but a consent is a basis for a つなぎ.
    expect(await stateOf(waits.referralId)).toBe('awaiting_authority');
  });

  it('asks the sender about a sheet that the person carries, after a week and on a working day', async () => {
    const { shogai } = desks.functions;
    await desks.under.rows(`update desk_function set channel = 'carried_by_person' where id = $1`, [shogai]);
    await desks.under.hub.app.get(Directory).refresh();
    const { referralId } = await desks.submit(unsaid({ to: { function: shogai } }));
    await desks.consent(await desks.personOf(referralId), { from: monday, recipients: [{ function: shogai }] });
    expect([await stateOf(referralId), await dueOn(referralId)]).toEqual(['sent', '2027-09-21']);
    await jumpTo('2027-09-20');
    expect(await listed(referralId)).toEqual([]);
    await jumpTo('2027-09-21');
    expect(await listed(referralId)).toEqual(['caseworker@kaigo: carried_not_arrived']);
    await jumpTo('2027-12-01');
    expect([await stateOf(referralId), await listed(referralId)]).toEqual([
      'sent',
      ['caseworker@kaigo: carried_not_arrived'],
    ]);
  });

  it('asks for a renewal fourteen days before the consent ends, and a new consent settles it', async () => {
    const { referralId } = await desks.submit(unsaid());
    const person = await desks.personOf(referralId);
    await desks.consent(person, { from: monday, until: '2027-11-30' });
    await takenOver(referralId);
    await desks.act(desks.recipient, referralId, 'accept', { worker: { name: '相談　次郎' }, personMatched: true });
    const contact = { firstContact: { on: monday, how: '電話' } };
    await desks.act(desks.recipient, referralId, 'start', contact);
    await jumpTo('2027-11-16');
    expect(await listed(referralId)).toEqual([]);
    await jumpTo('2027-11-17');
    expect([await listed(referralId), await stateOf(referralId)]).toEqual([
      ['caseworker@kaigo: renew_authority'],
      'in_progress',
    ]);
    // With less in it, what has left would not be covered.
    await desks.consent(person, { from: monday, until: '2028-06-30', categories: ['identity'] });
    expect(await listed(referralId)).toHaveLength(1);
    await desks.consent(person, { from: monday, until: '2028-06-30' });
    expect(await listed(referralId)).toEqual([]);
  });

  it('asks for a renewal once, though what waits to be opened comes to rest on another consent that ends with it', async () => {
    const { shogai } = desks.functions;
    const { referralId } = await desks.submit(unsaid({ to: { function: shogai } }));
    const person = await desks.personOf(referralId);
    const saidSo = { from: monday, until: '2027-11-30', recipients: [{ function: shogai }] };
    const basis = async () =>
      (await desks.under.rows<{ decision: string }>('select decision from referral where id = $1', [referralId]))[0];
    await desks.consent(person, { ...saidSo, categories: ['identity'] });
    await jumpTo('2027-11-17');
    const first = await basis();
    await desks.consent(person, saidSo);
    expect(await basis()).not.toEqual(first);
    await looked();
    const reminded = await desks.under.rows(
      `select 1 from audit_entry where object = $1 and action = 'referral.reminded' and details->'todos' ? 'caseworker:renew_authority'`,
      [referralId],
    );
    expect(reminded).toHaveLength(1);
  });

  it('brings the follow-up to the sender on its day', async () => {
    const referral = await arrived();
    await desks.act(desks.recipient, referral, 'accept', { worker: { name: '相談　次郎' }, personMatched: true });
    await desks.act(desks.recipient, referral, 'start', { firstContact: { on: monday, how: '電話' } });
    await desks.act(desks.recipient, referral, 'complete', {
      outcome: '011',
      note: '家計改善支援につながった。',
      personInformed: { by: '相談　次郎', at: morning.toISOString(), how: '訪問' },
    });
    expect(await listed(referral)).toEqual(['caseworker@kaigo: see_result']);
    await desks.act(desks.sender, referral, 'follow-up', { series: 'thirty_days' });
    expect(await listed(referral)).toEqual([]);
    await jumpTo('2027-10-13');
    expect(await listed(referral)).toEqual(['caseworker@kaigo: follow_up_due']);
  });

  describe('with several instances', () => {
    /** Ten that wake on the same day, and ten that are late. */
    const many = async () => {
      const ids: string[] = [];
      for (let n = 0; n < 20; n++) ids.push(await arrived());
      for (const id of ids.slice(0, 10))
        await desks.act(desks.recipient, id, 'hold', { reason: '入院中', wakeOn: '2027-09-22' });
      return ids;
    };
    const fired = (ids: readonly string[]) =>
      desks.under.rows(
        `select object, action, count(*)::int as times from audit_entry
         where object = any($1::text[]) and action in ('referral.wake', 'referral.reminded') group by object, action order by object`,
        [ids],
      );

    /** Somebody holds a person; sweeps stop there in the middle of their transaction. */
    const holding = async (id: string | undefined) => {
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select 1 from person where id = (select subject from referral where id = $1) for update', [
        id,
      ]);
      return { letGo: () => client.end() };
    };
    const waiting = `from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;

    it('each moment strikes once, however many look at the same time', async () => {
      const ids = await many();
      await desks.under.another();
      await desks.under.another();
      const { letGo } = await holding(ids[0]);
      // Of all three instances, which share this clock.
      clock.set(new Date('2027-09-22T09:00:00+09:00'));
      await until('all three to be at it', async () => (await desks.under.rows(`select 1 ${waiting}`)).length === 3);
      await letGo();
      await until(
        'all to have struck',
        async () => (await desks.under.rows('select 1 from referral where clock_at <= $1', [clock.now()])).length === 0,
      );
      const once = (action: string) => (object: string) => ({ object, action, times: 1 });
      const expected = [
        ...ids.slice(0, 10).map(once('referral.wake')),
        ...ids.slice(10).map(once('referral.reminded')),
      ];
      expect(await fired(ids)).toEqual(expected.sort((a, b) => (a.object < b.object ? -1 : 1)));
      const doubled =
        'select 1 from todo where done_at is null group by referral, function, role, kind having count(*) > 1';
      expect(await desks.under.rows(doubled)).toEqual([]);
    });

    it('what was cut off in the middle has not happened, and strikes once later', async () => {
      const ids = await many();
      const { letGo } = await holding(ids[0]);
      await admin('POST', '/clock', { jumpTo: '2027-09-22T09:00:00+09:00' });
      await until(
        'the sweep to wait for a person',
        async () => (await desks.under.rows(`select pg_terminate_backend(pid) ${waiting}`)).length > 0,
      );
      expect(await fired(ids.slice(0, 1))).toEqual([]);
      await letGo();

      await admin('POST', '/clock', { advance: 'PT5M' });
      await looked();
      expect((await fired(ids)).map((f) => (f as { times: number }).times)).toEqual(ids.map(() => 1));
    });
  });

  it('does not stop at one that cannot be moved', async () => {
    const [broken, good] = [await arrived(), await arrived()];
    for (const id of [broken, good])
      await desks.act(desks.recipient, id, 'hold', { reason: '入院中', wakeOn: '2027-09-22' });
    await desks.under.rows('update referral set state_before = null where id = $1', [broken]);
    await admin('POST', '/clock', { jumpTo: '2027-09-22T09:00:00+09:00' });
    await isIn(good, 'received');
    expect(await stateOf(broken)).toBe('on_hold');
  });

  describe('the to-do lists', () => {
    const inFunction = async (ids: readonly string[]) => {
      const app = desks.under.hub.app;
      const now = new Date((await admin('GET', '/clock')).body.now as string);
      const found = await referralsById(app.get(Database), ids);
      return [...found.values()].flatMap((r) =>
        wound(r, app.get(Directory), now).todos.map(
          (t) => `${t.referral} ${t.role}@${t.function}: ${t.kind} ${t.escalated}`,
        ),
      );
    };
    const inRows = async (ids: readonly string[]) => {
      const rows = await desks.under.rows<Record<'referral' | 'role' | 'function' | 'kind' | 'escalated', string>>(
        'select * from todo where referral = any($1::uuid[]) and done_at is null',
        [ids],
      );
      return rows
        .filter((t) => !isTickable(t.kind))
        .map((t) => `${t.referral} ${t.role}@${t.function}: ${t.kind} ${t.escalated}`);
    };

    it('are what state and time say, after any history', async () => {
      const { shogai, kaigo } = desks.functions;
      const web = await desks.under.as({ role: 'caseworker', function: shogai });
      const asked: string[] = [];
      for (const to of [{ domain: 'konkyu' }, { function: shogai }, { domain: 'chiiki' }] as const) {
        asked.push((await desks.submit(said({ to }))).referralId);
        const { referralId } = await desks.submit(withoutConsent({ to, occurredAt: `${monday}T00:00:00+09:00` }));
        asked.push(referralId);
        const person = await desks.personOf(referralId);
        if (asked.length < 4)
          await desks.consent(person, { from: monday, recipients: [{ domain: 'konkyu' }, { function: shogai }] });
      }
      const supervisors = await Promise.all(
        [kaigo, desks.functions.konkyu, shogai].map((f) => desks.under.as({ role: 'supervisor', function: f })),
      );
      // What is late twice goes on at the table.
      const coordinator = await desks.under.as({ role: 'coordinator' });
      const hats = [desks.sender, desks.recipient, web, ...supervisors, coordinator];
      // A walk that is the same every time: a linear congruential generator, whose lower bits go in circles.
      let seed = 20_270_913;
      // What ends it at once, leaves it where it is, or takes it to the table before it is late.
      const still = new Set<ReferralAction>([
        'withdraw',
        'mark-error',
        'misdirected',
        'supplement',
        'edit',
        'reopen',
        'redirect',
        'inform',
        'confirm-phone',
        'coordinate',
      ]);
      const pick = <T>(from: readonly T[]): T | undefined =>
        from[Math.floor((seed = (seed * 69_069 + 1) % 2 ** 32) / 2 ** 16) % from.length];
      let steps = 0;
      for (let n = 0; n < 90; n++) {
        const id = pick(asked) ?? '';
        const who = pick(hats) ?? admin;
        const offered = (await who('GET', `/referrals/${id}/actions`)).body;
        const possible = ((offered.actions ?? []) as { action: ReferralAction; possible: boolean }[]).filter(
          (a) => a.possible && !still.has(a.action),
        );
        const action = pick(possible)?.action;
        const today = japaneseDay(new Date((await admin('GET', '/clock')).body.now as string));
        if (action) {
          const [example] = Object.values(examplesOf(actionFacts[action]) ?? {});
          const facts = { ...(example?.value ?? {}), ...(action === 'hold' && { wakeOn: addDays(today, 9) }) };
          steps += (await desks.act(who, id, action, facts)).status < 300 ? 1 : 0;
        }
        const brought = pick(desks.konkyu.deliveries.filter((d) => d.type === 'referral.sent.v1'));
        const { referral } = (brought?.data ?? {}) as Partial<Sent>;
        if (n % 3 === 0 && referral && (await desks.konkyu.mayWrite(referral.deliveryId))) {
          await desks.konkyu.receipt(referral.deliveryId);
          const code = pick(['10', '20', '30', '35', '45', '50', '50'])!;
          await desks.respond(referral.deliveryId, code, {
            worker: '相談　次郎',
            reason: '901',
            note: '様子を見ます。',
          });
        }
        if (n % 9 === 8) await jumpTo(addDays(today, 1 + (n % 4)));
        await looked();
        // The plugin's receipt may come in between.
        await until('the rows to say what the function says', async () => {
          const [rows, truth] = [await inRows(asked), await inFunction(asked)];
          return JSON.stringify(rows.sort()) === JSON.stringify(truth.sort());
        });
      }
      expect(steps).toBeGreaterThan(10);
      const passed = await desks.under.rows<{ state: string }>(
        'select distinct to_state as state from referral_event where referral = any($1::uuid[])',
        [asked],
      );
      expect(passed.length).toBeGreaterThan(8);
    });

    it('show what is late first, go on page by page, and answer filters', async () => {
      const referrals = [await arrived(), await arrived(), await arrived()];
      await jumpTo('2027-09-24');
      const { body: all } = await desks.recipient('GET', '/todos');
      expect(all.items.map((t: any) => [t.kind, t.escalated, t.role])).toEqual(
        referrals.map(() => ['overdue', true, 'caseworker']),
      );
      const referralId = await arrived();
      await desks.act(desks.recipient, referralId, 'ask', { questions: '滞納は何か月ですか。' });
      await desks.act(desks.recipient, referrals[0]!, 'ask', { questions: '滞納は何か月ですか。' });
      await jumpTo('2027-09-27');

      const pages = async (who: Api, query: string) => {
        const kinds: string[] = [];
        let cursor = '';
        do {
          const { status, body } = await who('GET', `/todos?limit=1${query}${cursor}`);
          expect(status).toBe(200);
          kinds.push(...body.items.map((t: any) => `${t.kind}${t.escalated ? '!' : ''}`));
          cursor = body.next === undefined ? '' : `&cursor=${body.next}`;
        } while (cursor !== '');
        return kinds;
      };
      const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      const coordinator = await desks.under.as({ role: 'coordinator' });
      expect(await pages(desks.sender, '')).toEqual(['answer_question', 'answer_question']);
      expect(await pages(supervisor, '&role=supervisor')).toEqual(['overdue!', 'overdue!']);
      expect(await pages(coordinator, '&escalated=true')).toEqual(['overdue!', 'overdue!']);
      expect(await pages(coordinator, `&function=${desks.functions.konkyu}`)).toEqual([]);
      expect(await pages(desks.sender, '&kind=overdue')).toEqual([]);
      expect(await pages(desks.sender, `&function=${desks.functions.konkyu}`)).toEqual([]);
      await jumpTo('2027-09-30');
      expect(await pages(desks.sender, '')).toEqual(['overdue!', 'overdue!', 'answer_question', 'answer_question']);
      expect((await desks.sender('GET', '/todos?cursor=x')).status).toBe(422);
    });
  });

  describe('a demo', () => {
    it('is put forward by those who run it, never back', async () => {
      expect((await admin('POST', '/clock', { advance: 'P1D' })).body).toMatchObject({ aheadSeconds: 86_400 });
      expect((await admin('POST', '/clock', { jumpTo: morning.toISOString() })).body.code).toBe('CLOCK_RUNS_FORWARD');
      expect((await admin('POST', '/clock', { advance: 'P0D' })).body.code).toBe('CLOCK_RUNS_FORWARD');
      for (const body of [{}, { advance: 'P' }, { advance: '1d' }, { advance: 'P1D', jumpTo: morning.toISOString() }])
        expect((await admin('POST', '/clock', body)).status).toBe(422);
      expect((await desks.sender('POST', '/clock', { advance: 'P1D' })).status).toBe(403);
    });

    it('is followed by every process on its database, and by one that starts later', async () => {
      const other = await desks.under.another();
      await admin('POST', '/clock', { advance: 'P40D' });
      const third = await desks.under.another();
      for (const { baseUrl } of [other, third]) {
        await until('it to follow', async () => (await aheadOf(baseUrl)) === 40 * 86_400);
      }
    });

    it('goes on crossing after it was put forward', async () => {
      await admin('POST', '/clock', { advance: 'P2D' });
      expect(await stateOf(await arrived())).toBe('received');
    });

    it('is the only place where a clock moves', async () => {
      const real = await desks.under.another({ demo: false });
      const api = await signIn(real.baseUrl, desks.under.access, { role: 'it_admin' });
      expect((await api('POST', '/clock', { advance: 'P1D' })).body.code).toBe('CLOCK_NOT_MOVABLE');
      expect((await api('GET', '/clock')).body.code).toBe('CLOCK_NOT_MOVABLE');
      expect(await desks.under.rows('select 1 from demo_clock')).toEqual([]);
    });
  });
});
