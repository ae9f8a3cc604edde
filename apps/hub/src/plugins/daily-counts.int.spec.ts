// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import type { ControlCount, MessageData, PluginDetail, ReferralSubmission } from '@tsunagi/contracts';
import { addDays, japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { DailyCounts } from './daily-counts.service';
import { AHost } from '../../test/a-host';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { ShiftedClock } from '../../test/shifted-clock';
import { aSubmission } from '../../test/submissions';

jest.setTimeout(60_000);

const day = japaneseDay(new Date());
const at = (on: string, time: string) => new Date(`${on}T${time}:00+09:00`);
const hashOf = (name: string) => createHash('sha256').update(name).digest('hex');
const everything = { firstFile: 'take', startsOn: null, perFile: null, perHour: null };
type Item = { itemId: string; submission: ReferralSubmission };

describeWithServices(['postgres'], 'the numbers of a legacy system beside the hub’s', () => {
  let under: HubUnderTest;
  let clock: ShiftedClock;
  let kaigo: AHost;
  let konkyu: AHost;

  beforeEach(async () => {
    clock = new ShiftedClock();
    clock.set(at(day, '12:10'));
    const intake = everything;
    under = await hubUnderTest({ plugins: { kaigo: { intake }, konkyu: { intake } }, clock });
    kaigo = await AHost.start(under.broker, 'kaigo', 'kaigo');
    konkyu = await AHost.start(under.broker, 'konkyu', 'konkyu');
  });
  afterEach(async () => {
    await Promise.all([kaigo.stop(), konkyu.stop()]);
    await under.close();
  });

  const it_ = () => under.as({ role: 'it_admin' });
  const show = async (plugin: string) => (await (await it_())('GET', `/plugins/${plugin}`)).body as PluginDetail;
  const todos = async (role = 'it_admin') =>
    (await (await under.as({ role }))('GET', '/todos?kind=counts_differ')).body.items as {
      id: string;
      plugin: string;
    }[];
  const verdicts = async (plugin: string) => {
    const counted = (await show(plugin)).days.find((one) => one.day === day);
    return counted && Object.fromEntries(counted.counts.map(({ what, verdict }) => [what, verdict]));
  };
  /** The time comes, and every host that is asked has answered. */
  const comes = async (on: string, time: string, hosts: readonly AHost[] = [kaigo, konkyu]) => {
    clock.set(at(on, time));
    const before = hosts.map(({ counted }) => counted.length);
    await waitFor(
      async () => {
        under.hub.app.get(DailyCounts).wake();
        const open = await under.rows(`select 1 from plugin_day where command is not null`);
        return open.length === 0 && hosts.every(({ counted }, n) => counted.length > (before[n] ?? 0));
      },
      { what: 'the counts' },
    );
  };
  const night = addDays(day, 1);

  /** A file with one row for each, as the care desk writes it. */
  const file = (name: string, count: number): { items: Item[]; counted: ControlCount } => {
    const hash = hashOf(name);
    const items = Array.from({ length: count }, (_, n) => {
      const submission = aSubmission();
      return {
        itemId: `${hash}/${n + 1}`,
        submission: { ...submission, source: { ...submission.source, file: hash, row: n + 1 } },
      };
    });
    return { items, counted: { what: 'events', source: 'folder', items: hash, count } };
  };

  it('agree file by file, the rows that wait and the duplicates among them', async () => {
    const { items, counted } = file('a', 4);
    await kaigo.send('referral.submitted.v1', items.slice(0, 2));
    // The same record in another file is a duplicate, and was taken as such.
    const again = file('b', 1);
    again.items[0]!.submission = { ...again.items[0]!.submission, source: { ...items[0]!.submission.source } };
    await kaigo.send('referral.submitted.v1', again.items);
    const waiting = [3, 4].map((row) => ({
      itemId: `${counted.items}/${row}`,
      row: { file: hashOf('a'), row, code: 'E-DATE', field: 10 },
    }));
    await kaigo.say('rows.quarantined.v1', { items: waiting });
    await waitFor(async () => (await under.rows('select 1 from quarantined_row')).length === 2, { what: 'the rows' });
    kaigo.holds = [counted, again.counted];
    await comes(night, '01:00');
    expect(await verdicts('kaigo')).toEqual({ events: 'agrees' });
    expect((await show('kaigo')).days[0]).toMatchObject({ counts: [{ system: 5, hub: { fewest: 5, most: 5 } }] });
    expect(await todos()).toEqual([]);
  });

  it('that differ are one to-do for IT staff once they were found twice, and none any more when they agree again', async () => {
    const { items, counted } = file('a', 2);
    await kaigo.send('referral.submitted.v1', items);
    kaigo.holds = [{ ...counted, count: 3 }];
    await comes(night, '01:00');
    expect([await verdicts('kaigo'), await todos()]).toEqual([{ events: 'differs' }, []]);
    await comes(night, '01:11', [kaigo]);
    const [told, ...others] = await todos();
    expect([told, others]).toEqual([
      expect.objectContaining({ kind: 'counts_differ', plugin: 'kaigo', createdAt: expect.any(String) }),
      [],
    ]);
    for (const role of ['coordinator', 'caseworker']) expect(await todos(role)).toEqual([]);
    const shown = await show('kaigo');
    expect(shown.intake.differsOn).toEqual([day]);
    expect(shown.days).toMatchObject([
      { day, differsSince: expect.any(String), counts: [{ files: [{ file: hashOf('a'), system: 3, hub: 2 }] }] },
    ]);
    await comes(night, '02:12', [kaigo]);
    expect((await todos()).map(({ id }) => id)).toEqual([told!.id]);

    kaigo.holds = [counted];
    await comes(night, '03:13', [kaigo]);
    expect([await todos(), await verdicts('kaigo')]).toEqual([[], { events: 'agrees' }]);
    const said = await under.rows<{ action: string }>(
      `select action from audit_entry where action like 'plugin.counts%' order by id`,
    );
    expect(said.map(({ action }) => action)).toEqual(['plugin.counts_differ', 'plugin.counts_agree']);
    // What is settled is not asked for again.
    expect(await under.rows('select 1 from plugin_day where next_at is not null')).toEqual([]);
  });

  it('miss a file that lies there and of which nothing ever came, beside calls that nobody can count', async () => {
    const { items, counted } = file('read', 2);
    await kaigo.send('referral.submitted.v1', items);
    const forgotten: ControlCount = { what: 'events', source: 'daily', items: hashOf('unread'), count: 3 };
    kaigo.holds = [{ what: 'events', source: 'door' }, { ...counted, source: 'daily' }, forgotten];
    await comes(night, '01:00');
    await comes(night, '01:11', [kaigo]);
    expect((await todos()).map(({ plugin }) => plugin)).toEqual(['kaigo']);
    expect((await show('kaigo')).days[0]).toMatchObject({
      counts: [{ what: 'events', verdict: 'differs', files: [{ file: hashOf('unread'), system: 3, hub: 0 }] }],
    });
    // Marked as done, it is read, and nobody has to do anything any more.
    await kaigo.send('referral.submitted.v1', file('unread', 3).items);
    await comes(night, '02:12', [kaigo]);
    expect(await todos()).toEqual([]);
  });

  it('of a view are those of the day on which its rows were changed last', async () => {
    const consulted = (number: number, occurredAt: string): Item => {
      const { source, ...submission } = aSubmission({ occurredAt, key: `S-${number}/1`, to: { domain: 'kaigo' } });
      return {
        itemId: `${number}/${hashOf(occurredAt)}`,
        submission: { ...submission, source: { ...source, plugin: 'konkyu', system: 'konkyu' } },
      };
    };
    const view = (count: number): ControlCount => ({ what: 'events', source: 'sodan', count });
    await konkyu.send('referral.submitted.v1', [
      consulted(1, `${day}T00:00:00+09:00`),
      consulted(2, `${addDays(day, -1)}T23:59:59+09:00`),
      consulted(3, `${day}T11:59:00+09:00`),
    ]);
    // One is written again after midnight: it is of that day, and the view has it no more on this one.
    clock.set(at(night, '00:40'));
    await konkyu.send('referral.submitted.v1', [consulted(1, `${night}T00:30:00+09:00`)]);
    // A row that waits does not say of which day it is.
    const itemId = `4/${hashOf('waits')}`;
    await konkyu.say('rows.quarantined.v1', { items: [{ itemId, row: { row: 4, code: 'E-ERA' } }], source: 'sodan' });
    await waitFor(async () => (await under.rows('select 1 from quarantined_row')).length === 1, { what: 'the row' });
    konkyu.holds = [view(1)];
    await comes(night, '01:00');
    const shown = async () => (await show('konkyu')).days.map((one) => [one.day, one.counts]);
    const agrees = { what: 'events', verdict: 'agrees' };
    expect(await shown()).toEqual([[day, [{ ...agrees, system: 1, hub: { fewest: 1, most: 2 } }]]]);
    konkyu.holds = [view(3)];
    await comes(addDays(night, 1), '01:00');
    expect((await shown())[0]).toEqual([
      night,
      [{ what: 'events', verdict: 'differs', system: 3, hub: { fewest: 1, most: 2 } }],
    ]);
  });

  it('take no mark that something was taken in for an answer', async () => {
    const { items } = file('a', 2);
    await kaigo.send('referral.submitted.v1', items);
    const sent = (await konkyu.takeNext('referral.sent.v1')).data as MessageData<'referral.sent.v1'>;
    const marked = { deliveryId: sent.deliveryId, code: '10' as const, at: `${day}T12:00:00+09:00` };
    await konkyu.send('referral.response.v1', [
      { itemId: 'torikomi/01D', response: marked, origin: { row: 0 } },
      { itemId: `7/${hashOf('answer')}`, response: { ...marked, code: '20', worker: '試験　太郎' } },
    ]);
    konkyu.holds = [{ what: 'answers', source: 'oto', count: 2 }];
    await comes(night, '01:00');
    expect((await show('konkyu')).days[0]).toMatchObject({ counts: [{ system: 2, hub: { fewest: 0, most: 1 } }] });
  });

  it('miss a row that the office has deleted, and what was brought and lies there no more', async () => {
    const { items, counted } = file('a', 1);
    await kaigo.send('referral.submitted.v1', items);
    const { submission } = items[0]!;
    await konkyu.takeNext('referral.sent.v1');
    await kaigo.takeNext('referral.status.v1');
    expect(submission.to).toMatchObject({ domain: 'konkyu' });
    kaigo.holds = [counted, { what: 'statuses', count: 1 }];
    konkyu.holds = [{ what: 'referrals', count: 0 }, { what: 'statuses' }];
    await comes(night, '01:00');
    await comes(night, '01:11', [konkyu]);
    expect(await verdicts('kaigo')).toEqual({ events: 'agrees', statuses: 'agrees' });
    expect(await verdicts('konkyu')).toEqual({ referrals: 'differs', statuses: 'not_countable' });
    expect((await todos()).map(({ plugin }) => plugin)).toEqual(['konkyu']);
    konkyu.holds = [{ what: 'referrals', count: 1 }];
    await comes(night, '02:12', [konkyu]);
    expect(await todos()).toEqual([]);
  });

  it('may stay different, when a person says why: nobody is told any more, and they are not counted again', async () => {
    const { items, counted } = file('a', 1);
    await kaigo.send('referral.submitted.v1', items);
    kaigo.holds = [{ ...counted, count: 2 }];
    const settle = async () => (await it_())('POST', '/plugins/kaigo/counts/settle', { day, reason: '課が確かめた' });
    await comes(night, '01:00');
    expect((await settle()).body.code).toBe('NO_DIFFERENCE');
    await comes(night, '01:11', [kaigo]);
    expect(await todos()).toHaveLength(1);
    expect((await settle()).status).toBe(200);
    expect([await todos(), (await show('kaigo')).intake.differsOn]).toEqual([[], undefined]);
    expect(await under.rows('select 1 from plugin_day where next_at is not null')).toEqual([]);
    expect(await verdicts('kaigo')).toEqual({ events: 'differs' });
  });

  it('count though they come from a host that was silent while it counted', async () => {
    const { items, counted } = file('a', 1);
    await kaigo.send('referral.submitted.v1', items);
    kaigo.holds = () => {
      kaigo.fallSilent();
      clock.forward(120_000);
      return [counted];
    };
    await comes(night, '01:00');
    expect(await verdicts('kaigo')).toEqual({ events: 'agrees' });
  });

  it('are not made up when the system does not answer: the day stays to be counted', async () => {
    kaigo.holds = 'ECONNREFUSED';
    await comes(night, '01:00');
    expect((await show('kaigo')).days).toEqual([{ day, code: 'ECONNREFUSED', counts: [] }]);
    expect(await todos()).toEqual([]);
    kaigo.holds = [];
    await comes(night, '02:01', [kaigo]);
    expect((await show('kaigo')).days).toEqual([{ day, countedAt: expect.any(String), counts: [] }]);
  });

  it('are believed only of the host that holds the plugin', async () => {
    const taken = under.hub.app.get(DailyCounts);
    const [row] = await under.rows<{ command: string }>(
      `insert into plugin_day (plugin, day, command) values ('kaigo', $1, gen_random_uuid()) returning command`,
      [day],
    );
    const result = { commandId: row!.command, plugin: 'kaigo', ok: true, counts: [], at: new Date().toISOString() };
    await taken.take({ ...result, hostId: 'kaigo.other' });
    expect((await show('kaigo')).days[0]).not.toHaveProperty('countedAt');
    await waitFor(
      async () => {
        await taken.take({ ...result, hostId: 'kaigo.spec' });
        return (await show('kaigo')).days[0]?.countedAt;
      },
      { what: 'the host to be heard of' },
    );
  });

  it('are not asked for while the settings say so', async () => {
    const { configVersion } = await show('kaigo');
    const changed = { intake: { ...everything, countAt: null } };
    const put = await (await it_())('PUT', '/plugins/kaigo/config', changed, { 'if-match': `"${configVersion}"` });
    expect(put.status).toBe(200);
    await comes(night, '01:00', [konkyu]);
    expect(kaigo.counted).toEqual([]);
  });
});
