// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { japaneseDay } from '@tsunagi/domain';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { Client } from 'pg';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { signIn, type Api } from '../../test/sign-in';
import type { RunningHub } from '../start';

jest.setTimeout(60_000);

const dayAfter = (n: number) => japaneseDay(new Date(Date.now() + n * 86_400_000));
const today = dayAfter(0);

describeWithServices(['postgres'], 'staff and clients', () => {
  let under: HubUnderTest;
  /** The same municipality at work: no demo. */
  let atWork: RunningHub;
  let admin: Api;
  let city: string;
  let kosodate: string;

  beforeAll(async () => {
    under = await hubUnderTest();
    atWork = await under.another({ demo: false });
    admin = await signIn(atWork.baseUrl, under.access, { role: 'it_admin' });
    const { body } = await admin('GET', '/organizations');
    city = body.items.find((o: { name: string }) => o.name === '見本市').id;
    kosodate = under.access.staff.find((s) => s.name === 'caseworker.kosodate')?.functions[0] ?? '';
  });
  afterAll(() => under?.close());

  const at = (version: number) => ({ 'if-match': `"${version}"` });
  const signInAs = (name: string, password: string) =>
    signIn(atWork.baseUrl, { staff: [{ role: '', name, password, functions: [] }], clients: [] }, { name });
  const add = (login: string, over: object = {}) =>
    admin('POST', '/staff', {
      login,
      name: '見本 四郎',
      organization: city,
      memberships: [{ role: 'caseworker', function: kosodate, validFrom: today }],
      ...over,
    });
  /** A new member of staff who has made a password. */
  async function member(login: string, over: object = {}) {
    const { body } = await add(login, over);
    const api = await signInAs(login, body.firstPassword);
    const next = `${login}のとても長い合言葉です`;
    expect((await api('POST', '/session/password', { current: body.firstPassword, next })).status).toBe(204);
    return { id: body.id as string, api, password: next };
  }
  const functionsOf = async (api: Api) =>
    (await api('GET', '/session')).body.functions.map((f: { id: string }) => f.id) as string[];

  it('begin with a password that opens nothing but its own change', async () => {
    const made = await add('first.day');
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const first = made.body.firstPassword as string;
    const api = await signInAs('first.day', first);
    for (const path of ['/referrals', '/todos', '/desk-functions'])
      expect([path, (await api('GET', path)).body.code]).toEqual([path, 'PASSWORD_CHANGE_NEEDED']);
    expect((await api('GET', '/session')).body.mustChangePassword).toBe(true);

    const change = (body: object) => api('POST', '/session/password', body);
    expect((await change({ current: 'wrong', next: 'とても長くて覚えやすい合言葉です。' })).body.code).toBe(
      'CREDENTIALS_REFUSED',
    );
    expect((await change({ current: first, next: 'short' })).status).toBe(422);
    expect((await change({ current: first, next: first })).body.code).toBe('PASSWORD_UNCHANGED');
    const elsewhere = await signInAs('first.day', first);
    expect((await change({ current: first, next: 'とても長くて覚えやすい合言葉です。' })).status).toBe(204);
    expect((await api('GET', '/todos')).status).toBe(200);
    expect((await elsewhere('GET', '/session')).status).toBe(401);
    expect((await api('GET', '/session')).body.mustChangePassword).toBeUndefined();
    expect((await signInAs('first.day', 'とても長くて覚えやすい合言葉です。')).length).toBeGreaterThan(0);
  });

  it('are listed without anything that opens, and a name is given once', async () => {
    await add('listed.once');
    const { body } = await admin('GET', '/staff?limit=500');
    const found = body.items.find((s: { login: string }) => s.login === 'listed.once');
    expect(found).toMatchObject({ active: true, mustChangePassword: true, organization: { id: city } });
    expect(JSON.stringify(body)).not.toContain('scrypt');
    expect((await add('listed.once')).body.code).toBe('ALREADY_THERE');
    const page = await admin('GET', '/staff?limit=2');
    const rest = await admin('GET', `/staff?limit=500&cursor=${page.body.next}`);
    expect([...page.body.items, ...rest.body.items]).toEqual(body.items);
  });

  it('are signed out when they are switched off, and cannot come back before they are switched on', async () => {
    const { id, api, password } = await member('switched.off');
    const versionOf = async () =>
      (await admin('GET', '/staff?limit=500')).body.items.find((s: { id: string }) => s.id === id).version as number;
    expect((await admin('PATCH', `/staff/${id}`, { active: false }, at(1))).status).toBe(412);
    expect((await admin('PATCH', `/staff/${id}`, { active: false }, at(await versionOf()))).status).toBe(200);
    expect((await api('GET', '/session')).status).toBe(401);
    await expect(signInAs('switched.off', password).then((a) => a('GET', '/session'))).resolves.toMatchObject({
      status: 401,
    });
    await admin('PATCH', `/staff/${id}`, { active: true }, at(await versionOf()));
    const back = await signInAs('switched.off', password);
    expect((await back('GET', '/session')).status).toBe(200);
    const reset = await admin('POST', `/staff/${id}/password`, {}, at(await versionOf()));
    expect((await back('GET', '/session')).status).toBe(401);
    const again = await signInAs('switched.off', reset.body.firstPassword);
    expect((await again('GET', '/session')).body.mustChangePassword).toBe(true);
  });

  it('change a first password while somebody else guesses at their name', async () => {
    const made = await add('guessed.at');
    const api = await signInAs('guessed.at', made.body.firstPassword);
    for (let n = 0; n < 5; n++) await signInAs('guessed.at', 'guessed');
    const next = 'とても長くて覚えやすい合言葉です。';
    const change = { current: made.body.firstPassword, next };
    expect((await api('POST', '/session/password', change)).status).toBe(204);
  });

  describe('whose password is reset while theirs is compared', () => {
    /** A reset that is under way when `asked` comes to its end. */
    const resetDuring = async <T>(id: string, asked: () => Promise<T>) => {
      const client = new Client({ connectionString: under.config.databaseUrl });
      await client.connect();
      await client.query('begin');
      await client.query(`update staff set password_hash = 'scrypt$reset', must_change_password = true where id = $1`, [
        id,
      ]);
      const asking = asked();
      await waitFor(
        async () =>
          (
            await under.rows(
              `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%staff%'`,
            )
          ).length > 0,
        { what: 'it to wait' },
      );
      await client.query('commit');
      await client.end();
      return asking;
    };

    it('are not signed in by the old one', async () => {
      const { id, password } = await member('reset.while.in');
      const api = await resetDuring(id, () => signInAs('reset.while.in', password));
      expect((await api('GET', '/session')).status).toBe(401);
    });

    it('do not overwrite the new one', async () => {
      const { id, api, password } = await member('reset.while.changing');
      const change = { current: password, next: 'まったく別の、とても長い合言葉です' };
      const changed = await resetDuring(id, () => api('POST', '/session/password', change));
      expect([changed.status, changed.body.code]).toEqual([401, 'CREDENTIALS_REFUSED']);
      expect(await under.rows('select password_hash, must_change_password from staff where id = $1', [id])).toEqual([
        { password_hash: 'scrypt$reset', must_change_password: true },
      ]);
    });
  });

  it('are asked to wait a moment when one address asks for too much at once, and another address is not', async () => {
    const post = async (address: string, n: number) => {
      const body = JSON.stringify({ name: `made.up.${n}`, password: 'wrong' });
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
      const { status, headers: answered } = await fetch(`${atWork.baseUrl}/api/v1/session`, {
        method: 'POST',
        headers,
        body,
      });
      return [status, answered.get('retry-after')];
    };
    const flood = Promise.all(Array.from({ length: 24 }, (_, n) => post('192.0.2.1', n)));
    const other = await post('192.0.2.2', 100);
    expect(other).toEqual([401, null]);
    const told = (await flood).map((a) => JSON.stringify(a));
    expect([...new Set(told)].sort()).toEqual(['[401,null]', '[429,"1"]']);
    expect(told.filter((t) => t === '[401,null]').length).toBeGreaterThanOrEqual(16);
  });

  it('hold what they hold from day to day, and never twice at once', async () => {
    const { id, api } = await member('dated', { memberships: [] });
    expect(await functionsOf(api)).toEqual([]);
    const membership = { staff: id, role: 'caseworker', function: kosodate };
    const later = await admin('POST', '/memberships', { ...membership, validFrom: dayAfter(10) });
    expect(later.status).toBe(201);
    expect(await functionsOf(api)).toEqual([]);
    const overlapping = await admin('POST', '/memberships', { ...membership, validFrom: today });
    expect(overlapping.body.code).toBe('PERIOD_OVERLAPS');
    const now = await admin('POST', '/memberships', { ...membership, validFrom: today, validTo: dayAfter(9) });
    expect(now.status).toBe(201);
    expect(await functionsOf(api)).toEqual([kosodate]);

    const path = `/memberships/${now.body.id}`;
    expect((await admin('PATCH', path, { validTo: dayAfter(10) }, at(1))).body.code).toBe('PERIOD_OVERLAPS');
    expect((await admin('PATCH', path, { validTo: dayAfter(-2) }, at(1))).body.code).toBe('PERIOD_PAST');
    expect((await admin('PATCH', path, { validTo: dayAfter(-1) }, at(1))).status).toBe(200);
    expect(await functionsOf(api)).toEqual([]);
    // Since yesterday it has been over, and is not brought back as if it had not.
    expect((await admin('PATCH', path, { validTo: null }, at(2))).body.code).toBe('PERIOD_PAST');
    expect(
      (await admin('POST', '/memberships', { ...membership, validFrom: dayAfter(-1), validTo: today })).body.code,
    ).toBe('PERIOD_PAST');
    const { body } = await admin('GET', `/memberships?staff=${id}`);
    expect(body.items).toHaveLength(2);
  });

  it('stand in for one another inside one organization, for the days that were said', async () => {
    const away = await member('away');
    const deputy = await member('deputy', { memberships: [] });
    expect(await functionsOf(deputy.api)).toEqual([]);
    const period = { validFrom: today, validTo: dayAfter(3) };
    const made = await admin('POST', '/stand-ins', { staff: deputy.id, actsFor: away.id, ...period });
    expect(made.status).toBe(201);
    expect(await functionsOf(deputy.api)).toEqual([kosodate]);
    expect((await deputy.api('GET', '/session')).body.standsInFor).toEqual([away.id]);
    expect((await deputy.api('GET', '/referrals')).status).toBe(200);
    // Who is switched off holds nothing that another one could hold for them.
    await under.rows('update staff set active = false where id = $1', [away.id]);
    expect(await functionsOf(deputy.api)).toEqual([]);
    await under.rows('update staff set active = true where id = $1', [away.id]);
    expect(await functionsOf(deputy.api)).toEqual([kosodate]);
    const ended = await admin('PATCH', `/stand-ins/${made.body.id}`, { validTo: dayAfter(-1) }, at(1));
    expect(ended.status).toBe(200);
    expect(await functionsOf(deputy.api)).toEqual([]);

    const { body } = await admin('GET', '/staff?limit=500');
    const stranger = body.items.find((s: { organization: { id: string } }) => s.organization.id !== city).id;
    const refused = await admin('POST', '/stand-ins', { staff: stranger, actsFor: away.id, ...period });
    expect(refused.body.code).toBe('OTHER_EMPLOYER');
    const self = await admin('POST', '/stand-ins', { staff: away.id, actsFor: away.id, ...period });
    expect(self.status).toBe(422);
  });

  it('of two desks say for which one they send', async () => {
    const { items } = (await admin('GET', '/desk-functions?limit=200')).body;
    const desks = ['9960000045', '9950000034'].map((code) => items.find((f: { code: string }) => f.code === code).id);
    const memberships = desks.map((id) => ({ role: 'caseworker', function: id, validFrom: today }));
    const { api } = await member('two.desks', { memberships });
    const now = new Date().toISOString();
    const referral = {
      kind: 'referral',
      to: { function: kosodate },
      urgency: 'normal',
      purpose: 'consultation',
      source: { system: 'web', key: 'TWO-DESKS', occurredAt: now },
      howTheyMeet: 'person_visits',
      personInformed: { by: '試験　太郎', at: now, how: '来所' },
      subject: { ref: 'subject', role: 'subject', identifiers: [], items: { identity: { name: '見本　花子' } } },
      others: [],
    };
    const send = (body: object, headers: Record<string, string> = {}) =>
      api('POST', '/referrals', body, { 'idempotency-key': 'two-desks', ...headers });
    expect((await send(referral)).body).toMatchObject({ status: 400, code: 'FUNCTION_NEEDED' });
    const first = await send(referral, { 'tsunagi-function': '9960000045' });
    expect(first.status).toBe(201);
    expect((await send({ ...referral, fromFunction: desks[1] })).body.code).toBe('IDEMPOTENCY_KEY_REUSED');
    // The same body for the other desk is another referral, also when only the header says so.
    const elsewhere = await send(referral, { 'tsunagi-function': '9950000034' });
    expect([elsewhere.status, elsewhere.body.code]).toEqual([422, 'IDEMPOTENCY_KEY_REUSED']);
    expect((await send(referral, { 'tsunagi-function': '9960000045' })).body.id).toBe(first.body.id);
  });

  describe('of another body than the municipality’s own', () => {
    let npo: string;
    const forAll = (role: string, over: object = {}) => ({
      memberships: [{ role, validFrom: today }],
      organization: npo,
      ...over,
    });
    beforeAll(async () => {
      const { items } = (await admin('GET', '/organizations')).body;
      npo = items.find((o: { bodyKind: string }) => o.bodyKind === 'private').id;
    });

    it.each(['approver', 'privacy_officer', 'auditor', 'coordinator', 'caseworker'])(
      'are not given %s for the whole municipality, nor is their system',
      async (role) => {
        expect((await add(`other.${role}`, forAll(role))).body.code).toBe('OTHER_EMPLOYER');
        const { id } = (await add(`joins.${role}`, forAll(role, { memberships: [] }))).body;
        const joining = await admin('POST', '/memberships', { staff: id, role, validFrom: today });
        expect(joining.body.code).toBe('OTHER_EMPLOYER');
        const system = { id: `system-${role.replace('_', '-')}`, organization: npo, functions: [], roles: [role] };
        expect((await admin('POST', '/clients', system)).body.code).toBe('OTHER_EMPLOYER');
      },
    );

    it('do not coordinate because they visit people or help them to take part, beside 多機関協働', async () => {
      const { items } = (await admin('GET', '/desk-functions?limit=200')).body;
      const outreach = items.find((f: { code: string }) => f.code === '9951000013').id;
      const { organization } = (await admin('GET', `/desk-functions/${outreach}`)).body;
      const over = { organization: organization.id };
      expect((await add('outreach.coordinator', forAll('coordinator', over))).body.code).toBe('OTHER_EMPLOYER');
    });

    it('do for the municipality nothing that was left to them, and as IT nothing that opens a door', async () => {
      const left = await member('left.over', forAll('auditor', { memberships: [] }));
      await under.rows(
        `insert into membership (id, staff, role, valid_from) values (gen_random_uuid(), $1, 'auditor', '2026-01-01')`,
        [left.id],
      );
      expect((await left.api('GET', '/recommendations/counts')).status).toBe(403);
      const vendor = await member('vendor.se', forAll('it_admin'));
      expect((await vendor.api('GET', '/plugins')).status).toBe(200);
      for (const path of ['/staff', '/clients', '/memberships'])
        expect([path, (await vendor.api('GET', path)).status]).toEqual([path, 403]);
      expect((await vendor.api('PATCH', `/organizations/${npo}`, { bodyKind: 'agency' }, at(1))).status).toBe(403);
    });
  });

  it('are given what they hold by somebody else', async () => {
    const memberships = [{ role: 'it_admin', validFrom: today, validTo: dayAfter(1) }];
    const { id, api } = await member('own.it', { memberships });
    const approver = await member('an.approver', { memberships: [{ role: 'approver', validFrom: today }] });
    const period = { validFrom: today, validTo: dayAfter(3) };
    const { items } = (await api('GET', `/memberships?staff=${id}`)).body;
    for (const [method, path, body] of [
      ['POST', '/memberships', { staff: id, role: 'approver', validFrom: today }],
      ['PATCH', `/memberships/${items[0].id}`, { validTo: null }],
      ['POST', '/stand-ins', { staff: id, actsFor: approver.id, ...period }],
    ] as const)
      expect((await api(method, path, body, at(1))).body.code).toBe('OWN_ACCOUNT');
    const made = await admin('POST', '/stand-ins', { staff: id, actsFor: approver.id, ...period });
    const lengthened = await api('PATCH', `/stand-ins/${made.body.id}`, { validTo: dayAfter(30) }, at(1));
    expect(lengthened.body.code).toBe('OWN_ACCOUNT');
  });

  it('of machines get a secret that is shown once, can be made anew, and ends for good', async () => {
    const grant = async (id: string, secret: string) => {
      const body = { grant_type: 'client_credentials', client_id: id, client_secret: secret };
      return under.http().post('/api/v1/oauth/token').send(body);
    };
    const client = { id: 'kosodate-system', organization: city, functions: [kosodate], roles: ['caseworker'] };
    const made = await admin('POST', '/clients', client);
    expect([made.status, made.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const first = made.body.secret as string;
    const { access_token: token } = (await grant(client.id, first)).body as { access_token: string };
    const asIt = () => under.http().get('/api/v1/session').set('Authorization', `Bearer ${token}`);
    expect((await asIt()).body.functions).toHaveLength(1);
    expect((await admin('POST', '/clients', client)).body.code).toBe('ALREADY_THERE');
    expect(JSON.stringify((await admin('GET', '/clients')).body)).not.toContain('secret');

    const rotated = await admin('POST', `/clients/${client.id}/rotate`, {}, at(1));
    expect((await grant(client.id, first)).status).toBe(401);
    expect((await grant(client.id, rotated.body.secret as string)).status).toBe(200);
    expect((await admin('POST', `/clients/${client.id}/revoke`, {}, at(1))).status).toBe(412);
    expect((await admin('POST', `/clients/${client.id}/revoke`, {}, at(2))).body.active).toBe(false);
    await waitFor(async () => (await asIt()).status === 401, { what: 'the refusal' });
    expect((await grant(client.id, rotated.body.secret as string)).status).toBe(401);
    expect((await admin('POST', `/clients/${client.id}/rotate`, {}, at(3))).status).toBe(404);

    const { organization: _, ...nobodys } = client;
    expect((await admin('POST', '/clients', { ...nobodys, id: 'nobodys' })).body.errors[0].pointer).toBe(
      '/organization',
    );
    const konkyu = under.access.staff.find((s) => s.name === 'caseworker.konkyu')?.functions ?? [];
    const foreign = await admin('POST', '/clients', { ...client, id: 'foreign', functions: konkyu });
    expect(foreign.body.code).toBe('OTHER_EMPLOYER');
  });

  it('leave lines in the audit without names and secrets', async () => {
    const lines = await under.rows<{ action: string; details: object }>(
      `select action, details from audit_entry where object_kind in ('staff', 'membership', 'deputy', 'client') order by id`,
    );
    const actions = new Set(lines.map((l) => l.action));
    for (const action of [
      'staff.created',
      'staff.deactivated',
      'staff.changed',
      'staff.password_reset',
      'password.changed',
      'membership.created',
      'membership.changed',
      'deputy.created',
      'deputy.changed',
      'client.created',
      'client.rotated',
      'client.revoked',
    ])
      expect([action, actions.has(action)]).toEqual([action, true]);
    expect(JSON.stringify(lines)).not.toMatch(/見本|合言葉/);
  });
});
