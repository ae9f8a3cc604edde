// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { randomUUID } from 'node:crypto';
import { describeWithServices, waitFor } from '@tsunagi/testing';
import { everyPostOf, type Asker } from './a-town-of-desks';
import { hubUnderTest, type HubUnderTest } from './hub-under-test';
import { number, textsIn, type Schema, type Step } from './texts-in';
import { operations, pathTo } from './operations';

jest.setTimeout(120_000);

const absent = '01900000-0000-7000-8000-000000000000';

const bodyWith = (path: readonly Step[]): unknown =>
  path.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), number);

/** Words by which programs and people are let in, and what a system calls its record: digits there are a number of something else. */
const noTexts = [
  ...['/password', '/current', '/next', '/client_id', '/client_secret'],
  ...['/source/key', '/source/echo', '/identifiers/0/value', '/itemId', '/content'],
];
const isNoText = (pointer: string) => noTexts.some((end) => pointer.endsWith(end));

describeWithServices(['postgres'], 'a マイナンバー in the body of a request', () => {
  let under: HubUnderTest;
  let everybody: Asker[];
  let document: {
    paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  };

  beforeAll(async () => {
    under = await hubUnderTest();
    everybody = await everyPostOf(under);
    document = (await under.http().get('/openapi.json')).body;
  });
  afterAll(() => under?.close());

  const askerOf = (name: string) => {
    const who = operations[name]?.who;
    const role = typeof who === 'object' ? (who[0] ?? '') : 'caseworker';
    const isOfDesk = ['caseworker', 'supervisor'].includes(role);
    return everybody.find(
      (s) => s.kind === 'staff' && s.role === role && (s.function !== undefined) === isOfDesk && !s.entrusted,
    )!;
  };
  const counted = async () =>
    Number((await under.rows<{ times: string }>('select coalesce(sum(times), 0) as times from guard_count'))[0]?.times);

  it('is refused in every text of every operation that takes one, with its place, and counted', async () => {
    const [leaking, notCounted]: string[][] = [[], []];
    let asked = 0;
    for (const [path, methods] of Object.entries(document.paths))
      for (const [method, { requestBody }] of Object.entries(methods)) {
        const schema = requestBody?.content['application/json']?.schema;
        const name = `${method} ${path}`;
        // Each item of a dry run is judged and answered alone, and nothing of it is kept.
        if (!schema || name.endsWith('/dry-run')) continue;
        const who = askerOf(name);
        const before = await counted();
        let refused = 0;
        const pointers = new Map(textsIn(document, schema).map((p) => [`/${p.join('/')}`, p]));
        for (const [pointer, steps] of [...pointers].filter(([p]) => !isNoText(p))) {
          const { status, body } = await who.call(
            method.toUpperCase(),
            pathTo(path.replace('/api/v1', ''), absent),
            bodyWith(steps),
            { 'if-match': '"1"', 'idempotency-key': randomUUID() },
          );
          asked++;
          const told = [status, body?.errors?.[0]?.code, body?.errors?.[0]?.pointer];
          if (JSON.stringify(told) === JSON.stringify([422, 'S-MYNUMBER', pointer])) refused++;
          else leaking?.push(`${name} ${pointer}: ${told.join(' ')}`);
          if (JSON.stringify(body ?? null).includes(number)) leaking?.push(`${name} ${pointer} says it again`);
        }
        const isCounted = async () => (await counted()) === before + refused;
        await waitFor(isCounted, { what: `${name} to be counted` }).catch(() => notCounted?.push(name));
      }
    expect(leaking).toEqual([]);
    expect(notCounted).toEqual([]);
    expect(asked).toBeGreaterThan(600);
  });
});
