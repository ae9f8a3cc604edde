// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { authorityList } from '@tsunagi/contracts';
import {
  Approval,
  AuthorityCode,
  AuthorityWay,
  BodyKind,
  DataCategory,
  day,
  Feedback,
  GroundFact,
  id,
  line,
  OverRefusal,
  Purpose,
  ReferralKind,
  Role,
} from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { z } from 'zod';
import { readAuthorities } from './authority.rows';
import { Directory } from './directory.service';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { Database } from '../platform';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'the directory of the demo municipality', () => {
  let under: HubUnderTest;
  let directory: Directory;
  beforeAll(async () => {
    under = await hubUnderTest();
    directory = under.hub.app.get(Directory);
  });
  afterAll(() => under?.close());

  const codeOf = (id: string | undefined) => id && directory.function(id).code;
  const kaigo = () => directory.byCode('9970100005')?.id ?? '';

  it('knows each function by id and code, and leads every domain somewhere', () => {
    expect(directory.outline(kaigo())).toEqual({ domain: 'kaigo', code: '9970100005', name: '地域包括支援センター' });
    expect(directory.party(kaigo())).toMatchObject({ bodyKind: 'contractor', purposes: ['consultation'] });
    const resolved = (['kaigo', 'konkyu', 'shogai', 'kosodate', 'takikan', 'hogo'] as const).map((domain) =>
      directory.resolve({ to: { domain }, from: kaigo(), kind: 'referral' }),
    );
    expect(new Set(resolved).size).toBe(6);
    const unknown = directory.resolve({ to: 'unknown', from: kaigo(), kind: 'support_request' });
    expect(directory.function(unknown ?? '').domain).toBe('takikan');
    expect(directory.resolve({ to: { domain: 'chiiki' }, from: kaigo(), kind: 'referral' })).toBeUndefined();
    expect(directory.servedByPlugin('konkyu').map((f) => f.code)).toEqual(['9900000041']);
    expect(() => directory.party('01890000-0000-7000-8000-000000000000')).toThrow(
      expect.objectContaining({ code: 'FUNCTION_UNKNOWN' }),
    );
  });

  it('holds the registered consent forms', () => {
    expect(directory.forms().find((f) => f.version === 'K-2026-1')).toMatchObject({
      function: kaigo(),
      profile: { days: 90, feedback: 'state', purposes: ['consultation'] },
      approvedOn: '2020-04-01',
    });
  });

  it('counts unchecked rows of 利用目的 in the demo, and leaves them out where law was asked for', async () => {
    const published = directory.authorities().filter((r) => r.code === 'within_purpose');
    expect(published.flatMap((r) => r.purposes)).toContain('coordination');
    const strict = await under.another({ legal: 'checked' });
    expect(strict.app.get(Directory).authorities()).toEqual([]);
  });

  it('has a row of the law for every basis but those that need none; what other laws add is off', async () => {
    const rows = await readAuthorities(under.hub.app.get(Database));
    const without: readonly AuthorityCode[] = ['to_person', 'person_free', 'own_desk'];
    expect(new Set(rows.map((r) => r.code))).toEqual(
      new Set(AuthorityCode.options.filter((c) => !without.includes(c))),
    );
    expect(rows.filter((r) => !r.active).map((r) => r.code)).toEqual([
      'chiiki_care_kaigi',
      'internal_reasonable',
      'konnan_josei',
      'shogai_kyogikai',
      'young_carer',
    ]);
    expect(rows.filter((r) => r.checkedOn !== undefined || r.checkedBy !== undefined)).toEqual([]);
  });

  it('says in each row of the law only words that the hub knows', async () => {
    const rows = await readAuthorities(under.hub.app.get(Database));
    const known = z.strictObject({
      id,
      version: z.literal(1),
      code: AuthorityCode,
      statute: line(100),
      recipientTypes: z.array(z.string()).min(1).optional(),
      hours: z.int().optional(),
      occasional: z.int().optional(),
      windows: z.array(z.never()).optional(),
      validFrom: day,
      active: z.boolean(),
      senders: z.array(BodyKind).min(1),
      recipients: z.array(BodyKind).min(1),
      kinds: z.array(ReferralKind).min(1),
      purposes: z.array(Purpose).min(1),
      categories: z.array(DataCategory).min(1),
      needs: z.array(GroundFact),
      approval: Approval,
      overRefusal: OverRefusal,
      way: AuthorityWay,
      feedback: z.enum([...Feedback.options, 'arrival']),
      approvers: z.array(z.strictObject({ role: Role })),
      conditions: z.array(line(200)),
    });
    for (const row of rows) expect(known.safeParse(row)).toMatchObject({ success: true });
    const types = new Set(directory.all().map((f) => f.functionType));
    expect(rows.flatMap((r) => r.recipientTypes ?? []).filter((type) => !types.has(type))).toEqual([]);
  });

  it('asks for a decision wherever the law lets something out for good without a consent', async () => {
    const rows = await readAuthorities(under.hub.app.get(Database));
    const of = (approval: string) => [...new Set(rows.filter((r) => r.approval === approval).map((r) => r.code))];
    expect(of('before')).toEqual([
      'benefit_of_person',
      'internal_reasonable',
      'private_necessity',
      'public_body_reasonable',
    ]);
    expect(of('after')).toEqual(['emergency']);
    expect(rows.filter((r) => r.hours !== undefined).map((r) => [r.code, r.hours])).toEqual([['emergency', 72]]);
    expect(rows.filter((r) => r.approval !== 'none' && r.approvers.length === 0)).toEqual([]);
  });

  it('tells those who answer for the law of each row whether it counts, and nobody at a desk', async () => {
    const strict = await hubUnderTest({ config: { legal: 'checked' } });
    try {
      await strict.rows(
        `update authority_row set checked_on = '2026-04-01', checked_by = '見本 法務' where code = 'elder_abuse'`,
      );
      await strict.hub.app.get(Directory).refresh();
      const officer = await strict.as({ role: 'privacy_officer' });
      const { items } = authorityList.parse((await officer('GET', '/authorities')).body);
      const [report, conference] = ['elder_abuse', 'young_carer'].map((code) => items.find((a) => a.code === code));
      expect(report).toMatchObject({ counts: true, checkedOn: '2026-04-01', checkedBy: '見本 法務' });
      expect([report?.why, conference?.counts, conference?.why]).toEqual([undefined, false, 'off']);
      expect(items.filter((a) => a.counts)).toEqual([report]);
      const worker = await strict.as({ role: 'caseworker' });
      expect((await worker('GET', '/authorities')).status).toBe(403);
    } finally {
      await strict.close();
    }
  });

  it('knows the days off of the municipality', () => {
    const year = new Date().getUTCFullYear();
    const { holidays } = directory.calendar(kaigo());
    expect([...holidays]).toEqual(expect.arrayContaining([`${year - 1}-01-01`, `${year}-12-31`, `${year + 2}-02-11`]));
  });

  it('sees a change that another process made', async () => {
    await under.rows(`update desk_function set valid_to = '2021-03-31' where code = '9930000012'`);
    await waitFor(() => directory.byCode('9930000012') === undefined, { what: 'the change' });
    expect(codeOf(directory.resolve({ to: { domain: 'shogai' }, from: kaigo(), kind: 'referral' }))).toBeUndefined();
  });

  it('is read as it was at one moment, though somebody writes meanwhile', async () => {
    const client = new Client({ connectionString: under.config.databaseUrl });
    await client.connect();
    await client.query('begin');
    await client.query('lock table due_rule in access exclusive mode');
    const read = directory.refresh();
    const reading = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from due_rule%'`;
    await waitFor(async () => (await under.rows(reading)).length > 0, { what: 'it to read' });
    // In the same moment a function and the body that operates it are called otherwise.
    await client.query(`update desk_function set name = name || '＊' where id = $1`, [kaigo()]);
    await client.query(`update organization set name = name || '＊'`);
    await client.query('commit');
    await client.end();
    await read;
    const isNew = () => [
      directory.outline(kaigo()).name.endsWith('＊'),
      directory.organizations().every((o) => o.name.endsWith('＊')),
    ];
    expect(isNew()).toEqual([false, false]);
    await directory.refresh();
    expect(isNew()).toEqual([true, true]);
  });

  it('is loaded once; the way in belongs to its owner alone', async () => {
    const { statSync } = await import('node:fs');
    expect(statSync(`${under.config.dataDir}/demo-access.json`).mode & 0o777).toBe(0o600);
    expect(under.access.baseUrl).toBe(under.hub.baseUrl);
    expect(under.access.staff.map((s) => s.role)).toEqual(
      expect.arrayContaining([
        'caseworker',
        'supervisor',
        'coordinator',
        'it_admin',
        'privacy_officer',
        'auditor',
        'approver',
      ]),
    );
    await under.another();
    expect(directory.all()).toHaveLength(41);
  });
});
