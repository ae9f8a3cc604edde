// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** As much of JSON Schema as a walk through it needs. */
export interface JsonSchema {
  readonly properties?: Record<string, JsonSchema>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly [keyword: string]: unknown;
}

/** Every schema inside this one, with where it stands. */
export function* walk(schema: unknown, at = ''): Generator<{ at: string; schema: JsonSchema }> {
  if (typeof schema !== 'object' || schema === null) return;
  if (!Array.isArray(schema)) yield { at, schema: schema as JsonSchema };
  for (const [key, inner] of Object.entries(schema)) yield* walk(inner, `${at}/${key}`);
}

type Path = readonly (string | number)[];

/** Every object and every text inside a value, with its path. */
export function* places(value: unknown, path: Path = []): Generator<{ path: Path; value: object | string }> {
  if (typeof value === 'string') yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield { path, value };
  for (const [key, inner] of Object.entries(value))
    yield* places(inner, [...path, Array.isArray(value) ? Number(key) : key]);
}

/** A copy of the value with something else at this path. */
export function replaced(value: unknown, path: Path, by: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((inner: unknown, i) => (i === key ? replaced(inner, rest, by) : inner));
  const object = value as Record<string, unknown>;
  return { ...object, [key]: replaced(object[key], rest, by) };
}
