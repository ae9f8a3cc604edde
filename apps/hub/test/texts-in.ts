// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { at } from './json-schema';

/** 12 digits with a valid check digit, as people type them. */
export const number = '1234-5678-9018';
/** What of a JSON schema says where texts stand. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}
/** The name of a field, or the first of a list. */
export type Step = string | 0;

/** Every place of a body in which a text may stand that the contract takes: no code, no day, and nothing too short. */
export function textsIn(
  document: object,
  schema: Schema,
  path: readonly Step[] = [],
  seen: readonly string[] = [],
): Step[][] {
  if (schema.$ref !== undefined) {
    if (seen.includes(schema.$ref)) return [];
    return textsIn(document, at(document, schema.$ref) as Schema, path, [...seen, schema.$ref]);
  }
  const inner = (one: Schema, step?: Step) => textsIn(document, one, step === undefined ? path : [...path, step], seen);
  const isText =
    schema.type === 'string' &&
    schema.enum === undefined &&
    schema.const === undefined &&
    (schema.maxLength ?? 20) >= number.length &&
    (schema.pattern === undefined || new RegExp(schema.pattern, 'u').test(`${number} 様`));
  return [
    ...(isText ? [[...path]] : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])].flatMap((one) => inner(one)),
    ...Object.entries(schema.properties ?? {}).flatMap(([key, one]) => inner(one, key)),
    ...(typeof schema.additionalProperties === 'object' ? inner(schema.additionalProperties, 'any') : []),
    ...(schema.items ? inner(schema.items, 0) : []),
  ];
}
