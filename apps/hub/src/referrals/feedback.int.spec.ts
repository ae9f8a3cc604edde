// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type Status, type TwoDesks } from '../../test/two-desks';

describeWithServices(['postgres'], 'what flows back to the sender', () => {
  let desks: TwoDesks;
  beforeAll(async () => (desks = await twoDesks()));
  afterAll(() => desks?.close());

  const arrived = async () => (await desks.konkyu.takeNext('referral.sent.v1')).data as Sent;
  const told = async () => (await desks.kaigo.takeNext('referral.status.v1')).data as Status;
  const accepted = async (feedback: 'none' | 'state' | 'state+note', more: object = {}) => {
    const { referralId } = await desks.submit(withoutConsent());
    const consent = await desks.consent(await desks.personOf(referralId), { feedback });
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '20', { worker: '試験　太郎', ...more });
    return { referralId, deliveryId, consent };
  };

  /** Until both statuses of what was accepted have been decided, and neither may go. */
  const keptBack = (referralId: string) =>
    waitFor(
      async () => {
        const sql = `select 1 from delivery where referral = $1 and kind = 'status' and state = 'recalled'`;
        return (await desks.under.rows(sql, [referralId])).length === 2;
      },
      { what: 'both statuses to be kept back' },
    );

  it('is nothing when the person wants it so: not in the detail, the queue, its counters, the timeline or the actions', async () => {
    const { referralId } = await accepted('none');
    expect((await desks.view(desks.recipient, referralId)).state).toBe('accepted');
    const detail = await desks.view(desks.sender, referralId);
    expect([detail.state, detail.worker, detail.dueOn, detail.overdue]).toEqual(['sent', undefined, undefined, false]);
    const queue = (state: string) => desks.sender('GET', `/referrals?state=${state}&limit=200`);
    const ids = async (state: string) => (await queue(state)).body.items.map((i: { id: string }) => i.id);
    expect(await ids('accepted')).not.toContain(referralId);
    expect(await ids('sent')).toContain(referralId);
    const { counters } = (await queue('sent')).body;
    expect(counters).toEqual([{ state: 'sent', count: 1, more: false }]);
    const timeline = (await desks.sender('GET', `/referrals/${referralId}/timeline`)).body.items;
    expect(timeline.map((e: { to: string }) => e.to)).toEqual(['draft', 'awaiting_authority', 'sent']);
    const { actions } = (await desks.sender('GET', `/referrals/${referralId}/actions`)).body;
    expect(actions.find((a: { action: string }) => a.action === 'withdraw').possible).toBe(true);
    expect(desks.kaigo.deliveries).toEqual([]);
  });

  it('is at least that a proposed return stands no more, when the other desk goes on', async () => {
    const { referralId } = await accepted('none');
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
    const waiting = async () =>
      (await desks.sender('GET', '/referrals?waiting=me&limit=200')).body.items.map((i: { id: string }) => i.id);
    await desks.act(supervisor, referralId, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験　月' });
    expect((await desks.view(desks.sender, referralId)).state).toBe('return_proposed');
    expect(await waiting()).toContain(referralId);
    expect((await desks.act(desks.recipient, referralId, 'resume')).body.state).toBe('accepted');
    const detail = await desks.view(desks.sender, referralId);
    expect([detail.state, detail.worker, detail.dueOn]).toEqual(['received', undefined, undefined]);
    expect(await waiting()).not.toContain(referralId);
  });

  it('is told again once a new consent lets it', async () => {
    const { referralId, consent } = await accepted('none');
    expect((await desks.view(desks.sender, referralId)).state).toBe('sent');
    await keptBack(referralId);
    await desks.consent(await desks.personOf(referralId), { feedback: 'state' }, { supersedes: consent });
    expect((await desks.view(desks.sender, referralId)).state).toBe('accepted');
    expect(await told()).toMatchObject({ referralId, code: '20' });
  });

  it('stops with the withdrawal, and what was told before stands', async () => {
    const { referralId, deliveryId, consent } = await accepted('state');
    expect([(await told()).code, (await told()).code]).toEqual(['10', '20']);
    await desks.withdraw(consent);
    await desks.respond(deliveryId, '30');
    expect((await desks.view(desks.recipient, referralId)).state).toBe('in_progress');
    expect((await desks.view(desks.sender, referralId)).state).toBe('accepted');
    expect(desks.kaigo.deliveries).toEqual([]);
  });

  it('lets no status be written with a note that is not permitted any more', async () => {
    const { referralId, consent } = await accepted('state+note', { note: '来週、面談します。' });
    expect((await told()).code).toBe('10');
    const withNote = (await desks.kaigo.next('referral.status.v1')).data as Status;
    expect([withNote.worker, withNote.note]).toEqual(['試験　太郎', '来週、面談します。']);
    await desks.consent(await desks.personOf(referralId), { feedback: 'state' }, { supersedes: consent });
    expect(await desks.kaigo.mayWrite(withNote.deliveryId)).toBe(false);
    const without = await told();
    expect([without.deliveryId, without.code]).toEqual([withNote.deliveryId, '20']);
    expect([without.worker, without.note]).toEqual([undefined, undefined]);
  });

  describe('with worker, next date and note', () => {
    const toldNotes = async (count: number) => {
      const all: Status[] = [];
      while (all.length < count) all.push(await told());
      return all.map(({ code, note }) => [code, note]);
    };

    it('brings each note with the state that it was written at, and not with one that an answer implies', async () => {
      const { referralId, deliveryId } = await accepted('state+note', { note: '来週、面談します。' });
      await desks.respond(deliveryId, '40', { outcome: '011', note: '利用につながりました。' });
      expect(await toldNotes(4)).toEqual([
        ['10', undefined],
        ['20', '来週、面談します。'],
        ['30', undefined],
        ['40', '利用につながりました。'],
      ]);
      // What the sender writes itself does not come back to it; a desk on screen is told like a system.
      await desks.act(desks.sender, referralId, 'send-back', { note: 'もう少しお願いします' });
      await desks.act(desks.recipient, referralId, 'complete', {
        outcome: '012',
        note: '通所につながりました。',
        personInformed: { by: '試験　太郎', at: new Date().toISOString(), how: '電話' },
      });
      expect(await toldNotes(2)).toEqual([
        ['30', undefined],
        ['40', '通所につながりました。'],
      ]);
    });

    it('is kept sealed, and out of the audit', async () => {
      await accepted('state+note', { note: '秘密の連絡文' });
      await toldNotes(2);
      for (const table of ['referral', 'referral_event', 'delivery', 'response', 'audit_entry'])
        expect(await desks.under.rows(`select 1 from ${table} t where t::text like '%秘密の連絡文%'`)).toEqual([]);
    });

    it('has no note when the scope is the state alone', async () => {
      await accepted('state', { note: '来週、面談します。' });
      expect(await toldNotes(2)).toEqual([
        ['10', undefined],
        ['20', undefined],
      ]);
    });

    it('brings it once a new consent lets it', async () => {
      const { referralId, consent } = await accepted('none', { note: '来週、面談します。' });
      await keptBack(referralId);
      await desks.consent(await desks.personOf(referralId), { feedback: 'state+note' }, { supersedes: consent });
      expect(await toldNotes(1)).toEqual([['20', '来週、面談します。']]);
    });

    it('says with 50 why it was given back, in the words of the proposal or of the answer that was confirmed', async () => {
      const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.konkyu });
      const agree = (referralId: string) =>
        desks.act(desks.sender, referralId, 'agree-return', {
          talk: { on: '2026-11-01', names: ['見本　花', '試験　月'] },
          keepsDoing: { sender: '見守り', recipient: '連絡を受ける' },
          personInformed: { by: '見本　花', at: '2026-11-01T09:00:00+09:00', how: '電話' },
        });
      const attempts = ['電話', '手紙', '訪問'].map((how, n) => ({ on: `2026-11-0${n + 1}`, how, visit: n === 2 }));
      const propose = (referralId: string, more: object) =>
        desks.act(supervisor, referralId, 'propose-return', {
          reasons: ['202'],
          attempts,
          whoTellsPerson: '見本　花',
          ...more,
        });
      for (const [asked, proposed, expected] of [
        ['連絡がつきません。', {}, '連絡がつきません。'],
        ['連絡がつきません。', { note: '三度訪ねました。' }, '三度訪ねました。'],
        [undefined, {}, undefined],
      ] as const) {
        const { referralId, deliveryId } = await accepted('state+note', { note: '引き受けました。' });
        await toldNotes(2);
        if (asked !== undefined) await desks.respond(deliveryId, '50', { reason: '202', note: asked });
        expect((await propose(referralId, proposed)).status).toBe(200);
        expect((await agree(referralId)).status).toBe(200);
        expect(await toldNotes(1)).toEqual([['50', expected]]);
      }
    });

    it('is refused whole where it may hold a マイナンバー', async () => {
      const { deliveryId } = await accepted('state+note');
      await toldNotes(2);
      const answer = await desks.respond(deliveryId, '30', { note: '番号は１２３４５６７８９０１８です' });
      expect(answer).toMatchObject({ outcome: 'rejected', codes: ['S-MYNUMBER'] });
      expect(desks.kaigo.deliveries).toEqual([]);
    });

    it('keeps in the history what an answer says without moving anything', async () => {
      const { referralId, deliveryId } = await accepted('state+note');
      await toldNotes(2);
      await desks.respond(deliveryId, '20', { note: '資料も届きました。' });
      const entries = (await desks.sender('GET', `/referrals/${referralId}/timeline`)).body.items;
      expect(entries.at(-1)).toMatchObject({ action: 'noted', to: 'accepted', note: { note: '資料も届きました。' } });
      expect(await toldNotes(1)).toEqual([['20', '資料も届きました。']]);
    });

    describe('where the code stays the one that went last', () => {
      const next = async () => {
        const { code, worker, nextContactOn, note } = await told();
        return { code, worker, nextContactOn, note };
      };
      const same = { worker: '試験　太郎', nextContactOn: undefined, note: undefined };

      it('tells of another worker, another next date, and a note, each once', async () => {
        const { referralId, deliveryId } = await accepted('state+note');
        await toldNotes(2);
        await desks.respond(deliveryId, '20', { worker: '試験　月' });
        expect(await next()).toEqual({ ...same, code: '20', worker: '試験　月' });
        await desks.respond(deliveryId, '20', { worker: '試験　月', nextContactOn: '2099-01-05' });
        const known = { ...same, worker: '試験　月', nextContactOn: '2099-01-05' };
        expect(await next()).toEqual({ ...known, code: '20' });
        // Nothing is new in this one.
        await desks.respond(deliveryId, '20', { worker: '試験　月', nextContactOn: '2099-01-05' });
        expect(
          (await desks.act(desks.recipient, referralId, 'supplement', { note: '鍵を預かりました。' })).status,
        ).toBe(200);
        expect(await next()).toEqual({ ...known, code: '20', note: '鍵を預かりました。' });
        await desks.respond(deliveryId, '30', { worker: '試験　日' });
        expect(await next()).toEqual({ ...known, code: '30', worker: '試験　日' });
        // A pause writes no code of its own.
        await desks.respond(deliveryId, '35', {
          worker: '試験　日',
          note: '入院されました。',
          nextContactOn: '2099-01-09',
        });
        expect(await next()).toEqual({
          code: '30',
          worker: '試験　日',
          nextContactOn: '2099-01-09',
          note: '入院されました。',
        });
        expect(desks.kaigo.deliveries).toEqual([]);
      });

      it('says nothing of what its sender writes', async () => {
        const { referralId } = await accepted('state+note');
        await toldNotes(2);
        await desks.act(desks.sender, referralId, 'supplement', { note: '資料を送ります。' });
        const statuses = await desks.under.rows(
          `select 1 from delivery where referral = $1 and kind = 'status' and beside`,
          [referralId],
        );
        expect(statuses).toEqual([]);
      });

      it('tells nothing where the state alone may go back', async () => {
        const { referralId, deliveryId } = await accepted('state');
        await toldNotes(2);
        await desks.respond(deliveryId, '20', { worker: '試験　月', note: '秘密の連絡文' });
        await waitFor(
          async () => {
            const rows = await desks.under.rows<{ state: string }>(
              `select state from delivery where referral = $1 and beside`,
              [referralId],
            );
            return rows.length === 1 && rows[0]?.state === 'recalled';
          },
          { what: 'it to be kept back' },
        );
        expect(desks.kaigo.deliveries).toEqual([]);
      });
    });
  });

  it('names what the recipient’s system had no place for, as far as the sender may know that anything arrived', async () => {
    const written = async (feedback: 'none' | 'state') => {
      const { referralId } = await desks.submit(withoutConsent());
      const consent = await desks.consent(await desks.personOf(referralId), { feedback });
      const { deliveryId } = (await desks.konkyu.next('referral.sent.v1', referralId)).data as Sent;
      expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
      expect((await desks.view(desks.sender, referralId)).notCarried).toBeUndefined();
      await desks.konkyu.receipt(deliveryId, 'delivered', { notCarried: ['concern'] });
      await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', {
        what: 'the receipt to count',
      });
      return { referralId, consent };
    };
    const { referralId } = await written('state');
    expect((await desks.view(desks.sender, referralId)).notCarried).toEqual(['concern']);
    expect((await desks.view(desks.recipient, referralId)).notCarried).toBeUndefined();
    expect((await told()).code).toBe('10');

    const hidden = await written('none');
    expect((await desks.view(desks.sender, hidden.referralId)).notCarried).toBeUndefined();
    const person = await desks.personOf(hidden.referralId);
    await desks.consent(person, { feedback: 'state' }, { supersedes: hidden.consent });
    expect((await desks.view(desks.sender, hidden.referralId)).notCarried).toEqual(['concern']);
    expect((await told()).code).toBe('10');
  });

  it('hides 104 from the sender: the desk has simply taken it', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '50', { reason: '104', worker: '試験　太郎' });
    expect([(await told()).code, (await told()).code]).toEqual(['10', '20']);
    const reasons = async (who = desks.sender) =>
      (await who('GET', `/referrals/${referralId}/timeline`)).body.items.flatMap(
        (e: { reasons: string[] }) => e.reasons,
      );
    expect(await reasons()).toEqual([]);
    expect(await reasons(desks.recipient)).toEqual(['104']);
  });

  it('takes an answer whole or not at all; that it arrived is proven either way', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    const person = await desks.personOf(referralId);
    await desks.consent(person);
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect(await desks.respond(deliveryId, '20')).toMatchObject({ outcome: 'rejected', codes: ['DELIVERY_UNKNOWN'] });
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
    expect(await desks.respond(deliveryId, '40', { worker: '試験　太郎' })).toMatchObject({
      outcome: 'rejected',
      codes: ['OUTCOME_MISSING'],
    });
    expect((await desks.view(desks.recipient, referralId)).state).toBe('received');
    const ledger = (await desks.sender('GET', `/persons/${person}/disclosures`)).body.items;
    expect(ledger.filter((l: any) => l.members.length > 0).map((l: any) => l.state)).toEqual(['written']);
    expect((await told()).code).toBe('10');
  });

  it('tells no more to whoever posts the same again, in the question of the other desk, or by the states between', async () => {
    const client = await desks.under.as({ client: desks.functions.kaigo });
    const { source, ...rest } = withoutConsent();
    const { system, key, occurredAt } = source;
    const body = { ...rest, source: { system, key, occurredAt } };
    const post = () => client('POST', '/referrals', body, { 'idempotency-key': 'told-again' });
    const referralId = (await post()).body.id;
    await desks.consent(await desks.personOf(referralId), { feedback: 'none' });
    const { deliveryId } = await arrived();
    await desks.respond(deliveryId, '45', { note: 'いつからですか', worker: '試験　太郎' });
    const entries = async () => (await desks.sender('GET', `/referrals/${referralId}/timeline`)).body.items;
    expect((await entries()).at(-1)).toMatchObject({
      from: 'sent',
      to: 'questioned',
      note: { note: 'いつからですか' },
    });
    expect(JSON.stringify(await entries())).not.toContain('試験');
    await desks.act(desks.sender, referralId, 'answer', { answer: '先月から' });
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    expect((await post()).body.state).toBe('received');
    expect((await desks.view(desks.recipient, referralId)).state).toBe('accepted');
    const ledger = (await desks.sender('GET', `/persons/${await desks.personOf(referralId)}/disclosures`)).body.items;
    // The question, which it must answer, and who has read it; of the taking nothing.
    const back = ledger.filter((l: any) => l.to.domain === 'kaigo');
    expect(back.map((l: any) => [l.way, l.state])).toEqual([
      ['feedback', 'written'],
      ['read', 'written'],
    ]);
  });

  it('tells the recipient what its own steps were answered with, and reminds it of what comes back', async () => {
    const { referralId, deliveryId } = await accepted('state');
    await desks.respond(deliveryId, '40', { outcome: '011', note: '終了' });
    await desks.act(desks.sender, referralId, 'send-back', { note: 'もう少しお願いします' });
    const last = (await desks.recipient('GET', `/referrals/${referralId}/timeline`)).body.items.at(-1);
    expect(last).toMatchObject({ action: 'send-back', note: { note: 'もう少しお願いします' } });
    expect((await desks.recipient('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'work_on', referralId }),
    );
    for (const code of ['10', '20', '30', '40', '30']) expect((await told()).code).toBe(code);
  });

  it('counts a receipt of what was written, though the delivery had been given up', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    expect(await desks.konkyu.mayWrite(deliveryId)).toBe(true);
    await desks.konkyu.receipt(deliveryId, 'failed', { code: 'MAYBE_WRITTEN', retryable: false });
    const stateOf = async () =>
      (await desks.under.rows<{ state: string }>('select state from delivery where id = $1', [deliveryId]))[0]?.state;
    await waitFor(async () => (await stateOf()) === 'parked', { what: 'the delivery to be parked' });
    await desks.konkyu.receipt(deliveryId);
    await waitFor(async () => (await stateOf()) === 'delivered', { what: 'the receipt to count' });
    expect((await desks.view(desks.recipient, referralId)).state).toBe('received');
    expect((await told()).code).toBe('10');
  });

  it('is not lost by one delivery that can never be written: it parks after a day of tries, and its desk is told', async () => {
    const { referralId } = await desks.submit(withoutConsent());
    await desks.consent(await desks.personOf(referralId));
    const { deliveryId } = (await desks.konkyu.next('referral.sent.v1')).data as Sent;
    await desks.under.rows('update delivery set attempts = 35 where id = $1', [deliveryId]);
    await desks.konkyu.receipt(deliveryId, 'failed', { code: 'TABLE_MISSING', retryable: true });
    const stateOf = async () =>
      (await desks.under.rows<{ state: string }>('select state from delivery where id = $1', [deliveryId]))[0]?.state;
    await waitFor(async () => (await stateOf()) === 'parked', { what: 'the delivery to be parked' });
    const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.kaigo });
    expect((await supervisor('GET', '/todos')).body.items).toContainEqual(
      expect.objectContaining({ kind: 'delivery_stuck', referralId, tickable: true }),
    );
  });

  it('tells no outcome and no want of room to a sender that hears the state alone', async () => {
    for (const [feedback, heard] of [
      ['state', []],
      ['state+note', ['103', '021']],
    ] as const) {
      const { referralId } = await desks.submit(withoutConsent());
      await desks.consent(await desks.personOf(referralId), { feedback });
      await desks.konkyu.takeNext('referral.sent.v1', referralId);
      await waitFor(async () => (await desks.view(desks.recipient, referralId)).state === 'received', {
        what: 'its arrival',
      });
      const act = async (action: string, facts: object) =>
        expect((await desks.act(desks.recipient, referralId, action, facts)).status).toBe(200);
      await act('hold', { reason: '満員', code: '103', wakeOn: addDays(japaneseDay(new Date()), 3) });
      await act('resume', {});
      await act('accept', { worker: { name: '試験　月' }, personMatched: true });
      await act('start', { firstContact: { on: japaneseDay(new Date()), how: '電話' } });
      const informed = { personInformed: { by: '試験', at: new Date().toISOString(), how: '電話' } };
      await act('complete', { outcome: '021', note: '辞退。', ...informed });
      const reasons = async (who: Api) =>
        (await who('GET', `/referrals/${referralId}/timeline`)).body.items.flatMap(
          (e: { reasons: string[] }) => e.reasons,
        );
      expect([feedback, await reasons(desks.sender)]).toEqual([feedback, heard]);
      expect(await reasons(desks.recipient)).toEqual(['103', '021']);
      expect(await reasons(await desks.under.as({ role: 'coordinator' }))).toEqual(['103', '021']);
    }
  });
});
