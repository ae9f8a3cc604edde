// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import { RequestMethod, type Type } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import * as contracts from '@tsunagi/contracts';
import * as domain from '@tsunagi/domain';
import { z } from 'zod';
import { descriptionOf, type Description } from './describe';

type Json = Record<string, unknown>;

/** One route as Nest will serve it. */
export interface RouteOfApp {
  readonly method: string;
  /** OpenAPI's way: `/api/v1/plugins/{id}`. */
  readonly path: string;
  /** `PluginsController.enable` */
  readonly handler: string;
  readonly description: Description | undefined;
}

/** Every HTTP route of these controllers, described or not. */
export function routesOf(controllers: readonly Type[]): RouteOfApp[] {
  return controllers.flatMap((controller) => {
    const prototype = controller.prototype as Record<string, unknown>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (typeof handler !== 'function') return [];
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) return [];
      const description = descriptionOf(handler);
      return pathsOf(controller).flatMap((base) =>
        pathsOf(handler).map((rest) => ({
          method: RequestMethod[method].toLowerCase(),
          path: joined(base, rest),
          handler: `${controller.name}.${name}`,
          description,
        })),
      );
    });
  });
}

function pathsOf(of: object): string[] {
  const path = Reflect.getMetadata(PATH_METADATA, of) as string | string[] | undefined;
  return Array.isArray(path) ? path : [path ?? ''];
}

const joined = (...parts: string[]) =>
  `/${parts.join('/').split('/').filter(Boolean).join('/')}`.replace(/:([A-Za-z]+)/g, '{$1}');

/** OpenAPI 3.1 of everything described; schemas come out of zod, so the document cannot differ from what is accepted. */
export function openApi(controllers: readonly Type[], version: string): Json {
  const schemas = new Schemas();
  const problem = schemas.refTo(contracts.problem, 'output');
  const paths: Record<string, Json> = {};
  for (const route of routesOf(controllers)) {
    if (!route.description) continue;
    (paths[route.path] ??= {})[route.method] = operation(route, route.description, schemas, problem);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'つなぎハブ',
      version,
      description: '福祉の窓口のあいだの「つなぎ」と同意を扱うハブの API。エラーは RFC 9457 の形で返る。',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    paths: Object.fromEntries(Object.entries(paths).sort(([a], [b]) => (a < b ? -1 : 1))),
    components: {
      schemas: schemas.components(),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: '機械クライアント' },
        session: { type: 'apiKey', in: 'cookie', name: 'tsunagi_session', description: '職員' },
      },
    },
  };
}

function operation(route: RouteOfApp, about: Description, schemas: Schemas, problem: Json): Json {
  const open = about.who === 'anyone';
  const changes = !['get', 'head'].includes(route.method);
  return {
    operationId: route.handler.replace('Controller', '').replace('.', '_'),
    summary: about.summary,
    tags: [about.tag],
    security: open ? [] : [{ bearer: [] }, { session: [] }],
    ...(typeof about.who === 'object' && { 'x-roles': about.who }),
    parameters: [
      ...schemas.parameters(about.params, 'path'),
      ...schemas.parameters(about.query, 'query'),
      ...headerParameters(about, open, changes),
    ],
    ...(about.body && {
      requestBody: {
        required: !about.body.safeParse({}).success,
        content: { 'application/json': { schema: schemas.refTo(about.body, 'input') } },
      },
    }),
    responses: {
      ...Object.fromEntries(
        Object.entries(about.answers).map(([status, schema]) => [status, answer(status, schema, about, schemas)]),
      ),
      default: {
        description: '受け付けられなかった理由',
        content: { 'application/problem+json': { schema: problem } },
      },
    },
  };
}

function answer(status: string, schema: z.ZodType | null, about: Description, schemas: Schemas): Json {
  const content = schema && { [about.produces ?? 'application/json']: { schema: schemas.refTo(schema, 'output') } };
  return { description: meaningOf[status] ?? '応答', ...(content && { content }) };
}

const meaningOf: Readonly<Record<string, string>> = {
  200: '成功',
  201: '新しく受け付けた',
  202: '受け付けた',
  204: '成功(本文なし)',
  503: '今は利用できない',
};

function headerParameters(about: Description, open: boolean, changes: boolean): Json[] {
  const own = Object.entries(about.headers ?? {}).map(([name, { description, required }]) =>
    header(name, description, required),
  );
  return [
    ...own,
    ...(open ? [] : [header('Tsunagi-Function', '複数の窓口に所属する場合、どの窓口としての操作か(id またはコード)')]),
    ...(!open && changes ? [header('Tsunagi-Request', 'Cookie での変更には 1 を付ける(CSRF 対策)')] : []),
    header('X-Request-ID', '要求の識別子。なければハブが付ける'),
  ];
}

const header = (name: string, description: string, required = false): Json => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string' },
});

/** Components, named like the exports of the contracts and the domain. */
class Schemas {
  private readonly names = new Map<z.ZodType, string>();
  private readonly made = new Map<string, Json>();

  constructor() {
    for (const [name, value] of [...Object.entries(contracts), ...Object.entries(domain)]) {
      if (value instanceof z.ZodType && !this.names.has(value)) this.names.set(value, pascal(name));
    }
  }

  components(): Json {
    return Object.fromEntries([...this.made].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** The schema, or where it stands among the components. */
  refTo(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { $defs, $schema: _, ...json } = this.convert(schema, io);
    const renamed = new Map<string, string>();
    const defs = Object.entries(($defs ?? {}) as Record<string, Json>);
    // First all names, then all bodies: they refer to one another.
    for (const [name, def] of defs) renamed.set(name, this.nameFor(isNameless(name) ? hashName(def) : name, def, io));
    for (const [name, def] of defs) this.made.set(renamed.get(name) ?? name, pointed(def, renamed));
    const body = pointed(json, renamed);
    const own = this.names.get(schema);
    if (own === undefined) return body;
    const name = this.nameFor(own, json, io);
    this.made.set(name, body);
    return { $ref: `#/components/schemas/${name}` };
  }

  parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
    if (!schema) return [];
    const json = pointed(this.inlined(schema), new Map());
    const required = new Set((json['required'] ?? []) as string[]);
    return Object.entries((json['properties'] ?? {}) as Record<string, Json>).map(
      ([name, { description, ...rest }]) => ({
        name,
        in: place,
        required: place === 'path' || required.has(name),
        ...(description !== undefined && { description }),
        schema: rest,
      }),
    );
  }

  private readonly shapes = new Map<string, string>();

  /** What is accepted and what is answered may differ (defaults, transforms): then the first keeps the name. */
  private nameFor(name: string, def: Json, io: 'input' | 'output'): string {
    const shape = JSON.stringify(def);
    for (const candidate of [name, `${name}${pascal(io)}`]) {
      const known = this.shapes.get(candidate);
      if (known === undefined || known === shape) {
        this.shapes.set(candidate, shape);
        return candidate;
      }
    }
    throw new Error(`two schemas are called ${name}`);
  }

  private inlined(schema: z.ZodType): Json {
    return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  }

  private convert(schema: z.ZodType, io: 'input' | 'output'): Json {
    const { names } = this;
    const registry = z.registry<Record<string, unknown>>();
    const get = (of: z.core.$ZodType) => {
      const meta = z.globalRegistry.get(of) as Record<string, unknown> | undefined;
      const id = of === schema ? undefined : names.get(of as z.ZodType);
      return id === undefined ? meta : { ...meta, id };
    };
    Object.assign(registry, { get });
    return z.toJSONSchema(schema, { io, unrepresentable: 'any', metadata: registry });
  }
}

/** zod counts schemas without a name anew in every document (`__schema0`): here they are called after what they say. */
const isNameless = (name: string) => name.startsWith('__schema');
const hashName = (def: Json) => `Any${createHash('sha256').update(JSON.stringify(def)).digest('hex').slice(0, 8)}`;

const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function pointed<T>(value: T, renamed: ReadonlyMap<string, string>): T {
  if (Array.isArray(value)) return value.map((v: unknown) => pointed(v, renamed)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [
              key,
              inner.replace(
                /^#\/\$defs\/(.*)$/,
                (_, name: string) => `#/components/schemas/${renamed.get(name) ?? name}`,
              ),
            ]
          : [key, pointed(inner as unknown, renamed)],
      ),
  ) as T;
}
