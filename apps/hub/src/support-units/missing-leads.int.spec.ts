// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import type { Api } from '../../test/sign-in';
import { missingSql, settledSql } from './missing-leads';

const many = 100_000;
const persons = 10_000;

interface Step {
  'Node Type': string;
  'Relation Name'?: string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  Plans?: Step[];
}
const stepsOf = (step: Step): Step[] => [step, ...(step.Plans ?? []).flatMap(stepsOf)];

describeWithServices(['postgres'], `the leads that are missing, at ${many.toLocaleString('en')} referrals`, () => {
  let under: HubUnderTest;
  let coordinator: Api;
  /** Has no part in any of it. */
  let stranger: string;
  beforeAll(async () => {
    under = await hubUnderTest();
    coordinator = await under.as({ role: 'coordinator' });
    await fill();
  });
  afterAll(() => under?.close());

  /** Ten referrals of each person, a unit for each, led by the desk that has sent them. */
  async function fill(): Promise<void> {
    const staffed = under.access.staff.flatMap((s) => s.functions);
    const desks = (
      await under.rows<{ id: string }>('select id from desk_function where id = any($1) order by code', [staffed])
    ).map((f) => f.id);
    const id = (kind: string, n: string) => `('${kind}0000000-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
    await under.rows(`insert into person (id) select ${id('1', 'n')} from generate_series(0, ${persons - 1}) n`);
    await under.rows(
      `insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_function, ever_received, to_address,
         urgency, purpose, how_they_meet, subject, members, content, created_at, state_at, sent_at)
       select ${id('2', 'n')}, ${id('2', 'n')}, 'referral', 'closed', 'closed', 1, 'plugin:kaigo', n::text, 'kaigo', $1::uuid, $2::uuid, true, '{"domain":"konkyu"}',
         'normal', 'consultation', 'through_sender', ${id('1', `n % ${persons}`)},
         jsonb_build_array(jsonb_build_object('ref', 'subject', 'person', ${id('1', `n % ${persons}`)}, 'present', '[]'::jsonb)), '\\x00', at, at, at
       from (select n, timestamptz '2024-01-01' + n * interval '10 minutes' as at from generate_series(1, ${many}) n) r`,
      desks.slice(0, 2),
    );
    stranger = desks[2]!;
    await under.rows(
      `insert into support_unit (id, version, known_to, created_at) select ${id('4', 'n')}, 1, $1::uuid[], now() from generate_series(0, ${persons - 1}) n`,
      [desks.slice(0, 2)],
    );
    await under.rows(
      `insert into unit_member (id, unit, person) select ${id('5', 'n')}, ${id('4', 'n')}, ${id('1', 'n')} from generate_series(0, ${persons - 1}) n`,
    );
    await under.rows(
      `insert into lead (id, unit, function, from_at, reason) select ${id('6', 'n')}, ${id('4', 'n')}, $1::uuid, now(), 'conference'
       from generate_series(0, ${persons - 1}) n`,
      desks.slice(0, 1),
    );
    await under.rows('analyze');
  }

  const planOf = async (sql: string, parameters: unknown[] = []): Promise<Step[]> => {
    const [row] = await under.rows<{ 'QUERY PLAN': { Plan: Step }[] }>(
      `explain (format json, analyze, timing off) ${sql}`,
      parameters,
    );
    return stepsOf(row!['QUERY PLAN'][0]!.Plan);
  };
  const plans = async () => [...(await planOf(settledSql)), ...(await planOf(missingSql, [[]]))];
  /** Rows of all tables that were looked at. */
  const readBy = (steps: readonly Step[]) =>
    steps
      .filter((s) => s['Relation Name'] !== undefined)
      .reduce((sum, s) => sum + (s['Actual Rows'] + (s['Rows Removed by Filter'] ?? 0)) * s['Actual Loops'], 0);
  const missing = async () => {
    const { items } = (await coordinator('GET', '/todos?kind=lead_missing')).body;
    return items.map((t: { unitId: string }) => t.unitId);
  };

  it('are looked for once among all, and then among those to which something has happened', async () => {
    expect(readBy(await plans())).toBeGreaterThan(persons);
    expect(await missing()).toEqual([]);
    await under.rows('analyze lead');
    expect(readBy(await plans())).toBe(0);

    const doubted = await under.rows<{ unit: string }>(
      `update lead set doubt = gen_random_uuid() where seq in (select seq from lead order by seq limit 20) returning unit`,
    );
    const [gone] = await under.rows<{ unit: string }>(
      `update lead set function = $1 where seq = (select min(seq) from lead) returning unit`,
      [stranger],
    );
    const steps = await plans();
    const large = ['referral', 'lead', 'unit_member'];
    const scanned = steps.filter((s) => s['Node Type'] === 'Seq Scan').map((s) => s['Relation Name']);
    expect(scanned.filter((table) => table !== undefined && large.includes(table))).toEqual([]);
    expect(readBy(steps)).toBeLessThan(50 * doubted.length);
    expect(await missing()).toEqual([gone!.unit]);
    expect(await under.rows('select unit from lead where doubt is not null')).toEqual([gone]);
  });
});
