// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { type Log, type LogFields, silentLog } from '@tsunagi/plugin-sdk';
import { type PluginRun, type TemporaryFolder, temporaryFolder } from '@tsunagi/plugin-sdk/testing';
import { connect } from 'node:net';
import { sign } from 'jsonwebtoken';
import { secrets } from '../../test/department';
import { anEvent } from '../../test/event-body';
import { anAnswer } from '../../test/response-body';
import { Caller, hubMemory, runKosodate } from '../../test/run-kosodate';

describe('who calls the kosodate plugin', () => {
  let folder: TemporaryFolder;
  let run: PluginRun;
  let caller: Caller;
  const logged: [LogFields, string][] = [];
  const keep = (fields: LogFields, event: string) => void logged.push([fields, event]);
  const log: Log = { ...silentLog, info: keep, warn: keep, error: keep };
  const start = async (config: Record<string, unknown> = {}) => {
    run = await runKosodate(folder.path, 'http://127.0.0.1:9/hub', {
      answer: hubMemory(),
      log,
      listenerLimits: { headersMs: 100, requestMs: 200, checkMs: 20 },
      config,
    });
    caller = new Caller(run);
  };
  const text = JSON.stringify(anEvent());
  const json = { 'Content-Type': 'application/json', 'Idempotency-Key': 'EV-20261110-0001' };
  const bearer = async (fields: Record<string, string> = {}) => ({
    ...json,
    Authorization: `Bearer ${(await caller.token(fields)).body['access_token']}`,
  });
  const refusal = async (said: ReturnType<Caller['raw']>) => {
    const { status, body } = await said;
    return [status, body['code']];
  };

  beforeEach(async () => {
    logged.length = 0;
    folder = await temporaryFolder();
    await start();
  });
  afterEach(async () => {
    await run.stop();
    await folder.remove();
  });

  describe('with a token', () => {
    it('gets one for an assertion, and comes in with it', async () => {
      const { status, body, headers } = await caller.token();
      expect([status, body['token_type'], body['expires_in'], headers.get('cache-control')]).toEqual([
        200,
        'Bearer',
        900,
        'no-store',
      ]);
      const { 'Idempotency-Key': _, ...withToken } = await bearer();
      expect((await caller.raw('events', text, withToken)).status).toBe(202);
    });

    it('may do what the token is for, and no more', async () => {
      const forAnswers = await bearer({ scope: 'kosodate:response:create' });
      expect(await refusal(caller.raw('events', text, forAnswers))).toEqual([403, 'S-SCOPE']);
      const headers = { ...forAnswers, 'Idempotency-Key': 'RS-20261121-0001' };
      expect((await caller.raw('responses', JSON.stringify(anAnswer()), headers)).status).toBe(202);
    });

    it('comes in no longer than a quarter of an hour', async () => {
      const headers = await bearer();
      run.clock.advance(900_000);
      const { status, headers: told } = await caller.raw('events', text, headers);
      expect([status, told.get('www-authenticate')]).toEqual([401, 'Bearer realm="kosodate", error="invalid_token"']);
    });

    it('takes a new one after a restart', async () => {
      const headers = await bearer();
      const assertion = caller.assertion();
      await run.stop();
      run.clock.advance(1000);
      const { clock } = run;
      run = await runKosodate(folder.path, 'http://127.0.0.1:9/hub', { answer: hubMemory(), clock });
      caller = new Caller(run);
      expect((await caller.raw('events', text, headers)).status).toBe(401);
      // What an earlier start may have seen is of no use any more.
      expect((await caller.token({ client_assertion: assertion })).status).toBe(401);
      expect((await caller.raw('events', text, await bearer())).status).toBe(202);
    });

    it('uses an assertion once', async () => {
      const client_assertion = caller.assertion();
      expect((await caller.token({ client_assertion })).status).toBe(200);
      expect((await caller.token({ client_assertion })).body).toMatchObject({
        error: 'invalid_client',
        code: 'S-CLIENT',
      });
    });

    const usual = () => {
      const iat = Math.floor(run.clock.now().getTime() / 1000);
      return {
        iss: 'kosodate',
        sub: 'kosodate',
        aud: 'tsunagi-plugin-kosodate',
        iat,
        exp: iat + 60,
        jti: 'once-and-again',
      };
    };
    const secret = secrets['kosodate-client'];
    const without = (name: string) => Object.fromEntries(Object.entries(usual()).filter(([claim]) => claim !== name));
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const unsigned = (claims: object) => `${part({ alg: 'none', typ: 'JWT' })}.${part(claims)}.`;
    it.each<[string, () => string]>([
      ['another secret', () => sign(usual(), 'x'.repeat(40))],
      ['no signature', () => unsigned(usual())],
      ['another algorithm', () => sign(usual(), secret, { algorithm: 'HS512' })],
      ['a critical header', () => sign(usual(), secret, { header: { alg: 'HS256', crit: ['exp'] } })],
      ['another issuer', () => sign({ ...usual(), iss: 'kaigo' }, secret)],
      ['another subject', () => sign({ ...usual(), sub: 'kaigo' }, secret)],
      ['another audience', () => sign({ ...usual(), aud: 'tsunagi-hub' }, secret)],
      ['an end that has come', () => sign({ ...usual(), exp: usual().iat - 1 }, secret)],
      ['an end too far off', () => sign({ ...usual(), exp: usual().iat + 301 }, secret)],
      ['no end', () => sign(without('exp'), secret)],
      ['no number of its own', () => sign(without('jti'), secret)],
      ['rubbish', () => 'a.b.c'],
    ])('gets none for an assertion with %s', async (_, client_assertion) => {
      const { status, body } = await caller.token({ client_assertion: client_assertion() });
      expect([status, body['error'], body['access_token']]).toEqual([401, 'invalid_client', undefined]);
    });

    it.each([
      [{ grant_type: 'password' }, 'unsupported_grant_type'],
      [{ client_assertion_type: 'x' }, 'invalid_request'],
      [{ client_assertion: '' }, 'invalid_request'],
      [{ scope: 'kosodate:referral:create kosodate:referral:delete' }, 'invalid_scope'],
    ])('gets none for %j', async (fields, error) => {
      const { status, body } = await caller.token(fields);
      expect([status, body['error']]).toEqual([400, error]);
    });
  });

  describe('with a signature', () => {
    it('comes in', async () => {
      expect((await caller.post('events', anEvent())).status).toBe(202);
    });

    it('brings nothing twice when a request is sent again as it was, and nothing older back', async () => {
      const replayed = { ...json, ...caller.sign('events', text) };
      const first = await caller.raw('events', text, replayed);
      const second = await caller.raw('events', text, replayed);
      expect([first.status, second.status, second.body]).toEqual([202, 200, first.body]);
      await caller.post('events', anEvent({ historyKey: '2' }));
      expect(await refusal(caller.raw('events', text, replayed))).toEqual([409, 'E-VERSION']);
    });

    it('does not come in with one of yesterday', async () => {
      const old = { ...json, ...caller.sign('events', text) };
      run.clock.advance(301_000);
      expect(await refusal(caller.raw('events', text, old))).toEqual([401, 'S-TIMESTAMP']);
    });

    it.each<[string, (own: Record<string, string>) => Record<string, string>, number, string]>([
      ['of another secret', () => caller.sign('events', text, { secret: 'x'.repeat(40) }), 401, 'S-SIGNATURE'],
      ['of another body', () => caller.sign('events', `${text} `), 401, 'S-SIGNATURE'],
      ['of another place', () => caller.sign('responses', text), 401, 'S-SIGNATURE'],
      [
        'without its time',
        ({ 'Tsunagi-Signature': signature = '' }) => ({ 'Tsunagi-Signature': signature }),
        401,
        'S-SIGNATURE',
      ],
      ['that is none', () => ({ 'Tsunagi-Signature': 'v1=x' }), 401, 'S-SIGNATURE'],
      ['that is missing', () => ({}), 401, 'S-UNAUTHENTICATED'],
    ])('%s', async (_, headers, status, code) => {
      const own = caller.sign('events', text);
      expect(await refusal(caller.raw('events', text, { ...json, ...headers(own) }))).toEqual([status, code]);
      expect(run.hub.items).toEqual([]);
    });

    it.each([
      ['no Idempotency-Key', undefined, 400],
      ['that of another', 'EV-9', 422],
    ])('with %s is refused', async (_, key, status) => {
      const headers = { 'Content-Type': 'application/json', ...caller.sign('events', text) };
      const said = caller.raw('events', text, { ...headers, ...(key !== undefined && { 'Idempotency-Key': key }) });
      expect(await refusal(said)).toEqual([status, 'E-KEY']);
    });

    it('is not asked for where only tokens are known, nor the other way', async () => {
      await run.stop();
      await start({ signatureSecret: undefined });
      expect((await caller.post('events', anEvent())).status).toBe(401);
      await run.stop();
      await start({ clientSecret: undefined });
      expect((await caller.token()).status).toBe(404);
      expect((await caller.post('events', anEvent())).status).toBe(202);
    });
  });

  describe('in the wrong way', () => {
    const signed = (body: string | Buffer) => ({ ...json, ...caller.sign('events', body) });
    it.each<[string, () => ReturnType<Caller['raw']>, number, string]>([
      ['nowhere', () => caller.raw('other', text, signed(text)), 404, 'E-PATH'],
      ['with GET', () => caller.raw('events', '', {}, 'GET'), 405, 'E-METHOD'],
      ['with DELETE', () => caller.raw('events', '', {}, 'DELETE'), 405, 'E-METHOD'],
      [
        'with plain text',
        () => caller.raw('events', text, { ...signed(text), 'Content-Type': 'text/plain' }),
        415,
        'E-TYPE',
      ],
      [
        'in Shift_JIS',
        () => caller.raw('events', text, { ...signed(text), 'Content-Type': 'application/json; charset=shift_jis' }),
        415,
        'E-TYPE',
      ],
      ['compressed', () => caller.raw('events', text, { ...signed(text), 'Content-Encoding': 'gzip' }), 415, 'E-TYPE'],
      [
        'with bytes of CP932',
        () => caller.raw('events', Buffer.from([0x7b, 0x83, 0x7e]), signed(Buffer.from([0x7b, 0x83, 0x7e]))),
        400,
        'E-JSON',
      ],
      ['with half a body', () => caller.raw('events', text.slice(0, 50), signed(text.slice(0, 50))), 400, 'E-JSON'],
      ['with a body that is too large', () => caller.raw('events', 'x'.repeat(140_000), signed('')), 413, 'E-SIZE'],
      ['with JSON for a token', () => caller.raw('token', '{}', { 'Content-Type': 'application/json' }), 415, 'E-TYPE'],
    ])('%s', async (_, say, status, code) => {
      expect(await refusal(say())).toEqual([status, code]);
      expect(run.hub.items).toEqual([]);
    });

    it('slowly', async () => {
      const { port } = new URL(run.url);
      const slow = connect(Number(port), '127.0.0.1');
      slow.write('POST /plugins/kosodate/v1/events HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n{');
      const heard = await new Promise<string>((resolve) => slow.once('data', (chunk) => resolve(chunk.toString())));
      slow.destroy();
      expect(heard).toMatch(/^HTTP\/1\.1 408 /);
    });
  });

  it('leaves nothing of a person in the log, whatever becomes of the request', async () => {
    await caller.post('events', anEvent());
    await caller.post('events', anEvent({ subject: 'x' }));
    await caller.post('events', anEvent({ eventId: 'EV-2', myNumber: '123456789018' }));
    await caller.post('responses', anAnswer({ message: '見本　花子' }));
    await caller.raw('events', text, json);
    const written = JSON.stringify(logged);
    expect(written).not.toMatch(/見本|ミホン|123456789018|EV-|000000000001236|子育て/);
    expect(logged.filter(([, event]) => event === 'request answered')).toHaveLength(5);
  });
});
