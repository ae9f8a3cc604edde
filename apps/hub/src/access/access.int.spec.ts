// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { describeWithServices, waitFor } from '@tsunagi/testing';
import request from 'supertest';
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
      expect(cookie).toMatch(/^tsunagi_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=28800$/);

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
