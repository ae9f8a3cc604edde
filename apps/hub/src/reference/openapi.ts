// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Type } from '@nestjs/common';
import { examplesOf, problem } from '@tsunagi/contracts';
import { rolesFor } from '@tsunagi/domain';
import { z } from 'zod';
import { sorted, type Json } from './json';
import { always, byStatus, exampleOfProblem, problemsOf } from './problems';
import { pathsOfRoute, routesOf, type RouteOfApp } from './routes';
import { Schemas } from './schemas';
import { answerMeanings, headerTexts, openApiTexts, parameterTexts, securityTexts, tags } from './texts';
import { catalogue, type Description, type ProblemCode } from '../platform';

/** OpenAPI 3.1 of everything described; schemas come out of zod, so the document cannot differ from what is accepted. */
export function openApi(controllers: readonly Type[], version: string): Json {
  const writer = new Writer();
  const paths: Record<string, Json> = {};
  for (const route of routesOf(controllers).flatMap(pathsOfRoute)) {
    if (!route.description) continue;
    (paths[route.path] ??= {})[route.method] = writer.operation(route, route.description);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: openApiTexts.title,
      version,
      summary: openApiTexts.summary,
      description: openApiTexts.description,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: openApiTexts.server }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths: sorted(paths),
    components: writer.components(),
  };
}

class Writer {
  private readonly schemas = new Schemas();
  private readonly problem = this.schemas.refTo(problem, 'output');
  private readonly problems = new Set<ProblemCode>();
  private readonly refusals = new Map<string, Json>();

  operation(route: RouteOfApp, about: Description): Json {
    const open = about.who === 'anyone';
    const changes = !['get', 'head'].includes(route.method);
    return {
      operationId: route.handler.replace('Controller', '').replace('.', '_'),
      summary: about.summary,
      ...(about.details !== undefined && { description: about.details }),
      tags: [about.tag],
      security: about.asOAuth ? [{}, { clientBasic: [] }] : open ? [] : [{ client: [] }, { staff: [] }],
      ...(about.who !== 'anyone' && about.who !== 'caller' && { 'x-roles': rolesFor(about.who) }),
      parameters: [
        ...this.schemas.parameters(about.params, 'path').filter(({ name }) => route.path.includes(`{${String(name)}}`)),
        ...this.schemas.parameters(about.query, 'query'),
        ...Object.entries(about.headers ?? {}).map(([name, how]) => header(name, how)),
        ...(open ? [] : [shared('Tsunagi-Function')]),
        ...(!open && changes ? [shared('Tsunagi-Request')] : []),
        shared('X-Request-ID'),
      ],
      ...(about.body && { requestBody: this.body(about.body, about.asOAuth === true) }),
      responses: this.answers(about, problemsOf(route, about)),
    };
  }

  components(): Json {
    return {
      schemas: this.schemas.components(),
      responses: sorted(Object.fromEntries(this.refusals)),
      parameters: Object.fromEntries(
        Object.entries(parameterTexts).map(([name, description]) => [name, header(name, { description })]),
      ),
      headers: Object.fromEntries(
        Object.entries(headerTexts).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
      ),
      examples: Object.fromEntries(
        [...this.problems]
          .sort()
          .map((code) => [code, { summary: catalogue[code].title, value: exampleOfProblem(code) }]),
      ),
      securitySchemes: {
        client: {
          type: 'oauth2',
          description: securityTexts.client,
          flows: { clientCredentials: { tokenUrl: '/api/v1/oauth/token', scopes: {} } },
        },
        clientBasic: { type: 'http', scheme: 'basic', description: securityTexts.clientBasic },
        staff: { type: 'apiKey', in: 'cookie', name: 'tsunagi_session', description: securityTexts.staff },
      },
    };
  }

  private body(schema: z.ZodType, asForm: boolean): Json {
    const media = { schema: this.schemas.refTo(schema, 'input'), ...examplesFor(schema) };
    return {
      required: !schema.safeParse({}).success,
      content: { 'application/json': media, ...(asForm && { 'application/x-www-form-urlencoded': media }) },
    };
  }

  private answers(about: Description, problems: readonly ProblemCode[]): Json {
    const answers: Json = {};
    for (const [status, schema] of Object.entries(about.answers)) answers[status] = this.answer(status, schema, about);
    for (const [status, codes] of byStatus(problems)) answers[String(status)] = this.refusal(codes, status);
    return { ...answers, default: this.refusal(always) };
  }

  private answer(status: string, schema: z.ZodType | null, about: Description): Json {
    const headers: Json = {};
    for (const [name, description] of Object.entries(about.answerHeaders ?? {}))
      headers[name] = { description, schema: { type: 'string' } };
    headers['X-Request-ID'] = { $ref: '#/components/headers/X-Request-ID' };
    const media = schema && { schema: this.schemas.refTo(schema, 'output'), ...examplesFor(schema) };
    return {
      description: answerMeanings[status] ?? answerMeanings['200'],
      headers,
      ...(media && { content: { [about.produces ?? 'application/json']: media } }),
    };
  }

  /** The same refusals stand in many places: one component each, named after its codes. */
  private refusal(codes: readonly ProblemCode[], status?: number): Json {
    const name = codes.join('.');
    const headers = [
      ...(status === 401 ? ['WWW-Authenticate'] : []),
      ...(codes.some((code) => 'retryable' in catalogue[code]) ? ['Retry-After'] : []),
      'X-Request-ID',
    ];
    this.refusals.set(name, {
      description: codes.map((code) => `- \`${code}\` ${catalogue[code].detail}`).join('\n'),
      headers: Object.fromEntries(headers.map((header) => [header, { $ref: `#/components/headers/${header}` }])),
      content: {
        'application/problem+json': {
          schema: this.problem,
          examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
        },
      },
    });
    for (const code of codes) this.problems.add(code);
    return { $ref: `#/components/responses/${name}` };
  }
}

function examplesFor(schema: z.ZodType): Json {
  const examples = examplesOf(schema) ?? (takesNothing(schema) ? nothing : undefined);
  return examples ? { examples } : {};
}

const nothing = { example: { summary: openApiTexts.emptyBody, value: {} } };
const takesNothing = (schema: z.ZodType) => schema instanceof z.ZodObject && Object.keys(schema.shape).length === 0;

const header = (
  name: string,
  { description, required = false }: { description: string; required?: boolean },
): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

const shared = (name: keyof typeof parameterTexts): Json => ({ $ref: `#/components/parameters/${name}` });
