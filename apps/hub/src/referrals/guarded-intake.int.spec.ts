// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { PluginDetail, ReferralSubmission, Trial } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { GuardedIntake } from './guarded-intake.service';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest, type RigOptions } from '../../test/hub-under-test';
import { ShiftedClock } from '../../test/shifted-clock';
import { aSubmission } from '../../test/submissions';

jest.setTimeout(60_000);

const today = japaneseDay(new Date());
const at = (day: string, time: string) => new Date(`${day}T${time}:00+09:00`);
const hashOf = (name: string) => createHash('sha256').update(name).digest('hex');
type Item = { itemId: string; submission: ReferralSubmission };

/** Rows of one file; every one of another person, unless it says otherwise. */
function rowsOf(name: string, rows: readonly (Parameters<typeof aSubmission>[0] | undefined)[]): Item[] {
  const file = hashOf(name);
  return rows.map((over, n) => {
    const submission = aSubmission(over);
    return {
      itemId: `${file}/${n + 1}`,
      submission: { ...submission, source: { ...submission.source, file, row: n + 1 } },
    };
  });
}
const newRows = (name: string, count: number) => rowsOf(name, Array.from({ length: count }));

describeWithServices(['postgres'], 'the watched intake of a plugin', () => {
  let under: HubUnderTest;
  let kaigo: AHost;
  let clock: ShiftedClock;

  const open = async (intake: object, more: RigOptions = {}) => {
    clock = new ShiftedClock();
    // Neither a night nor the turn of an hour falls into a test.
    clock.set(at(today, '12:10'));
    under = await hubUnderTest({ plugins: { kaigo: { intake } }, clock, ...more });
    kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
  };
  afterEach(async () => {
    await kaigo.stop();
    await under.close();
  });

  const staff = (role: string) => under.as({ role });
  const show = async () => (await (await staff('it_admin'))('GET', '/plugins/kaigo')).body;
  const pause = async () => (await show()).intake.pause;
  const confirm = async (reason = '件数を突き合わせた') =>
    (await staff('it_admin'))('POST', '/plugins/kaigo/confirm', { reason });
  const configure = async (intake: object) => {
    const { configVersion } = await show();
    const put = await (
      await staff('it_admin')
    )('PUT', '/plugins/kaigo/config', { intake }, { 'if-match': `"${configVersion}"` });
    expect(put.status).toBe(200);
  };
  const todos = async (role: string) =>
    (
      (await (await staff(role))('GET', '/todos')).body.items as { kind: string; plugin?: string; createdAt: string }[]
    ).filter((t) => t.plugin !== undefined);
  const take = (items: readonly Item[]) => kaigo.send('referral.submitted.v1', [...items]);
  const said = (answers: readonly { outcome: string; codes: string[] }[]) =>
    answers.map((a) => [a.outcome, ...a.codes]);
  /** Asks a hub itself: what it does not take it does not answer, and there would be nothing to wait for. */
  const taken = (items: readonly Item[], { app } = under.hub, trial?: Trial) =>
    app.get(GuardedIntake).take('kaigo', items, undefined, {}, trial);
  const say = (items: readonly Item[]) => kaigo.say('referral.submitted.v1', { items: [...items] });
  const unanswered = (items: readonly Item[]) => items.every(({ itemId }) => !kaigo.answers.has(itemId));
  const stored = async () =>
    Object.fromEntries(
      (
        await under.rows<{ name: string; n: number }>(
          ['referral', 'person', 'person_identifier', 'submission', 'consent', 'delivery']
            .map((name) => `select '${name}' as name, count(*)::int as n from ${name}`)
            .join(' union all '),
        )
      ).map(({ name, n }) => [name, n]),
    );
  const referrals = async () => (await stored())['referral'];
  const nothing = { referral: 0, person: 0, person_identifier: 0, submission: 0, consent: 0, delivery: 0 };

  describe('with a start date', () => {
    const yesterday = `${addDays(today, -1)}T00:00:00+09:00`;
    beforeEach(() => open({ firstFile: 'take', startsOn: today }));

    it('makes no referral of an older record, and nobody is known by it', async () => {
      const [old, fresh] = rowsOf('a', [{ occurredAt: yesterday }, {}]) as [Item, Item];
      expect(said(await take([old, fresh]))).toEqual([['no_referral', 'BEFORE_START'], ['accepted']]);
      expect(await stored()).toMatchObject({ referral: 1, person: 1, submission: 2 });
      // A repetition gets its first answer.
      expect(said(await take([old]))).toEqual([['no_referral', 'BEFORE_START']]);
    });

    it('judges a later change of an older record as usual', async () => {
      const [old] = rowsOf('a', [{ occurredAt: yesterday, key: '00990010/OLD' }]) as [Item];
      await take([old]);
      const changed = rowsOf('b', [{ key: '00990010/OLD', change: 'changed', urgency: 'urgent' }]);
      expect(said(await take(changed))).toEqual([['accepted']]);
    });

    it('goes on with what has become a referral before the start was moved', async () => {
      await take(rowsOf('a', [{ key: '00990010/NEW' }]));
      await configure({ firstFile: 'take', startsOn: addDays(today, 1) });
      const change = { key: '00990010/NEW', change: 'changed', urgency: 'urgent' } as const;
      expect(said(await take(rowsOf('b', [change, {}])))).toEqual([['accepted'], ['no_referral', 'BEFORE_START']]);
    });

    it('says so in a dry run, too', async () => {
      const asked = { items: rowsOf('a', [{ occurredAt: yesterday }]) };
      const { body } = await (await staff('it_admin'))('POST', '/plugins/kaigo/dry-run', asked);
      expect(body.answers[0]).toMatchObject({
        outcome: 'no_referral',
        codes: ['BEFORE_START'],
        sentence: expect.stringContaining('受付を始めた日より前'),
      });
    });
  });

  describe('with its first file', () => {
    const noConsent = { asserted: { code: '9' as const, on: today } };
    const first = () =>
      rowsOf('first', [{}, noConsent, { occurredAt: '2020-01-01T00:00:00+09:00' }, { to: { domain: 'other' } }]);
    const tried = {
      reason: 'FIRST_FILE',
      newReferrals: 3,
      rehearsed: expect.arrayContaining([
        { outcome: 'accepted', desk: '自立相談支援機関', count: 1 },
        { outcome: 'held', code: 'ASSERTED_WITHOUT_CONSENT', desk: '自立相談支援機関', count: 1 },
        { outcome: 'no_referral', code: 'BEFORE_START', count: 1 },
        { outcome: 'unrouted', code: 'UNROUTED', count: 1 },
      ]),
      quarantined: 1,
    };
    beforeEach(() => open({}));

    const sayFirst = async (items = first()) => {
      await say(items);
      await waitFor(pause, { what: 'the pause' });
      return items;
    };

    it('answers and keeps nothing of it, and shows IT staff what would become of it', async () => {
      const row = { file: hashOf('first'), row: 9, code: 'E-DATE', field: 10 };
      await kaigo.say('rows.quarantined.v1', { items: [{ itemId: `${row.file}/9`, row }] });
      const items = await sayFirst();
      expect(await pause()).toMatchObject(tried);
      expect(unanswered(items)).toBe(true);
      expect(await stored()).toEqual(nothing);
      expect(JSON.stringify(await under.rows('select * from intake_rehearsal'))).not.toContain('00990010');
    });

    it('is tried to its end where its host can read it again, and the desks of all its rows are counted', async () => {
      const rows = rowsOf('long', [...Array.from({ length: 9 }, () => undefined), { to: { domain: 'shogai' } }]);
      const batches = [rows.slice(0, 4), rows.slice(4, 8), rows.slice(8)];
      for (const items of batches) {
        await kaigo.say('referral.submitted.v1', { items, trial: 'goes_on' });
        await waitFor(() => items.every(({ itemId }) => kaigo.onlyTried.has(itemId)), { what: 'them to be tried' });
        expect((await pause()).trial).toBe('goes_on');
      }
      for (const items of batches) expect(await taken(items, under.hub, 'waits')).toBeUndefined();
      expect(await pause()).toMatchObject({
        newReferrals: 10,
        rehearsed: [
          { outcome: 'accepted', desk: '自立相談支援機関', count: 9 },
          { outcome: 'accepted', desk: '障害者相談支援事業所', count: 1 },
        ],
        trial: 'waits',
      });
      expect([unanswered(rows), await stored()]).toEqual([true, nothing]);
      await confirm();
      expect(said(await take(rows))).toEqual(rows.map(() => ['accepted']));
    });

    it('has to be tried from its start again by a host that waits, when the settings have changed', async () => {
      const items = first();
      expect(await taken(items, under.hub, 'goes_on')).toBe('tried');
      expect(await taken(items, under.hub, 'waits')).toBeUndefined();
      await configure({ startsOn: '2019-01-01' });
      expect(await taken(items, under.hub, 'waits')).toBe('tried');
      expect((await pause()).trial).toBe('goes_on');
      for (const trial of ['goes_on', 'waits'] as const) await taken(items, under.hub, trial);
      expect(await pause()).toMatchObject({ trial: 'waits', newReferrals: 4 });
    });

    it('is one thing to do, for IT staff', async () => {
      await sayFirst();
      expect(await todos('it_admin')).toMatchObject([{ kind: 'confirm_intake', plugin: 'kaigo' }]);
      expect(await todos('coordinator')).toEqual([]);
      expect(await todos('caseworker')).toEqual([]);
    });

    it('does not count what its host sends again', async () => {
      const items = await sayFirst();
      const another = await under.another();
      for (const hub of [under.hub, another]) expect(await taken(items, hub)).toBeUndefined();
      await taken(newRows('first-rest', 1));
      expect((await pause()).rehearsed.map((r: { count: number }) => r.count)).toEqual([2, 1, 1, 1]);
      expect(await todos('it_admin')).toHaveLength(1);
      await another.close();
    });

    it('is taken when a person has confirmed it, and so is everything after it', async () => {
      const items = await sayFirst();
      const { status, body } = await confirm();
      expect([status, body.intake.pause]).toEqual([200, undefined]);
      expect(said(await take(items)).map(([outcome]) => outcome)).toEqual([
        'accepted',
        'held',
        'no_referral',
        'unrouted',
      ]);
      expect(said(await take(newRows('second', 1)))).toEqual([['accepted']]);
      expect(await todos('it_admin')).toEqual([]);
      const [entry] = await under.rows(
        `select actor, details from audit_entry where action = 'plugin.intake_confirmed'`,
      );
      expect(entry).toEqual({
        actor: expect.stringMatching(/^staff:/),
        details: { pause: 'FIRST_FILE', made: 3, reason: '件数を突き合わせた' },
      });
      expect(await under.rows('select 1 from intake_rehearsal')).toEqual([]);
    });

    it('is confirmed once, with a reason, by IT staff', async () => {
      expect((await confirm()).body.code).toBe('NOTHING_TO_CONFIRM');
      await sayFirst();
      expect((await confirm('')).body.errors[0].pointer).toBe('/reason');
      const caseworker = await staff('caseworker');
      expect((await caseworker('POST', '/plugins/kaigo/confirm', { reason: 'x' })).status).toBe(403);
      const answers = await Promise.all([confirm(), confirm()]);
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    });

    it('is judged anew when the settings have changed or the plugin was stopped', async () => {
      const items = await sayFirst();
      await configure({ startsOn: '2019-01-01' });
      expect(await pause()).toBeUndefined();
      await sayFirst(items);
      expect((await pause()).newReferrals).toBe(4);
      const it_ = await staff('it_admin');
      await it_('POST', '/plugins/kaigo/disable', {});
      expect([await pause(), await todos('it_admin')]).toEqual([undefined, []]);
    });

    it('is not asked about twice when it is more than usual', async () => {
      await configure({ perFile: 2, perHour: 2 });
      const items = newRows('large', 5);
      await sayFirst(items);
      expect((await pause()).newReferrals).toBe(5);
      await confirm();
      expect(said(await take(items))).toEqual(items.map(() => ['accepted']));
    });

    it('makes no person wait whose answer comes from a recipient’s system', async () => {
      await sayFirst();
      const response = {
        deliveryId: '01932f00-0000-7000-8000-000000000001',
        code: '20' as const,
        at: `${today}T09:00:00+09:00`,
      };
      const [answer] = await kaigo.send('referral.response.v1', [{ itemId: 'r/1', response }]);
      expect(answer?.codes).toEqual(['DELIVERY_UNKNOWN']);
    });
  });

  describe('in a flood', () => {
    const watch = { firstFile: 'take', startsOn: null };

    it('takes no batch that makes one too many of a file, nothing of it, and nothing after it', async () => {
      await open({ ...watch, perFile: 3 });
      await take(newRows('a', 2));
      const more = newRows('a', 4).slice(2);
      await say(more);
      expect(await waitFor(pause, { what: 'the pause' })).toMatchObject({
        reason: 'FLOOD_FILE',
        file: hashOf('a'),
        newReferrals: 4,
        limit: 3,
      });
      expect([unanswered(more), await taken(newRows('b', 1)), await referrals()]).toEqual([true, undefined, 2]);
      expect(await todos('it_admin')).toMatchObject([{ kind: 'confirm_intake' }]);
    });

    it('lets that file go on when a person says so, and asks again about the next', async () => {
      await open({ ...watch, perFile: 3, perHour: 6 });
      const flood = newRows('a', 5);
      await say(flood);
      await waitFor(pause, { what: 'the pause' });
      await confirm();
      // What a person has let through counts toward no limit, not of the hour either.
      expect(said(await take(flood))).toEqual(flood.map(() => ['accepted']));
      expect(await take(newRows('b', 3))).toHaveLength(3);
      await say(newRows('c', 4));
      expect(await waitFor(pause, { what: 'the pause' })).toMatchObject({ reason: 'FLOOD_FILE', file: hashOf('c') });
    });

    it('counts an hour over all files; a person frees one hour, not the next', async () => {
      await open({ ...watch, perHour: 3 });
      await take(newRows('a', 2));
      const more = newRows('b', 2);
      await say(more);
      expect(await waitFor(pause, { what: 'the pause' })).toMatchObject({
        reason: 'FLOOD_HOUR',
        newReferrals: 4,
        limit: 3,
      });
      await confirm();
      expect(await take(more)).toHaveLength(2);
      expect(await take(newRows('c', 5))).toHaveLength(5);
      clock.forward(2 * 3_600_000);
      expect(await take(newRows('d', 3))).toHaveLength(3);
      await say(newRows('e', 1));
      expect(await waitFor(pause, { what: 'the pause' })).toMatchObject({ reason: 'FLOOD_HOUR' });
    });

    it('counts new referrals only', async () => {
      await open({ ...watch, perFile: 1 });
      const same = { key: '00990010/ONE', insured: '0000000001' };
      await take(rowsOf('a', [same]));
      const others = rowsOf('b', [
        same,
        { ...same, change: 'changed', urgency: 'urgent' },
        { ...same, change: 'changed', urgency: 'same_day' },
        { change: 'ended' },
        { change: 'ended' },
      ]);
      expect(said(await take(others)).map(([outcome]) => outcome)).toEqual([
        'duplicate',
        'accepted',
        'accepted',
        'no_referral',
        'no_referral',
      ]);
    });

    it('never makes more than the limit, though two hubs take at once', async () => {
      await open({ ...watch, perFile: 10, perHour: 20 });
      const another = await under.another();
      const file = newRows('a', 24);
      const batches = Array.from({ length: 12 }, (_, n) => file.slice(2 * n, 2 * n + 2));
      const atOnce = () => Promise.all(batches.map((batch, n) => taken(batch, n % 2 ? under.hub : another)));
      const answers = await atOnce();
      expect(answers.filter((a) => a !== undefined)).toHaveLength(5);
      expect(await referrals()).toBe(10);
      expect(await todos('it_admin')).toHaveLength(1);
      expect(await under.rows(`select 1 from audit_entry where action = 'plugin.intake_paused'`)).toHaveLength(1);
      await confirm();
      expect((await atOnce()).flat()).toHaveLength(24);
      expect(await referrals()).toBe(24);
      await another.close();
    });

    it('waits on after the hub was started anew', async () => {
      await open({ ...watch, perFile: 1 });
      await say(newRows('a', 2));
      await waitFor(pause, { what: 'the pause' });
      const another = await under.another();
      await under.hub.close();
      expect([await taken(newRows('b', 1), another), await referrals()]).toEqual([undefined, 0]);
      await another.close();
    });

    it('forgets files that have brought nothing for days', async () => {
      await open({ ...watch });
      await take(newRows('a', 1));
      clock.forward(8 * 86_400_000);
      await take(newRows('b', 1));
      const scopes = await under.rows<{ scope: string }>(`select scope from intake_count order by scope`);
      expect(scopes.map(({ scope }) => scope)).toEqual([`file ${hashOf('b')}`, expect.stringMatching(/^hour /)]);
    });
  });

  const tomorrow = addDays(today, 1);
  const beat = (lastFileAt: Date) =>
    kaigo.say('plugin.heartbeat.v1', {
      hostId: 'kaigo.spec',
      plugins: [{ plugin: 'kaigo', running: true, inHand: 0, lastFileAt: lastFileAt.toISOString() }],
    });
  const intake = async () => (await show()).intake;

  describe('whose settings do not say when a file is expected', () => {
    const missedOn = async (day: string) => {
      clock.set(at(day, '05:59'));
      const before = (await intake()).missedSince;
      clock.set(at(day, '06:00'));
      return [before, (await intake()).missedSince];
    };

    it('misses none as long as none has come, as from a view or a caller', async () => {
      await open({});
      expect(await missedOn(tomorrow)).toEqual([undefined, undefined]);
    });

    it('expects one by six every morning after the first has come', async () => {
      await open({});
      await beat(at(today, '12:05'));
      await waitFor(async () => (await intake()).lastFileAt, { what: 'the file' });
      expect(await missedOn(tomorrow)).toEqual([undefined, undefined]);
      const nextDay = addDays(today, 2);
      expect(await missedOn(nextDay)).toEqual([undefined, at(nextDay, '06:00').toISOString()]);
      expect(await todos('it_admin')).toMatchObject([{ kind: 'file_missing', plugin: 'kaigo' }]);
    });

    it('expects none where they say so', async () => {
      await open({ expectedBy: null });
      await beat(at(today, '12:05'));
      await waitFor(async () => (await intake()).lastFileAt, { what: 'the file' });
      expect(await missedOn(addDays(today, 2))).toEqual([undefined, undefined]);
    });
  });

  describe('that expects a file every night', () => {
    beforeEach(() => open({ expectedBy: '06:00' }));

    it('misses one that did not come: once a day, for IT staff and the coordinator', async () => {
      clock.set(at(tomorrow, '05:59'));
      expect((await intake()).missedSince).toBeUndefined();
      clock.set(at(tomorrow, '06:00'));
      expect((await intake()).missedSince).toBe(at(tomorrow, '06:00').toISOString());
      const missing = { kind: 'file_missing', plugin: 'kaigo', createdAt: at(tomorrow, '06:00').toISOString() };
      for (const role of ['it_admin', 'coordinator']) expect(await todos(role)).toMatchObject([missing]);
      expect(await todos('caseworker')).toEqual([]);
      const { body } = await (await staff('it_admin'))('GET', '/plugins');
      expect(body.items[0].intake).toHaveProperty('missedSince');

      const [before] = (await todos('it_admin')) as unknown as { id: string }[];
      const done = await (await staff('it_admin'))('POST', `/todos/${before!.id}/done`, {});
      expect(done.status).toBe(404);
    });

    it('misses it no more when it has come, though it is late', async () => {
      clock.set(at(tomorrow, '08:00'));
      expect(await todos('it_admin')).toHaveLength(1);
      await beat(at(tomorrow, '07:55'));
      await waitFor(async () => (await intake()).missedSince === undefined, { what: 'the file' });
      expect([await todos('it_admin'), (await intake()).lastFileAt]).toEqual([[], at(tomorrow, '07:55').toISOString()]);
    });

    it('believes no host whose clock is ahead', async () => {
      await beat(at(addDays(today, 30), '02:00'));
      await waitFor(async () => (await intake()).lastFileAt, { what: 'the file' });
      clock.set(at(addDays(today, 2), '06:00'));
      expect((await intake()).missedSince).toBe(at(addDays(today, 2), '06:00').toISOString());
    });
  });

  it('is none where the settings say nothing: in the demo municipality. In production it is', async () => {
    await open({}, { plugins: { kaigo: {} } });
    expect((await show()).intake).toEqual({ guard: 'off' });
    const production = await under.another({ demo: false });
    const it_ = await under.cookie('it_admin');
    const shown = await fetch(`${production.baseUrl}/api/v1/plugins/kaigo`, { headers: { cookie: it_ } });
    const { intake } = (await shown.json()) as PluginDetail;
    expect(intake).toEqual({ guard: 'on', startsOn: today, perFile: 200, perHour: 500 });
    await production.close();
    expect(said(await take(newRows('a', 1)))).toEqual([['accepted']]);
    expect(await under.rows('select 1 from intake_count')).toEqual([]);
  });
});
