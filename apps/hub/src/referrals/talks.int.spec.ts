// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { aLife, attempts, keepsDoing, talk, today, told, type Life } from '../../test/a-life';
import type { Api } from '../../test/sign-in';
import { withoutConsent, type Sent, type Status } from '../../test/two-desks';

describeWithServices(['postgres'], 'the desks of a referral that they do not agree on', () => {
  let life: Life;
  beforeAll(async () => {
    life = await aLife();
  });
  afterAll(() => life?.close());

  describe('the desks talk', () => {
    it('after a second return of the journey, and the coordinator closes with both (S3)', async () => {
      const first = await life.returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await life.done(life.desks.sender, first, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      const theirSupervisor = await life.as('supervisor', life.desks.functions.shogai);
      await life.done(shogai, next, 'receive');
      const { state } = await life.done(theirSupervisor, next, 'propose-return', {
        reasons: ['901'],
        whoTellsPerson: '試験　月',
      });
      expect(state).toBe('coordinating');
      expect((await life.timelineOf(life.desks.sender, next)).slice(-2).map((e) => e.action)).toEqual([
        'propose-return',
        'coordinate',
      ]);
      const ends = { result: '介護の窓口が続ける。', ...told };
      expect(await life.refused(life.desks.sender, next, 'close', ends)).toBe('NOT_YOUR_STEP');
      expect(await life.refused(life.coordinator, next, 'close', ends)).toBe('TALK_MISSING');
      expect((await life.done(life.coordinator, next, 'close', { ...ends, talk, keepsDoing })).state).toBe('closed');
      expect(await life.todosOf(life.coordinator, next)).toEqual([]);
    });

    it('but not when the person did not want it: then it ends declined, each side having asked once', async () => {
      const first = await life.returned([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      const { next = '' } = await life.done(life.desks.sender, first, 'redirect', {
        to: { domain: 'shogai' },
        ...told,
      });
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      const theirSupervisor = await life.as('supervisor', life.desks.functions.shogai);
      await life.done(shogai, next, 'receive');
      const asked = told.personInformed;
      const because = { reasons: ['201'], whoTellsPerson: '試験　月' };
      expect(await life.refused(theirSupervisor, next, 'propose-return', because)).toBe('PERSON_NOT_ASKED');
      expect((await life.done(theirSupervisor, next, 'propose-return', { ...because, asked })).state).toBe(
        'return_proposed',
      );
      expect(await life.whyNot(life.desks.sender, next, 'agree-return')).toMatchObject({ because: 'SECOND_RETURN' });
      const part = { part: 'ご本人が相談を望まない', askAgainOn: addDays(today, 90), ...told };
      expect(await life.refused(life.desks.sender, next, 'decline', part)).toBe('PERSON_NOT_ASKED');
      const tooLate = { ...part, asked, askAgainOn: addDays(today, 200) };
      expect(await life.refused(life.desks.sender, next, 'decline', tooLate)).toBe('ASK_AGAIN_OUT_OF_RANGE');
      expect((await life.done(life.desks.sender, next, 'decline', { ...part, asked })).state).toBe('declined');
    });

    it('when the coordinator calls them, saying what each keeps doing; then it is taken, or goes on', async () => {
      const referral = await life.arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      expect(await life.refused(life.desks.sender, referral, 'coordinate', { keepsDoing })).toBe('NOT_YOUR_STEP');
      await life.done(life.coordinator, referral, 'coordinate', { keepsDoing, meetOn: addDays(today, 3) });
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      expect(await life.refused(life.coordinator, referral, 'accept', takes)).toBe('TALK_MISSING');
      expect((await life.done(life.coordinator, referral, 'accept', { ...takes, talk, keepsDoing })).state).toBe(
        'accepted',
      );

      const other = await life.arrived([{ domain: 'konkyu' }, { domain: 'shogai' }]);
      await life.done(life.coordinator, other, 'coordinate', { keepsDoing });
      const agreed = { talk, keepsDoing, ...told };
      const { next = '' } = await life.done(life.coordinator, other, 'redirect', {
        to: { domain: 'shogai' },
        ...agreed,
      });
      expect(await life.stateOf(next)).toBe('sent');
    });

    it('and what goes on to the same desk is the only one there: what waited behind it waits on', async () => {
      const insured = '0000440302';
      const referral = await life.arrived([{ domain: 'konkyu' }], { insured });
      const behind = await life.desks.submit(withoutConsent({ insured }));
      expect(behind.codes).toEqual(['OPEN_TWIN']);
      await life.done(life.coordinator, referral, 'coordinate', { keepsDoing });
      const agreed = { talk, keepsDoing, ...told };
      const { next = '' } = await life.done(life.coordinator, referral, 'redirect', {
        to: { domain: 'konkyu' },
        ...agreed,
      });
      expect([await life.stateOf(next), await life.stateOf(behind.referralId)]).toEqual(['sent', 'awaiting_authority']);
      expect(await life.todosOf(life.desks.sender, behind.referralId)).toEqual(['twin_open']);
    });

    it('before the desk has opened it: that desk opens it still, once', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ to: { domain: 'shogai' } }));
      await life.desks.consent(await life.desks.personOf(referralId), { recipients: [{ domain: 'shogai' }] });
      await life.done(life.coordinator, referralId, 'coordinate', { keepsDoing });
      const takes = { worker: { name: '試験　月' }, personMatched: true };
      await life.done(life.coordinator, referralId, 'accept', { ...takes, talk, keepsDoing });
      const shogai = await life.as('caseworker', life.desks.functions.shogai);
      expect((await life.desks.view(shogai, referralId)).members).toBeUndefined();
      expect((await life.done(shogai, referralId, 'receive')).state).toBe('accepted');
      expect((await life.desks.view(shogai, referralId)).members).toHaveLength(1);
      const lines = await life.desks.under.rows(
        'select state from disclosure where referral = $1 and recipient_function = $2',
        [referralId, life.desks.functions.shogai],
      );
      expect(lines).toEqual([{ state: 'written' }]);
      expect(await life.refused(shogai, referralId, 'receive')).toBe('RECEIVED_ALREADY');
    });

    it('R2: a return by 多機関協働 itself is confirmed by the municipality', async () => {
      const { referralId } = await life.desks.submit(withoutConsent({ to: { domain: 'takikan' } }));
      await life.desks.consent(await life.desks.personOf(referralId), { recipients: [{ domain: 'takikan' }] });
      const { body } = await life.coordinator('GET', '/desk-functions');
      const takikan = (body.items ?? body).find((f: { domain: string }) => f.domain === 'takikan').id as string;
      await life.done(await life.as('caseworker', takikan), referralId, 'receive');
      await life.done(await life.as('supervisor', takikan), referralId, 'propose-return', {
        reasons: ['901'],
        whoTellsPerson: '試験　月',
      });
      expect(await life.todosOf(life.approver, referralId)).toEqual(['agree_return']);
      expect((await life.desks.view(life.approver, referralId)).members).toBeUndefined();
      const agrees = { talk, keepsDoing, ...told };
      // Not by those who coordinate: it is their own desk, whether or not they are entered there.
      expect(await life.refused(life.coordinator, referralId, 'agree-return', agrees)).toBe('NOT_YOUR_STEP');
      const elsewhereTo = { to: { domain: 'shogai' }, ...told };
      expect(await life.refused(life.coordinator, referralId, 'redirect', elsewhereTo)).toBe('NOT_YOUR_STEP');
      expect((await life.done(life.approver, referralId, 'agree-return', agrees)).state).toBe('returned');
      const elsewhere = await life.proposed();
      expect((await life.approver('GET', `/referrals/${elsewhere}`)).status).toBe(404);
    });
  });

  describe('a reason of its own', () => {
    it('103 is no return: it waits fourteen days at the most, and the coordinator looks for a place', async () => {
      const referral = await life.arrived();
      const full = { reason: '定員に達している', code: '103' };
      expect(await life.refused(life.desks.recipient, referral, 'hold', { ...full, wakeOn: addDays(today, 15) })).toBe(
        'WAKE_DATE_OUT_OF_RANGE',
      );
      await life.done(life.desks.recipient, referral, 'hold', { ...full, wakeOn: addDays(today, 7) });
      expect(await life.todosOf(life.coordinator, referral)).toContain('find_capacity');
      const later = { reason: 'まだ空かない', wakeOn: addDays(today, 20) };
      expect(await life.refused(life.desks.recipient, referral, 'hold', later)).toBe('WAKE_DATE_OUT_OF_RANGE');
      await life.done(life.desks.recipient, referral, 'hold', { ...later, wakeOn: addDays(today, 14) });
      expect((await life.done(life.desks.recipient, referral, 'resume')).state).toBe('received');
    });

    it('103 of a system asks the coordinator as well', async () => {
      const { referralId } = await life.desks.submit();
      const { referral } = (await life.desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
      expect((await life.desks.respond(referral.deliveryId, '50', { reason: '103' }))?.outcome).toBe('accepted');
      expect(await life.todosOf(life.coordinator, referralId)).toContain('find_capacity');
    });

    it('any other pause is prolonged by a reason, sixty days each', async () => {
      const referral = await life.accepted();
      const hold = (days: number) => ({ reason: '入院中', wakeOn: addDays(today, days) });
      expect(await life.refused(life.desks.recipient, referral, 'hold', hold(61))).toBe('WAKE_DATE_OUT_OF_RANGE');
      await life.done(life.desks.recipient, referral, 'hold', hold(60));
      expect((await life.done(life.desks.recipient, referral, 'hold', hold(30))).state).toBe('on_hold');
      expect((await life.done(life.desks.recipient, referral, 'resume')).state).toBe('accepted');
    });

    it('104 is no return: it links a running case, and the sender learns only 引受', async () => {
      const referral = await life.arrived();
      const facts = { worker: { name: '試験　月' }, personMatched: true, runningCase: '2026-017' };
      expect((await life.done(life.desks.recipient, referral, 'accept', facts)).state).toBe('accepted');
      const [theirs, ours] = [
        await life.timelineOf(life.desks.recipient, referral),
        await life.timelineOf(life.desks.sender, referral),
      ];
      expect(theirs.at(-1)).toMatchObject({ reasons: ['104'], note: { runningCase: '2026-017' } });
      expect(ours.at(-1)).toMatchObject({ action: 'accept', reasons: [] });
      expect(JSON.stringify(ours)).not.toContain('2026-017');
    });

    it('101 names a desk that there is', async () => {
      const referral = await life.arrived();
      const fits = (id: string) => ({ reasons: ['101'], whoTellsPerson: '試験　月', fitting: { function: id } });
      const absent = await life.desks.act(life.supervisor, referral, 'propose-return', fits(referral));
      expect([absent.status, absent.body.errors[0]]).toEqual([
        422,
        expect.objectContaining({ code: 'REFERENCE_UNKNOWN', pointer: '/fitting/function' }),
      ]);
      await life.done(life.supervisor, referral, 'propose-return', fits(life.desks.functions.shogai));
    });

    it('101 leads nobody to a desk whose name would give a protected person’s town away', async () => {
      const referral = await life.arrived();
      const { sender, recipient, functions, under, personOf } = life.desks;
      const seal = { ground: 'shien_sochi', from: '2026-01-01' };
      expect((await sender('POST', `/persons/${await personOf(referral)}/seal`, seal)).status).toBe(201);
      const fitting = { function: functions.shogai };
      const said = { reasons: ['101'], whoTellsPerson: '試験　月', fitting };
      await life.done(life.supervisor, referral, 'propose-return', said);
      const named = async (who: Api) => (await life.timelineOf(who, referral)).at(-1)?.note?.['fitting'];
      expect(await named(sender)).toEqual(fitting);
      const admin = await under.as({ role: 'it_admin' });
      const give = async (givesTownAway: boolean) => {
        const { version } = (await admin('GET', `/desk-functions/${fitting.function}`)).body;
        const as = { 'if-match': String(version) };
        const { status } = await admin('PATCH', `/desk-functions/${fitting.function}`, { givesTownAway }, as);
        expect(status).toBe(200);
      };
      await give(true);
      try {
        expect([await named(sender), await named(recipient)]).toEqual([{ domain: 'shogai' }, fitting]);
        // Nor does it where those who coordinate have chosen that desk.
        const { next = '' } = await life.done(life.coordinator, referral, 'redirect', { to: fitting, ...told });
        const { to, toAddress } = await life.desks.view(sender, next);
        expect([to.code, toAddress]).toEqual(['SEALED', { domain: 'shogai' }]);
      } finally {
        await give(false);
      }
    });

    it('105 names another referral of the desk, and closes with both histories', async () => {
      const [one, other] = [await life.arrived(), await life.arrived()];
      const persons = await Promise.all([one, other].map((id) => life.desks.personOf(id)));
      const because = { reasons: ['105'], whoTellsPerson: '試験　月' };
      expect(await life.refused(life.supervisor, other, 'propose-return', because)).toBe('DUPLICATE_MISSING');
      for (const id of [other, '01900000-0000-7000-8000-000000000001'])
        expect(await life.refused(life.supervisor, other, 'propose-return', { ...because, duplicateOf: id })).toBe(
          'DUPLICATE_MISSING',
        );
      // Two persons, until somebody who has both has confirmed that they are one.
      expect(await life.refused(life.supervisor, other, 'propose-return', { ...because, duplicateOf: one })).toBe(
        'DUPLICATE_MISSING',
      );
      const link = { other: persons[1], agreed: ['name', 'address', 'telephone'] };
      expect((await life.desks.recipient('POST', `/persons/${persons[0]}/link`, link)).status).toBe(201);
      await life.done(life.supervisor, other, 'propose-return', { ...because, duplicateOf: one });
      // Whoever is at work with the other one is waited for.
      const client = new Client({ connectionString: life.desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select 1 from person where id = $1 for update', [persons[0]]);
      const closing = life.done(life.desks.sender, other, 'close', { result: '重複だった。', ...told });
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
      await waitFor(async () => (await life.desks.under.rows(waiting)).length > 0, {
        what: 'it to wait for the other one',
      });
      await client.end();
      expect((await closing).state).toBe('closed');
      expect((await life.timelineOf(life.desks.recipient, one)).at(-1)).toMatchObject({
        action: 'duplicate_closed',
        reasons: ['105'],
      });
      expect((await life.timelineOf(life.desks.sender, one)).map((e) => e.action)).not.toContain('duplicate_closed');
      const sendersView = JSON.stringify(await life.timelineOf(life.desks.sender, other));
      expect(sendersView).not.toContain(one);
    });

    it.each([
      ['202', { attempts }, 'ATTEMPTS_MISSING'],
      ['203', { diedOn: today }, 'REASON_DATE_MISSING'],
      ['204', { movedOn: today }, 'REASON_DATE_MISSING'],
      ['205', { admittedOn: today }, 'REASON_DATE_MISSING'],
    ])('%s says what it rests on', async (reason, shown, code) => {
      const referral = await life.arrived();
      const because = { reasons: [reason], whoTellsPerson: '試験　月' };
      expect(await life.refused(life.supervisor, referral, 'propose-return', because)).toBe(code);
      expect((await life.done(life.supervisor, referral, 'propose-return', { ...because, ...shown })).state).toBe(
        'return_proposed',
      );
    });
  });

  describe('withdrawing after 引受', () => {
    const ask = { reason: 'ご本人が転居することになった' };
    const agree = { reason: 'ご本人とも確かめた' };
    const wantsBack = async () => {
      const referral = await life.accepted();
      expect(await life.refused(life.desks.recipient, referral, 'withdraw', agree)).toBe('WITHDRAWAL_NOT_ASKED');
      expect((await life.done(life.desks.sender, referral, 'withdraw', ask)).state).toBe('accepted');
      return referral;
    };

    it('asks the recipient, whose list and history say so, and moves nothing', async () => {
      const referral = await wantsBack();
      expect(await life.stateOf(referral, life.desks.recipient)).toBe('accepted');
      expect(await life.todosOf(life.desks.recipient, referral)).toContain('withdrawal_asked');
      expect((await life.timelineOf(life.desks.recipient, referral)).at(-1)).toMatchObject({
        action: 'withdraw',
        note: ask,
      });
      expect(await life.desks.under.rows('select 1 from recall where referral = $1', [referral])).toEqual([]);
    });

    it('is withdrawn when the recipient agrees: what it has is recalled, and the sender’s system hears of it', async () => {
      const referral = await wantsBack();
      expect((await life.done(life.desks.recipient, referral, 'withdraw', agree)).state).toBe('withdrawn');
      expect(await life.stateOf(referral)).toBe('withdrawn');
      expect(await life.todosOf(life.desks.recipient, referral)).not.toContain('withdrawal_asked');
      await life.desks.konkyu.takeNext('referral.recalled.v1', referral);
      const codes: string[] = [];
      while (codes.at(-1) !== '60')
        codes.push(((await life.desks.kaigo.takeNext('referral.status.v1', referral)).data as Status).code);
      expect(codes).toEqual(['10', '20', '60']);
    });

    it('goes on when the recipient says so, and may be asked for again', async () => {
      const referral = await wantsBack();
      const todo = async () =>
        (await life.desks.recipient('GET', '/todos?kind=withdrawal_asked')).body.items.find(
          (t: { referralId: string }) => t.referralId === referral,
        );
      const { id, tickable } = await todo();
      expect(tickable).toBe(true);
      expect((await life.desks.recipient('POST', `/todos/${id}/done`, {})).status).toBe(204);
      expect([await todo(), await life.stateOf(referral, life.desks.recipient)]).toEqual([undefined, 'accepted']);
      expect(await life.refused(life.desks.recipient, referral, 'withdraw', agree)).toBe('WITHDRAWAL_NOT_ASKED');
      await life.done(life.desks.sender, referral, 'withdraw', ask);
      expect(await todo()).toBeDefined();
    });

    it('is answered by a report as well', async () => {
      const referral = await wantsBack();
      await life.done(life.desks.recipient, referral, 'start', { firstContact: { on: today, how: '訪問' } });
      expect(await life.todosOf(life.desks.recipient, referral)).toContain('withdrawal_asked');
      await life.done(life.desks.recipient, referral, 'complete', { outcome: '021', note: '辞退', ...told });
      expect(await life.todosOf(life.desks.recipient, referral)).not.toContain('withdrawal_asked');
      expect(await life.refused(life.desks.sender, referral, 'withdraw', ask)).toBe('STATE_NOT_THERE');
    });
  });
});
