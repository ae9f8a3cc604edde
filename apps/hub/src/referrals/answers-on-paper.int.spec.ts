// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { manyDesks, told, type ManyDesks } from '../../test/many-desks';
import type { Api } from '../../test/sign-in';

const accepting = { worker: { name: '病院　春子' }, personMatched: true };
const contacted = { firstContact: { on: '2026-11-02', how: '面談' } };

describeWithServices(['postgres'], 'an answer written on a sheet that has come back to its sender', () => {
  let desks: ManyDesks;
  /** The sender's caseworker. */
  let sender: Api;
  /** A desk of paper at which nobody works in the hub. */
  let hospital: string;
  beforeAll(async () => {
    desks = await manyDesks({});
    sender = desks.at.kosodate;
    [{ id: hospital } = { id: '' }] = await desks.under.rows<{ id: string }>(
      `select id from desk_function where function_type = 'hospital'`,
    );
  });
  afterAll(() => desks?.close());

  /** On its way to the hospital, with the code of its sheet. */
  const onPaper = async ({ feedback = 'state', ...over }: { feedback?: string; channel?: string } = {}) => {
    const { body } = await desks.send(sender, 'referral', 'hogo', { to: { function: hospital }, ...over });
    const recipients = [{ function: hospital }];
    await desks.consent(sender, body.id, { recipients, feedback } as never);
    return { id: body.id as string, code: (await desks.view(sender, body.id)).body.sheetCode as string };
  };
  const versionOf = async (id: string) => String((await desks.view(sender, id)).body.version);
  const enter = async ({ id, code }: { id: string; code: string }, action: string, facts: object, who = sender) =>
    who('POST', `/sheets/${code}/${action}`, facts, { 'if-match': await versionOf(id) });
  /** Whether the sender is told at the referral that the answer may be entered. */
  const mayEnter = async (id: string, who = sender) => (await who('GET', `/referrals/${id}/actions`)).body.onPaper;
  const timelineOf = async (id: string) => (await sender('GET', `/referrals/${id}/timeline`)).body.items;
  const auditOf = (id: string) =>
    desks.under.rows<{ action: string; function: string; on_paper_for: string | null }>(
      `select action, function, details->>'onPaperFor' as on_paper_for from audit_entry
       where object = $1 and details ? 'onPaperFor' order by id`,
      [id],
    );
  const possible = (opened: { actions: { action: string; possible: boolean }[] }) =>
    opened.actions.flatMap((a) => (a.possible ? [a.action] : [])).sort();

  it.each([{}, { channel: 'carried_by_person' }])('opens the form of its answer by its code: %p', async (over) => {
    const sheet = await onPaper(over);
    const { status, body } = await sender('GET', `/sheets/${sheet.code}`);
    expect([status, body.onPaper, possible(body)]).toEqual([200, true, ['accept', 'ask', 'hold', 'propose-return']]);
    expect(Object.keys(body.forms).sort()).toEqual(possible(body));
    expect(await mayEnter(sheet.id)).toBe(true);
  });

  it('has not arrived by being opened, for a sheet may be read before it is posted', async () => {
    const sheet = await onPaper();
    await sender('GET', `/sheets/${sheet.code}`);
    expect((await desks.view(sender, sheet.id)).body.state).toBe('sent');
  });

  it('is taken in the recipient’s name: it proves that the sheet has arrived, and goes on to the result', async () => {
    const sheet = await onPaper();
    expect((await enter(sheet, 'accept', accepting)).body).toMatchObject({ state: 'accepted' });
    expect((await enter(sheet, 'start', contacted)).body).toMatchObject({ state: 'in_progress' });
    expect((await enter(sheet, 'complete', { outcome: '011', note: '通院を始めました。' })).body).toMatchObject({
      state: 'completed',
    });
    // Nothing more can be written on it.
    expect(await mayEnter(sheet.id)).toBeUndefined();
    const steps = await desks.under.rows<{ action: string; function: string; entered_by: string | null }>(
      `select action, function, entered_by from referral_event where referral = $1 and entered_by is not null order by version`,
      [sheet.id],
    );
    const entered = { function: hospital, entered_by: desks.functions.kosodate };
    expect(steps).toEqual(['receive', 'accept', 'start', 'complete'].map((action) => ({ action, ...entered })));
  });

  it('says in the history who wrote it and who entered it, and in the audit on whose behalf', async () => {
    const sheet = await onPaper();
    await enter(sheet, 'accept', accepting);
    const last = (await timelineOf(sheet.id)).at(-1);
    expect(last).toMatchObject({ action: 'accept', by: 'staff' });
    expect(last.function.name).toBe('医療機関');
    const own = (await desks.view(sender, sheet.id)).body.from;
    expect(last.enteredBy).toEqual(own);
    const entered = { function: desks.functions.kosodate, on_paper_for: hospital };
    expect(await auditOf(sheet.id)).toEqual(
      ['referral.receive', 'referral.accept'].map((action) => ({ action, ...entered })),
    );
  });

  it('leaves the sheet in the ledger as read there, and by nobody at the sender’s desk', async () => {
    const sheet = await onPaper();
    await enter(sheet, 'accept', accepting);
    const lines = await desks.under.rows(
      `select recipient_function, viewer from disclosure where referral = $1 and sender_function = $2`,
      [sheet.id, desks.functions.kosodate],
    );
    expect(lines).toEqual([{ recipient_function: hospital, viewer: null }]);
  });

  it('asks, is answered on paper and is taken; or wants to talk and is given back after the talk', async () => {
    const asked = await onPaper();
    expect((await enter(asked, 'ask', { questions: 'いつからですか。' })).body.state).toBe('questioned');
    expect((await desks.act(sender, asked.id, 'answer', { answer: '先月からです。' })).body.state).toBe('received');
    const back = await onPaper();
    const because = { reasons: ['102'], whoTellsPerson: '試験　太郎' };
    expect((await enter(back, 'propose-return', because)).body.state).toBe('return_proposed');
    const agreed = {
      talk: { on: '2026-11-03', names: ['病院　春子', '試験　太郎'] },
      keepsDoing: { sender: '訪問', recipient: '診察' },
      personInformed: told(),
    };
    expect((await desks.act(sender, back.id, 'agree-return', agreed)).body.state).toBe('returned');
  });

  it('that names another body it has gone on to makes no referral of a desk that nobody works at', async () => {
    const sheet = await onPaper();
    await enter(sheet, 'accept', accepting);
    await enter(sheet, 'start', contacted);
    const on = { outcome: '013', note: '別の病院へ。', referredTo: { domain: 'shogai' } };
    const { body } = await enter(sheet, 'complete', on);
    expect([body.state, body.next]).toEqual(['completed', undefined]);
  });

  it('is refused as any step is: without a worker, in a state that does not know it, at an old version', async () => {
    const sheet = await onPaper();
    const unnamed = await enter(sheet, 'accept', { personMatched: true, worker: { name: '' } });
    expect([unnamed.status, unnamed.body.errors[0].pointer]).toEqual([422, '/worker/name']);
    expect((await enter(sheet, 'complete', { outcome: '011', note: '済' })).body.code).toBe('STATE_NOT_THERE');
    const old = await sender('POST', `/sheets/${sheet.code}/accept`, accepting, { 'if-match': '"9999"' });
    expect(old.body.code).toBe('VERSION_CONFLICT');
    expect((await desks.view(sender, sheet.id)).body.state).toBe('sent');
  });

  it('takes no step that is not the recipient’s to write', async () => {
    const sheet = await onPaper();
    expect((await enter(sheet, 'withdraw', { reason: '試験' })).status).toBe(404);
    expect((await enter(sheet, 'receive', {})).status).toBe(404);
  });

  it('goes on the scope of the consent: where nothing goes back, the sender is not told what it has entered', async () => {
    const sheet = await onPaper({ feedback: 'none' });
    expect((await enter(sheet, 'accept', accepting)).status).toBe(200);
    const [{ state } = { state: '' }] = await desks.under.rows<{ state: string }>(
      `select state from referral where id = $1`,
      [sheet.id],
    );
    expect([state, (await desks.view(sender, sheet.id)).body.state]).toEqual(['accepted', 'sent']);
    const { body } = await sender('GET', `/sheets/${sheet.code}`);
    expect(possible(body)).toEqual(['hold', 'propose-return', 'start']);
  });

  describe('is not the sender’s to enter', () => {
    const closed = async (sheet: { id: string; code: string }, who = sender) => [
      (await who('GET', `/sheets/${sheet.code}`)).body.code,
      (await mayEnter(sheet.id, who)) ?? 'NOT_TOLD',
      (await enter(sheet, 'accept', accepting, who)).body.code,
    ];

    it('when somebody works at the recipient’s desk in the hub, from the day on which they begin', async () => {
      const sheet = await onPaper();
      const somebody = async (from: string) =>
        desks.under.rows(
          `with s as (insert into staff (id, login, name, organization, password_hash)
             select gen_random_uuid(), 'at.hospital', '病院　春子', o.organization, '' from function_operator o where o.function = $1
             on conflict (login) do update set active = true returning id)
           insert into membership (id, staff, role, function, valid_from) select gen_random_uuid(), id, 'caseworker', $1, $2 from s`,
          [hospital, from],
        );
      try {
        await somebody('2099-04-01');
        expect((await sender('GET', `/sheets/${sheet.code}`)).body.onPaper).toBe(true);
        await somebody('2020-04-01');
        expect(await closed(sheet)).toEqual(['NOT_FOUND', 'NOT_TOLD', 'NOT_FOUND']);
      } finally {
        await desks.under.rows(`update staff set active = false where login = 'at.hospital'`);
      }
      expect((await sender('GET', `/sheets/${sheet.code}`)).body.onPaper).toBe(true);
    });

    it('when its recipient answers by its system, though this one went with the person', async () => {
      const { body } = await desks.send(sender, 'referral', 'konkyu', { channel: 'carried_by_person' });
      const { sheetCode } = (await desks.view(sender, body.id)).body;
      await desks.under.rows(`update membership set valid_to = '2020-04-02' where function = $1`, [
        desks.functions.konkyu,
      ]);
      await desks.under.rows(`update client set active = false where $1 = any(functions)`, [desks.functions.konkyu]);
      expect(await closed({ id: body.id, code: sheetCode })).toEqual(['NOT_FOUND', 'NOT_TOLD', 'NOT_FOUND']);
    });

    it('when another desk types the code, or a program does', async () => {
      const sheet = await onPaper();
      const machine = desks.under.access.clients.find((c) => c.functions.includes(desks.functions.kosodate))!;
      const program = await desks.under.as({ client: machine.id });
      expect(await closed(sheet, desks.at.shogai)).toEqual(['NOT_FOUND', 'NOT_TOLD', 'NOT_FOUND']);
      expect(await closed(sheet, program)).toEqual(['NOT_FOUND', 'NOT_TOLD', 'NOT_FOUND']);
    });

    it('once the sheet is taken back', async () => {
      const sheet = await onPaper();
      await desks.act(sender, sheet.id, 'withdraw', { reason: '本人の希望' });
      expect(await closed(sheet)).toEqual(['NOT_FOUND', 'NOT_TOLD', 'NOT_FOUND']);
    });
  });
});
