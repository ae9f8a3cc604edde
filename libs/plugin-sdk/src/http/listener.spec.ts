// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { request, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { silentLog, type LogFields } from '../surroundings/log';
import type { Door, DoorRequest } from './door';
import { maxBodyBytes, openListener, type DoorOf, type Listener } from './listener';
import { readJson } from './read-json';
import { RefusedRequestError } from './refusal';

interface Said {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: any;
}

describe('the listener of a host', () => {
  let listener: Listener;
  const came: DoorRequest[] = [];
  const logged: [LogFields, string][] = [];
  const door: Door = (arrived) => {
    came.push(arrived);
    return Promise.resolve({ status: 202, body: { bytes: arrived.body.length } });
  };
  const open = async (doorOf: DoorOf = (plugin) => (plugin === 'toy' ? door : undefined)) => {
    const keep = (fields: LogFields, event: string) => void logged.push([fields, event]);
    listener = await openListener({
      doorOf,
      log: { ...silentLog, info: keep, warn: keep, error: keep },
      host: '127.0.0.1',
      port: 0,
      limits: { headersMs: 100, requestMs: 200, checkMs: 20 },
    });
  };
  const ask = (path: string, body: string | Buffer = '', options: RequestOptions = {}): Promise<Said> =>
    new Promise((resolve, reject) => {
      const asked = request(
        { host: '127.0.0.1', port: listener.port, path, method: 'POST', ...options },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () =>
            resolve({
              status: response.statusCode,
              headers: response.headers,
              body: JSON.parse(Buffer.concat(chunks).toString() || 'null'),
            }),
          );
        },
      );
      // A listener that has heard enough hangs up while the rest is still being sent.
      asked.on('error', reject);
      asked.end(body);
    });

  afterEach(async () => {
    await listener.close();
    came.length = logged.length = 0;
  });

  it('hands a request over whole, and gives its answer', async () => {
    await open();
    const { status, headers, body } = await ask('/plugins/toy/v1/things', 'あ', { headers: { 'X-Own': '1' } });
    expect([status, body]).toEqual([202, { bytes: 3 }]);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
    expect(came).toMatchObject([{ method: 'POST', path: '/plugins/toy/v1/things', headers: { 'x-own': '1' } }]);
    expect(headers['x-request-id']).toBe(came[0]?.requestId);
  });

  it.each([
    '/',
    '/plugins/toy',
    '/plugins/other/v1/things',
    '/plugins/toy/../x',
    '/plugins/toy/v1?name=見本',
    '/plugins/toy/v1/things?q=1',
  ])('knows no %s', async (path) => {
    await open();
    const { status, headers, body } = await ask(encodeURI(path));
    expect([status, body.code, headers['content-type']]).toEqual([404, 'E-PATH', 'application/problem+json']);
    expect(came).toEqual([]);
  });

  it('says that it is closed while a plugin is not at work', async () => {
    await open(() => 'closed');
    const { status, headers, body } = await ask('/plugins/toy/v1/things', '{}');
    expect([status, headers['retry-after'], body.code, body.retryable]).toEqual([503, '30', 'E-BUSY', true]);
  });

  it('reads no body that says it is too large', async () => {
    await open();
    const { status, headers } = await ask('/plugins/toy/v1/things', Buffer.alloc(maxBodyBytes + 1));
    expect([status, headers['connection'], came]).toEqual([413, 'close', []]);
  });

  it('stops reading one that turns out to be too large', async () => {
    await open();
    const chunked = { headers: { 'Transfer-Encoding': 'chunked' } };
    const said = await ask('/plugins/toy/v1/things', Buffer.alloc(maxBodyBytes + 1), chunked).catch(() => undefined);
    expect(said?.status ?? 413).toBe(413);
    expect(came).toEqual([]);
  });

  it('takes the largest that fits', async () => {
    await open();
    expect((await ask('/plugins/toy/v1/things', Buffer.alloc(maxBodyBytes))).status).toBe(202);
  });

  it('hangs up on who does not finish a request, and goes on with the others', async () => {
    await open();
    const slow = connect(listener.port, '127.0.0.1');
    slow.write('POST /plugins/toy/v1/things HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{"a"');
    const heard = new Promise<string>((resolve) => {
      let text = '';
      slow.on('data', (chunk) => (text += chunk.toString()));
      slow.on('close', () => resolve(text));
    });
    expect((await ask('/plugins/toy/v1/things', '{}')).status).toBe(202);
    expect(await heard).toMatch(/^HTTP\/1\.1 408 /);
    expect(came).toHaveLength(1);
  });

  it('says nothing of what went wrong inside', async () => {
    await open(() => () => Promise.reject(new Error('見本　太郎')));
    const { status, body } = await ask('/plugins/toy/v1/things');
    expect([status, body.code]).toEqual([503, 'E-BUSY']);
    expect(JSON.stringify([body, logged])).not.toContain('見本');
  });

  it('logs ids and codes, and neither path nor body', async () => {
    await open();
    await ask('/plugins/toy/v1/mihontaro', '見本　太郎');
    await ask('/plugins/other/mihontaro');
    expect(logged).toEqual([
      [{ requestId: expect.any(String), status: 202, code: undefined }, 'request answered'],
      [{ requestId: expect.any(String), status: 404, code: 'E-PATH' }, 'request answered'],
    ]);
  });

  it('answers what is in hand before it closes', async () => {
    let answer: () => void = () => undefined;
    await open(() => () => new Promise((resolve) => (answer = () => resolve({ status: 200, body: {} }))));
    const asked = ask('/plugins/toy/v1/things');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = listener.close();
    answer();
    expect((await asked).status).toBe(200);
    await closed;
    await expect(ask('/plugins/toy/v1/things')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('the JSON of a request', () => {
  const read = (type: string | undefined, body: string | Buffer, more = {}) => {
    try {
      return readJson({
        headers: { ...(type !== undefined && { 'content-type': type }), ...more },
        body: Buffer.from(body),
      });
    } catch (error) {
      return error instanceof RefusedRequestError ? error.status : error;
    }
  };

  it.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'is read of type %s',
    (type) => {
      expect(read(type, '{"a":1}')).toEqual({ a: 1 });
    },
  );

  it.each([
    undefined,
    '',
    'text/plain',
    'application/json; charset=shift_jis',
    'application/json; charset=utf-16',
    'application/jsonp',
    'text/application/json',
  ])('is not of type %s: 415', (type) => {
    expect(read(type, '{"a":1}')).toBe(415);
  });

  it('is not compressed: 415', () => {
    expect(read('application/json', '{}', { 'content-encoding': 'gzip' })).toBe(415);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['null', 'null'],
    ['the same key twice', '{"a":1,"\\u0061":2}'],
    ['too deep', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`],
    ['another encoding', Buffer.from([0x7b, 0x22, 0x83, 0x7e, 0x22, 0x7d])],
  ])('is refused of %s: 400', (_, body) => {
    expect(read('application/json', body)).toBe(400);
  });

  it('has a key named like the prototype as any other', () => {
    const value = read('application/json', '{"__proto__":{"x":1}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(({} as { x?: number }).x).toBeUndefined();
  });
});
