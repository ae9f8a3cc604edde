// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { CodeGroup } from './code-group';
import { inline, markdown, page } from './html';
import type { Json } from './json';
import { escaped, table } from '../platform';

/** As much of an OpenAPI document of ours as the page shows. */
interface Document {
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly responses: Readonly<Record<string, Answer>>;
  };
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly security: readonly Json[];
  readonly 'x-roles'?: readonly string[];
  readonly parameters: readonly (Parameter | Reference)[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, Answer | Reference>>;
}
interface Reference {
  readonly $ref: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required: boolean;
  readonly description?: string;
  readonly schema: Schema;
}
interface Answer {
  readonly description: string;
  readonly content?: Readonly<Record<string, Media>>;
}
interface Media {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly summary: string; readonly value: unknown } | Reference>>;
}
interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly description?: string;
  readonly format?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

/** The API as a page to read: plain HTML out of the OpenAPI document. */
export function docsPage(openApi: Json): string {
  const document = openApi as unknown as Document;
  const { info, tags, paths, components } = document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const sections = tags.map(({ name, description }) => {
    const own = operations.filter(({ operation }) => operation.tags.includes(name));
    const parts = own.map(({ path, method, operation }) => operationPart(path, method, operation, document));
    return `<section><h2 id="${anchor(name)}">${escaped(name)}</h2>\n<p>${inline(description)}</p>\n${parts.join('\n')}</section>`;
  });
  const contents = tags.map(({ name }) => `<li><a href="#${anchor(name)}">${escaped(name)}</a></li>`).join('');
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) =>
      `<details id="schema-${name}"><summary><code>${name}</code></summary>\n${schemaPart(schema)}</details>`,
  );
  return page(
    info.title,
    `<h1>${escaped(info.title)} <small>${escaped(info.version)}</small></h1>
${markdown(info.description)}
<nav aria-label="目次"><ul class="contents">${contents}<li><a href="#schemas">本文の形</a></li></ul></nav>
${sections.join('\n')}
<section><h2 id="schemas">本文の形</h2>
${schemas.join('\n')}</section>`,
  );
}

/** The page of all codes. */
export function codesHtml(groups: readonly CodeGroup[]): string {
  const contents = groups.map(({ id, title }) => `<li><a href="#${id}">${inline(title)}</a></li>`).join('');
  const sections = groups.map(({ id, title, appears, columns, rows }) => {
    const cells = rows.map(([code = '', ...rest]) => [
      `<code>${escaped(code)}</code>`,
      ...rest.map((text) => inline(text || '—')),
    ]);
    return `<section><h2 id="${id}">${inline(title)}</h2>\n<p>出るところ: ${inline(appears)}</p>\n${table(columns.map(inline), cells)}</section>`;
  });
  return page(
    'コード一覧',
    `<h1>コード一覧</h1>\n<nav aria-label="目次"><ul class="contents">${contents}</ul></nav>\n${sections.join('\n')}`,
  );
}

function operationPart(path: string, method: string, operation: Operation, { components }: Document): string {
  const parameters = operation.parameters.map(
    (p) => ('$ref' in p ? components.parameters[last(p.$ref)] : p) as Parameter,
  );
  const rows = parameters.map((p) => [
    `<code>${escaped(p.name)}</code>${p.required ? ' <strong>必須</strong>' : ''}`,
    escaped(places[p.in] ?? p.in),
    typeOf(p.schema),
    inline(p.description ?? ''),
  ]);
  const body = operation.requestBody && Object.entries(operation.requestBody.content);
  const answers = Object.entries(operation.responses).map(([status, response]) => {
    const answer = ('$ref' in response ? components.responses[last(response.$ref)] : response) as Answer;
    const media = answer.content && Object.values(answer.content)[0];
    return [
      escaped(status === 'default' ? 'ほか' : status),
      markdown(answer.description),
      media ? typeOf(media.schema) : '',
    ];
  });
  return `<details id="${operation.operationId}"><summary><span class="method ${method}">${method.toUpperCase()}</span> <code>${escaped(path)}</code> ${escaped(operation.summary)}</summary>
${operation.description === undefined ? '' : markdown(operation.description)}
<p>呼べる人: ${escaped(who(operation))}</p>
${rows.length > 0 ? table(['名前', '場所', '型', '説明'], rows) : ''}
${body ? `<h3>本文${operation.requestBody?.required ? '' : '(なくてもよい)'}</h3>\n<p>${body.map(([type]) => `<code>${escaped(type)}</code>`).join('、')} ${typeOf(body[0]?.[1].schema ?? {})}</p>${exampleParts(body[0]?.[1])}` : ''}
<h3>答え</h3>
${table(['状態', '意味', '本文'], answers)}
${exampleParts(goodMedia(operation))}
</details>`;
}

const places: Readonly<Record<string, string>> = { path: 'パス', query: 'クエリ', header: 'ヘッダー' };

function goodMedia({ responses }: Operation): Media | undefined {
  const good = Object.entries(responses).find(([status]) => status.startsWith('2'))?.[1];
  return good && !('$ref' in good) && good.content ? Object.values(good.content)[0] : undefined;
}

function who(operation: Operation): string {
  const roles = operation['x-roles'];
  if (operation.security.length === 0 || 'clientBasic' in (operation.security[1] ?? {})) return '誰でも';
  return roles ? `役割 ${roles.join('、')}` : 'トークンかサインインのある人';
}

function exampleParts(media: Media | undefined): string {
  return Object.values(media?.examples ?? {})
    .flatMap((example) => ('$ref' in example ? [] : [example]))
    .map(
      ({ summary, value }) =>
        `<details class="example"><summary>例: ${inline(summary)}</summary>\n<pre tabindex="0"><code>${escaped(JSON.stringify(value, null, 2))}</code></pre></details>`,
    )
    .join('\n');
}

function schemaPart(schema: Schema): string {
  const about = schema.description === undefined ? '' : `<p>${inline(schema.description)}</p>`;
  if (!schema.properties) return `${about}<p>${typeOf(schema)}</p>`;
  const required = new Set(schema.required);
  const rows = Object.entries(schema.properties).map(([name, property]) => [
    `<code>${escaped(name)}</code>${required.has(name) ? ' <strong>必須</strong>' : ''}`,
    typeOf(property),
    inline(property.description ?? ''),
  ]);
  return `${about}${table(['項目', '型', '説明'], rows)}`;
}

/** A type in a few words; what has a name is a link. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return `<a href="#schema-${last(schema.$ref)}">${last(schema.$ref)}</a>`;
  if (schema.const !== undefined) return `<code>${escaped(JSON.stringify(schema.const))}</code>`;
  if (schema.enum) return schema.enum.map((value) => `<code>${escaped(String(value))}</code>`).join(' ');
  const either = schema.anyOf ?? schema.oneOf;
  if (either) return either.map(typeOf).join(' または ');
  if (schema.type === 'array' && schema.items) return `${typeOf(schema.items)} の並び`;
  if (schema.properties) {
    const required = new Set(schema.required);
    const inner = Object.entries(schema.properties).map(
      ([name, property]) =>
        `<li><code>${escaped(name)}</code>${required.has(name) ? ' <strong>必須</strong>' : ''} ${typeOf(property)} ${inline(property.description ?? '')}</li>`,
    );
    return `<ul class="inner">${inner.join('')}</ul>`;
  }
  const limit = schema.maxLength === undefined ? '' : ` (${schema.maxLength}字まで)`;
  return escaped(`${names[schema.format ?? ''] ?? names[schema.type ?? ''] ?? schema.type ?? '何でも'}${limit}`);
}

const names: Readonly<Record<string, string>> = {
  string: '文字列',
  integer: '整数',
  number: '数',
  boolean: 'はい・いいえ',
  object: 'オブジェクト',
  array: '並び',
  uuid: 'UUID',
  date: '日付',
  'date-time': '日時',
};

const last = (reference: string) => reference.split('/').at(-1) ?? '';
const anchor = (name: string) => `tag-${encodeURIComponent(name)}`;
