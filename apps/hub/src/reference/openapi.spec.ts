// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Type } from '@nestjs/common';
import { openApi } from './openapi';
import { pathsOfRoute, routesOf } from './routes';
import { tags, version } from './texts';
import { at, judgeBy, referencesIn } from '../../test/json-schema';
import { controllersOfHub } from '../reference-files';

describe('the OpenAPI document', () => {
  let controllers: Type[];
  let document: any;
  let operations: { name: string; path: string; method: string; operation: any }[];
  beforeAll(async () => {
    controllers = await controllersOfHub();
    document = JSON.parse(JSON.stringify(openApi(controllers, version)));
    operations = Object.entries<any>(document.paths).flatMap(([path, methods]) =>
      Object.entries<any>(methods).map(([method, operation]) => ({
        name: `${method} ${path}`,
        path,
        method,
        operation,
      })),
    );
  });

  it('describes every route', () => {
    const routes = routesOf(controllers);
    expect(routes.length).toBeGreaterThan(20);
    expect(routes.filter((r) => !r.description).map((r) => r.handler)).toEqual([]);
    expect(operations).toHaveLength(routes.flatMap(pathsOfRoute).length);
  });

  it('has a path of its own for every step of a referral', () => {
    expect(operations.map((o) => o.name)).toEqual(
      expect.arrayContaining([
        'post /api/v1/referrals/{id}/accept',
        'post /api/v1/referrals/{id}/propose-return',
        'post /api/v1/oauth/token',
      ]),
    );
    expect(operations.filter((o) => o.path.includes('{action}'))).toEqual([]);
  });

  it('calls nothing twice, and nothing by a tag that it does not explain', () => {
    const ids = operations.map((o) => o.operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const used = operations.flatMap((o) => o.operation.tags);
    expect([...new Set(used)].sort()).toEqual(Object.keys(tags).sort());
  });

  it('has no colon in a path', () => {
    expect(operations.filter((o) => o.path.includes(':'))).toEqual([]);
  });

  it('refers only to what is there', () => {
    const references = referencesIn(document);
    expect(references.length).toBeGreaterThan(100);
    expect(references.filter((reference) => at(document, reference) === undefined)).toEqual([]);
  });

  it('names for whatever takes something how it may be refused', () => {
    const takes = operations.filter(
      ({ operation }) => operation.security.length > 0 || operation.requestBody || operation.parameters.length > 1,
    );
    expect(takes.length).toBeGreaterThan(30);
    const silent = takes.filter(({ operation }) => !Object.keys(operation.responses).some((s) => s.startsWith('4')));
    expect(silent.map((o) => o.name)).toEqual([]);
  });

  it('has an example for every body, which its schema accepts', () => {
    const judge = judgeBy(document, '2020-12');
    const bodies = operations.filter((o) => o.operation.requestBody);
    expect(bodies.length).toBeGreaterThan(20);
    for (const { name, path, method, operation } of bodies) {
      for (const [type, media] of Object.entries<any>(operation.requestBody.content)) {
        const pointer = ['paths', path, method, 'requestBody', 'content', type, 'schema'].map(step).join('');
        const examples = Object.values<any>(media.examples ?? {});
        expect([name, examples.length > 0]).toEqual([name, true]);
        for (const { value } of examples) expect([name, judge(pointer, value)]).toEqual([name, []]);
      }
    }
  });

  it('gives no example of an answer or a problem that its schema refuses', () => {
    const judge = judgeBy(document, '2020-12');
    let judged = 0;
    const places = operations.flatMap(({ path, method, operation }) =>
      Object.keys(operation.responses).map((status) => ['paths', path, method, 'responses', status]),
    );
    for (const place of [
      ...places,
      ...Object.keys(document.components.responses).map((r) => ['components', 'responses', r]),
    ]) {
      const response: any = at(document, `#${place.map(step).join('')}`);
      for (const [type, media] of Object.entries<any>(response.content ?? {})) {
        const pointer = [...place, 'content', type, 'schema'].map(step).join('');
        for (const example of Object.values<any>(media.examples ?? {})) {
          const { value } = (example.$ref ? at(document, example.$ref) : example) as { value: unknown };
          expect([pointer, judge(pointer, value)]).toEqual([pointer, []]);
          judged += 1;
        }
      }
    }
    expect(judged).toBeGreaterThan(50);
  });
});

/** A key as a step of a JSON pointer inside a URI. */
const step = (key: string) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`;
