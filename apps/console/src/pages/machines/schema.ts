// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** As much of JSON Schema as a form is drawn from. Whatever else a part says is the hub's to judge. */
export interface Schema {
  readonly type?: string;
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema | boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** How a part of the settings is drawn. */
export type Drawn =
  | { readonly as: 'text' | 'number' | 'boolean' | 'secret' | 'json' }
  | { readonly as: 'choice'; readonly choices: readonly string[] }
  | {
      readonly as: 'group';
      readonly properties: Readonly<Record<string, Schema>>;
      readonly required: ReadonlySet<string>;
    }
  | { readonly as: 'list'; readonly items: Schema }
  | { readonly as: 'record'; readonly values: Schema };

/** What a form cannot draw becomes JSON, that part alone. */
export function drawnOf(schema: Schema): Drawn {
  const choices = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (choices) return choices.every((c) => typeof c === 'string') ? { as: 'choice', choices } : { as: 'json' };
  switch (schema.type) {
    case 'string':
      return { as: 'text' };
    case 'number':
    case 'integer':
      return { as: 'number' };
    case 'boolean':
      return { as: 'boolean' };
    case 'object':
      return objectOf(schema);
    case 'array':
      return typeof schema.items === 'object' && drawnOf(schema.items).as !== 'json'
        ? { as: 'list', items: schema.items }
        : { as: 'json' };
    default:
      return { as: 'json' };
  }
}

function objectOf({ properties, required = [], additionalProperties: more }: Schema): Drawn {
  const names = Object.keys(properties ?? {});
  if (names.length === 1 && names[0] === 'secretRef') return { as: 'secret' };
  if (properties && names.length > 0) return { as: 'group', properties, required: new Set(required) };
  return typeof more === 'object' && drawnOf(more).as !== 'json' ? { as: 'record', values: more } : { as: 'json' };
}

/** A description begins with what the setting is; the rest explains. */
export function wordsOf(key: string, { title, description }: Schema): { label: string; explains?: string } {
  if (title !== undefined) return { label: title, ...(description !== undefined && { explains: description }) };
  if (description === undefined) return { label: key };
  const found = description.search(/[。(（:：]/);
  const end = found < 0 ? description.length : found;
  if (end < 1 || end > 40) return { label: key, explains: description };
  const explains = description.slice(end).replace(/^[。:：]/, '');
  return { label: description.slice(0, end), ...(explains !== '' && { explains }) };
}

/** An empty one of its kind, for a part that is written from now on. */
export function emptyOf(schema: Schema): unknown {
  if (schema.default !== undefined) return schema.default;
  switch (drawnOf(schema).as) {
    case 'group':
    case 'record':
      return {};
    case 'list':
      return [];
    case 'secret':
      return { secretRef: '' };
    default:
      return schema.type === 'object' ? {} : schema.type === 'array' ? [] : '';
  }
}

export const isRow = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without what is not written. */
export function withKey(of: unknown, key: string, value: unknown): Record<string, unknown> {
  const { [key]: _, ...rest } = isRow(of) ? of : {};
  return value === undefined ? rest : { ...(isRow(of) ? of : {}), [key]: value };
}

/** A place in JSON, as the hub names it (RFC 6901). */
export const below = (pointer: string, key: string | number) =>
  `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
