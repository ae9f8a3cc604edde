// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { manyDesks, phoned, told, type ManyDesks } from '../../test/many-desks';
import { stepFacts } from '../../test/operations';
import type { Api } from '../../test/sign-in';

type Answers = Record<string, unknown>;

/** What a sender may do at any time; it is taken at the end, since it moves the version. */
const atAnyTime = ['supplement', 'inform', 'misdirected', 'mark-error'];

const worker = { worker: { name: '見本　五郎' }, personMatched: true };
const tomorrow = addDays(japaneseDay(new Date()), 1);
const completed = { outcome: '011', note: '支援につながりました。' };

describeWithServices(['postgres'], 'what a sender hears of what the other desk does (invariant 8)', () => {
  let desks: ManyDesks;
  beforeAll(async () => {
    desks = await manyDesks(
      {
        konkyu: {
          functionType: 'disability_abuse_desk',
          kinds: ['notification'],
          purposes: ['consultation', 'abuse_response'],
          channel: 'web',
        },
      },
      { timings: { sweep: 50 } },
    );
  });
  afterAll(() => desks?.close());

  /** Everything that the sender is answered about this referral, whatever it asks. */
  async function heard(sender: Api, id: string, { but = [] as string[] } = {}): Promise<Answers> {
    const answers: Answers = {};
    const detail = await desks.view(sender, id);
    const { person, version } = detail.body as { person: string; version: number };
    const paths = ['', '/timeline', '/actions', '/decision'].map((path) => `/referrals/${id}${path}`);
    for (const path of [...paths, `/persons/${person}/disclosures`].filter((p) => !but.some((b) => p.endsWith(b)))) {
      const { status, body, headers } = await sender('GET', path);
      answers[path] = { status, body, etag: headers.get('etag') };
    }
    const filters = ['sort=oldest', 'overdue=true', 'waiting=me', 'kind=notification', 'urgency=same_day'];
    filters.push('sort=due', 'view=overdue', 'view=ping_pong', 'view=unassigned');
    const states = ['sent', 'received', 'accepted', 'in_progress', 'on_hold', 'completed'].map((s) => `state=${s}`);
    for (const filter of ['', ...filters, ...states])
      answers[`queue ${filter}`] = (await sender('GET', `/referrals?limit=200&${filter}`)).body;
    const todos = (await sender('GET', '/todos')).body.items as { referralId?: string }[];
    answers['to-dos'] = todos.filter((t) => t.referralId === id);
    answers['preview'] = (await sender('POST', '/disclosures/preview', { referralId: id })).body;
    for (const [action, facts] of Object.entries(stepFacts).filter(([a]) => !atAnyTime.includes(a) && !but.includes(a)))
      for (const at of [version, version + 1]) {
        const { status, body } = await sender('POST', `/referrals/${id}/${action}`, facts, { 'if-match': `"${at}"` });
        const { requestId, ...problem } = body;
        expect(status).toBeGreaterThanOrEqual(400);
        answers[`${action} at ${at}`] = { status, ...problem, hasRequestId: requestId !== undefined };
      }
    return answers;
  }

  const done = async (who: Api, id: string, action: string, facts: object = {}) => {
    const { status, body } = await desks.act(who, id, action, facts);
    expect([action, status, body.code]).toEqual([action, 200, undefined]);
    return body;
  };

  /** A hold that ends by itself. */
  async function sleepAndWake(at: Api, id: string): Promise<void> {
    const { state } = (await desks.view(at, id)).body;
    await done(at, id, 'hold', { reason: '訪問を待つ', wakeOn: tomorrow });
    await desks.under.rows(`update referral set wake_on = '2026-01-01', clock_at = now() where id = $1`, [id]);
    await waitFor(async () => (await desks.view(at, id)).body.state === state, { what: 'it to wake' });
  }

  describe('of a 通報・通告 after 到着', () => {
    const phonedBefore = phoned();
    const report = async () => {
      const { body } = await desks.send(desks.at.shogai, 'notification', 'konkyu', {
        purpose: 'abuse_response',
        statute: 'disability_abuse',
        urgency: 'same_day',
        howTheyMeet: undefined,
        personInformed: undefined,
        phoned: phonedBefore,
        subject: { ref: 'subject', role: 'subject', identifiers: [], items: { abuse: { note: 'あざがある。' } } },
      });
      expect(body.outcome).toBe('accepted');
      return body.id as string;
    };
    /** Its whole life there. */
    const life: readonly (readonly [string, (at: Api, id: string) => Promise<unknown>])[] = [
      ['a note', (at, id) => done(at, id, 'supplement', { note: '訪問します。' })],
      ['on hold and awake again', sleepAndWake],
      ['on hold', (at, id) => done(at, id, 'hold', { reason: '訪問を待つ', wakeOn: tomorrow })],
      ['back', (at, id) => done(at, id, 'resume')],
      ['taken', (at, id) => done(at, id, 'accept', { ...worker, nextContactOn: tomorrow })],
      ['taken, on hold and awake again', sleepAndWake],
      ['begun', (at, id) => done(at, id, 'start', { firstContact: { on: '2026-11-01', how: '訪問' } })],
      ['the person told', (at, id) => done(at, id, 'inform', { personInformed: told() })],
      ['on hold once more', (at, id) => done(at, id, 'hold', { reason: '入院', wakeOn: tomorrow })],
      ['and back', (at, id) => done(at, id, 'resume')],
      ['ended', (at, id) => done(at, id, 'complete', { ...completed })],
    ];

    it('is word for word the same, whatever becomes of it', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.konkyu];
      const id = await report();
      const sent = await heard(sender, id, { but: ['withdraw'] });
      await done(there, id, 'receive');
      const arrived = await heard(sender, id);
      expect(arrived).not.toEqual(sent);
      expect(arrived[`/referrals/${id}`]).toMatchObject({ body: { state: 'received' } });
      const states: string[] = [];
      for (const [what, happens] of life) {
        await happens(there, id);
        states.push((await desks.view(there, id)).body.state);
        expect({ what, ...(await heard(sender, id)) }).toEqual({ what, ...arrived });
      }
      expect(new Set(states)).toEqual(new Set(['received', 'on_hold', 'accepted', 'in_progress', 'completed']));
    });

    it('is the same also in what it does itself: its own steps count for it as if nothing else had happened', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.konkyu];
      const [quiet, busy] = [await report(), await report()];
      for (const id of [quiet, busy]) await done(there, id, 'receive');
      await done(there, busy, 'accept', worker);
      const steps = async (id: string) => {
        const said = [];
        for (const action of ['supplement', 'inform', 'mark-error'] as const) {
          const { id: _, ...answer } = await done(sender, id, action, stepFacts[action] as object);
          const { items } = (await sender('GET', `/referrals/${id}/timeline`)).body;
          said.push(
            answer,
            items.map(({ at: _at, ...entry }: { at: string }) => entry),
          );
        }
        return said;
      };
      const [ofQuiet, ofBusy] = [await steps(quiet), await steps(busy)];
      expect(ofBusy).toEqual(ofQuiet);
      expect(ofQuiet[0]).toEqual({ state: 'received', version: 4 });
    });

    it('tells of a race only where the sender knew of both steps', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.konkyu];
      const id = await report();
      await done(there, id, 'receive');
      const { version } = (await desks.view(sender, id)).body;
      await done(there, id, 'accept', worker);
      const note = { note: '電話番号が変わりました。' };
      const step = () => sender('POST', `/referrals/${id}/supplement`, note, { 'if-match': `"${version}"` });
      expect((await step()).status).toBe(200);
      expect((await step()).status).toBe(412);
    });

    it('goes astray in every state alike', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.konkyu];
      const [quiet, busy] = [await report(), await report()];
      for (const id of [quiet, busy]) await done(there, id, 'receive');
      await done(there, busy, 'accept', worker);
      const told = async (id: string) => {
        await done(there, id, 'misdirected', { what: 'wrong_desk', reason: '管轄が違う' });
        const { items } = (await sender('GET', `/referrals/${id}/timeline`)).body;
        const { state, version, misdirected } = (await desks.view(sender, id)).body;
        return [items.map((e: { action: string; to: string }) => [e.action, e.to]), state, version, misdirected];
      };
      const [ofQuiet, ofBusy] = [await told(quiet), await told(busy)];
      expect(ofBusy).toEqual(ofQuiet);
      expect(ofQuiet.slice(1)).toEqual(['received', 4, true]);
    });
  });

  describe('of a つなぎ of which the person lets nothing come back', () => {
    const referOn = async (feedback: 'none' | 'state') => {
      const { body } = await desks.send(desks.at.shogai, 'referral', 'kosodate', { urgency: 'urgent' });
      const consent = await desks.consent(desks.at.shogai, body.id, {
        recipients: [{ function: desks.functions.kosodate }],
        feedback,
      });
      return { id: body.id as string, consent };
    };
    const refer = async (feedback: 'none' | 'state') => (await referOn(feedback)).id;
    const life: readonly (readonly [string, object])[] = [
      ['receive', {}],
      ['accept', worker],
      ['start', { firstContact: { on: '2026-11-01', how: '訪問' } }],
      ['hold', { reason: '入院', wakeOn: tomorrow }],
      ['resume', {}],
      ['supplement', { note: '退院しました。' }],
      ['complete', { ...completed, personInformed: told() }],
    ];

    it('is word for word what it heard when it was sent', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.kosodate];
      const id = await refer('none');
      // Taking it back has a spec of its own.
      const but = ['withdraw'];
      const sent = await heard(sender, id, { but });
      for (const [action, facts] of life) {
        await done(there, id, action, facts);
        expect({ action, ...(await heard(sender, id, { but })) }).toEqual({ action, ...sent });
      }
      expect((await desks.view(there, id)).body.state).toBe('completed');
    });

    it('reads in its ledger what waits there now, and not when it was opened', async () => {
      const [sender, there] = [desks.at.shogai, desks.at.kosodate];
      const id = await refer('none');
      const { person } = (await desks.view(sender, id)).body;
      const ledger = async () => (await sender('GET', `/persons/${person}/disclosures`)).body.items as object[];
      expect(await ledger()).toMatchObject([
        { state: 'claimed', members: [{ ref: 'subject', categories: ['identity', 'concern'] }] },
      ]);
      const refusal = { person, categories: ['concern'], recipients: [{ function: desks.functions.kosodate }] };
      expect((await sender('POST', '/refusals', refusal)).status).toBe(201);
      const narrowed = await ledger();
      expect(narrowed).toMatchObject([{ state: 'claimed', members: [{ ref: 'subject', categories: ['identity'] }] }]);
      await done(there, id, 'receive');
      expect(await ledger()).toEqual(narrowed);
      const auditor = await desks.as('privacy_officer');
      const whole = (await auditor('GET', `/persons/${person}/disclosures`)).body.items as { state: string }[];
      expect(whole.map((l) => l.state)).toEqual(['recalled', 'written']);
    });

    it('has neither a date nor lateness, which would end with 到着', async () => {
      const [silent, open] = [await refer('none'), await refer('state')];
      await desks.under.rows(
        `update referral set due_on = '2026-01-05', told_due_on = case when told_due_on is null then null else date '2026-01-05' end
         where id = any($1::uuid[])`,
        [[silent, open]],
      );
      const line = async (id: string) => (await desks.view(desks.at.shogai, id)).body;
      expect(await line(open)).toMatchObject({ dueOn: '2026-01-05', overdue: true });
      expect((await line(silent)).dueOn).toBeUndefined();
      const late = await desks.queue(desks.at.shogai, '&overdue=true');
      expect([late.includes(open), late.includes(silent)]).toEqual([true, false]);
      expect(await desks.queue(desks.at.kosodate, '&overdue=true')).toEqual(expect.arrayContaining([open, silent]));
    });

    it('hears that a proposed return was taken back, and nothing of the work that goes on', async () => {
      const id = await refer('none');
      const there = desks.at.kosodate;
      const chief = await desks.under.as({ role: 'supervisor', function: desks.functions.kosodate });
      await done(there, id, 'receive');
      await done(there, id, 'accept', worker);
      await done(chief, id, 'propose-return', { reasons: ['901'], whoTellsPerson: '試験' });
      const proposed = (await desks.view(desks.at.shogai, id)).body;
      expect(proposed.state).toBe('return_proposed');
      await done(there, id, 'resume');
      const after = (await desks.view(desks.at.shogai, id)).body;
      expect([after.state, after.version - proposed.version, after.dueOn]).toEqual(['received', 1, undefined]);
      const agreed = await desks.act(desks.at.shogai, id, 'agree-return', stepFacts['agree-return'] as object);
      expect(agreed.body.code).toBe('STATE_NOT_THERE');
    });

    it('has withdrawn it, whether or not somebody has taken it in the meantime', async () => {
      const [untouched, taken, over] = [await refer('none'), await refer('none'), await refer('none')];
      const there = desks.at.kosodate;
      for (const [action, facts] of life.slice(0, 2)) await done(there, taken, action, facts);
      for (const [action, facts] of life) await done(there, over, action, facts);
      const heardOf = async (id: string) => {
        const { id: _, ...stepped } = await done(desks.at.shogai, id, 'withdraw', { reason: '転居' });
        const { state, version, dueOn } = (await desks.view(desks.at.shogai, id)).body;
        const { actions } = (await desks.at.shogai('GET', `/referrals/${id}/actions`)).body;
        return [stepped, state, version, dueOn, actions, await story(id)];
      };
      const ofUntouched = await heardOf(untouched);
      expect(ofUntouched.slice(0, 2)).toEqual([{ state: 'withdrawn', version: expect.any(Number) }, 'withdrawn']);
      expect(await heardOf(taken)).toEqual(ofUntouched);
      expect(await heardOf(over)).toEqual(ofUntouched);
      expect((await desks.view(there, taken)).body.state).toBe('accepted');
      const todos = (await there('GET', '/todos?kind=withdrawal_asked')).body.items;
      expect(todos.map((t: { referralId: string }) => t.referralId)).toEqual([taken]);
    });

    /** What its timeline says, without the moments. */
    const story = async (id: string): Promise<object[]> =>
      (await desks.at.shogai('GET', `/referrals/${id}/timeline`)).body.items.map(
        ({ at: _at, note: _note, ...entry }: { at: string; note?: object }) => entry,
      );
    const listed = async (who: Api, id: string): Promise<string[]> =>
      (await who('GET', '/todos?limit=500')).body.items
        .filter((t: { referralId?: string }) => t.referralId === id)
        .map((t: { kind: string }) => t.kind);

    it('hears of a withdrawn consent the same, whether or not somebody has taken it in the meantime', async () => {
      const there = desks.at.kosodate;
      const after = async (steps: number) => {
        const referral = await referOn('none');
        for (const [action, facts] of life.slice(0, steps)) await done(there, referral.id, action, facts);
        return referral;
      };
      const [untouched, opened, taken, over] = [
        await after(0),
        await after(1),
        await after(2),
        await after(life.length),
      ];
      const heardOf = async ({ id, consent }: Awaited<ReturnType<typeof referOn>>) => {
        expect((await desks.at.shogai('POST', `/consents/${consent}/withdraw`, {})).status).toBe(200);
        const { state, version, dueOn } = (await desks.view(desks.at.shogai, id)).body;
        const { actions } = (await desks.at.shogai('GET', `/referrals/${id}/actions`)).body;
        return [state, version, dueOn, actions, await story(id), await listed(desks.at.shogai, id)];
      };
      const ofUntouched = await heardOf(untouched);
      expect(ofUntouched[0]).toBe('revoked');
      for (const referral of [opened, taken, over]) expect(await heardOf(referral)).toEqual(ofUntouched);
      expect((await desks.view(there, taken.id)).body.state).toBe('accepted');
      expect(await listed(there, taken.id)).toEqual(expect.arrayContaining(['stop_using', 'talk_after_withdrawal']));
    });

    describe('when it asks for the same once more', () => {
      let count = 10000;
      /** Twice about one person: the second waits for the first. */
      const twice = async (feedback: 'none' | 'state') => {
        const subject = {
          ref: 'subject',
          role: 'subject',
          identifiers: [{ system: 'kaigo', value: `00990010-00077${(count += 1)}` }],
          items: { identity: { name: '見本　花子' }, concern: { boxes: ['income_work'] } },
        };
        const one = (await desks.send(desks.at.kaigo, 'referral', 'kosodate', { subject })).body.id as string;
        await desks.consent(desks.at.kaigo, one, { recipients: [{ function: desks.functions.kosodate }], feedback });
        const other = (await desks.send(desks.at.kaigo, 'referral', 'kosodate', { subject })).body;
        expect([other.outcome, other.codes]).toEqual(['held', ['OPEN_TWIN']]);
        return [one, other.id] as [string, string];
      };
      const endThere = async (id: string) => {
        for (const [action, facts] of life) await done(desks.at.kosodate, id, action, facts);
      };

      it('is not told by the second that the first has ended', async () => {
        const [one, other] = await twice('none');
        await endThere(one);
        expect((await desks.view(desks.at.kaigo, other)).body.state).toBe('awaiting_authority');
        expect(await listed(desks.at.kaigo, other)).toEqual(['twin_open']);
        await done(desks.at.kaigo, one, 'withdraw', { reason: '改めて頼む' });
        expect((await desks.view(desks.at.kaigo, other)).body.state).toBe('sent');
      });

      it('has the second leave when it hears that the first has ended', async () => {
        const [one, other] = await twice('state');
        await endThere(one);
        expect((await desks.view(desks.at.kaigo, other)).body.state).toBe('sent');
      });

      it('has the second leave when it hears of the end by a later consent', async () => {
        const [one, other] = await twice('none');
        await endThere(one);
        await desks.consent(desks.at.kaigo, one, { recipients: [{ function: desks.functions.kosodate }] });
        expect((await desks.view(desks.at.kaigo, one)).body.state).toBe('completed');
        expect((await desks.view(desks.at.kaigo, other)).body.state).toBe('sent');
      });
    });

    it('asks about what the person carries once a week, whether or not it has come', async () => {
      const carry = async () =>
        (await desks.send(desks.at.shogai, 'referral', 'kosodate', { channel: 'carried_by_person' })).body.id as string;
      const [out, there] = [await carry(), await carry()];
      const { sheetCode } = (await desks.view(desks.at.shogai, there)).body;
      expect((await desks.at.kosodate('GET', `/sheets/${sheetCode}`)).status).toBe(200);
      const both = [out, there];
      const weekGone = () =>
        desks.under.rows(
          `update referral set told_due_on = '2026-01-05', due_on = case state when 'sent' then date '2026-01-05' else due_on end, clock_at = now()
           where id = any($1::uuid[])`,
          [both],
        );
      const asks = async () => {
        const all = (await desks.at.shogai('GET', '/todos?kind=carried_not_arrived')).body.items as {
          id: string;
          referralId: string;
        }[];
        return both.map((id) => all.find((t) => t.referralId === id)?.id);
      };
      expect(await asks()).toEqual([undefined, undefined]);
      await weekGone();
      await waitFor(async () => (await asks()).every(Boolean), { what: 'the sweep to look' });
      for (const id of await asks())
        expect((await desks.at.shogai('POST', `/todos/${id}/done`, {})).status).toBeLessThan(300);
      expect(await asks()).toEqual([undefined, undefined]);
      const dates = both.map(async (id) => (await desks.view(desks.at.shogai, id)).body.dueOn as string);
      const [next, same] = await Promise.all(dates);
      expect([next! > tomorrow, same]).toEqual([true, next]);
      await weekGone();
      await waitFor(async () => (await asks()).every(Boolean), { what: 'it to be asked again' });
    });

    it('hears of 即日 that somebody has it, when it is taken without a word', async () => {
      const { body } = await desks.send(desks.at.shogai, 'referral', 'kosodate', {
        urgency: 'same_day',
        phoned: phoned(),
      });
      await desks.consent(desks.at.shogai, body.id, {
        recipients: [{ function: desks.functions.kosodate }],
        feedback: 'none',
      });
      await done(desks.at.kosodate, body.id, 'receive');
      await done(desks.at.kosodate, body.id, 'accept', worker);
      const { items } = (await desks.at.shogai('GET', `/referrals/${body.id}/timeline`)).body;
      expect(items.at(-1)).toMatchObject({ action: 'confirm-phone', to: 'sent' });
      expect((await desks.view(desks.at.shogai, body.id)).body.state).toBe('sent');
    });
  });
});
