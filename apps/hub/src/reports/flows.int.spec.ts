// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Flows } from '@tsunagi/contracts';
import { startOf } from '@tsunagi/domain';
import { describeWithServices } from '@tsunagi/testing';
import { acceptedSql, answeredSql, sentSql, takenBackSql } from './flows.rows';
import { crossings, type Alike, type Crossings } from '../../test/crossings';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';

describeWithServices(['postgres'], 'the overview of what crosses between the fields', () => {
  let under: HubUnderTest;
  let coordinator: Api;
  let approver: Api;
  let chief: Api;
  let otherChief: Api;
  let desk: Crossings['desk'];
  let were: Crossings['were'];
  let held: Crossings['held'];

  beforeAll(async () => {
    under = await hubUnderTest();
    ({ desk, were, held } = await crossings(under));
    coordinator = await under.as({ role: 'coordinator' });
    approver = await under.as({ role: 'approver' });
    chief = await under.as({ role: 'supervisor', function: desk['kaigo']! });
    otherChief = await under.as({ role: 'supervisor', function: desk['konkyu']! });
  });
  afterAll(() => under?.close());

  const seen = async (who: Api, query: string) => {
    const { status, body } = await who('GET', `/reports/flows?${query}`);
    expect([status, body.code]).toEqual([200, undefined]);
    return body as Flows;
  };
  const flow = ({ sent }: Flows, from: string, to: string) =>
    sent.flows.find((f) => f.from === from && f.to === to)?.count;

  it('is for those who coordinate and who approve, and of the own function for its chief', async () => {
    for (const who of [{ role: 'caseworker' }, { role: 'privacy_officer' }, { role: 'it_admin' }, { client: 'kaigo' }])
      expect(
        (
          await (
            await under.as('role' in who ? who : { client: desk['kaigo']! })
          )('GET', '/reports/flows?month=2026-03')
        ).status,
      ).toBe(403);
    expect((await seen(coordinator, 'month=2026-03')).failures).toEqual({ pingPong: 0, dumping: 0, hoarding: 0 });
    expect((await seen(approver, 'month=2026-03')).function).toBeUndefined();
    expect(await seen(chief, 'month=2026-03')).toMatchObject({ function: { domain: 'kaigo' }, sent: { total: 0 } });
    expect((await seen(chief, 'month=2026-03')).failures).toBeUndefined();
  });

  it('asks for one month or one fiscal year', async () => {
    for (const query of ['', 'month=2026-13', 'fiscalYear=26', 'month=2026-03&fiscalYear=2025'])
      expect((await coordinator('GET', `/reports/flows?${query}`)).status).toBe(422);
    expect(await seen(coordinator, 'fiscalYear=2025')).toMatchObject({ from: '2025-04-01', until: '2026-03-31' });
  });

  it('counts each flow in the month in which it was sent, and says none below five', async () => {
    await were(12, { from: 'kaigo', to: 'konkyu', on: '2026-01-07' });
    await were(7, { from: 'konkyu', to: 'kaigo', on: '2026-01-31' });
    await were(9, { from: 'kaigo', to: 'konkyu', on: '2026-02-01' });
    const january = await seen(coordinator, 'month=2026-01');
    expect(january.sent.total).toBe(19);
    expect([flow(january, 'kaigo', 'konkyu'), flow(january, 'konkyu', 'kaigo')]).toEqual([12, 7]);
    expect(flow(january, 'kaigo', 'shogai')).toBe(0);
    await were(3, { from: 'kaigo', to: 'shogai', on: '2026-01-09' });
    const now = await seen(coordinator, 'month=2026-01');
    expect(now.sent.total).toBe(22);
    // The three are said neither, nor left over by the fifteen of its row or the three of its column.
    expect([flow(now, 'kaigo', 'shogai'), flow(now, 'kaigo', 'konkyu')]).toEqual(['<5', '5+']);
    expect(now.sent.byTo.find((t) => t.to === 'shogai')?.count).toBe('<5');
    expect(now.sent.byTo.find((t) => t.to === 'konkyu')?.count).toBe('5+');
  });

  it('of a year is put together from what its months say', async () => {
    const year = await seen(coordinator, 'fiscalYear=2025');
    expect(year.sent.total).toBe(31);
    // At least five in January and nine in February; and in January alone below five.
    expect(flow(year, 'kaigo', 'konkyu')).toBe('14+');
    expect(flow(year, 'kaigo', 'shogai')).toBe('<5');
    expect(flow(year, 'konkyu', 'kaigo')).toBe(7);
  });

  it('of one function counts for its chief what it sent and what has come to it, and of no other', async () => {
    await were(6, { from: 'shogai', to: 'konkyu', on: '2025-11-05' });
    await were(8, { from: 'kaigo', to: 'konkyu', on: '2025-11-05', channel: 'carried_by_person' });
    expect((await seen(coordinator, 'month=2025-11')).sent.total).toBe(14);
    expect((await seen(chief, 'month=2025-11')).sent.total).toBe(8);
    // Of what the persons carry the desk knows when it is there.
    expect((await seen(otherChief, 'month=2025-11')).sent.total).toBe(6);
    await under.rows(`update referral set ever_received = true where channel = 'carried_by_person'`);
    expect((await seen(otherChief, 'month=2025-11')).sent.total).toBe(14);
  });

  it('counts no 通報・通告 and nothing that rests on a conference, for anybody', async () => {
    const conference = '01900000-0000-7000-8000-0000000000c1';
    await under.rows(
      `insert into conference (id, kind, host_function, state, persons, proposed_by, reason, proposed_at) values ($1, 'shien_kaigi', $2, 'open', '{}', 'core', '\\x00', now())`,
      [conference, desk['kaigo']],
    );
    const done = [
      ['accept', 'accepted', '2025-10-02'],
      ['complete', 'completed', '2025-10-03', '011'],
    ] as const;
    await were(9, { from: 'kaigo', to: 'konkyu', on: '2025-10-01', kind: 'notification', then: done });
    await were(9, { from: 'kaigo', to: 'konkyu', on: '2025-10-01', kind: 'inquiry', conference, then: done });
    for (const who of [coordinator, approver, chief, otherChief]) {
      const told = await seen(who, 'month=2025-10');
      expect(told).toMatchObject({ sent: { total: 0 }, accepted: { total: 0 }, outcomes: { total: 0 } });
      // Nor does a row of them say that there are none.
      expect(told.sent.kinds.map(({ kind }: { kind: string }) => kind)).not.toContain('notification');
    }
  });

  it('says after how many working days half of them, and nine of ten, were taken; never of a few', async () => {
    // 2025-08-11 is a day off, as the Saturday and the Sunday before it.
    await were(6, { from: 'kaigo', to: 'konkyu', on: '2025-08-08', then: [['accept', 'accepted', '2025-08-12']] });
    await were(5, { from: 'kaigo', to: 'konkyu', on: '2025-08-04', then: [['accept', 'accepted', '2025-08-08']] });
    await were(4, { from: 'konkyu', to: 'kaigo', on: '2025-08-04', then: [['accept', 'accepted', '2025-08-20']] });
    const { accepted } = await seen(coordinator, 'month=2025-08');
    expect(accepted).toMatchObject({ total: 15, median: 4, ninetieth: 11 });
    expect(accepted.rows.find((r) => r.to === 'konkyu')).toEqual({
      to: 'konkyu',
      count: '5+',
      median: 1,
      ninetieth: 4,
    });
    expect(accepted.rows.find((r) => r.to === 'kaigo')).toEqual({ to: 'kaigo', count: '<5' });
    // How it went on is the recipient's; its sender has what the consent lets back, one by one.
    expect((await seen(chief, 'month=2025-08')).accepted.total).toBe('<5');
    expect((await seen(otherChief, 'month=2025-08')).accepted.total).toBe(11);
  });

  it('counts results, and what was turned back', async () => {
    const answered = (action: string, state: string, reason?: string): Alike => ({
      ...{ from: 'kaigo', to: 'konkyu', on: '2025-07-01' },
      then: [[action, state, '2025-07-15', ...(reason === undefined ? [] : [reason])] as never],
    });
    await were(6, answered('complete', 'completed', '011'));
    await were(7, answered('complete', 'completed', '013'));
    await were(5, answered('agree-return', 'returned', '101'));
    await were(2, answered('withdraw', 'withdrawn'));
    const { outcomes, turned } = await seen(coordinator, 'month=2025-07');
    expect(outcomes.total).toBe(13);
    expect(outcomes.rows.filter((r) => r.count !== 0)).toEqual([
      { outcome: '011', count: 6 },
      { outcome: '013', count: 7 },
    ]);
    expect(Object.fromEntries(turned.map((t) => [t.what, t.count]))).toEqual({
      ...{ declined: 0, returned: 5, redirected: 0, withdrawn: '<5', revoked: 0 },
    });
  });

  it('says what waits now, for what and since when, to those who coordinate and to the chief of its sender', async () => {
    await held(6, 'CONSENT_MISSING', '2026-06-03');
    await held(2, 'CONSENT_MISSING', '2026-06-01');
    await held(7, 'CONSENT_REFUSED', '2026-06-02');
    const { waiting } = await seen(coordinator, 'month=2026-06');
    expect(waiting?.total).toBe(15);
    expect(waiting?.rows.map(({ code, count, since }) => [code, count, since]).sort()).toEqual([
      ['CONSENT_MISSING', 8, '2026-06-01'],
      ['CONSENT_REFUSED', 7, '2026-06-02'],
    ]);
    expect((await seen(chief, 'month=2026-06')).waiting?.total).toBe(15);
    expect((await seen(otherChief, 'month=2026-06')).waiting).toEqual({ total: 0, rows: [] });
    // Nobody but them sees what has not left.
    expect((await seen(approver, 'month=2026-06')).waiting).toBeUndefined();
    await held(1, 'CONSENT_EXPIRED', '2026-06-01');
    const after = (await seen(coordinator, 'month=2026-06')).waiting?.rows ?? [];
    expect(after.find((r) => r.code === 'CONSENT_EXPIRED')).toMatchObject({ count: '<5' });
    expect(after.find((r) => r.code === 'CONSENT_EXPIRED')?.since).toBeUndefined();
  });

  it('reads the steps of its month only, whatever there is of other months', async () => {
    await were(5_000, { from: 'kaigo', to: 'konkyu', on: '2024-05-07', then: [['accept', 'accepted', '2024-05-09']] });
    await under.rows('analyze referral');
    await under.rows('analyze referral_event');
    const scope = { released: false, without: [] };
    const span = { from: startOf('2026-01-01'), until: startOf('2026-02-01') };
    interface Step {
      'Node Type': string;
      'Relation Name'?: string;
      'Index Name'?: string;
      'Actual Rows': number;
      'Actual Loops': number;
      Plans?: Step[];
    }
    const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];
    for (const [sql, parameters] of [sentSql, acceptedSql, answeredSql, takenBackSql].map((of) => of(scope, span))) {
      const [row] = await under.rows<{ 'QUERY PLAN': { Plan: Step }[] }>(
        `explain (format json, analyze, timing off) ${sql}`,
        parameters,
      );
      const steps = stepsOf(row!['QUERY PLAN'][0]!.Plan);
      expect(steps.filter((s) => s['Node Type'] === 'Seq Scan' && s['Relation Name']?.startsWith('referral'))).toEqual(
        [],
      );
      expect(steps.map((s) => s['Index Name'])).toContain('event_of_flows');
      const read = steps.filter((s) => s['Relation Name'] !== undefined);
      expect(read.reduce((sum, s) => sum + s['Actual Rows'] * s['Actual Loops'], 0)).toBeLessThan(200);
    }
  });
});
