// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { DeskFunctionView, ImportAnswer } from '@tsunagi/contracts';
import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { signIn, type Api } from '../../test/sign-in';
import { Directory } from '../organizations';

jest.setTimeout(60_000);

const today = japaneseDay(new Date());
const dayAfter = (n: number) => japaneseDay(new Date(Date.now() + n * 86_400_000));

describeWithServices(['postgres'], 'the master data of a municipality', () => {
  let under: HubUnderTest;
  let admin: Api;
  let worker: Api;
  let city: { id: string; version: number; desks: { id: string; name: string }[] };

  beforeAll(async () => {
    under = await hubUnderTest();
    admin = await under.as({ role: 'it_admin' });
    worker = await under.as({ name: 'caseworker.kosodate' });
    city = await organization('見本市');
    await under.rows(
      `insert into plugin (id, title, domain, version, sdk_range, config_schema, enabled, config_version)
       select unnest(array['kaigo', 'konkyu', 'shogai']), '試験', 'kaigo', '1.0.0', '^1', '{}', false, 1`,
    );
  });
  afterAll(() => under?.close());

  const organization = async (name: string) =>
    (await admin('GET', '/organizations')).body.items.find((o: { name: string }) => o.name === name);
  const functionBy = async (code: string): Promise<DeskFunctionView> =>
    (await admin('GET', '/desk-functions')).body.items.find((f: DeskFunctionView) => f.code === code);
  const at = (version: number) => ({ 'if-match': `"${version}"` });
  const aFunction = (over: object = {}) => ({
    code: '9940000999',
    name: 'ヤングケアラー相談',
    desk: city.desks[0]!.id,
    domain: 'kosodate',
    functionType: 'young_carer_desk',
    bodyKind: 'agency',
    purposes: ['consultation'],
    channel: 'web',
    sends: true,
    receives: true,
    validFrom: today,
    ...over,
  });

  it('is changed by IT of the municipality only, and seen by every caller', async () => {
    const writes: [string, string][] = [
      ['POST', '/organizations'],
      ['PATCH', `/organizations/${city.id}`],
      ['POST', '/desk-functions'],
      ['PATCH', `/desk-functions/${city.id}`],
      ['GET', '/desk-functions/export'],
      ['POST', '/desk-functions/import'],
      ['POST', '/routes'],
      ['PATCH', `/routes/${city.id}`],
      ['GET', '/staff'],
      ['POST', '/clients'],
    ];
    for (const [method, path] of writes) {
      const refused = await worker(method, path, method === 'GET' ? undefined : {});
      expect([path, refused.status, refused.body.code]).toEqual([path, 403, 'ROLE_MISSING']);
    }
    // An administrator of one desk is none of the municipality.
    await under.rows(
      `insert into membership (id, staff, function, role, valid_from)
       select gen_random_uuid(), s.id, f.id, 'it_admin', '2020-04-01' from staff s, desk_function f
       where s.login = 'supervisor.hogo' and f.code = '9960000045'`,
    );
    const local = await under.as({ name: 'supervisor.hogo' });
    expect((await local('POST', '/organizations', {})).body.code).toBe('ROLE_MISSING');
    expect((await worker('GET', '/desk-functions')).body.items).toHaveLength(41);
  });

  it('goes on in pages, each once', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await worker(
        'GET',
        `/desk-functions?limit=15${cursor === undefined ? '' : `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map((f: DeskFunctionView) => f.code));
      cursor = body.next;
    } while (cursor !== undefined);
    expect(seen).toHaveLength(41);
    expect(new Set(seen).size).toBe(41);
    expect((await worker('GET', '/desk-functions?limit=0')).status).toBe(422);
  });

  it('knows every kind of desk that つなぎ meets, and who receives no persons', async () => {
    const all: DeskFunctionView[] = (await admin('GET', '/desk-functions')).body.items;
    expect(all.every((f) => f.code.startsWith('99'))).toBe(true);
    expect(new Set(all.map((f) => f.bodyKind)).size).toBe(6);
    expect(all.filter((f) => !f.receives && !f.sends)).toEqual([]);
    expect(all.filter((f) => f.domain === 'chiiki').map((f) => f.receives)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ]);
  });

  describe('an organization', () => {
    it('is registered with its desks, and changed at the version that was seen', async () => {
      const made = await admin('POST', '/organizations', {
        name: '一般社団法人みほんネット',
        bodyKind: 'contractor',
        desks: [{ name: 'みほんネット本部' }],
      });
      expect([made.status, made.body.version, made.body.desks.length]).toEqual([201, 1, 1]);
      const path = `/organizations/${made.body.id}`;
      const to = { desks: [{ id: made.body.desks[0].id, name: '本部' }, { name: '分室' }], validTo: dayAfter(30) };
      const changed = await admin('PATCH', path, to, at(1));
      expect(changed.body).toMatchObject({ version: 2, validTo: dayAfter(30) });
      expect(changed.body.desks.map((d: { name: string }) => d.name).sort()).toEqual(['分室', '本部']);
      expect((await admin('PATCH', path, { name: 'x' }, at(1))).status).toBe(412);
      expect((await admin('PATCH', path, { name: 'x' })).status).toBe(428);
      expect((await admin('PATCH', path, { validTo: dayAfter(-2) }, at(2))).body.code).toBe('PERIOD_PAST');
      expect((await admin('PATCH', path, {}, at(2))).status).toBe(422);
      const theirs = { desks: [{ id: city.desks[0]!.id, name: 'x' }] };
      expect((await admin('PATCH', path, theirs, at(2))).body.errors[0].pointer).toBe('/desks/0/id');
      const renamed = await admin('PATCH', path, { name: '見本市' }, { 'if-match': '"2"' });
      expect([renamed.status, renamed.body.code]).toEqual([409, 'ALREADY_THERE']);
      expect((await admin('POST', '/organizations', { name: '見本市', bodyKind: 'agency' })).body.code).toBe(
        'ALREADY_THERE',
      );
    });
  });

  describe('a desk function', () => {
    it('is registered, changed, ended, and never deleted; other processes know within seconds', async () => {
      const other = (await under.another()).app.get(Directory);
      const calendar = { weekdays: [1, 2, 3, 4, 5, 6], holidays: ['2027-02-01'], closed: [] };
      const own = { calendar, validFrom: dayAfter(-10) };
      const made = await admin('POST', '/desk-functions', aFunction({ ...own, dutyTelephone: '099-123-4567' }));
      expect(made.status).toBe(201);
      expect(made.body).toMatchObject({ calendar, dutyTelephone: '099-123-4567', inForce: true, version: 1 });
      await waitFor(() => other.byCode('9940000999') !== undefined, { what: 'the other process' });
      expect((await admin('POST', '/desk-functions', aFunction())).body.code).toBe('ALREADY_THERE');
      expect(
        (await admin('POST', '/desk-functions', aFunction({ code: '1', desk: made.body.id }))).body.errors[0],
      ).toMatchObject({ pointer: '/desk', code: 'REFERENCE_UNKNOWN' });
      expect((await admin('POST', '/desk-functions', aFunction({ code: '2', channel: 'fax' }))).status).toBe(422);

      const path = `/desk-functions/${made.body.id}`;
      const to = { name: 'こども・若者ケアラー相談', calendar: null, validTo: dayAfter(-1) };
      const changed = await admin('PATCH', path, to, at(1));
      expect(changed.body).toMatchObject({ name: to.name, validTo: to.validTo, inForce: false, version: 2 });
      expect(changed.body.calendar).toBeUndefined();
      expect(changed.body.dutyTelephone).toBe('099-123-4567');
      expect((await admin('PATCH', path, { name: 'x' }, at(1))).status).toBe(412);
      expect((await admin('GET', path)).headers.get('etag')).toBe('"2"');
    });

    it('is reached by a plugin only that a host has brought: else what is sent to it would wait unseen', async () => {
      const nowhere = { channel: 'plugin:nope' };
      const before = await functionBy('9980000014');
      const next = { organization: city.id, desk: city.desks[0]!.id, validFrom: '2099-04-01', ...nowhere };
      for (const [method, path, body] of [
        ['POST', '/desk-functions', aFunction({ code: '9940000998', ...nowhere })],
        ['PATCH', `/desk-functions/${before.id}`, nowhere],
        ['POST', `/desk-functions/${before.id}/operators`, next],
      ] as const) {
        const answer = await admin(method, path, body, at(before.version));
        expect([method, answer.status, answer.body.code]).toEqual([method, 422, 'REFERENCE_UNKNOWN']);
        expect(answer.body.errors).toMatchObject([{ code: 'PLUGIN_UNKNOWN', pointer: '/channel' }]);
        expect(answer.body.errors[0].hint).toContain('いまあるもの: kaigo、konkyu、shogai。');
      }
      const { body } = await admin('GET', '/desk-functions/export');
      const items = [{ ...body.items.find((f: { code: string }) => f.code === before.code), ...nowhere }];
      const imported = (await admin('POST', '/desk-functions/import', { dryRun: true, items })).body;
      expect(imported.rows[0].errors).toMatchObject([{ code: 'PLUGIN_UNKNOWN', pointer: '/channel' }]);
      expect((await functionBy(before.code)).channel).toBe(before.channel);
    });

    it('of a contractor is seen by nobody before secrecy is acknowledged, and reached by no plugin', async () => {
      const npo = await organization('特定非営利活動法人みほんサポート');
      const made = await admin(
        'POST',
        '/desk-functions',
        aFunction({ code: '9940000997', desk: npo.desks[0].id, bodyKind: 'contractor', channel: 'plugin:kaigo' }),
      );
      const directory = under.hub.app.get(Directory);
      expect(made.body.channel).toBe('plugin:kaigo');
      expect(directory.function(made.body.id).channel).toBe('web');
      expect(directory.servedByPlugin('kaigo').map((f) => f.code)).toEqual(['9970100005']);

      const person = { login: 'npo.worker', name: '見本 三郎', organization: npo.id };
      const memberships = [{ role: 'caseworker', function: made.body.id, validFrom: today }];
      const { body } = await admin('POST', '/staff', { ...person, memberships });
      const staff = [{ role: 'caseworker', name: 'npo.worker', password: body.firstPassword, functions: [] }];
      const member = await signIn(under.hub.baseUrl, { staff, clients: [] }, { name: 'npo.worker' });
      expect((await member('GET', '/session')).body.functions).toEqual([]);
      await member('POST', `/desk-functions/${made.body.id}/acknowledge-secrecy`, {});
      expect((await member('GET', '/session')).body.functions).toHaveLength(1);
      expect(directory.servedByPlugin('kaigo').map((f) => f.code)).toContain('9940000997');
    });

    it('sends and receives persons as it is registered, whoever asks', async () => {
      const submission = (to: object | string) => ({
        kind: 'referral',
        to,
        urgency: 'normal',
        purpose: 'consultation',
        howTheyMeet: 'through_sender',
        notInformed: { reason: '後で伝える', by: today },
        source: { system: 'web', key: JSON.stringify(to), occurredAt: new Date().toISOString() },
        subject: { ref: 'subject', role: 'subject', identifiers: [], items: { identity: { name: '見本　花子' } } },
        others: [],
      });
      const send = (to: object | string) =>
        worker('POST', '/referrals/validate', submission(to), { 'idempotency-key': JSON.stringify(to) });
      const none = await functionBy('9980000014');
      const refused = await send({ function: none.id });
      expect([refused.status, refused.body.errors[0]]).toMatchObject([
        422,
        { code: 'RECEIVES_NO_PERSONS', pointer: '/to/function' },
      ]);
      expect((await send({ domain: 'konkyu' })).body.outcome).toBe('held');

      const own = await functionBy('9940000023');
      expect((await admin('PATCH', `/desk-functions/${own.id}`, { sends: false }, at(own.version))).status).toBe(200);
      expect((await send({ domain: 'shogai' })).body.errors[0].code).toBe('SENDS_NO_PERSONS');
      await admin('PATCH', `/desk-functions/${own.id}`, { sends: true }, at(own.version + 1));
    });

    it('is reached another way from today on: what waits follows, and the hands stay the same', async () => {
      const before = await functionBy('9930000012');
      const changed = await admin('PATCH', `/desk-functions/${before.id}`, { channel: 'paper' }, at(before.version));
      expect(changed.body).toMatchObject({ channel: 'paper', organization: before.organization });
      await waitFor(
        async () =>
          (await under.rows(`select 1 from desk_function where id = $1 and channel = 'paper'`, [before.id])).length > 0,
        { what: 'the change to be carried out' },
      );
      expect((await functionBy('9930000012')).operators.map((o) => [o.organization.id, o.validTo])).toEqual([
        [before.organization.id, dayAfter(-1)],
        [before.organization.id, undefined],
      ]);
      expect((await (await under.as({ name: 'caseworker.shogai' }))('GET', '/session')).body.functions).toHaveLength(1);
    });
  });

  describe('routes', () => {
    const resolve = async (query: string) => (await worker('GET', `/routes/resolve?${query}`)).body;

    it('lead by domain, area, type and sender, never by code; the answer says why', async () => {
      const main = await functionBy('9900000041');
      const town = await functionBy('9901000015');
      const found = await resolve('domain=konkyu');
      expect(found).toMatchObject({ function: main.id, sentence: 'つながります。' });
      expect(found.routes.map((r: { because?: string }) => r.because)).toEqual([
        undefined,
        'OTHER_FUNCTION_TYPE',
        'OTHER_FUNCTION_TYPE',
      ]);
      expect((await resolve('domain=konkyu&functionType=town_without_welfare_office')).function).toBe(town.id);
      expect((await resolve('domain=unknown')).function).toBe((await functionBy('9950000034')).id);
      const nowhere = await resolve('domain=chiiki');
      expect(nowhere.function).toBeUndefined();
      expect(nowhere.sentence).toBe('つながる窓口がありません。');

      const made = await admin('POST', '/routes', { priority: 10, domain: 'konkyu', area: 'north', function: town.id });
      expect(made.status).toBe(201);
      expect((await resolve('domain=konkyu&area=north')).function).toBe(town.id);
      expect((await resolve('domain=konkyu')).function).toBe(main.id);
      const ended = await admin('PATCH', `/routes/${made.body.id}`, { validTo: dayAfter(-1) }, at(1));
      expect(ended.body.version).toBe(2);
      expect((await resolve('domain=konkyu&area=north')).function).toBe(main.id);
      expect((await admin('PATCH', `/routes/${made.body.id}`, { priority: 1 }, at(1))).status).toBe(412);
      const unknown = await admin('POST', '/routes', { priority: 1, domain: 'kaigo', function: made.body.id });
      expect(unknown.body.errors[0].pointer).toBe('/function');
    });

    it('lead to no function whose contract has ended', async () => {
      const kikan = await functionBy('9931000011');
      const asked = 'domain=shogai&functionType=core_disability_center';
      expect((await resolve(asked)).function).toBe(kikan.id);
      await admin('PATCH', `/desk-functions/${kikan.id}`, { validTo: dayAfter(-1) }, at(kikan.version));
      const ended = await resolve(asked);
      expect(ended.function).toBeUndefined();
      expect(ended.routes.map((r: { because?: string }) => r.because)).toContain('FUNCTION_NOT_IN_FORCE');
    });
  });

  describe('a file of desk functions', () => {
    const take = async (body: object): Promise<ImportAnswer> =>
      (await admin('POST', '/desk-functions/import', body)).body;
    const csvOf = async () => {
      const response = await fetch(`${under.hub.baseUrl}/api/v1/desk-functions/export?format=csv`, {
        headers: { authorization: await under.bearer('demo-cli') },
      });
      expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      return Buffer.from(await response.arrayBuffer());
    };

    it('taken back in changes nothing, as JSON and as CSV', async () => {
      const { body } = await admin('GET', '/desk-functions/export');
      const asJson = await take({ dryRun: false, items: body.items });
      expect(asJson).toMatchObject({ applied: true, added: 0, changed: 0, unchanged: body.items.length });
      const csv = await csvOf();
      expect([...csv.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
      const asCsv = await take({ dryRun: true, csv: csv.toString('base64') });
      expect(asCsv).toMatchObject({ applied: false, added: 0, changed: 0, unchanged: body.items.length });
    });

    it('shows first what it would change, then changes that', async () => {
      const { body } = await admin('GET', '/desk-functions/export');
      const [first] = body.items;
      const added = { ...first, code: '9999999999', organization: '医療法人はじめて会', desk: '相談室' };
      const items = [{ ...first, name: '別の名前', area: 'north' }, added];
      const dry = await take({ dryRun: true, items });
      expect(dry).toMatchObject({ applied: false, added: 1, changed: 1 });
      expect(dry.rows[0]).toMatchObject({ row: 1, code: first.code, change: 'changed', fields: ['name', 'area'] });
      expect(await functionBy('9999999999')).toBeUndefined();
      expect(await take({ dryRun: false, items })).toMatchObject({ applied: true, added: 1, changed: 1 });
      expect((await functionBy(first.code)).name).toBe('別の名前');
      expect((await functionBy('9999999999')).organization.name).toBe('医療法人はじめて会');
      expect(await take({ dryRun: false, items: [first] })).toMatchObject({ changed: 1 });
      expect((await functionBy(first.code)).area).toBeUndefined();
    });

    it('is not taken at all while one row is wrong, and says which and where', async () => {
      const { body } = await admin('GET', '/desk-functions/export');
      const [first, second, third] = body.items;
      const items = [
        { ...first, name: '書かれない' },
        { ...second, domain: 'x', channel: 'fax' },
        { ...third, organization: '見本市教育委員会' },
        first,
      ];
      const answer = await take({ dryRun: false, items });
      expect(answer.applied).toBe(false);
      expect(answer.rows.map((r) => [r.row, r.change, r.errors.map((e) => [e.pointer, e.code])])).toEqual([
        [1, 'changed', []],
        [
          2,
          'refused',
          [
            ['/domain', 'NOT_ALLOWED'],
            ['/channel', 'WRONG_FORMAT'],
          ],
        ],
        [3, 'refused', [['/organization', 'OPERATOR_BY_DATE']]],
        [4, 'refused', [['/code', 'ROW_TWICE']]],
      ]);
      expect((await functionBy(first.code)).name).toBe(first.name);
      const unreadable = await admin('POST', '/desk-functions/import', { dryRun: true, csv: 'gf8=' });
      expect(unreadable.body.code).toBe('CSV_UNREADABLE');
    });

    it('does not guess which of two of one name is meant, and is still the same where nothing changes', async () => {
      const { body } = await admin('GET', '/desk-functions/export');
      const [first, second] = body.items as { code: string; organization: string; desk: string; name: string }[];
      const here = await functionBy(first!.code);
      const doubled = `insert into desk (id, organization, name) select gen_random_uuid(), organization, name from desk where id = $1 returning id`;
      const [desk] = await under.rows<{ id: string }>(doubled, [here.desk.id]);
      const asked = [
        { ...first, name: 'その窓口' },
        { ...first, code: '9999999998' },
        { ...second, code: '9999999997', organization: first!.organization, desk: '新しい窓口' },
      ];
      const judged = (answer: { rows: { change: string; errors: { pointer: string; code: string }[] }[] }) =>
        answer.rows.map((r) => [r.change, ...r.errors.map((e) => `${e.pointer} ${e.code}`)]);
      await waitFor(async () => (await take({ dryRun: true, items: asked })).rows[0]?.change === 'refused', {
        what: 'the directory to know of both',
      });
      expect(judged(await take({ dryRun: true, items: [first, ...asked] }))).toEqual([
        ['unchanged'],
        ['refused', '/code ROW_TWICE'],
        ['refused', '/desk NAME_AMBIGUOUS'],
        ['added'],
      ]);
      const [body_] = await under.rows<{ id: string }>(
        `insert into organization (id, name, body_kind, valid_from) values (gen_random_uuid(), $1, 'private', '2026-04-01') returning id`,
        [first!.organization],
      );
      await waitFor(async () => (await take({ dryRun: true, items: asked })).rows[2]?.change === 'refused', {
        what: 'the directory to know of both',
      });
      expect(judged(await take({ dryRun: true, items: asked }))[2]).toEqual([
        'refused',
        '/organization NAME_AMBIGUOUS',
      ]);
      await under.rows('delete from desk where id = $1', [desk?.id]);
      await under.rows('delete from organization where id = $1', [body_?.id]);
    });
  });

  it('leaves a line in the audit for every change, with codes and ids only', async () => {
    const lines = await under.rows<{ action: string; details: object }>(
      `select action, details from audit_entry where object_kind in ('organization', 'desk_function', 'route') order by id`,
    );
    expect(new Set(lines.map((l) => l.action))).toEqual(
      new Set([
        'organization.created',
        'organization.changed',
        'desk_function.created',
        'desk_function.changed',
        'desk_function.secrecy_acknowledged',
        'desk_function.handed_over',
        'desk_function.imported',
        'route.created',
        'route.changed',
      ]),
    );
    expect(JSON.stringify(lines)).not.toMatch(/見本|みほん|099-/);
  });
});
