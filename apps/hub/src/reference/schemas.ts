// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { createHash } from 'node:crypto';
import * as contracts from '@tsunagi/contracts';
import * as domain from '@tsunagi/domain';
import { z } from 'zod';
import { sorted, type Json } from './json';

/** AsyncAPI 3.0 demands draft 7 of every reader, OpenAPI 3.1 speaks 2020-12. */
export type Draft = 'draft-7' | 'draft-2020-12';
export type Io = 'input' | 'output';

/** Schemas of the contracts and the domain as components, named like their exports. */
export class Schemas {
  private readonly made = new Map<string, Json>();
  private readonly shapes = new Map<string, string>();

  constructor(private readonly draft: Draft = 'draft-2020-12') {}

  components(): Json {
    return sorted(Object.fromEntries(this.made));
  }

  /** The schema, or where it stands among the components. */
  refTo(schema: z.ZodType, io: Io): Json {
    const { json, body } = this.convert(schema, io);
    const own = exportedName(schema);
    if (own === undefined) return body;
    const name = this.nameFor(own, json, io);
    this.made.set(name, { ...body, ...described(schema) });
    return { $ref: `#/components/schemas/${name}` };
  }

  parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
    if (!schema) return [];
    const { body } = this.convert(schema, 'input');
    const required = new Set((body['required'] ?? []) as string[]);
    return Object.entries((body['properties'] ?? {}) as Record<string, Json>).map(
      ([name, { description, ...rest }]) => ({
        name,
        in: place,
        required: place === 'path' || required.has(name),
        description: description ?? this.descriptionOf(rest),
        schema: rest,
      }),
    );
  }

  private descriptionOf({ $ref }: Json): unknown {
    return typeof $ref === 'string' ? this.made.get($ref.split('/').at(-1) ?? '')?.['description'] : undefined;
  }

  /** As zod gives it, and with its references among the components, which are kept. */
  private convert(schema: z.ZodType, io: Io): { json: Json; body: Json } {
    const { $defs, definitions, $schema: _, ...json } = toJsonSchema(schema, io, this.draft);
    const renamed = new Map<string, string>();
    const defs = Object.entries(($defs ?? definitions ?? {}) as Record<string, Json>);
    // First all names, then all bodies: they refer to one another.
    for (const [name, def] of defs) renamed.set(name, this.nameFor(isNameless(name) ? hashName(def) : name, def, io));
    for (const [name, def] of defs) this.made.set(renamed.get(name) ?? name, pointed(def, renamed));
    return { json, body: pointed(json, renamed) };
  }

  /** What is accepted and what is answered may differ (defaults, transforms): then the first keeps the name. */
  private nameFor(name: string, def: Json, io: Io): string {
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
}

/** A document of its own: JSON Schema 2020-12, with what it refers to inside. */
export function schemaDocument(schema: z.ZodType, io: Io, id: string, title: string): Json {
  const { $schema, $defs, ...json } = toJsonSchema(schema, io, 'draft-2020-12');
  const renamed = new Map(
    Object.entries(($defs ?? {}) as Record<string, Json>).map(([name, def]) => [
      name,
      isNameless(name) ? hashName(def) : name,
    ]),
  );
  const defs = Object.entries(($defs ?? {}) as Record<string, Json>).map(
    ([name, def]) => [renamed.get(name) ?? name, pointed(def, renamed, '#/$defs/')] as const,
  );
  return {
    $schema,
    $id: id,
    title,
    ...pointed(json, renamed, '#/$defs/'),
    ...(defs.length > 0 && { $defs: sorted(Object.fromEntries(defs)) }),
  };
}

const names = new Map<z.ZodType, string>();
for (const [name, value] of [...Object.entries(contracts), ...Object.entries(domain)]) {
  if (value instanceof z.ZodType && !names.has(value)) names.set(value, pascal(name));
}
/** The name under which contracts or domain export it, as components are called. */
export const exportedName = (schema: z.ZodType) => names.get(schema);

/** Words for the codes of an enumeration, as they are shown to people. */
function described(schema: z.ZodType): { description: string } | undefined {
  const known = contracts.namesOfEnum.get(schema);
  if (!known) return undefined;
  const list = Object.entries(known.names).map(([code, name]) => `\`${code}\` ${name}`);
  return { description: `${known.title}: ${list.join('、')}` };
}

function toJsonSchema(schema: z.ZodType, io: Io, target: Draft): Json {
  const registry = z.registry<Record<string, unknown>>();
  const get = (of: z.core.$ZodType) => {
    const meta = z.globalRegistry.get(of) as Record<string, unknown> | undefined;
    const id = of === schema ? undefined : exportedName(of as z.ZodType);
    return id === undefined ? meta : { ...meta, ...described(of as z.ZodType), id };
  };
  Object.assign(registry, { get });
  return z.toJSONSchema(schema, { io, target, unrepresentable: 'any', metadata: registry });
}

/** zod counts schemas without a name anew in every document (`__schema0`): here they are called after what they say. */
const isNameless = (name: string) => name.startsWith('__schema');
const hashName = (def: Json) => `Any${createHash('sha256').update(JSON.stringify(def)).digest('hex').slice(0, 8)}`;

function pascal(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

function pointed<T>(value: T, renamed: ReadonlyMap<string, string>, base = '#/components/schemas/'): T {
  if (Array.isArray(value)) return value.map((v: unknown) => pointed(v, renamed, base)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema')
      .map(([key, inner]) =>
        key === '$ref' && typeof inner === 'string'
          ? [
              key,
              inner.replace(
                /^#\/(?:\$defs|definitions)\/(.*)$/,
                (_, name: string) => `${base}${renamed.get(name) ?? name}`,
              ),
            ]
          : [key, pointed(inner as unknown, renamed, base)],
      ),
  ) as T;
}
