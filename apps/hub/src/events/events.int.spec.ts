// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { listen, type Listener } from '../../test/a-listener';
import { refer } from '../../test/a-town-of-desks';
import { manyDesks, phoned, type ManyDesks } from '../../test/many-desks';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'the events that a browser listens to', () => {
  let desks: ManyDesks;
  const open: Listener[] = [];
  beforeAll(async () => {
    desks = await manyDesks(
      {
        hogo: {
          functionType: 'disability_abuse_desk',
          kinds: ['notification'],
          purposes: ['consultation', 'abuse_response'],
        },
      },
      { timings: { events: 40, eventsAlive: 150 } },
    );
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((l) => l.hangUp()));
  });
  afterAll(() => desks?.close());

  /** Listens, and waits until it is known from where on. */
  async function at(login: string, more: Parameters<typeof listen>[2] & { baseUrl?: string; cookie?: string } = {}) {
    const { baseUrl = desks.under.hub.baseUrl, cookie = await desks.under.cookie(login), ...how } = more;
    const listener = await listen(baseUrl, cookie, how);
    open.push(listener);
    if (listener.status === 200) await waitFor(() => listener.lastId !== undefined, { what: 'a first id' });
    return listener;
  }
  const hears = (listener: Listener, referral: string) =>
    waitFor(() => listener.knows(referral), { what: `the news of ${referral}` });
  const { hogo, kosodate, shogai, kaigo } = {
    hogo: 'hogo',
    kosodate: 'kosodate',
    shogai: 'shogai',
    kaigo: 'kaigo',
  } as const;
  const between = (from: 'kosodate' | 'shogai' | 'kaigo', to: 'hogo' | 'shogai', consented = true) =>
    refer(desks.at[from], { from: desks.functions[from], to: desks.functions[to], consented });

  it('tell the two desks and the coordinator of a referral, and a stranger nothing', async () => {
    const [sender, recipient, coordinator, stranger, it_admin] = await Promise.all(
      ['caseworker.kosodate', 'caseworker.hogo', 'coordinator', 'caseworker.shogai', 'it_admin'].map((who) => at(who)),
    );
    const { referral } = await between(kosodate, hogo);
    for (const one of [sender, recipient, coordinator]) await hears(one!, referral);
    // What comes later has come: of what went before there was nothing.
    const own = await between(shogai, hogo);
    await hears(stranger!, own.referral);
    expect(stranger!.knows(referral)).toBe(false);
    expect(sender!.knows(own.referral)).toBe(false);
    await hears(coordinator!, own.referral);
    expect(it_admin!.heard.filter((e) => e.type === 'changed')).toEqual([]);
    const words = JSON.stringify([sender, recipient, coordinator, stranger].map((l) => l!.heard));
    expect(words).not.toContain('見本');
  });

  it('tell the desk it is sent to nothing while it is held for its sender', async () => {
    const [recipient, supervisor] = [await at('caseworker.hogo'), await at('supervisor.kosodate')];
    const held = await between(kosodate, hogo, false);
    await hears(supervisor, held.referral);
    const gone = await between(shogai, hogo);
    await hears(recipient, gone.referral);
    expect(recipient.knows(held.referral)).toBe(false);
  });

  it('tell a sender no more of the other desk than its timeline does', async () => {
    const { body } = await desks.send(desks.at.kosodate, 'referral', 'hogo');
    const consent = { recipients: [{ domain: 'hogo' as const }], feedback: 'none' as const };
    await desks.consent(desks.at.kosodate, body.id, consent);
    const [sender, recipient] = [await at('caseworker.kosodate'), await at('caseworker.hogo')];
    // By the news of another one, all of what the sender itself has done is told.
    await hears(sender, (await between(kosodate, hogo)).referral);
    const told = () => sender.heard.filter(({ data }) => JSON.stringify(data).includes(body.id)).length;
    const before = told();
    expect((await desks.act(desks.at.hogo, body.id, 'receive')).status).toBe(200);
    const taken = await desks.act(desks.at.hogo, body.id, 'accept', { worker: { name: '試験' }, personMatched: true });
    expect(taken.status).toBe(200);
    await hears(recipient, body.id);
    const later = await between(kosodate, hogo);
    await hears(sender, later.referral);
    expect(told()).toBe(before);
  });

  it('tell of a notification at its two functions only', async () => {
    const [notifier, notified, coordinator] = [
      await at('caseworker.shogai'),
      await at('caseworker.hogo'),
      await at('coordinator'),
    ];
    const { body } = await desks.send(desks.at.shogai, 'notification', 'hogo', {
      purpose: 'abuse_response',
      statute: 'disability_abuse',
      howTheyMeet: undefined,
      personInformed: undefined,
      phoned: phoned(),
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { abuse: { note: 'あざがある。' } } },
    });
    expect(body.outcome).toBe('accepted');
    await hears(notifier, body.id);
    await hears(notified, body.id);
    const later = await between(kosodate, hogo);
    await hears(coordinator, later.referral);
    expect(coordinator.knows(body.id)).toBe(false);
  });

  it('say that a list of to-dos is not as it was, to whom it belongs', async () => {
    const [caseworker, stranger] = [await at('caseworker.kosodate'), await at('caseworker.shogai')];
    const held = await between(kosodate, hogo, false);
    await waitFor(() => caseworker.heard.some((e) => e.data.todos === true), { what: 'the news of the list' });
    await hears(caseworker, held.referral);
    const own = await between(shogai, hogo);
    await hears(stranger, own.referral);
    expect(stranger.heard.filter((e) => e.data.todos && !e.data.referrals.includes(own.referral))).toEqual([]);
  });

  it('go on after a break where they stopped, at any process', async () => {
    const other = await desks.under.another();
    const before = await at('caseworker.hogo');
    const first = await between(kosodate, hogo);
    await hears(before, first.referral);
    await before.hangUp();
    const missed = await between(kosodate, hogo);
    for (const baseUrl of [other.baseUrl, desks.under.hub.baseUrl]) {
      const after = await listen(baseUrl, await desks.under.cookie('caseworker.hogo'), { since: before.lastId });
      open.push(after);
      await hears(after, missed.referral);
      expect(after.heard.filter((e) => e.type === 'reload')).toEqual([]);
    }
  });

  it('tell whoever only leads that it has come to its follow-up, and nothing else of what the two desks do', async () => {
    const { referral } = await between(kosodate, hogo);
    const { version } = (await desks.view(desks.at.hogo, referral)).body as { version: number };
    await desks.under.rows(
      `update referral set state = 'follow_up', told_state = 'follow_up', lead = $2 where id = $1`,
      [referral, desks.functions.shogai],
    );
    const [lead, sender] = [await at('caseworker.shogai'), await at('caseworker.kosodate')];
    const happens = async (n: number, action: string, from: string) => {
      await desks.under.rows(
        `insert into referral_event (referral, version, action, from_state, to_state, actor, function, at) values ($1, $2, $3, $4, 'follow_up', 'core', $5, now())`,
        [referral, version + n, action, from, desks.functions.kosodate],
      );
      await desks.under.rows(
        `insert into audit_entry (at, actor, action, object_kind, object, details) values (now(), 'core', 'referral.step', 'referral', $1, $2)`,
        [referral, { version: version + n }],
      );
    };
    await happens(1, 'inform', 'follow_up');
    await hears(sender, referral);
    const own = await between(shogai, hogo);
    await hears(lead, own.referral);
    expect(lead.knows(referral)).toBe(false);
    await happens(2, 'follow-up', 'completed');
    await hears(lead, referral);
  });

  it('wait for what was begun earlier and is committed later', async () => {
    const listener = await at('caseworker.hogo');
    const { referral } = await between(kosodate, hogo);
    await hears(listener, referral);
    const { version } = (await desks.view(desks.at.hogo, referral)).body as { version: number };
    // A line is written with the number that comes next, and stays open.
    await desks.under.rows('begin');
    await desks.under.rows(
      `insert into referral_event (referral, version, action, from_state, to_state, actor, at) values ($1, $2, 'inform', 'sent', 'sent', 'core', now())`,
      [referral, version + 1],
    );
    await desks.under.rows(
      `insert into audit_entry (at, actor, action, object_kind, object, details) values (now(), 'core', 'referral.inform', 'referral', $1, $2)`,
      [referral, { version: version + 1 }],
    );
    const count = listener.heard.length;
    const later = await between(kosodate, hogo);
    const beats = listener.beats;
    await waitFor(() => listener.beats > beats + 1, { what: 'two beats' });
    expect(listener.knows(later.referral)).toBe(false);
    await desks.under.rows('commit');
    await hears(listener, later.referral);
    expect(listener.heard.slice(count).some((e) => e.data.referrals.includes(referral))).toBe(true);
  });

  it('end when their owner signs out, and tell nothing more', async () => {
    const cookie = await desks.under.cookie('supervisor.hogo');
    const [leaving, staying] = [await at('', { cookie }), await at('caseworker.hogo')];
    const out = await desks.under.http().delete('/api/v1/session').set({ cookie, 'tsunagi-request': '1' });
    expect(out.status).toBe(204);
    const later = await between(kosodate, hogo);
    await hears(staying, later.referral);
    await waitFor(() => leaving.isClosed, { what: 'the end' });
    expect(leaving.knows(later.referral)).toBe(false);
    expect((await at('', { cookie })).status).toBe(401);
  });

  it('end when the membership does', async () => {
    const listener = await at('supervisor.shogai');
    await desks.under.rows(
      `update membership m set valid_to = '2026-01-01' from staff s where s.id = m.staff and s.login = 'supervisor.shogai'`,
    );
    await waitFor(() => listener.isClosed, { what: 'the end' });
  });

  it('keep the line with signs of life, by which also the place is remembered', async () => {
    const listener = await at('caseworker.shogai');
    const { lastId, beats } = listener;
    const heard = listener.heard.length;
    await waitFor(() => listener.beats > beats, { what: 'a beat' });
    expect(listener.lastId).not.toBe(lastId);
    expect(listener.heard).toHaveLength(heard);
  });

  it('begin anew for whoever brings the place of another, or none that there is', async () => {
    const mine = await at('caseworker.hogo');
    for (const since of [mine.lastId, 'abc', randomUUID(), '0'.repeat(200)]) {
      const theirs = await at('caseworker.shogai', { since });
      await waitFor(() => theirs.heard.length > 0, { what: 'the first word' });
      expect(theirs.heard[0]?.type).toBe('reload');
      await theirs.hangUp();
    }
  });

  it('have the first who listens at a process load nothing anew, unless something is being written', async () => {
    const cookie = await desks.under.cookie('caseworker.hogo');
    const beginsCalmly = async () => {
      const other = await desks.under.another();
      const { heard } = await at('caseworker.hogo', { baseUrl: other.baseUrl, cookie });
      const isCalm = heard.length === 0;
      // Each has connections of its own, and on a busy machine there may be many of them.
      await other.close();
      return isCalm;
    };
    // Whatever the specs before have begun is still under way for a while.
    await waitFor(beginsCalmly, { what: 'a calm beginning', timeoutMs: 30_000 });
    await desks.under.rows('begin');
    await desks.under.rows('select pg_current_xact_id()');
    const { baseUrl } = await desks.under.another();
    const busy = await listen(baseUrl, cookie);
    open.push(busy);
    await desks.under.rows('commit');
    await waitFor(() => busy.heard.length > 0, { what: 'the first word' });
    expect(busy.heard[0]?.type).toBe('reload');
  });

  it('tell nobody how much goes on elsewhere', async () => {
    const listener = await at('caseworker.shogai');
    const ids = new Set([listener.lastId]);
    for (const n of [0, 1]) {
      await between(kaigo, n === 0 ? hogo : shogai);
      const { beats } = listener;
      await waitFor(() => listener.beats > beats, { what: 'a beat' });
      ids.add(listener.lastId);
    }
    expect(new Set([...ids].map((id) => id?.length)).size).toBe(1);
    expect([...ids].join('')).not.toMatch(/^\d+$/);
  });

  it('are four in one session, and the next when one has ended', async () => {
    const cookie = await desks.under.cookie('caseworker.kaigo');
    const four = await Promise.all([1, 2, 3, 4].map(() => at('', { cookie })));
    const fifth = await at('', { cookie });
    expect([fifth.status, fifth.code]).toEqual([429, 'TOO_MANY_STREAMS']);
    await four[0]!.hangUp();
    await waitFor(async () => (await at('', { cookie })).status === 200, { what: 'a free place' });
    // Another session is another browser.
    expect((await at('caseworker.kaigo')).status).toBe(200);
  });

  it('are heard as one function, which must be one’s own', async () => {
    const own = await at('caseworker.hogo', { function: desks.functions.hogo });
    expect(own.status).toBe(200);
    const foreign = await at('caseworker.hogo', { function: desks.functions.shogai });
    expect([foreign.status, foreign.code]).toEqual([403, 'FUNCTION_NOT_YOURS']);
  });

  it('are for people, not for programs', async () => {
    const bearer = await desks.under.bearer('demo-kaigo');
    const answer = await desks.under.http().get('/api/v1/events').set('Authorization', bearer);
    expect([answer.status, answer.body.code]).toEqual([403, 'ROLE_MISSING']);
  });

  it('do not keep a process from ending', async () => {
    const other = await desks.under.another();
    const listener = await at('caseworker.hogo', { baseUrl: other.baseUrl });
    await other.close();
    await waitFor(() => listener.isClosed, { what: 'the end' });
  });
});
