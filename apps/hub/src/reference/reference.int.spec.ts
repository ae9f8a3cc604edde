// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWithServices } from '@tsunagi/testing';
import { hubUnderTest, type HubUnderTest } from '../../test/hub-under-test';
import { judgeBy } from '../../test/json-schema';
import { aSubmission } from '../../test/submissions';

interface Call {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

const committed = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, '../../../../docs/reference', name), 'utf8'));

describeWithServices(['postgres'], 'the documents of a running hub', () => {
  let under: HubUnderTest;
  beforeAll(async () => (under = await hubUnderTest()));
  afterAll(() => under?.close());

  it.each(['openapi.json', 'asyncapi.json'])('%s is the committed one', async (name) => {
    const { body } = await under.http().get(`/${name}`);
    expect(body).toEqual(committed(name));
  });

  it('say of every answer on a whole way what it looks like', async () => {
    const document: any = committed('openapi.json');
    const judge = judgeBy(document, '2020-12');
    const access = under.access.clients;
    const [sender, recipient] = await Promise.all(['demo-kaigo', 'demo-shogai'].map((id) => under.bearer(id)));
    const desk = access.find(({ id }) => id === 'demo-shogai')?.functions[0];
    const seen: string[] = [];
    /** Calls, and judges status and body by the operation of the document. */
    const call = async (who: string | undefined, method: 'get' | 'post', path: string, more: Call = {}) => {
      const template = path.replace(/\/[0-9a-f]{8}-[0-9a-f-]{27}/, '/{id}').replace(/\?.*/, '');
      const key = path.startsWith('/.') || path.startsWith('/health') ? template : `/api/v1${template}`;
      const request = under.http()[method](key === template ? path : `/api/v1${path}`);
      if (who !== undefined) request.set('Authorization', who);
      for (const [name, value] of Object.entries(more.headers ?? {})) request.set(name, value);
      const { status, body, type } = await (method === 'post' ? request.send(more.body ?? {}) : request);
      const described = document.paths[key]?.[method]?.responses[String(status)];
      const [pointer] = described?.$ref
        ? [described.$ref.slice(1)]
        : [`/paths/${encodeURIComponent(key.replaceAll('/', '~1'))}/${method}/responses/${status}`];
      expect([method, key, status, described !== undefined]).toEqual([method, key, status, true]);
      const schema = `${pointer}/content/${encodeURIComponent(type.replace('/', '~1'))}/schema`;
      expect([method, key, status, judge(schema, body)]).toEqual([method, key, status, []]);
      seen.push(`${method} ${key} ${status}`);
      return body;
    };

    await call(undefined, 'get', '/health/ready');
    await call(undefined, 'get', '/.well-known/jwks.json');
    for (const path of ['/session', '/organizations', '/desk-functions', '/routes', '/todos'])
      await call(sender, 'get', path);

    const { source, ...rest } = aSubmission({ to: { function: desk ?? '' } });
    const body = { ...rest, source: { system: source.system, key: source.key, occurredAt: source.occurredAt } };
    const key = (name: string) => ({ headers: { 'Idempotency-Key': name } });
    await call(sender, 'post', '/referrals/validate', { ...key('v'), body });
    const { id } = await call(sender, 'post', '/referrals', { ...key('a'), body });
    await call(sender, 'post', '/referrals', { ...key('b'), body });
    await call(sender, 'post', '/referrals', { body });
    await call(sender, 'post', '/referrals', { ...key('c'), body: { ...body, urgency: 'soon' } });
    await call(undefined, 'post', '/referrals', { body });
    await call(sender, 'get', '/referrals?limit=10');
    await call(sender, 'get', '/referrals?limit=none');
    await call(sender, 'post', '/disclosures/preview', { body: { referralId: id } });

    const { version }: { version: number } = await call(recipient, 'get', `/referrals/${id}`);
    const step = (action: string, facts: object, seenVersion: number) =>
      call(recipient, 'post', `/referrals/${id}/${action}`, {
        headers: { 'If-Match': `"${seenVersion}"` },
        body: facts,
      });
    await call(recipient, 'post', `/referrals/${id}/receive`);
    await step('accept', { worker: { name: '相談　次郎' }, personMatched: true }, version);
    await step('receive', {}, version);
    await step('receive', {}, version);
    await step('accept', { worker: { name: '相談　次郎' }, personMatched: true }, version + 1);
    for (const who of [sender, recipient])
      for (const rest of ['', '/timeline', '/actions', '/decision']) await call(who, 'get', `/referrals/${id}${rest}`);
    await call(recipient, 'get', `/referrals/${randomUUID()}`);
    const statuses = new Set(seen.map((line) => line.split(' ')[2]));
    expect([...statuses].sort()).toEqual(['200', '201', '400', '401', '404', '409', '412', '422', '428']);
  });

  it.each([
    ['/docs', 'text/html; charset=utf-8', 'つなぎハブ HTTP API'],
    ['/docs/codes', 'text/html; charset=utf-8', 'E-CD-HOKENSHA'],
    ['/docs/style.css', 'text/css; charset=utf-8', 'font:'],
  ])('%s is read without a token', async (path, type, text) => {
    const answer = await under.http().get(path);
    expect([answer.status, answer.headers['content-type']]).toEqual([200, type]);
    expect(answer.text).toContain(text);
  });
});
