// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { ShiftedClock } from '../../test/shifted-clock';
import type { Api } from '../../test/sign-in';
import { twoDesks, withoutConsent, type Sent, type TwoDesks } from '../../test/two-desks';

jest.setTimeout(60_000);

/** A Monday; 敬老の日 is the Monday after it, 秋分の日 the Thursday of that week. */
const monday = '2027-09-13';
const due = '2027-09-21';

describeWithServices(['postgres'], 'a recall', () => {
  let desks: TwoDesks;
  let admin: Api;
  let clock: ShiftedClock;
  let web: Api;

  beforeEach(async () => {
    clock = new ShiftedClock();
    clock.set(new Date(`${monday}T10:00:00+09:00`));
    desks = await twoDesks({ clock, timings: { sweep: 100 } });
    admin = await desks.under.as({ role: 'it_admin' });
    web = await desks.under.as({ role: 'caseworker', function: desks.functions.shogai });
  });
  afterEach(() => desks.close());

  const looked = () =>
    waitFor(
      async () => {
        const now = (await admin('GET', '/clock')).body.now as string;
        return (await desks.under.rows('select 1 from recall where clock_at <= $1', [now])).length === 0;
      },
      { what: 'the clock of recalls to be done' },
    );
  const jumpTo = async (day: string, time = '00:00:01') => {
    expect((await admin('POST', '/clock', { jumpTo: `${day}T${time}+09:00` })).status).toBe(200);
    await looked();
  };
  /** `role: kind` of what the recall asks for, with ! where time has run out. */
  const listed = async (referral: string) => {
    const rows = await desks.under.rows<{ role: string; kind: string; escalated: boolean }>(
      `select role, kind, escalated from todo where referral = $1 and kind in ('stop_using', 'recall_unanswered') and done_at is null order by role, kind`,
      [referral],
    );
    return rows.map((t) => `${t.role}: ${t.kind}${t.escalated ? '!' : ''}`);
  };
  const tick = async (who: Api, referral: string, body: object = {}) => {
    const { items } = (await who('GET', '/todos?limit=500')).body;
    const todo = items.find(
      (t: { referralId: string; kind: string }) => t.referralId === referral && t.kind === 'stop_using',
    );
    return (await who('POST', `/todos/${todo.id}/done`, body)).status;
  };
  const everybody = { recipients: [{ domain: 'konkyu' }, { domain: 'shogai' }] } as never;
  /** Arrived at 生活困窮 by its plugin, and taken back. */
  const recalledFromSystem = async () => {
    const { referralId } = await desks.submit(withoutConsent({ occurredAt: `${monday}T00:00:00+09:00` }));
    const consent = await desks.consent(await desks.personOf(referralId), { from: monday });
    const { deliveryId } = (await desks.konkyu.takeNext('referral.sent.v1', referralId)).data as Sent;
    await desks.respond(deliveryId, '20', { worker: '試験　太郎' });
    await desks.withdraw(consent);
    await desks.konkyu.takeNext('referral.recalled.v1', referralId);
    return { referralId, deliveryId, consent };
  };
  /** Opened at 障害福祉 on screen, and taken back. */
  const recalledOnScreen = async () => {
    const said = withoutConsent({ occurredAt: `${monday}T00:00:00+09:00`, to: { domain: 'shogai' } });
    const { referralId } = await desks.submit(said);
    const consent = await desks.consent(await desks.personOf(referralId), { ...(everybody as object), from: monday });
    await desks.act(web, referralId, 'receive');
    await desks.withdraw(consent);
    return { referralId, consent };
  };
  const acknowledge = async (deliveryId: string, more: object = {}) =>
    (
      await desks.konkyu.send('recall.acknowledged.v1', [
        { itemId: `stopped/${deliveryId}`, acknowledgement: { deliveryId, at: clock.now().toISOString(), ...more } },
      ])
    )[0]?.outcome;
  const dueOf = async (referral: string) =>
    (await desks.under.rows<{ due_on: string }>('select due_on::text from recall where referral = $1', [referral]))[0]
      ?.due_on;

  describe('that is not acknowledged in time', () => {
    it('goes to worker, supervisor and coordinator on one working day after the other', async () => {
      const { referralId, deliveryId } = await recalledFromSystem();
      expect([await dueOf(referralId), await listed(referralId)]).toEqual([due, ['caseworker: stop_using']]);
      await jumpTo(due, '23:59:00');
      expect(await listed(referralId)).toEqual(['caseworker: stop_using']);
      await jumpTo('2027-09-22');
      expect(await listed(referralId)).toEqual(['caseworker: stop_using!']);
      await jumpTo('2027-09-23');
      expect(await listed(referralId)).toHaveLength(1);
      await jumpTo('2027-09-24');
      expect(await listed(referralId)).toEqual(['caseworker: stop_using!', 'supervisor: stop_using!']);
      await jumpTo('2027-09-27');
      expect(await listed(referralId)).toContain('coordinator: recall_unanswered!');

      expect(await acknowledge(deliveryId)).toBe('accepted');
      expect(await listed(referralId)).toEqual([]);
      await jumpTo('2027-12-01');
      expect(await listed(referralId)).toEqual([]);
      const told = await desks.under.rows(
        `select details->'todos' as todos from audit_entry where object = $1 and action = 'referral.reminded' and details->>'todos' like '%:%' order by id`,
        [referralId],
      );
      expect(told.slice(-3)).toEqual([
        { todos: ['caseworker:stop_using'] },
        { todos: ['supervisor:stop_using'] },
        { todos: ['coordinator:recall_unanswered'] },
      ]);
    });

    it('is not late when it was acknowledged before, on screen or by the system', async () => {
      const system = await recalledFromSystem();
      const screen = await recalledOnScreen();
      await jumpTo(due, '23:59:00');
      expect(await acknowledge(system.deliveryId)).toBe('accepted');
      expect(await tick(web, screen.referralId)).toBe(204);
      await jumpTo('2027-10-29');
      expect([await listed(system.referralId), await listed(screen.referralId)]).toEqual([[], []]);
    });

    it('is asked for again when a worker has ticked it off and the system has not answered', async () => {
      const { referralId } = await recalledFromSystem();
      expect(await tick(desks.recipient, referralId)).toBe(204);
      expect(await listed(referralId)).toEqual([]);
      await jumpTo('2027-09-22');
      expect(await listed(referralId)).toEqual(['caseworker: stop_using!']);
    });

    it('may be acknowledged by the supervisor of a desk that works on screen', async () => {
      const { referralId } = await recalledOnScreen();
      await jumpTo('2027-09-27');
      expect(await listed(referralId)).toHaveLength(3);
      const supervisor = await desks.under.as({ role: 'supervisor', function: desks.functions.shogai });
      const coordinator = await desks.under.as({ role: 'coordinator' });
      const { items } = (await coordinator('GET', '/todos?kind=recall_unanswered')).body;
      expect(items).toMatchObject([{ referralId, escalated: true, function: { domain: 'shogai' } }]);
      // That somebody else has stopped using it is not theirs to say.
      expect((await coordinator('POST', `/todos/${items[0].id}/done`, {})).body.code).toBe('TODO_NOT_TICKABLE');
      expect(await tick(supervisor, referralId)).toBe(204);
      expect(await listed(referralId)).toEqual([]);
    });

    it('keeps to the days that its recipient has set, and to its own calendar', async () => {
      const set = { function: desks.functions.shogai, limit: 'recall_days', value: 2 };
      expect((await admin('PUT', '/dues', set)).status).toBe(200);
      expect(await dueOf((await recalledOnScreen()).referralId)).toBe('2027-09-15');
      expect(await dueOf((await recalledFromSystem()).referralId)).toBe(due);
    });

    it('strikes once, though several look at the same time and one was away meanwhile', async () => {
      const { referralId } = await recalledFromSystem();
      await desks.under.another();
      const client = new Client({ connectionString: desks.under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query('select 1 from person where id = (select subject from referral where id = $1) for update', [
        referralId,
      ]);
      // Nobody has looked for a month; both instances share this clock.
      clock.set(new Date('2027-10-29T09:00:00+09:00'));
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%for no key update%'`;
      await waitFor(async () => (await desks.under.rows(waiting)).length >= 2, { what: 'both to be at it' });
      await client.end();
      await waitFor(
        async () => (await desks.under.rows('select 1 from recall where clock_at <= $1', [clock.now()])).length === 0,
        { what: 'the clock of recalls to be done' },
      );
      const all = ['caseworker: stop_using!', 'coordinator: recall_unanswered!', 'supervisor: stop_using!'];
      expect(await listed(referralId)).toEqual(all);
      const struck = await desks.under.rows(
        `select 1 from audit_entry where object = $1 and action = 'referral.reminded' and details->>'todos' like '%recall_unanswered%'`,
        [referralId],
      );
      expect(struck).toHaveLength(1);
    });

    it('asks once, though the same referral was taken back twice on one day', async () => {
      const said = withoutConsent({ occurredAt: `${monday}T00:00:00+09:00`, to: { domain: 'shogai' } });
      const { referralId } = await desks.submit(said);
      const consent = await desks.consent(await desks.personOf(referralId), {
        ...(everybody as object),
        from: monday,
      });
      await desks.act(web, referralId, 'receive');
      const more = {
        ref: 'subject',
        role: 'subject',
        identifiers: [],
        items: { concern: { boxes: ['spending_debt'] } },
      };
      expect((await desks.act(desks.sender, referralId, 'supplement', { subject: more })).status).toBe(200);
      await desks.withdraw(consent);
      expect(await desks.under.rows('select 1 from recall where referral = $1', [referralId])).toHaveLength(2);
      await jumpTo('2027-10-29');
      const told = await desks.under.rows<{ todo: string }>(
        `select t as todo from audit_entry a, jsonb_array_elements_text(a.details->'todos') t
         where a.object = $1 and a.action = 'referral.reminded' and t ~ 'stop_using|recall_unanswered'`,
        [referralId],
      );
      expect(told.map((t) => t.todo).sort()).toEqual([
        'caseworker:stop_using',
        'coordinator:recall_unanswered',
        'supervisor:stop_using',
      ]);
    });

    it('gets its day from the clock when it was asked for before there was one', async () => {
      const { referralId } = await recalledFromSystem();
      await desks.under.rows('update recall set due_on = null, clock_at = $2 where referral = $1', [
        referralId,
        clock.now(),
      ]);
      await looked();
      expect([await dueOf(referralId), await listed(referralId)]).toEqual([due, ['caseworker: stop_using']]);
      await desks.under.rows('update recall set due_on = null, clock_at = $2 where referral = $1', [
        referralId,
        new Date('2027-09-23T00:00:00+09:00'),
      ]);
      await jumpTo('2027-09-23');
      expect(await listed(referralId)).toEqual(['caseworker: stop_using!']);
    });
  });

  describe('is acknowledged with what became of the data', () => {
    const recallIn = async (referral: string) => {
      const person = await desks.personOf(referral);
      const { items } = (await desks.sender('GET', `/persons/${person}/disclosures`)).body;
      return items.find((l: { referralId: string; recall?: object }) => l.referralId === referral && l.recall).recall;
    };
    const asked = async (who: Api, referral: string) =>
      (await who('GET', '/todos?kind=recall_disposition&limit=500')).body.items.filter(
        (t: { referralId: string }) => t.referralId === referral,
      );
    const kept = { done: 'kept', law: '試験法第1条' } as const;

    it('by a desk that works on screen, which says under which law it keeps a record', async () => {
      const { referralId, consent } = await recalledOnScreen();
      expect(await tick(web, referralId, { disposition: { done: 'kept' } })).toBe(422);
      expect(await tick(web, referralId, { disposition: { done: 'erased', law: '試験法' } })).toBe(422);
      expect(await tick(web, referralId, { disposition: { ...kept, law: '法 1234 5678 9018' } })).toBe(422);
      expect(await tick(web, referralId, { disposition: { ...kept, law: '在留資格の記録' } })).toBe(422);
      expect(await recallIn(referralId)).toEqual({ requestedAt: expect.any(String), dueOn: due });

      expect(await tick(web, referralId, { disposition: kept })).toBe(204);
      const said = {
        requestedAt: expect.any(String),
        dueOn: due,
        acknowledgedAt: expect.any(String),
        disposition: kept,
      };
      expect(await recallIn(referralId)).toEqual(said);
      expect(await asked(web, referralId)).toEqual([]);
      const proof = (await desks.sender('GET', `/consents/${consent}/withdrawal`)).body;
      expect(proof.gone.map((l: { recall?: object }) => l.recall)).toEqual([said]);
      const page = await desks.sender('GET', `/consents/${consent}/withdrawal`, undefined, { accept: 'text/html' });
      expect(page.body).toContain('法令によって、記録として残します。(試験法第1条)');
    });

    it('and its sender reads of the law neither what is marked as about somebody else nor the name of a town', async () => {
      const { referralId } = await recalledOnScreen();
      const law = '見本町文書条例〔見本　次郎の件〕';
      expect(await tick(web, referralId, { disposition: { done: 'kept', law } })).toBe(204);
      expect((await recallIn(referralId)).disposition.law).toMatch(/^見本町文書条例/);
      expect((await recallIn(referralId)).disposition.law).not.toContain('次郎');
      const person = await desks.personOf(referralId);
      const seal = { ground: 'own', from: monday };
      expect((await desks.sender('POST', `/persons/${person}/seal`, seal)).status).toBe(201);
      await desks.under.rows('update desk_function set gives_town_away = true where id = $1', [desks.functions.shogai]);
      const unnamed = () =>
        waitFor(async () => !JSON.stringify(await recallIn(referralId)).includes('見本町'), { what: 'the directory' });
      await unnamed();
      expect((await recallIn(referralId)).disposition).toEqual({ done: 'kept', law: '法令の名は示せません' });
    });

    it('and who has not said so is asked for it, and cannot pass it over', async () => {
      const { referralId } = await recalledOnScreen();
      expect(await tick(web, referralId)).toBe(204);
      expect((await recallIn(referralId)).disposition).toBeUndefined();
      const [{ id }] = await asked(web, referralId);
      expect((await web('POST', `/todos/${id}/done`, {})).body.code).toBe('DISPOSITION_MISSING');
      expect((await web('POST', `/todos/${id}/done`, { disposition: { done: 'returned' } })).status).toBe(204);
      expect([(await recallIn(referralId)).disposition, await asked(web, referralId)]).toEqual([
        { done: 'returned' },
        [],
      ]);
    });

    it('by a system whose records have a place for it', async () => {
      const { referralId, deliveryId } = await recalledFromSystem();
      const wrong = { disposition: { ...kept, law: '法 1234 5678 9018' } };
      expect(await acknowledge(deliveryId, wrong)).toBe('rejected');
      expect(await acknowledge(deliveryId, { disposition: { ...kept, law: '在留資格の記録' } })).toBe('rejected');
      expect((await recallIn(referralId)).acknowledgedAt).toBeUndefined();
      const item = { itemId: `again/${deliveryId}`, acknowledgement: { deliveryId, at: clock.now().toISOString() } };
      const [answer] = await desks.konkyu.send('recall.acknowledged.v1', [
        { ...item, acknowledgement: { ...item.acknowledgement, disposition: kept } },
      ]);
      expect(answer?.outcome).toBe('accepted');
      expect((await recallIn(referralId)).disposition).toEqual(kept);
      expect(await asked(desks.recipient, referralId)).toEqual([]);
    });

    it('on screen by the staff of a system whose records have no place for it, after it or before', async () => {
      const after = await recalledFromSystem();
      expect(await acknowledge(after.deliveryId)).toBe('accepted');
      expect((await recallIn(after.referralId)).disposition).toBeUndefined();
      const [{ id }] = await asked(desks.recipient, after.referralId);
      expect((await desks.recipient('POST', `/todos/${id}/done`, { disposition: { done: 'erased' } })).status).toBe(
        204,
      );
      expect((await recallIn(after.referralId)).disposition).toEqual({ done: 'erased' });

      const before = await recalledFromSystem();
      expect(await tick(desks.recipient, before.referralId, { disposition: kept })).toBe(204);
      // That it has stopped using it the system says itself.
      expect(await recallIn(before.referralId)).toEqual({
        requestedAt: expect.any(String),
        dueOn: due,
        disposition: kept,
      });
      expect(await acknowledge(before.deliveryId)).toBe('accepted');
      expect(await recallIn(before.referralId)).toMatchObject({
        acknowledgedAt: expect.any(String),
        disposition: kept,
      });
      expect(await asked(desks.recipient, before.referralId)).toEqual([]);
    });
  });
});
