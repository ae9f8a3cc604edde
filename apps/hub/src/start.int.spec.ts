// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InProcessBroker } from '@tsunagi/messaging';
import { describeWithServices, testServices, waitFor, type TestDatabase } from '@tsunagi/testing';
import { Client } from 'pg';
import type { HubConfig } from './hub.config';
import { hubSchema } from './hub.schema';
import { loadKeys, openDataSource, runMigrations } from './platform';
import { migrate, start, type RunningHub } from './start';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'starting the hub', () => {
  let database: TestDatabase;
  let dataDir: string;
  let config: HubConfig;

  beforeEach(async () => {
    database = await testServices().postgres.createDatabase('start');
    dataDir = mkdtempSync(join(tmpdir(), 'tsunagi-start-'));
    const broker = new InProcessBroker();
    config = {
      databaseUrl: database.url,
      connect: (account) => broker.connect(account, 'hub'),
      host: '127.0.0.1',
      port: 0,
      dataDir,
      demo: false,
      legal: 'checked',
      keys: join(dataDir, 'keys.json'),
      municipalityCode: '990019',
      collectsOrigin: false,
      embedded: false,
      logLevel: 'silent',
    };
    loadKeys(config.keys, true);
  });
  afterEach(async () => {
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const sql = async (text: string, connectionString = database.url) => {
    const client = new Client({ connectionString });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(text)).rows;
    } finally {
      await client.end();
    }
  };

  it('migrates an empty database once, though three try at the same time', async () => {
    const done = await Promise.all([migrate(config), migrate(config), migrate(config)]);
    expect(done.flat()).toEqual(hubSchema.migrations.map((m) => m.name));
    expect(await sql('select count(*)::int as n from hub_migration')).toEqual([{ n: hubSchema.migrations.length }]);
    expect(await migrate(config)).toEqual([]);
  });

  it('carries over what the version before had written', async () => {
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, 1) });
    await runMigrations(before);
    await before.destroy();
    const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    await sql(`
      insert into organization values ('${id(1)}', 'o', 'agency');
      insert into desk values ('${id(2)}', '${id(1)}', 'd');
      insert into desk_function (id, desk, code, name, domain, function_type, body_kind, purposes, channel, valid_from)
        values ('${id(3)}', '${id(2)}', 'A', 'a', 'kaigo', 't', 'agency', '{}', 'web', '2026-01-01');
      insert into staff (id, login, name, password_hash) values ('${id(10)}', 'w', 'w', 'x'), ('${id(11)}', 'c', 'c', 'x');
      insert into membership values ('${id(10)}', '${id(3)}', 'caseworker', '2026-01-01', null), ('${id(11)}', null, 'coordinator', '2026-01-01', null);
      insert into client (id, secret_hash, functions) values ('of-desk', 'x', array['${id(3)}'::uuid]), ('of-city', 'x', '{}');
      insert into person (id) values ('${id(4)}'), ('${id(5)}');
      insert into referral (id, journey, kind, state, version, sender, source_key, source_system, from_function, to_function, to_address,
          urgency, purpose, subject, members, content, created_at, state_at)
        values ('${id(6)}', '${id(6)}', 'referral', 'accepted', 3, 'plugin:kaigo', 'k', 'kaigo', '${id(3)}', '${id(3)}', '{}', 'normal', 'consultation',
          '${id(4)}', '[{"ref":"subject","person":"${id(4)}","present":[]},{"ref":"member-1","person":"${id(5)}","present":[]}]', '', now(), now());
      insert into disclosure_decision (id, referral, direction, outcome, members, reasons, inputs, decided_at)
        values ('${id(7)}', '${id(6)}', 'referral', 'permit', '[]', '{}', '{}', now());
      insert into delivery (id, plugin, kind, referral, person, state, decision, not_before, go_at)
        values ('${id(8)}', 'konkyu', 'referral', '${id(6)}', '${id(4)}', 'sent', '${id(7)}', now(), now());
      insert into disclosure values ('${id(9)}', '${id(7)}', '${id(8)}', '${id(6)}', '${id(4)}', '${id(3)}', '${id(3)}', 'consent',
        '[{"ref":"subject","categories":["identity"],"consents":[]},{"ref":"member-1","categories":["identity"],"consents":[]}]', 'claimed', now());`);
    expect(await migrate(config)).toEqual(hubSchema.migrations.slice(1).map((m) => m.name));
    expect(await sql('select state, told_state from referral')).toEqual([
      { state: 'accepted', told_state: 'accepted' },
    ]);
    // Its message in the broker names no claim, so it goes out again.
    expect(await sql('select state, claim from delivery')).toEqual([{ state: 'queued', claim: null }]);
    const [line] = await sql(
      `select go_at is not null as gone, way, viewer, array(select m->>'person' from jsonb_array_elements(members) m) as persons from disclosure`,
    );
    expect(line).toEqual({ gone: true, way: 'message', viewer: 'plugin:konkyu', persons: [id(4), id(5)] });
    // Who worked there goes on working there: for the organization of the desk, which operates it.
    expect(await sql('select distinct organization from staff')).toEqual([{ organization: id(1) }]);
    expect(await sql('select id, organization from client order by id')).toEqual([
      { id: 'of-city', organization: null },
      { id: 'of-desk', organization: id(1) },
    ]);
    expect(
      await sql(`select organization, valid_to, secrecy_acknowledged_at is not null as acknowledged,
        handed_over_at is not null as done from function_operator where function = '${id(3)}'`),
    ).toEqual([{ organization: id(1), valid_to: null, acknowledged: true, done: true }]);
    expect(await sql('select count(distinct id)::int as n from membership')).toEqual([{ n: 2 }]);
  });

  it('gives incidents opened before their days, and says whose items had come to whom', async () => {
    const upTo = hubSchema.migrations.findIndex((m) => m.name === 'IncidentsInFull1764770100000');
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, upTo) });
    await runMigrations(before);
    await before.destroy();
    const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
    const line = (n: number, to: number, at: string) =>
      `('${id(n)}', '${id(6)}', '${id(4)}', '${id(3)}', '${id(to)}', 'consent', 'message', 'written', '${at}', '${at}',
        '[{"ref":"subject","person":"${id(4)}","consents":[],"categories":["identity","health"]}]')`;
    await sql(`
      insert into person (id) values ('${id(4)}');
      insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_address,
          urgency, purpose, channel, subject, members, content, content_version, created_at, state_at, sent_at)
        values ('${id(6)}', '${id(6)}', 'referral', 'accepted', 'accepted', 3, 'plugin:kaigo', 'k', 'kaigo', '${id(3)}', '{}', 'normal',
          'consultation', null, '${id(4)}', '[{"ref":"subject","person":"${id(4)}","present":[]}]', '', 1, now(), now(), now());
      insert into disclosure (id, referral, person, sender_function, recipient_function, authority, way, state, at, go_at, members)
        values ${line(11, 5, '2026-11-10T00:00:00Z')}, ${line(12, 7, '2026-11-13T00:00:00Z')};
      insert into incident (id, referral, kind, opened_at, noticed_at, opened_by)
        values ('${id(8)}', '${id(6)}', 'wrong_person', '2026-11-11T16:00:00Z', '2026-11-11T16:00:00Z', 'staff:x'),
          ('${id(9)}', '${id(6)}', 'crime', '2026-11-09T00:00:00Z', '2026-11-09T00:00:00Z', 'staff:x');`);
    await migrate(config);
    const dues = `first_report_due::text, final_report_due::text, tell_by::text`;
    expect(await sql(`select persons, sensitive, recipients, ${dues} from incident order by id`)).toEqual([
      {
        persons: [{ person: id(4), categories: ['health', 'identity'] }],
        sensitive: true,
        recipients: [id(5)],
        // It was the 12th in Japan.
        ...{ first_report_due: '2026-11-17', final_report_due: '2026-12-12', tell_by: '2026-12-12' },
      },
      {
        // What came to nobody before it was noticed is not known to have come.
        ...{ persons: [], sensitive: false, recipients: [] },
        ...{ first_report_due: '2026-11-14', final_report_due: '2027-01-08', tell_by: '2026-12-09' },
      },
    ]);
  });

  it('knows of what a person carries whether it has come, and what its sheet says', async () => {
    const upTo = hubSchema.migrations.findIndex((m) => m.name === 'WhatHasArrived1764673800000');
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, upTo) });
    await runMigrations(before);
    await before.destroy();
    await sql(`
      insert into organization (id, name, body_kind) values (gen_random_uuid(), 'o', 'agency');
      insert into desk (id, organization, name) select gen_random_uuid(), id, 'd' from organization;
      insert into desk_function (id, desk, code, name, domain, function_type, body_kind, purposes, channel, valid_from)
        select gen_random_uuid(), id, 'A', 'a', 'kaigo', 't', 'agency', '{}', 'web', '2026-01-01' from desk;
      insert into person (id) values (gen_random_uuid());
      insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_address,
          urgency, purpose, channel, subject, members, content, content_version, created_at, state_at, sent_at)
        select gen_random_uuid(), gen_random_uuid(), 'referral', state, state, 3, 'plugin:kaigo', state, 'kaigo', f.id, '{}', 'normal', 'consultation',
          'carried_by_person', p.id, jsonb_build_array(jsonb_build_object('ref', 'subject', 'person', p.id, 'present', array['identity'])), '',
          case state when 'accepted' then 2 else 1 end, now(), now(), case state when 'awaiting_authority' then null else now() end
        from desk_function f, person p, unnest(array['sent', 'accepted', 'awaiting_authority']) state;
      insert into referral_event (referral, version, action, from_state, to_state, actor, at, reasons)
        select id, 3, 'deliver', 'sent', 'received', 'core', now(), '{}' from referral where state = 'accepted';
      insert into consent (id, person, given_to, giver, manner, scope, exclusions, status, granted_at)
        select gen_random_uuid(), p.id, f.id, 'self', 'written', '{"from":"2099-04-01"}', '{}', 'active', now() from person p, desk_function f;`);
    await migrate(config);
    expect(
      await sql(
        `select state, ever_received as arrived, members->0->'onSheet' as sheet, clock_at::date::text as looks from referral order by state`,
      ),
    ).toEqual([
      { state: 'accepted', arrived: true, sheet: [], looks: null },
      { state: 'awaiting_authority', arrived: false, sheet: null, looks: expect.stringMatching(/^2099-0(3-31|4-01)$/) },
      { state: 'sent', arrived: false, sheet: ['identity'], looks: null },
    ]);
  });

  it('keeps what each row of the law permitted, and brings those that were not there', async () => {
    const upTo = hubSchema.migrations.findIndex((m) => m.name === 'LawOfDisclosure1764700000000');
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, upTo) });
    await runMigrations(before);
    await before.destroy();
    await sql(`
      insert into authority_row (id, code, purpose, categories, valid_from, valid_to, checked_on, checked_by, active) values
        (gen_random_uuid(), 'within_purpose', 'coordination', '{identity}', '2024-04-01', '2030-03-31', '2026-06-01', '法務', true),
        (gen_random_uuid(), 'dv', 'abuse_response', '{identity,abuse}', '2024-04-01', null, null, null, false)`);
    await migrate(config);
    const [published, ...none] = await sql(
      `select purposes, categories, valid_from::text, valid_to::text, checked_by, active, senders, kinds from authority_row where code = 'within_purpose'`,
    );
    expect(none).toEqual([]);
    expect(published).toEqual({
      purposes: ['coordination'],
      categories: ['identity'],
      valid_from: '2024-04-01',
      valid_to: '2030-03-31',
      checked_by: '法務',
      active: true,
      senders: ['agency', 'contractor'],
      kinds: ['handback', 'inquiry', 'protection'],
    });
    // A 通報・通告 asked for no purpose of its row.
    expect(
      await sql(`select cardinality(purposes) as purposes, categories, active from authority_row where code = 'dv'`),
    ).toEqual([{ purposes: 5, categories: ['identity', 'abuse'], active: false }]);
    expect(
      await sql(
        `select bool_or(checked_on is not null) as checked from authority_row where code not in ('within_purpose', 'dv')`,
      ),
    ).toEqual([{ checked: false }]);
  });

  it('lets nobody change afterwards what was recorded about a protected person', async () => {
    await migrate(config);
    for (const change of [
      `update person_seal set ground = 'own'`,
      `update person_danger set recorded_by = 'nobody'`,
      `update person_unseal set reason = ''`,
      `update ground set categories = '{}'`,
      `update application set applied_on = now()`,
    ])
      await expect(sql(change)).rejects.toThrow('is never changed');
  });

  it('lets the clock look at what is under way, and wakes what sleeps after sixty days at the latest', async () => {
    const upTo = hubSchema.migrations.findIndex((m) => m.name === 'TimeOfReferrals1764648000000');
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, upTo) });
    await runMigrations(before);
    await before.destroy();
    await sql(`
      insert into organization (id, name, body_kind) values (gen_random_uuid(), 'o', 'agency');
      insert into desk (id, organization, name) select gen_random_uuid(), id, 'd' from organization;
      insert into desk_function (id, desk, code, name, domain, function_type, body_kind, purposes, channel, valid_from)
        select gen_random_uuid(), id, 'A', 'a', 'kaigo', 't', 'agency', '{}', 'web', '2026-01-01' from desk;
      insert into person (id) values (gen_random_uuid());
      insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_address,
          urgency, purpose, subject, members, content, created_at, state_at)
        select gen_random_uuid(), gen_random_uuid(), 'referral', state, state, 3, 'plugin:kaigo', state, 'kaigo', f.id, '{}', 'normal', 'consultation',
          p.id, '[]', '', '2026-10-01T00:00:00+09:00', '2026-10-01T00:00:00+09:00'
        from desk_function f, person p, unnest(array['on_hold', 'received', 'closed']) state;
      insert into todo (id, function, role, kind, referral, created_at)
        select gen_random_uuid(), from_function, 'supervisor', 'confirm_return', id, now() from referral where state = 'received';`);
    await migrate(config);
    expect(
      await sql(
        'select state, wake_on::text, return_asked, clock_at is not null as watched from referral order by state',
      ),
    ).toEqual([
      { state: 'closed', wake_on: null, return_asked: false, watched: false },
      { state: 'on_hold', wake_on: '2026-11-30', return_asked: false, watched: true },
      { state: 'received', wake_on: null, return_asked: true, watched: true },
    ]);
  });

  it('has the names of all that is there already wait for what they are found by', async () => {
    const upTo = hubSchema.migrations.findIndex((m) => m.name === 'NamesFound1764831000200');
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, upTo) });
    await runMigrations(before);
    await before.destroy();
    const refer = (state: string) =>
      sql(`
        insert into referral (id, journey, kind, state, told_state, version, sender, source_key, source_system, from_function, to_address,
            urgency, purpose, subject, members, content, created_at, state_at, told_at)
          select gen_random_uuid(), gen_random_uuid(), 'referral', '${state}', '${state}', 3, 'plugin:kaigo', '${state}', 'kaigo', f.id, '{}', 'normal',
            'consultation', p.id, '[]', '', now(), now(), now() from desk_function f, person p`);
    await sql(`
      insert into organization (id, name, body_kind) values (gen_random_uuid(), 'o', 'agency');
      insert into desk (id, organization, name) select gen_random_uuid(), id, 'd' from organization;
      insert into desk_function (id, desk, code, name, domain, function_type, body_kind, purposes, channel, valid_from)
        select gen_random_uuid(), id, 'A', 'a', 'kaigo', 't', 'agency', '{}', 'web', '2026-01-01' from desk;
      insert into person (id) values (gen_random_uuid())`);
    await refer('received');
    await migrate(config);
    const due = () => sql('select r.state from name_due d join referral r on r.id = d.referral order by r.state');
    expect(await due()).toEqual([{ state: 'received' }]);
    await refer('draft');
    expect(await due()).toEqual([{ state: 'draft' }, { state: 'received' }]);
    await sql('delete from name_due');
    await sql(`update referral set version = 4`);
    expect(await due()).toEqual([]);
    await sql(`update referral set content_version = 2 where state = 'draft'`);
    expect(await due()).toEqual([{ state: 'draft' }]);
  });

  it('counts plugins that have worked already as begun, and their first file as confirmed', async () => {
    const before = await openDataSource(config, { ...hubSchema, migrations: hubSchema.migrations.slice(0, 3) });
    await runMigrations(before);
    await before.destroy();
    await sql(`
      insert into plugin (id, title, domain, version, sdk_range, config_schema, enabled, config_version)
        select id, id, 'kaigo', '1', '1', '{}', id = 'runs', 1 from unnest(array['runs', 'ran', 'new']) id;
      insert into plugin_config_version select id, 1, '{}', '2026-06-01T00:00:00Z' from plugin;
      insert into submission (id, sender, item_id, key, content_hash, occurred_at, outcome, codes, received_at)
        select gen_random_uuid(), 'plugin:ran', n::text, 'k', 'h', now(), 'accepted', '{}', '2026-07-01T00:00:00Z'::timestamptz + n * interval '1 day'
        from generate_series(0, 2) n;`);
    await migrate(config);
    const began = { first_enabled_at: new Date('2026-06-01T00:00:00Z') };
    expect(
      await sql('select plugin, first_enabled_at, enabled_at, confirmed_at from plugin_intake order by plugin'),
    ).toEqual([
      { plugin: 'new', first_enabled_at: null, enabled_at: null, confirmed_at: null },
      { plugin: 'ran', ...began, enabled_at: null, confirmed_at: new Date('2026-07-01T00:00:00Z') },
      { plugin: 'runs', ...began, enabled_at: began.first_enabled_at, confirmed_at: null },
    ]);
  });

  it('is refused while migrations are pending', async () => {
    await expect(start(config)).rejects.toMatchObject({
      code: 'MIGRATIONS_PENDING',
      remedy: expect.stringContaining('tsunagi migrate'),
    });
  });

  it('is refused on a database that forgets what it has confirmed', async () => {
    await migrate(config);
    await sql(`alter database "${database.name}" set synchronous_commit = off`);
    await expect(start(config)).rejects.toMatchObject({ code: 'SYNCHRONOUS_COMMIT_OFF' });
  });

  it('lets others answer below a path of their own, with bodies as they came', async () => {
    await migrate(config);
    const hub = await start(config);
    hub.serve('/plugins/', (request, response) => {
      request.on('data', (body: Buffer) => response.end(`${request.url} ${body.toString('latin1')}`));
    });
    // Nothing of it is read as JSON, and the hub's own paths stay what they are.
    const headers = { 'content-type': 'application/json' };
    const post = (path: string) => fetch(`${hub.baseUrl}${path}`, { method: 'POST', headers, body: '{' });
    expect(await (await post('/plugins/one/v1')).text()).toBe('/plugins/one/v1 {');
    expect((await post('/api/v1/oauth/token')).status).toBe(400);
    expect((await fetch(`${hub.baseUrl}/health/ready`)).status).toBe(200);
    await hub.close();
  });

  it('is possible with an empty municipality, and ends without leftovers', async () => {
    await migrate(config);
    const hub = await start(config);
    expect((await fetch(`${hub.baseUrl}/health/ready`)).status).toBe(200);
    // Whoever sends a body by the byte keeps no connection for minutes.
    expect(hub.app.getHttpServer()).toMatchObject({ requestTimeout: 30_000, headersTimeout: 15_000 });
    await hub.close();
    await expect(fetch(`${hub.baseUrl}/health/live`)).rejects.toThrow();
    // The backend of a connection that was ended goes a moment after it; autovacuum's workers are nobody's connection.
    const connected = `select 1 from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`;
    await waitFor(async () => (await sql(connected)).length === 0, { what: 'the hub to have left the database' });
    expect(await sql('select 1 from organization')).toEqual([]);
  });

  describe('where somebody listens already', () => {
    const accessOf = (directory: string) => join(directory, 'demo-access.json');
    let first: RunningHub;
    let taken: HubConfig;
    beforeEach(async () => {
      await migrate(config);
      first = await start({ ...config, demo: true });
      taken = { ...config, demo: true, port: Number(new URL(first.baseUrl).port) };
    });
    afterEach(() => first.close());

    it('is refused, and leaves an empty database empty and no way into it', async () => {
      const empty = await testServices().postgres.createDatabase('start');
      const elsewhere = mkdtempSync(join(tmpdir(), 'tsunagi-start-'));
      const second = { ...taken, databaseUrl: empty.url, dataDir: elsewhere, keys: join(elsewhere, 'keys.json') };
      await migrate(second);
      await expect(start(second)).rejects.toMatchObject({ code: 'EADDRINUSE' });
      expect(existsSync(accessOf(elsewhere))).toBe(false);
      expect(await sql('select 1 from organization', empty.url)).toEqual([]);
      await empty.drop();
      rmSync(elsewhere, { recursive: true });
    });

    it('is refused, and leaves the way into the running one as it is', async () => {
      const before = readFileSync(accessOf(dataDir), 'utf8');
      await expect(start(taken)).rejects.toMatchObject({ code: 'EADDRINUSE' });
      expect(readFileSync(accessOf(dataDir), 'utf8')).toBe(before);
    });

    it('is possible again as soon as the first has ended', async () => {
      await first.close();
      const second = await start(taken);
      expect(second.baseUrl).toBe(first.baseUrl);
      await second.close();
    });
  });

  it('sets limits on every connection, compiles no question and keeps days as text', async () => {
    await migrate(config);
    const dataSource = await openDataSource(config, hubSchema);
    const [row] = await dataSource.query<Record<string, unknown>[]>(
      `select current_setting('statement_timeout') as statement, current_setting('idle_in_transaction_session_timeout') as idle,
              current_setting('jit') as jit, '2026-04-01'::date as day`,
    );
    expect(row).toEqual({ statement: '20s', idle: '30s', jit: 'off', day: '2026-04-01' });
    await dataSource.destroy();
  });
});
