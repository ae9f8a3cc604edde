// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Response } from 'playwright-core';

/** What the hub has answered to a page. */
export interface Answer {
  /** `GET /referrals/{id}`, as the interface names it; `refused` where the hub has said no. */
  readonly operation: string;
  readonly text: string;
  /** Absent: no JSON, a file or a sheet. */
  readonly body?: unknown;
}

const document = JSON.parse(readFileSync(join(__dirname, '../../../../../docs/reference/openapi.json'), 'utf8')) as {
  readonly paths: Readonly<Record<string, object>>;
};
/** The paths of the interface, those without a name in them first. */
const paths = Object.keys(document.paths)
  .filter((path) => path.startsWith('/api/v1/'))
  .sort((a, b) => a.split('{').length - b.split('{').length)
  .map((path) => ({
    path: path.replace('/api/v1', ''),
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
  }));

/** Everything that the hub answers to this browser from now on; refusals, too. */
export function listening(page: Page): () => Promise<Answer[]> {
  const answers: Promise<Answer | undefined>[] = [];
  page.context().on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (pathname.startsWith('/api/') && pathname !== '/api/v1/events') answers.push(taken(response, pathname));
  });
  return async () => (await Promise.all(answers)).flatMap((answer) => answer ?? []);
}

async function taken(response: Response, pathname: string): Promise<Answer | undefined> {
  const found = paths.find(({ pattern }) => pattern.test(pathname));
  if (!found) throw new Error(`an answer of no operation: ${pathname}`);
  // Who has left the page before it came has not received it.
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return undefined;
  const operation = response.ok() ? `${response.request().method()} ${found.path}` : 'refused';
  const isJson = (response.headers()['content-type'] ?? '').includes('json');
  return { operation, text, ...(isJson && text !== '' && { body: JSON.parse(text) as unknown }) };
}

/** Fields that hold what stands elsewhere in the answer or is named by its writer, with no names of their own. */
const opaque = new Set(['inputs', 'configSchema', 'config', 'query', 'forms', 'details', 'before', 'after']);

/** The places of all fields in an answer, without those of lists: `members.items.identity.name`. */
export function fieldsOf(body: unknown, place = ''): string[] {
  if (Array.isArray(body)) return body.flatMap((one) => fieldsOf(one, place));
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => {
    const here = place === '' ? name : `${place}.${name}`;
    return [here, ...(opaque.has(name) ? [] : fieldsOf(value, here))];
  });
}
