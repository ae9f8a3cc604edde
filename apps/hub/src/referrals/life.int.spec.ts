// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import type { Api } from '../../test/sign-in';
import { aSubmission } from '../../test/submissions';
import { Directory } from '../organizations';
import { aMember, twoDesks, withoutConsent, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

const today = japaneseDay(new Date());
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const told = { personInformed: { by: '見本　花', at: minutesAgo(1), how: '電話' } };
const talk = { on: today, names: ['見本　花', '試験　月'] };
const keepsDoing = { sender: '見守り', recipient: '連絡を受ける' };
const attempts = ['電話', '手紙', '訪問'].map((how, n) => ({ on: addDays(today, n - 3), how, visit: n === 2 }));

describeWithServices(['postgres'], 'the life of a referral over HTTP', () => {
  let desks: TwoDesks;
  let supervisor: Api;
  let coordinator: Api;
  let approver: Api;
  beforeAll(async () => {
    desks = await twoDesks();
    const { functions, under } = desks;
    supervisor = await under.as({ role: 'supervisor', function: functions.konkyu });
    coordinator = await under.as({ role: 'coordinator' });
    approver = await under.as({ role: 'approver' });
  });
  afterAll(() => desks?.close());

  const as = (role: string, functionId: string) => desks.under.as({ role, function: functionId });
  const stateOf = async (referral: string, who = desks.sender) => (await desks.view(who, referral)).state;
  const done = async (who: Api, referral: string, action: string, facts?: object) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
    return body as { state: string; version: number; next?: string };
  };
  const refused = async (who: Api, referral: string, action: string, facts?: object) => {
    const { status, body } = await desks.act(who, referral, action, facts);
    expect(status).toBeGreaterThanOrEqual(400);
    return body.code as string;
  };
  const todosOf = async (who: Api, referral: string): Promise<string[]> =>
    (await who('GET', '/todos')).body.items
      .filter((t: { referralId?: string }) => t.referralId === referral)
      .map((t: { kind: string }) => t.kind);
  const timelineOf = async (who: Api, referral: string) =>
    (await who('GET', `/referrals/${referral}/timeline`)).body.items as {
      action: string;
      to: string;
      reasons: string[];
      note?: Record<string, unknown>;
    }[];
  const whyNot = async (who: Api, referral: string, action: string) =>
    (await who('GET', `/referrals/${referral}/actions`)).body.actions.find(
      (a: { action: string }) => a.action === action,
    );

  /** Has come to 生活困窮, with a consent toward the desks that are named. */
  const arrived = async (recipients: object[] = [{ domain: 'konkyu' }], over: object = {}) => {
    const { referralId } = await desks.submit(withoutConsent(over));
    await desks.consent(await desks.personOf(referralId), {
      categories: ['identity', 'contact', 'concern'],
      recipients: recipients as never,
      feedback: 'state',
    });
    await desks.konkyu.takeNext('referral.sent.v1', referralId);
    await waitFor(async () => (await stateOf(referralId, desks.recipient)) === 'received', { what: 'its arrival' });
    return referralId;
  };
  const accepted = async (...args: Parameters<typeof arrived>) => {
    const referral = await arrived(...args);
    await done(desks.recipient, referral, 'accept', { worker: { name: '試験　月' }, personMatched: true });
    return referral;
  };
  const inProgress = async (...args: Parameters<typeof arrived>) => {
    const referral = await accepted(...args);
    await done(desks.recipient, referral, 'start', { firstContact: { on: today, how: '電話' } });
    return referral;
  };
  const completed = async () => {
    const referral = await inProgress();
    await done(desks.recipient, referral, 'complete', { outcome: '011', note: 'つながった。', ...told });
    return referral;
  };
  const proposed = async (facts: object = { reasons: ['901'] }, ...args: Parameters<typeof arrived>) => {
    const referral = await arrived(...args);
    await done(supervisor, referral, 'propose-return', { whoTellsPerson: '試験　月', ...facts });
    return referral;
  };
  const returned = async (...args: Parameters<typeof arrived>) => {
    const referral = await proposed({ reasons: ['101'], fitting: { domain: 'shogai' } }, ...args);
    await done(desks.sender, referral, 'agree-return', { talk, keepsDoing, ...told });
    return referral;
  };

  describe('redirecting', () => {
    it('ends it, and a child goes on in the same journey; the person is asked anew (S3)', async () => {
      const referral = await returned();
      expect(await refused(desks.sender, referral, 'redirect', { to: { domain: 'shogai' } })).toBe(
        'PERSON_NOT_INFORMED',
      );
      expect(await refused(desks.recipient, referral, 'redirect', { to: 'unknown', ...told })).toBe('NOT_YOUR_STEP');
      const { state, next = '' } = await done(desks.sender, referral, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      expect(state).toBe('redirected');
      const [before, child] = [await desks.view(desks.sender, referral), await desks.view(desks.sender, next)];
      expect(child).toMatchObject({
        state: 'awaiting_authority',
        journeyId: before.journeyId,
        continues: referral,
        to: { domain: 'shogai' },
      });
      expect(child.members[0].items.identity).toEqual(before.members[0].items.identity);
      expect(await todosOf(desks.sender, next)).toContain('authority_needed');
      const shogai = await as('caseworker', desks.functions.shogai);
      expect((await shogai('GET', `/referrals/${next}`)).status).toBe(404);

      await desks.consent(await desks.personOf(next), { recipients: [{ domain: 'shogai' }] });
      expect(await stateOf(next)).toBe('sent');
      await done(shogai, next, 'receive');
      const seen = await desks.view(shogai, next);
      expect(Object.keys(seen.members[0].items).sort()).toEqual(['concern', 'identity']);
      expect(seen.continues).toBeUndefined();
    });

    it('leaves at once where a decision permits it, by the coordinator too', async () => {
      const referral = await proposed({ reasons: ['901'] }, [{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await done(coordinator, referral, 'redirect', { to: { domain: 'shogai' }, ...told });
      expect(await stateOf(next)).toBe('sent');
      expect((await desks.view(coordinator, next)).members).toBeUndefined();
    });

    it('to a desk that has had it brings the desks together instead', async () => {
      const referral = await returned();
      const { state, next } = await done(desks.sender, referral, 'redirect', { to: { domain: 'konkyu' }, ...told });
      expect([state, next]).toEqual(['coordinating', undefined]);
      expect((await timelineOf(desks.sender, referral)).at(-2)).toMatchObject({
        action: 'redirect',
        to: 'returned',
        note: { personInformed: told.personInformed },
      });
      expect(await todosOf(coordinator, referral)).toContain('hold_meeting');
    });

    it('without a route waits for a desk', async () => {
      const { next = '' } = await done(desks.sender, await returned(), 'redirect', {
        to: { domain: 'chiiki' },
        ...told,
      });
      expect(await stateOf(next)).toBe('draft');
      expect(await todosOf(coordinator, next)).toContain('find_recipient');
    });

    it('a third time is refused, and said so before anybody asks', async () => {
      const referral = await returned();
      await desks.under.rows('update referral set hops = 2 where id = $1', [referral]);
      expect(await whyNot(desks.sender, referral, 'redirect')).toMatchObject({ possible: false, because: 'HOP_LIMIT' });
      expect(await refused(desks.sender, referral, 'redirect', { to: 'unknown', ...told })).toBe('HOP_LIMIT');
    });
  });

  describe('the desks talk', () => {
    it('after a second return of the journey, and the coordinator closes with both (S3)', async () => {
      const first = await returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await done(desks.sender, first, 'redirect', { to: { domain: 'shogai' }, ...told });
      const shogai = await as('caseworker', desks.functions.shogai);
      const theirSupervisor = await as('supervisor', desks.functions.shogai);
      await done(shogai, next, 'receive');
      const { state } = await done(theirSupervisor, next, 'propose-return', {
        reasons: ['901'],
        whoTellsPerson: '試験　月',
      });
      expect(state).toBe('coordinating');
      expect((await timelineOf(desks.sender, next)).slice(-2).map((e) => e.action)).toEqual([
        'propose-return',
        'coordinate',
      ]);
      const ends = { result: '介護の窓口が続ける。', ...told };
      expect(await refused(desks.sender, next, 'close', ends)).toBe('NOT_YOUR_STEP');
      expect(await refused(coordinator, next, 'close', ends)).toBe('TALK_MISSING');
      expect((await done(coordinator, next, 'close', { ...ends, talk, keepsDoing })).state).toBe('closed');
      expect(await todosOf(coordinator, next)).toEqual([]);
    });

    it('but not when the person did not want it: then it ends declined, each side having asked once', async () => {
      const first = await returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await done(desks.sender, first, 'redirect', { to: { domain: 'shogai' }, ...told });
      const shogai = await as('caseworker', desks.functions.shogai);
      const theirSupervisor = await as('supervisor', desks.functions.shogai);
      await done(shogai, next, 'receive');
      const asked = told.personInformed;
      const because = { reasons: ['201'], whoTellsPerson: '試験　月' };
      expect(await refused(theirSupervisor, next, 'propose-return', because)).toBe('PERSON_NOT_ASKED');
      expect((await done(theirSupervisor, next, 'propose-return', { ...because, asked })).state).toBe(
        'return_proposed',
      );
      expect(await whyNot(desks.sender, next, 'agree-return')).toMatchObject({ because: 'SECOND_RETURN' });
      const part = { part: 'ご本人が相談を望まない', askAgainOn: addDays(today, 90), ...told };
      expect(await refused(desks.sender, next, 'decline', part)).toBe('PERSON_NOT_ASKED');
      const tooLate = { ...part, asked, askAgainOn: addDays(today, 200) };
      expect(await refused(desks.sender, next, 'decline', tooLate)).toBe('ASK_AGAIN_OUT_OF_RANGE');
      expect((await done(desks.sender, next, 'decline', { ...part, asked })).state).toBe('declined');
    });

    it('when the coordinator calls them, saying what each keeps doing; then it is taken, or goes on', async () => {
      const referral = await arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      expect(await refused(desks.sender, referral, 'coordinate', { keepsDoing })).toBe('NOT_YOUR_STEP');
      await done(coordinator, referral, 'coordinate', { keepsDoing, meetOn: addDays(today, 3) });
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      expect(await refused(coordinator, referral, 'accept', takes)).toBe('TALK_MISSING');
      expect((await done(coordinator, referral, 'accept', { ...takes, talk, keepsDoing })).state).toBe('accepted');

      const other = await arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      await done(coordinator, other, 'coordinate', { keepsDoing });
      const agreed = { talk, keepsDoing, ...told };
      const { next = '' } = await done(coordinator, other, 'redirect', { to: { domain: 'shogai' }, ...agreed });
      expect(await stateOf(next)).toBe('sent');
    });

    it('and what goes on to the same desk is the only one there: what waited behind it waits on', async () => {
      const insured = '0000440302';
      const referral = await arrived([{ domain: 'konkyu' }], { insured });
      const behind = await desks.submit(withoutConsent({ insured }));
      expect(behind.codes).toEqual(['OPEN_TWIN']);
      await done(coordinator, referral, 'coordinate', { keepsDoing });
      const agreed = { talk, keepsDoing, ...told };
      const { next = '' } = await done(coordinator, referral, 'redirect', { to: { domain: 'konkyu' }, ...agreed });
      expect([await stateOf(next), await stateOf(behind.referralId)]).toEqual(['sent', 'awaiting_authority']);
      expect(await todosOf(desks.sender, behind.referralId)).toEqual(['twin_open']);
    });

    it('before the desk has opened it: that desk opens it still, once', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await desks.consent(await desks.personOf(referralId), { recipients: [{ domain: 'shogai' }] });
      await done(coordinator, referralId, 'coordinate', { keepsDoing });
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      await done(coordinator, referralId, 'accept', { ...takes, talk, keepsDoing });
      const shogai = await as('caseworker', desks.functions.shogai);
      expect((await desks.view(shogai, referralId)).members).toBeUndefined();
      expect((await done(shogai, referralId, 'receive')).state).toBe('accepted');
      expect((await desks.view(shogai, referralId)).members).toHaveLength(1);
      const lines = await desks.under.rows(
        'select state from disclosure where referral = $1 and recipient_function = $2',
        [referralId, desks.functions.shogai],
      );
      expect(lines).toEqual([{ state: 'written' }]);
      expect(await refused(shogai, referralId, 'receive')).toBe('RECEIVED_ALREADY');
    });

    it('R2: a return by 多機関協働 itself is confirmed by the municipality', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'takikan' } }));
      await desks.consent(await desks.personOf(referralId), { recipients: [{ domain: 'takikan' }] });
      const { body } = await coordinator('GET', '/desk-functions');
      const takikan = (body.items ?? body).find((f: { domain: string }) => f.domain === 'takikan').id as string;
      await done(await as('caseworker', takikan), referralId, 'receive');
      await done(await as('supervisor', takikan), referralId, 'propose-return', {
        reasons: ['901'],
        whoTellsPerson: '試験　月',
      });
      expect(await todosOf(approver, referralId)).toEqual(['agree_return']);
      expect((await desks.view(approver, referralId)).members).toBeUndefined();
      const agrees = { talk, keepsDoing, ...told };
      // Not by those who coordinate: it is their own desk, whether or not they are entered there.
      expect(await refused(coordinator, referralId, 'agree-return', agrees)).toBe('NOT_YOUR_STEP');
      const elsewhereTo = { to: { domain: 'shogai' }, ...told };
      expect(await refused(coordinator, referralId, 'redirect', elsewhereTo)).toBe('NOT_YOUR_STEP');
      expect((await done(approver, referralId, 'agree-return', agrees)).state).toBe('returned');
      const elsewhere = await proposed();
      expect((await approver('GET', `/referrals/${elsewhere}`)).status).toBe(404);
    });
  });

  describe('a reason of its own', () => {
    it('103 is no return: it waits fourteen days at the most, and the coordinator looks for a place', async () => {
      const referral = await arrived();
      const full = { reason: '定員に達している', code: '103' };
      expect(await refused(desks.recipient, referral, 'hold', { ...full, wakeOn: addDays(today, 15) })).toBe(
        'WAKE_DATE_OUT_OF_RANGE',
      );
      await done(desks.recipient, referral, 'hold', { ...full, wakeOn: addDays(today, 7) });
      expect(await todosOf(coordinator, referral)).toContain('find_capacity');
      const later = { reason: 'まだ空かない', wakeOn: addDays(today, 20) };
      expect(await refused(desks.recipient, referral, 'hold', later)).toBe('WAKE_DATE_OUT_OF_RANGE');
      await done(desks.recipient, referral, 'hold', { ...later, wakeOn: addDays(today, 14) });
      expect((await done(desks.recipient, referral, 'resume')).state).toBe('received');
    });

    it('103 of a system asks the coordinator as well', async () => {
      const { referralId } = await desks.submit();
      const { referral } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
      expect((await desks.respond(referral.deliveryId, '50', { reason: '103' }))?.outcome).toBe('accepted');
      expect(await todosOf(coordinator, referralId)).toContain('find_capacity');
    });

    it('any other pause is prolonged by a reason, sixty days each', async () => {
      const referral = await accepted();
      const hold = (days: number) => ({ reason: '入院中', wakeOn: addDays(today, days) });
      expect(await refused(desks.recipient, referral, 'hold', hold(61))).toBe('WAKE_DATE_OUT_OF_RANGE');
      await done(desks.recipient, referral, 'hold', hold(60));
      expect((await done(desks.recipient, referral, 'hold', hold(30))).state).toBe('on_hold');
      expect((await done(desks.recipient, referral, 'resume')).state).toBe('accepted');
    });

    it('104 is no return: it links a running case, and the sender learns only 引受', async () => {
      const referral = await arrived();
      const facts = { worker: { name: '試験　月' }, personMatched: true, runningCase: '2026-017' };
      expect((await done(desks.recipient, referral, 'accept', facts)).state).toBe('accepted');
      const [theirs, ours] = [await timelineOf(desks.recipient, referral), await timelineOf(desks.sender, referral)];
      expect(theirs.at(-1)).toMatchObject({ reasons: ['104'], note: { runningCase: '2026-017' } });
      expect(ours.at(-1)).toMatchObject({ action: 'accept', reasons: [] });
      expect(JSON.stringify(ours)).not.toContain('2026-017');
    });

    it('101 names a desk that there is', async () => {
      const referral = await arrived();
      const fits = (id: string) => ({ reasons: ['101'], whoTellsPerson: '試験　月', fitting: { function: id } });
      const absent = await desks.act(supervisor, referral, 'propose-return', fits(referral));
      expect([absent.status, absent.body.errors[0]]).toEqual([
        422,
        expect.objectContaining({ code: 'REFERENCE_UNKNOWN', pointer: '/fitting/function' }),
      ]);
      await done(supervisor, referral, 'propose-return', fits(desks.functions.shogai));
    });

    it('105 names another referral of the desk, and closes with both histories', async () => {
      const [one, other] = [await arrived(), await arrived()];
      const persons = await Promise.all([one, other].map((id) => desks.personOf(id)));
      const because = { reasons: ['105'], whoTellsPerson: '試験　月' };
      expect(await refused(supervisor, other, 'propose-return', because)).toBe('DUPLICATE_MISSING');
      for (const id of [other, '01900000-0000-7000-8000-000000000001'])
        expect(await refused(supervisor, other, 'propose-return', { ...because, duplicateOf: id })).toBe(
          'DUPLICATE_MISSING',
        );
      // Two persons, until somebody who has both has confirmed that they are one.
      expect(await refused(supervisor, other, 'propose-return', { ...because, duplicateOf: one })).toBe(
        'DUPLICATE_MISSING',
      );
      const link = { other: persons[1], agreed: ['name', 'address', 'telephone'] };
      expect((await desks.recipient('POST', `/persons/${persons[0]}/link`, link)).status).toBe(201);
      await done(supervisor, other, 'propose-return', { ...because, duplicateOf: one });
      // Whoever is at work with the other one is waited for.
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select 1 from person where id = $1 for update', [persons[0]]);
      const closing = done(desks.sender, other, 'close', { result: '重複だった。', ...told });
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
      await waitFor(async () => (await desks.under.rows(waiting)).length > 0, { what: 'it to wait for the other one' });
      await client.end();
      expect((await closing).state).toBe('closed');
      expect((await timelineOf(desks.recipient, one)).at(-1)).toMatchObject({
        action: 'duplicate_closed',
        reasons: ['105'],
      });
      expect((await timelineOf(desks.sender, one)).map((e) => e.action)).not.toContain('duplicate_closed');
      const sendersView = JSON.stringify(await timelineOf(desks.sender, other));
      expect(sendersView).not.toContain(one);
    });

    it.each([
      ['202', { attempts }, 'ATTEMPTS_MISSING'],
      ['203', { diedOn: today }, 'REASON_DATE_MISSING'],
      ['204', { movedOn: today }, 'REASON_DATE_MISSING'],
      ['205', { admittedOn: today }, 'REASON_DATE_MISSING'],
    ])('%s says what it rests on', async (reason, shown, code) => {
      const referral = await arrived();
      const because = { reasons: [reason], whoTellsPerson: '試験　月' };
      expect(await refused(supervisor, referral, 'propose-return', because)).toBe(code);
      expect((await done(supervisor, referral, 'propose-return', { ...because, ...shown })).state).toBe(
        'return_proposed',
      );
    });
  });

  describe('an outcome', () => {
    it('013 goes on from the recipient with what it has seen, and counts as no return (R12)', async () => {
      const referral = await inProgress();
      const result = { outcome: '013', note: '障害の相談が要る。', howTheyMeet: 'accompanied', ...told };
      expect(await refused(desks.recipient, referral, 'complete', result)).toBe('TARGET_MISSING');
      const { state, next = '' } = await done(desks.recipient, referral, 'complete', {
        ...result,
        referredTo: { domain: 'shogai' },
      });
      expect(state).toBe('completed');
      const child = await desks.view(desks.recipient, next);
      expect(child).toMatchObject({
        state: 'awaiting_authority',
        continues: referral,
        from: { domain: 'konkyu' },
        journeyId: (await desks.view(desks.sender, referral)).journeyId,
      });
      expect(Object.keys(child.members[0].items).sort()).toEqual(['concern', 'contact', 'identity']);
      expect((await desks.sender('GET', `/referrals/${next}`)).status).toBe(404);
      const [row] = await desks.under.rows('select hops, returns_in_journey from referral where id = $1', [next]);
      expect(row).toEqual({ hops: 0, returns_in_journey: 0 });
    });

    it('013 back to its sender is たらい回し: the desks talk', async () => {
      const referral = await inProgress();
      const result = { outcome: '013', note: '介護の窓口へ。', referredTo: { domain: 'kaigo' }, ...told };
      expect(await done(desks.recipient, referral, 'complete', result)).toMatchObject({ state: 'coordinating' });
      // What was reported is kept: the table needs it, and the person was told.
      const [reported, talks] = (await timelineOf(desks.recipient, referral)).slice(-2);
      expect(reported).toMatchObject({ action: 'complete', to: 'in_progress', reasons: ['013'] });
      expect(reported?.note).toMatchObject({ note: '介護の窓口へ。', personInformed: told.personInformed });
      expect(talks).toMatchObject({ action: 'coordinate', to: 'coordinating' });
    });

    it('013 goes to the same desk once more when nothing of the first has left', async () => {
      const referral = await inProgress();
      const result = { outcome: '013', note: '障害の相談が要る。', referredTo: { domain: 'shogai' }, ...told };
      const { next = '' } = await done(desks.recipient, referral, 'complete', result);
      expect((await done(desks.recipient, next, 'withdraw', { reason: '見学してから決める' })).state).toBe('withdrawn');
      await done(desks.sender, referral, 'send-back', { note: '見学がまだです。' });
      const again = await done(desks.recipient, referral, 'complete', result);
      expect([again.state, again.next]).toEqual(['completed', expect.any(String)]);
    });

    it('023 says what was not there (R7)', async () => {
      const referral = await inProgress();
      const result = { outcome: '023', note: '受け入れ先がない。', ...told };
      expect(await refused(desks.recipient, referral, 'complete', result)).toBe('NEED_MISSING');
      await done(desks.recipient, referral, 'complete', { ...result, need: '飲酒する人の居場所' });
      expect(JSON.stringify(await timelineOf(desks.sender, referral))).not.toContain('居場所');
    });
  });

  describe('after the result', () => {
    it('is sent back once, and said so before anybody asks', async () => {
      const referral = await completed();
      await done(desks.sender, referral, 'send-back', { note: '滞納が続いている。' });
      await done(desks.recipient, referral, 'complete', { outcome: '011', note: '続いている。', ...told });
      expect(await whyNot(desks.sender, referral, 'send-back')).toMatchObject({
        possible: false,
        because: 'SENT_BACK_ALREADY',
        sentence: expect.any(String),
      });
      expect(await refused(desks.sender, referral, 'send-back', { note: 'もう一度。' })).toBe('SENT_BACK_ALREADY');
    });

    it('is followed up in a series, and closed after the last contact', async () => {
      const referral = await completed();
      expect(await refused(desks.sender, referral, 'follow-up', {})).toBe('SERIES_MISSING');
      await done(desks.sender, referral, 'follow-up', { series: 'one_three_six_months' });
      expect((await desks.view(desks.sender, referral)).followUps).toHaveLength(3);
      const ends = { result: '続いている。', ...told };
      for (const result of ['holds', 'weak', 'not_reached']) {
        expect(await refused(desks.sender, referral, 'close', ends)).toBe('FOLLOW_UP_LEFT');
        expect((await done(desks.sender, referral, 'follow-up', { result })).state).toBe('follow_up');
      }
      expect((await done(desks.sender, referral, 'close', ends)).state).toBe('closed');
    });

    it('begins anew in another journey when it is broken', async () => {
      const referral = await completed();
      await done(desks.sender, referral, 'follow-up', { series: 'thirty_days' });
      expect(await refused(desks.sender, referral, 'follow-up', { result: 'broken' })).toBe('PERSON_NOT_INFORMED');
      const { state, next = '' } = await done(desks.sender, referral, 'follow-up', { result: 'broken', ...told });
      expect(state).toBe('closed');
      const [old, again] = [await desks.view(desks.sender, referral), await desks.view(desks.sender, next)];
      expect(again).toMatchObject({ state: 'sent', reopens: referral, to: { domain: 'konkyu' } });
      expect(again.journeyId).not.toBe(old.journeyId);
      await desks.konkyu.takeNext('referral.sent.v1', next);
    });
  });

  describe('withdrawing after 引受', () => {
    const ask = { reason: 'ご本人が転居することになった' };
    const agree = { reason: 'ご本人とも確かめた' };
    const wantsBack = async () => {
      const referral = await accepted();
      expect(await refused(desks.recipient, referral, 'withdraw', agree)).toBe('WITHDRAWAL_NOT_ASKED');
      expect((await done(desks.sender, referral, 'withdraw', ask)).state).toBe('accepted');
      return referral;
    };

    it('asks the recipient, whose list and history say so, and moves nothing', async () => {
      const referral = await wantsBack();
      expect(await stateOf(referral, desks.recipient)).toBe('accepted');
      expect(await todosOf(desks.recipient, referral)).toContain('withdrawal_asked');
      expect((await timelineOf(desks.recipient, referral)).at(-1)).toMatchObject({ action: 'withdraw', note: ask });
      expect(await desks.under.rows('select 1 from recall where referral = $1', [referral])).toEqual([]);
    });

    it('is withdrawn when the recipient agrees: what it has is recalled, and the sender’s system hears of it', async () => {
      const referral = await wantsBack();
      expect((await done(desks.recipient, referral, 'withdraw', agree)).state).toBe('withdrawn');
      expect(await stateOf(referral)).toBe('withdrawn');
      expect(await todosOf(desks.recipient, referral)).not.toContain('withdrawal_asked');
      await desks.konkyu.takeNext('referral.recalled.v1', referral);
      const codes: string[] = [];
      while (codes.at(-1) !== '60')
        codes.push(((await desks.kaigo.takeNext('referral.status.v1', referral)).data as Status).code);
      expect(codes).toEqual(['10', '20', '60']);
    });

    it('goes on when the recipient says so, and may be asked for again', async () => {
      const referral = await wantsBack();
      const todo = async () =>
        (await desks.recipient('GET', '/todos?kind=withdrawal_asked')).body.items.find(
          (t: { referralId: string }) => t.referralId === referral,
        );
      const { id, tickable } = await todo();
      expect(tickable).toBe(true);
      expect((await desks.recipient('POST', `/todos/${id}/done`, {})).status).toBe(204);
      expect([await todo(), await stateOf(referral, desks.recipient)]).toEqual([undefined, 'accepted']);
      expect(await refused(desks.recipient, referral, 'withdraw', agree)).toBe('WITHDRAWAL_NOT_ASKED');
      await done(desks.sender, referral, 'withdraw', ask);
      expect(await todo()).toBeDefined();
    });

    it('is answered by a report as well', async () => {
      const referral = await wantsBack();
      await done(desks.recipient, referral, 'start', { firstContact: { on: today, how: '訪問' } });
      expect(await todosOf(desks.recipient, referral)).toContain('withdrawal_asked');
      await done(desks.recipient, referral, 'complete', { outcome: '021', note: '辞退', ...told });
      expect(await todosOf(desks.recipient, referral)).not.toContain('withdrawal_asked');
      expect(await refused(desks.sender, referral, 'withdraw', ask)).toBe('STATE_NOT_THERE');
    });
  });

  describe('reopening', () => {
    it('makes a new referral on a fresh decision and never moves the old one', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      await done(desks.sender, referralId, 'withdraw', { reason: 'ご本人の希望' });
      expect(await refused(desks.sender, referralId, 'reopen', { reason: '気が変わった' })).toBe('PERSON_NOT_INFORMED');
      const { state, next = '' } = await done(desks.sender, referralId, 'reopen', { reason: '気が変わった', ...told });
      expect(state).toBe('withdrawn');
      expect(await desks.view(desks.sender, next)).toMatchObject({ state: 'awaiting_authority', reopens: referralId });
      const theirs = await desks.recipient(
        'POST',
        `/referrals/${referralId}/reopen`,
        { reason: 'x', ...told },
        {
          'if-match': '4',
        },
      );
      expect(theirs.status).toBe(404);
    });

    it('is not for what was redirected', async () => {
      const referral = await returned();
      await done(desks.sender, referral, 'redirect', { to: { domain: 'shogai' }, ...told });
      expect(await refused(desks.sender, referral, 'reopen', { reason: 'x', ...told })).toBe('STATE_NOT_THERE');
    });
  });

  it('goes on to no place that takes in nobody, whoever names it', async () => {
    const { body } = await desks.sender('GET', '/desk-functions?limit=200');
    const place = body.items.find((f: { receives: boolean }) => !f.receives).id as string;
    const to = { function: place };
    const reasonOf = async (who: Api, referral: string, action: string, facts: object) => {
      const { body: problem } = await desks.act(who, referral, action, { ...facts, ...told });
      return [problem.errors?.[0].code, problem.errors?.[0].pointer];
    };
    const no = ['RECEIVES_NO_PERSONS', '/to/function'];
    const { referralId } = await desks.submit(withoutConsent());
    expect(await reasonOf(desks.sender, referralId, 'edit', { to })).toEqual(no);
    expect(await reasonOf(desks.sender, await returned(), 'redirect', { to })).toEqual(no);
    await done(desks.sender, referralId, 'withdraw', { reason: '誤り' });
    expect(await reasonOf(desks.sender, referralId, 'reopen', { reason: 'もう一度', to })).toEqual(no);
    const result = { outcome: '013', note: '地域の場へ。', referredTo: to };
    expect(await reasonOf(desks.recipient, await inProgress(), 'complete', result)).toEqual([
      'RECEIVES_NO_PERSONS',
      '/referredTo/function',
    ]);
  });

  describe('at a desk that takes in nobody any more', () => {
    const takesIn = async (yes: boolean) => {
      const { under, functions } = desks;
      await under.rows('update desk_function set receives = $2 where id = $1', [functions.konkyu, yes]);
      await under.hub.app.get(Directory).refresh();
    };
    afterEach(() => takesIn(true));

    it('what waits goes on waiting, whatever is consented to, says why, and is on its sender’s list', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      await takesIn(false);
      await desks.consent(await desks.personOf(referralId));
      expect(await stateOf(referralId)).toBe('awaiting_authority');
      const { body } = await desks.sender('POST', '/disclosures/preview', { referralId });
      expect(body.decision).toEqual({ outcome: 'deny', reasons: ['RECEIVES_NO_PERSONS'] });
      expect(await todosOf(desks.sender, referralId)).toEqual(['authority_needed']);
      await takesIn(true);
      expect((await done(desks.sender, referralId, 'send', told)).state).toBe('sent');
    });

    it('what has come before stays in sight', async () => {
      const referral = await arrived();
      await takesIn(false);
      expect((await desks.view(desks.recipient, referral)).members[0].items.identity.name).toBe('見本　花子');
    });
  });

  describe('editing', () => {
    it('takes no number of a system that is named like the マイナンバー', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const subject = { ...aMember('0000440309'), ref: 'subject', role: 'subject' };
      const named = { ...subject, identifiers: [{ system: 'mynumber', value: '1' }] };
      for (const action of ['edit', 'supplement'])
        expect((await desks.act(desks.sender, referralId, action, { subject: named })).body.errors[0].code).toBe(
          'S-MYNUMBER',
        );
    });

    it('dates what was written without a date by the day on which it came, and keeps that day', async () => {
      const writtenOn = async (referral: string) =>
        (await desks.view(desks.sender, referral)).members[0].items.narrative.writtenOn;
      const narrative = { fact: '家賃滞納あり。' };
      const items = { identity: { name: '見本　花代' }, narrative };
      const { referralId } = await desks.submit(withoutConsent({ items }));
      expect(await writtenOn(referralId)).toBe(today);
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
      const dated = { ...subject, items: { ...items, narrative: { ...narrative, writtenOn: '2026-11-01' } } };
      await done(desks.sender, referralId, 'edit', { subject: dated });
      await done(desks.sender, referralId, 'supplement', {
        subject: { ...subject, items: { concern: { boxes: ['care'] } } },
      });
      expect(await writtenOn(referralId)).toBe('2026-11-01');
      await done(desks.sender, referralId, 'edit', { subject });
      expect(await writtenOn(referralId)).toBe(today);
    });

    it('makes no item of a text that is not there', async () => {
      const items = { identity: { name: '見本　花代' }, narrative: {} };
      const { referralId } = await desks.submit(withoutConsent({ items }));
      expect((await desks.view(desks.sender, referralId)).members[0].items.narrative).toEqual({});
      const rows = await desks.under.rows<{ members: { present: string[] }[] }>(
        'select members from referral where id = $1',
        [referralId],
      );
      expect(rows[0]?.members[0]?.present).toEqual(['identity']);
    });

    it('completes a draft, which then is sent', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'chiiki' } }));
      expect(await refused(desks.sender, referralId, 'edit', {})).toBe('NOTHING_SAID');
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items: { concern: { boxes: ['care'] } } };
      expect(await refused(desks.sender, referralId, 'edit', { subject })).toBe('SUBMISSION_REJECTED');
      const named = { ...subject, items: { ...subject.items, identity: { name: '見本　花代' } } };
      await done(desks.sender, referralId, 'edit', { to: { domain: 'konkyu' }, subject: named });
      const view = await desks.view(desks.sender, referralId);
      expect(view).toMatchObject({ state: 'draft', to: { domain: 'konkyu' } });
      expect(view.members[0].items).toEqual(named.items);
      expect(JSON.stringify(await timelineOf(desks.sender, referralId))).not.toContain('花代');
      expect((await done(desks.sender, referralId, 'send', told)).state).toBe('awaiting_authority');
    });

    it('of what waits lets it leave where the new desk is permitted', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await desks.consent(await desks.personOf(referralId));
      expect(await stateOf(referralId)).toBe('awaiting_authority');
      expect((await done(desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } })).state).toBe('sent');
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await stateOf(referralId)) === 'received', { what: 'its arrival' });
      expect(await refused(desks.sender, referralId, 'edit', { urgency: 'urgent' })).toBe('STATE_NOT_THERE');
    });

    it('of what waits asks for what holds it now: a call, or the end of another one', async () => {
      const insured = '0000440301';
      const { referralId } = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
      await desks.consent(await desks.personOf(referralId));
      const same = { to: { domain: 'konkyu' }, urgency: 'same_day' };
      expect((await done(desks.sender, referralId, 'edit', same)).state).toBe('awaiting_authority');
      expect(await todosOf(desks.sender, referralId)).toEqual(['complete_draft']);
      await done(desks.sender, referralId, 'edit', { to: { domain: 'hogo' }, urgency: 'normal' });
      expect(await todosOf(desks.sender, referralId)).toEqual(['authority_needed']);

      await desks.submit(withoutConsent({ insured }));
      await done(desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } });
      expect(await stateOf(referralId)).toBe('awaiting_authority');
      expect(await todosOf(desks.sender, referralId)).toEqual(['twin_open']);
    });

    it('of what waits finds a desk anew when its record leads to none any more', async () => {
      const record = { key: '00990010/KAI-440303', insured: '0000440303' };
      const at = (day: string) => `2026-11-${day}T00:00:00+09:00`;
      const { referralId } = await desks.submit(withoutConsent({ ...record, occurredAt: at('01') }));
      expect(await todosOf(desks.sender, referralId)).toEqual(['authority_needed']);
      const elsewhere = { ...record, change: 'changed', to: { domain: 'chiiki' }, occurredAt: at('02') } as const;
      const replaced = await desks.submit(withoutConsent(elsewhere));
      expect([replaced.referralId, replaced.outcome]).toEqual([referralId, 'unrouted']);
      expect(await todosOf(desks.sender, referralId)).toEqual(['find_recipient']);
      expect(await todosOf(coordinator, referralId)).toEqual(['find_recipient']);
      await done(desks.sender, referralId, 'edit', { to: { domain: 'konkyu' } });
      expect(await todosOf(desks.sender, referralId)).toEqual(['authority_needed']);
    });

    it('names nobody twice', async () => {
      const insured = '0000440304';
      const numbered = (ref: string) => ({
        ...aMember(insured),
        ref,
        identifiers: [{ system: 'kaigo', value: `00990010-${insured}` }],
      });
      const { referralId } = await desks.submit(withoutConsent({ insured }));
      for (const others of [[numbered('son')], [aMember('0000440305'), { ...aMember('0000440305'), ref: 'again' }]]) {
        const { status, body } = await desks.act(desks.sender, referralId, 'edit', { others });
        expect([status, body.errors[0]]).toEqual([
          422,
          expect.objectContaining({ code: 'MEMBER_TWICE', pointer: '/others' }),
        ]);
      }
      expect((await desks.view(desks.sender, referralId)).persons).toHaveLength(1);
    });

    it('keeps who is in it, and knows somebody new by a number of the desk’s own system', async () => {
      const { referralId } = await desks.submit(withoutConsent());
      const person = await desks.personOf(referralId);
      const son = {
        ref: 'x',
        role: 'child',
        identifiers: [{ system: 'kaigo', value: '00990010-9900000001' }],
        items: { identity: { name: '見本　一郎' } },
      };
      await done(desks.sender, referralId, 'edit', { others: [son] });
      expect(await desks.personOf(referralId)).toBe(person);
      const { persons } = await desks.view(desks.sender, referralId);
      expect(persons).toHaveLength(2);
      const other = await desks.submit(withoutConsent());
      await done(desks.sender, other.referralId, 'edit', { others: [{ ...son, ref: 'y' }] });
      expect((await desks.view(desks.sender, other.referralId)).persons[1].person).toBe(persons[1].person);
    });
  });

  describe('supplementing', () => {
    const newNumber = (telephone: string) => ({
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { contact: { telephone } } },
    });

    it('brings what a decision permits to the recipient, and to others who have the old value', async () => {
      const insured = '0000009950';
      const recipients = [{ domain: 'konkyu' }, { domain: 'shogai' }];
      const referral = await arrived(recipients, { insured });
      const { referralId: other } = await desks.submit(withoutConsent({ insured, to: { domain: 'shogai' } }));
      const shogai = await as('caseworker', desks.functions.shogai);
      await done(shogai, other, 'receive');
      expect(await refused(desks.sender, referral, 'supplement', {})).toBe('NOTHING_SAID');
      await done(desks.sender, referral, 'supplement', newNumber('0990000000'));
      const { referral: brought } = (await desks.konkyu.takeNext('referral.supplemented.v1', referral)).data as Sent;
      expect(brought.subject.items.contact).toEqual({ telephone: '0990000000' });
      expect((await desks.view(shogai, other)).members[0].items.contact).toEqual({ telephone: '0990000000' });
      expect(await todosOf(shogai, other)).toContain('see_correction');
      expect(await stateOf(referral)).toBe('received');
    });

    it('leaves behind what nobody has permitted', async () => {
      const referral = await arrived();
      const items = { care_level: { level: '23' } };
      const subject = { ref: 'subject', role: 'subject', identifiers: [], items };
      await done(desks.sender, referral, 'supplement', { subject });
      await done(desks.sender, referral, 'supplement', newNumber('0990000001'));
      const { referral: brought } = (await desks.konkyu.takeNext('referral.supplemented.v1', referral)).data as Sent;
      expect(Object.keys(brought.subject.items)).not.toContain('care_level');
    });

    it('of the recipient is a note, read as far as the feedback goes', async () => {
      const referral = await arrived();
      const items = await desks.act(desks.recipient, referral, 'supplement', newNumber('0990000002'));
      expect([items.status, items.body.errors[0].code]).toEqual([422, 'ITEMS_OF_RECIPIENT']);
      await done(desks.recipient, referral, 'supplement', { note: '電話番号が違っていた。' });
      expect((await timelineOf(desks.recipient, referral)).at(-1)?.note).toEqual({ note: '電話番号が違っていた。' });
      expect(JSON.stringify(await timelineOf(desks.sender, referral))).not.toContain('違っていた');
    });
  });

  describe('telling the person', () => {
    it('later is on the list until it is done (R11)', async () => {
      const referral = await proposed();
      const later = { notInformed: { reason: '入院中', by: addDays(today, 10) } };
      await done(desks.sender, referral, 'agree-return', { talk, keepsDoing, ...later });
      expect(await todosOf(desks.sender, referral)).toContain('inform_person');
      await done(desks.recipient, referral, 'inform', told);
      expect(await todosOf(desks.sender, referral)).toContain('inform_person');
      await done(desks.sender, referral, 'inform', told);
      expect(await todosOf(desks.sender, referral)).not.toContain('inform_person');
    });
  });

  describe('即日', () => {
    it('does not leave before somebody has telephoned, and is confirmed by a person there', async () => {
      const { referralId, outcome, codes } = await desks.submit(aSubmission({ urgency: 'same_day' }));
      expect([outcome, codes]).toEqual(['draft', ['PHONE_FIRST']]);
      expect(await refused(desks.sender, referralId, 'send', told)).toBe('PHONE_FIRST');
      const phoned = { whom: '試験　月', at: minutesAgo(2), by: '見本　花' };
      expect((await done(desks.sender, referralId, 'send', { phoned, ...told })).state).toBe('sent');
      // Whoever confirms must know of whose call.
      for (const who of [desks.sender, desks.recipient])
        expect((await desks.view(who, referralId)).phoned).toEqual(phoned);
      expect((await desks.view(coordinator, referralId)).phoned).toBeUndefined();
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await stateOf(referralId)) === 'received', { what: 'its arrival' });
      const machine = await desks.under.as({ client: desks.functions.konkyu });
      expect((await desks.act(machine, referralId, 'confirm-phone', { by: 'x' })).body.code).toBe('NOT_YOUR_STEP');
      await done(desks.recipient, referralId, 'confirm-phone', { by: '試験　月' });
      expect((await timelineOf(desks.sender, referralId)).at(-1)).toMatchObject({ action: 'confirm-phone' });
    });

    it('is not announced where nobody has telephoned', async () => {
      const referral = await arrived();
      expect(await whyNot(desks.recipient, referral, 'confirm-phone')).toMatchObject({
        possible: false,
        because: 'PHONE_NOT_ANNOUNCED',
      });
    });

    it('is telephoned anew when it goes on elsewhere', async () => {
      const referral = await returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      await desks.under.rows(`update referral set urgency = 'same_day', phoned = true where id = $1`, [referral]);
      const { next = '' } = await done(desks.sender, referral, 'redirect', { to: { domain: 'shogai' }, ...told });
      expect(await stateOf(next)).toBe('draft');
    });
  });

  describe('what went astray', () => {
    const astray = { what: 'wrong_person', reason: '名簿と違っていた。' };

    it('is read by its recipient no more, recalled from its system, and opens an incident', async () => {
      const referral = await accepted();
      expect((await desks.view(desks.recipient, referral)).members).toHaveLength(1);
      expect((await done(desks.recipient, referral, 'misdirected', astray)).state).toBe('accepted');
      const { members, misdirected } = await desks.view(desks.recipient, referral);
      expect([members, misdirected]).toEqual([undefined, true]);
      expect((await timelineOf(desks.recipient, referral)).flatMap((e) => Object.keys(e.note ?? {}))).toEqual([]);
      expect((await desks.view(desks.sender, referral)).members).toHaveLength(1);
      expect(await todosOf(desks.sender, referral)).toContain('see_misdirected');
      await desks.konkyu.takeNext('referral.recalled.v1', referral);
      expect(await desks.under.rows('select kind, closed_at from incident where referral = $1', [referral])).toEqual([
        { kind: 'wrong_person', closed_at: null },
      ]);
      await desks.consent(await desks.personOf(referral));
      expect((await desks.view(desks.recipient, referral)).members).toBeUndefined();
    });

    it('is not opened any more by a desk that works in the hub', async () => {
      const { referralId } = await desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await desks.consent(await desks.personOf(referralId), { recipients: [{ domain: 'shogai' }] });
      await done(desks.sender, referralId, 'misdirected', { ...astray, what: 'wrong_desk' });
      const shogai = await as('caseworker', desks.functions.shogai);
      expect(await refused(shogai, referralId, 'receive')).toBe('AUTHORITY_MISSING');
    });

    it.each(['auditor', 'privacy_officer'])(
      'is said by the %s as well, who notices it and does nothing else',
      async (role) => {
        const overseer = await desks.under.as({ role });
        const referral = await accepted();
        const { actions } = (await overseer('GET', `/referrals/${referral}/actions`)).body;
        expect(actions).toEqual([{ action: 'misdirected', possible: true }]);
        expect(await refused(overseer, referral, 'supplement', { note: '補足' })).toBe('NOT_YOUR_STEP');
        expect((await done(overseer, referral, 'misdirected', astray)).state).toBe('accepted');
        expect((await desks.view(desks.recipient, referral)).members).toBeUndefined();
        expect(await todosOf(desks.sender, referral)).toContain('see_misdirected');
        expect(await desks.under.rows('select kind from incident where referral = $1', [referral])).toEqual([
          { kind: 'wrong_person' },
        ]);
      },
    );

    it('nobody says so of what has not left its sender, but the sender', async () => {
      const { referralId } = await desks.submit(withoutConsent({ insured: '0000668811' }));
      for (const role of ['auditor', 'privacy_officer']) {
        const overseer = await desks.under.as({ role });
        const said = await overseer('POST', `/referrals/${referralId}/misdirected`, astray, { 'if-match': '2' });
        expect([role, said.status]).toEqual([role, 404]);
      }
    });

    it('is taken by its recipient no more, opens one incident, and is put right before it goes on', async () => {
      const referral = await arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      for (const who of [desks.recipient, desks.sender]) await done(who, referral, 'misdirected', astray);
      expect(await desks.under.rows('select kind from incident where referral = $1', [referral])).toHaveLength(1);
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      expect(await whyNot(desks.recipient, referral, 'accept')).toMatchObject({ because: 'MISDIRECTED' });
      expect(await refused(desks.recipient, referral, 'accept', takes)).toBe('MISDIRECTED');
      expect(await todosOf(desks.recipient, referral)).not.toContain('take_referral');
      await done(supervisor, referral, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
      await done(desks.sender, referral, 'agree-return', { talk, keepsDoing, ...told });
      const { next = '' } = await done(desks.sender, referral, 'redirect', { to: { domain: 'shogai' }, ...told });
      expect([await stateOf(next), await todosOf(desks.sender, next)]).toEqual(['draft', ['complete_draft']]);
    });

    it('opens no incident before it has left', async () => {
      const { referralId } = await desks.submit(withoutConsent({ insured: '0000668812' }));
      await done(desks.sender, referralId, 'misdirected', astray);
      expect(await desks.under.rows('select kind from incident where referral = $1', [referralId])).toEqual([]);
    });

    it('nobody else can say so', async () => {
      const referral = await accepted();
      const stranger = await as('caseworker', desks.functions.shogai);
      expect((await stranger('POST', `/referrals/${referral}/misdirected`, astray, { 'if-match': '4' })).status).toBe(
        404,
      );
    });
  });

  describe('what was entered in error', () => {
    it('is kept, read by nobody, recalled, and its sender’s system hears of it', async () => {
      const referral = await accepted();
      expect(await refused(desks.recipient, referral, 'mark-error', { reason: '誤り' })).toBe('NOT_YOUR_STEP');
      expect((await done(desks.sender, referral, 'mark-error', { reason: '別の方だった。' })).state).toBe(
        'entered_in_error',
      );
      expect((await desks.sender('POST', '/disclosures/preview', { referralId: referral })).status).toBe(404);
      for (const who of [desks.sender, desks.recipient]) {
        expect((await desks.view(who, referral)).members).toBeUndefined();
        expect((await timelineOf(who, referral)).flatMap((e) => Object.keys(e.note ?? {}))).toEqual([]);
      }
      await desks.konkyu.takeNext('referral.recalled.v1', referral);
      const codes: string[] = [];
      while (codes.at(-1) !== '60')
        codes.push(((await desks.kaigo.takeNext('referral.status.v1', referral)).data as Status).code);
      expect(await refused(desks.sender, referral, 'mark-error', { reason: '誤り' })).toBe('STATE_NOT_THERE');
    });
  });

  it('lets one of two racing callers win, beside its life too', async () => {
    const referral = await arrived();
    const { version } = await desks.view(desks.sender, referral);
    const body = { note: '同じ時に。' };
    const both = await Promise.all(
      [desks.sender, desks.recipient].map((who) =>
        who('POST', `/referrals/${referral}/supplement`, body, { 'if-match': String(version) }),
      ),
    );
    expect(both.map((r) => r.status).sort()).toEqual([200, 412]);
  });
});
