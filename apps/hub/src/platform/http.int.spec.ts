// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { problem } from '@tsunagi/contracts';
import { describeWithServices } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { aSubmission } from '../../test/submissions';

jest.setTimeout(60_000);

describeWithServices(['postgres'], 'HTTP', () => {
  let under: HubUnderTest;
  beforeAll(async () => (under = await hubUnderTest({ awaits: ['sandbox'] })));
  afterAll(() => under?.close());

  it('is ready when everything awaited has come up, and not before', async () => {
    const ready = () => under.http().get('/health/ready');
    expect([(await ready()).status, (await ready()).body.missing]).toEqual([503, ['sandbox']]);
    expect((await under.http().get('/health/live')).status).toBe(200);
    under.hub.ready('sandbox');
    expect((await ready()).status).toBe(200);
  });

  const post = (body: string, type = 'application/json') =>
    under.http().post('/api/v1/session').set('Content-Type', type).send(body);
  const nested = (depth: number) => `${'{"a":'.repeat(depth - 1)}[]${'}'.repeat(depth - 1)}`;

  it.each<[string, () => ReturnType<typeof post>, number, string]>([
    ['an unknown path', () => under.http().get('/api/v1/nothing'), 404, 'NOT_FOUND'],
    ['a path that cannot be decoded', () => under.http().get('/api/v1/plugins/%E0%A4%A'), 400, 'BAD_REQUEST'],
    ['another method', () => under.http().put('/api/v1/session'), 404, 'NOT_FOUND'],
    ['malformed JSON', () => post('{"name":'), 400, 'BODY_MALFORMED'],
    ['JSON that is no object', () => post('"text"'), 400, 'BODY_MALFORMED'],
    ['a body of more than 1 MiB', () => post(`{"name":"${'a'.repeat(1024 * 1024)}"}`), 413, 'BODY_TOO_LARGE'],
    ['33 levels', () => post(nested(33)), 400, 'BODY_TOO_DEEP'],
    ['20,000 levels', () => post(nested(20_000)), 400, 'BODY_TOO_DEEP'],
    ['32 levels of something unknown', () => post(nested(32)), 422, 'INVALID'],
    ['the same key twice', () => post('{"name":"a","password":"b","name":"c"}'), 400, 'BODY_DUPLICATE_KEY'],
    ['the same key, written differently', () => post('{"name":"a","\\u006eame":"c"}'), 400, 'BODY_DUPLICATE_KEY'],
    ['the same key twice further inside', () => post('{"a":[{"b":1,"b":1}]}'), 400, 'BODY_DUPLICATE_KEY'],
    [
      'what throws where it is judged',
      () => post('{"name":{"length":{"valueOf":1,"toString":1}}}'),
      400,
      'BODY_RESERVED_KEY',
    ],
    ['a number beyond all numbers', () => post('{"name":1e400,"password":"b"}'), 422, 'INVALID'],
    ['another content type', () => post('name=x', 'text/plain'), 415, 'BODY_TYPE'],
    ['another character set', () => post('{}', 'application/json; charset=shift_jis'), 415, 'BODY_TYPE'],
    ['another Unicode', () => post('{}', 'application/json; charset=utf-16'), 415, 'BODY_TYPE'],
    ['a Unicode with escapes of its own', () => post('{}', 'application/json; charset=utf-7'), 415, 'BODY_TYPE'],
    ['a form where none is expected', () => post('name=x', 'application/x-www-form-urlencoded'), 415, 'BODY_TYPE'],
  ])('answers %s with a problem', async (_, ask, status, code) => {
    const answer = await ask();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(problem.parse(answer.body).requestId).toBe(answer.headers['x-request-id']);
  });

  it('takes the one character set it takes, however it is written', async () => {
    const answer = await post('{}', 'application/json; Charset="UTF-8"');
    expect([answer.status, answer.body.code]).toEqual([422, 'INVALID']);
  });

  it('says of a doubled key neither its name nor its values', async () => {
    const answer = await post('{"見本 花子":"秘密の言葉","見本 花子":"別の言葉"}');
    expect(JSON.stringify(answer.body)).not.toMatch(/花子|言葉/);
  });

  it('refuses bytes that are no UTF-8', async () => {
    const body = Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]);
    const headers = { 'Content-Type': 'application/json' };
    const answer = await fetch(`${under.hub.baseUrl}/api/v1/session`, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toMatchObject([400, { code: 'BODY_MALFORMED' }]);
  });

  it('names every faulty field by pointer and never by value', async () => {
    const answer = await post(JSON.stringify({ name: 'みほん\u0000花子', pasword: '秘密の言葉', '見本 花子': 1 }));
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      expect.objectContaining({ pointer: '/name', code: 'WRONG_FORMAT' }),
      expect.objectContaining({ pointer: '/password', code: 'REQUIRED' }),
      expect.objectContaining({ pointer: '/pasword', code: 'UNKNOWN_FIELD' }),
      expect.objectContaining({ pointer: '/*', code: 'UNKNOWN_FIELD' }),
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/花子|秘密/);
  });

  it.each(['\u0000', '\u001b', '\ud800'])('refuses control characters and lone surrogates (%j)', async (character) => {
    const answer = await post(JSON.stringify({ name: `a${character}`, password: 'x' }));
    expect(answer.body.errors).toMatchObject([{ pointer: '/name', code: 'WRONG_FORMAT' }]);
  });

  it('answers nothing that could stand in a submission with a fault of its own', async () => {
    const authorization = await under.bearer('demo-kaigo');
    const { source, ...rest } = aSubmission();
    const submission = { ...rest, source: { system: source.system, key: source.key, occurredAt: source.occurredAt } };
    const faults = [
      '1e400',
      '-1e400',
      '"\\u0000"',
      '"a\\ud800"',
      '{"\\u0000":1}',
      nested(20_000),
      '[[1e400]]',
      '{"__proto__":{}}',
    ];
    const answers = new Set<number>();
    for (const body of faults.flatMap((fault) => eachValueAs(fault, submission))) {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': 'never-stored' };
      const { status } = await fetch(`${under.hub.baseUrl}/api/v1/referrals`, { method: 'POST', headers, body });
      answers.add(status);
    }
    expect([...answers].sort()).toEqual([400, 422]);
  });

  it('refuses __proto__ as an unknown field', async () => {
    const answer = await post('{"name":"a","password":"b","__proto__":{"admin":true}}');
    expect(answer.status).toBe(422);
  });

  it('keeps an acceptable X-Request-ID and replaces any other', async () => {
    const live = (id: string) => under.http().get('/health/live').set('X-Request-ID', id);
    expect((await live('req-12345678')).headers['x-request-id']).toBe('req-12345678');
    expect((await live('a b')).headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends strict headers and no sign of what it runs on', async () => {
    const { headers } = await under.http().get('/health/live');
    expect(headers['x-powered-by']).toBeUndefined();
    expect(headers['content-security-policy']).toContain("default-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});

/** `value` as JSON, once for every value in it, with `json` in its place. */
function eachValueAs(json: string, value: object): string[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const changed = Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [key]: '@' });
    const withMember = (text: string) => JSON.stringify(changed).replace('"@"', () => text);
    const inner = typeof member === 'object' && member !== null ? eachValueAs(json, member as object) : [];
    return [json, ...inner].map(withMember);
  });
}
