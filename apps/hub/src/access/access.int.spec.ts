// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import request from 'supertest';
import { Log } from '../platform';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'access over HTTP', () => {
  let under: HubUnderTest;
  let idOf: (key: string) => string;

  beforeAll(async () => {
    under = await hubUnderTest();
    idOf = (login) => under.access.staff.find((s) => s.name === login)?.functions[0] ?? '';
  });
  afterAll(() => under?.close());

  const me = () => under.http().get('/api/v1/session');
  const secretOf = (id: string) => under.access.clients.find((c) => c.id === id)?.secret ?? '';

  describe('a machine client', () => {
    it('gets a token by body or by Basic, as JSON or as a form', async () => {
      const credentials = { client_id: 'demo-kaigo', client_secret: secretOf('demo-kaigo') };
      const grant = { grant_type: 'client_credentials' };
      const post = () => under.http().post('/api/v1/oauth/token');
      const answers = [
        await post().send({ ...grant, ...credentials }),
        await post()
          .type('form')
          .send({ ...grant, ...credentials }),
        await post().auth('demo-kaigo', secretOf('demo-kaigo')).type('form').send(grant),
        await post().auth('demo-kaigo', secretOf('demo-kaigo')).send(grant),
      ];
      for (const answer of answers) {
        expect(answer.status).toBe(200);
        expect(answer.body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 900 });
        expect(answer.headers['cache-control']).toBe('no-store');
        const shown = await me().set('Authorization', `Bearer ${answer.body.access_token}`);
        expect(shown.body).toMatchObject({ kind: 'client', id: 'demo-kaigo', acting: idOf('caseworker.kaigo') });
      }
    });

    it('is refused alike when unknown and when its secret is wrong', async () => {
      const post = () => under.http().post('/api/v1/oauth/token');
      const grant = { grant_type: 'client_credentials' };
      const refusals = [
        await post().send({ ...grant, client_id: 'nobody', client_secret: 'x' }),
        await post().send({ ...grant, client_id: 'demo-kaigo', client_secret: secretOf('demo-konkyu') }),
        await post().send(grant),
      ];
      for (const { status, body, headers } of refusals) {
        expect([status, body.code]).toEqual([401, 'CLIENT_REFUSED']);
        expect(headers['www-authenticate']).toMatch(/^Basic/);
      }
    });

    it('is refused by every instance within seconds after it was switched off', async () => {
      const token = await under.bearer('demo-shogai');
      expect((await me().set('Authorization', token)).status).toBe(200);
      await under.rows(`update client set active = false where id = 'demo-shogai'`);
      await waitFor(async () => (await me().set('Authorization', token)).status === 401, { what: 'the refusal' });
    });

    it('may act for its own functions only, and a foreign one looks like an unknown one', async () => {
      const token = await under.bearer('demo-kaigo');
      const as = (fn: string) => me().set('Authorization', token).set('Tsunagi-Function', fn);
      expect((await as('9970100005')).body.acting).toBe(idOf('caseworker.kaigo'));
      expect((await as(idOf('caseworker.kaigo'))).status).toBe(200);
      const [foreign, unknown] = [await as(idOf('caseworker.konkyu')), await as('no-such')];
      expect(foreign.status).toBe(403);
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...unknown.body, requestId: '' });
    });
  });

  describe('a member of staff', () => {
    it('signs in, sees own roles, signs out', async () => {
      const { password } = under.access.staff.find((s) => s.name === 'supervisor.konkyu') ?? {};
      const opened = await under.http().post('/api/v1/session').send({ name: 'supervisor.konkyu', password });
      expect(opened.status).toBe(204);
      const [cookie = ''] = (opened.headers['set-cookie'] ?? []) as unknown as string[];
      expect(cookie).toMatch(/^tsunagi_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800; Secure$/);

      const shown = await me().set('Cookie', cookie);
      expect(shown.body).toMatchObject({
        kind: 'staff',
        functions: [{ id: idOf('supervisor.konkyu'), roles: ['supervisor'] }],
        roles: [],
      });
      const signOut = () => under.http().delete('/api/v1/session').set('Cookie', cookie);
      expect((await signOut()).body.code).toBe('REQUEST_HEADER_MISSING');
      expect((await signOut().set('Tsunagi-Request', '1')).status).toBe(204);
      expect((await me().set('Cookie', cookie)).status).toBe(401);
    });

    it('waits after five failures, even with the right password, and others do not', async () => {
      const name = 'caseworker.hogo';
      const password = under.access.staff.find((s) => s.name === name)?.password;
      const post = (given: unknown) => under.http().post('/api/v1/session').send({ name, password: given });
      for (let n = 0; n < 5; n++) expect((await post('wrong')).body.code).toBe('CREDENTIALS_REFUSED');
      const waiting = await post(password);
      expect([waiting.status, waiting.body.code]).toEqual([429, 'TOO_MANY_ATTEMPTS']);
      expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(0);
      expect(await under.cookie('supervisor.hogo')).toMatch(/^tsunagi_session=/);
    });

    it('is refused alike when unknown and when the password is wrong', async () => {
      const post = (name: string) => under.http().post('/api/v1/session').send({ name, password: 'wrong' });
      const [unknown, wrong] = [await post('nobody'), await post('auditor')];
      expect(unknown.status).toBe(401);
      expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    });

    it('needs the role, for objects that exist and for those that do not', async () => {
      const cookie = await under.cookie('caseworker.kaigo');
      const answer = await under.http().get('/api/v1/plugins/kaigo').set('Cookie', cookie);
      expect([answer.status, answer.body.code]).toEqual([403, 'ROLE_MISSING']);
    });
  });

  describe('the line in the log', () => {
    /** What is logged while `work` runs. */
    async function logged(work: () => Promise<void>, requestId: string): Promise<Record<string, unknown>> {
      const log = under.hub.app.get(Log);
      const info = jest.spyOn(log, 'info');
      try {
        await work();
        const lines = () =>
          info.mock.calls.filter(([what, fields]) => what === 'request' && fields?.['requestId'] === requestId);
        await waitFor(() => lines().length > 0, { what: 'the line' });
        expect(lines()).toHaveLength(1);
        const written: string[] = [];
        new Log('info', { write: (text) => void written.push(text) }).info('request', lines()[0]?.[1]);
        return JSON.parse(written[0] ?? '{}') as Record<string, unknown>;
      } finally {
        info.mockRestore();
      }
    }
    const absent = '01900000-0000-7000-8000-000000000000';
    const asked = (path: string, headers: Record<string, string>) => async () => {
      await under.http().get(`/api/v1${path}`).set(headers).set('X-Request-ID', 'the-one-request');
    };

    it('of a request names the function acted for, and of what was asked nothing but the route', async () => {
      const cookie = await under.cookie('caseworker.kaigo');
      const desk = idOf('caseworker.kaigo');
      const line = await logged(asked('/referrals?q=%E8%8A%B1%E5%AD%90&limit=1', { cookie }), 'the-one-request');
      expect(line).toMatchObject({ method: 'GET', route: '/api/v1/referrals', status: 200, function: desk });
      expect(JSON.stringify(line)).not.toMatch(/花子|%E8|limit/);
      const refused = await logged(asked(`/referrals/${absent}`, { cookie }), 'the-one-request');
      expect(refused).toMatchObject({ route: '/api/v1/referrals/:id', status: 404, function: desk });
      expect(JSON.stringify(refused)).not.toContain(absent);
    });

    it('names the function of a program too, and none where there is none', async () => {
      const authorization = await under.bearer('demo-konkyu');
      const ofProgram = await logged(asked('/todos', { authorization }), 'the-one-request');
      expect(ofProgram).toMatchObject({ status: 200, function: idOf('caseworker.konkyu') });
      const ofCoordinator = await logged(
        asked('/todos', { cookie: await under.cookie('coordinator') }),
        'the-one-request',
      );
      expect(ofCoordinator['function']).toBeUndefined();
      const ofNobody = await logged(asked('/todos', {}), 'the-one-request');
      expect([ofNobody['status'], ofNobody['function']]).toEqual([401, undefined]);
    });

    it('is written of a stream when it ends', async () => {
      const cookie = await under.cookie('supervisor.konkyu');
      const listening = async () => {
        const stop = new AbortController();
        await fetch(`${under.hub.baseUrl}/api/v1/events`, {
          headers: { cookie, 'x-request-id': 'the-one-request' },
          signal: stop.signal,
        });
        stop.abort();
      };
      const line = await logged(listening, 'the-one-request');
      expect(line).toMatchObject({ route: '/api/v1/events', cut: true, function: idOf('supervisor.konkyu') });
    });
  });

  it('lets nobody in without token or session', async () => {
    for (const header of [
      {},
      { Authorization: 'Basic eDp5' },
      { Authorization: 'Bearer x.y.z' },
      { Cookie: 'tsunagi_session=x' },
    ]) {
      const answer = await me().set(header);
      expect([answer.status, answer.body.code]).toEqual([401, 'NOT_SIGNED_IN']);
    }
  });

  it('publishes the public key only', async () => {
    const { body } = await under.http().get('/.well-known/jwks.json');
    expect(Object.keys(body.keys[0]).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });

  it('takes a token of one instance at another', async () => {
    const other = await under.another();
    const answer = await request(other.baseUrl)
      .get('/api/v1/desk-functions')
      .set('Authorization', await under.bearer('demo-kosodate'));
    expect(answer.status).toBe(200);
    expect(answer.body.items).toHaveLength(41);
  });
});
