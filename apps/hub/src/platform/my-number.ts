// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, id } from '@tsunagi/domain';
import { myNumberFieldIn, myNumberTextIn } from '@tsunagi/text';

/** A text holds what may be a マイナンバー, or a field is there for one. */
export class MyNumberFoundError extends DomainError {
  override readonly code = 'SUBMISSION_REJECTED';

  constructor(
    readonly pointer: string,
    readonly reason: 'S-MYNUMBER' | 'S-MYNUMBER-FIELD' = 'S-MYNUMBER',
  ) {
    super('a text is refused');
  }
}

/**
 * Whatever somebody writes into the body of a request, in every field that is a text, before it is read any further.
 * @throws {MyNumberFoundError}
 */
export function refuseMyNumberInBody(body: unknown): void {
  refuseMyNumberField(body);
  const found = myNumberTextIn(body, { but: noTexts, isOther: isId });
  if (found !== undefined) throw new MyNumberFoundError(found);
}

/**
 * Of a body that repeats what is on a screen: there an id may stand in a text, beside words. No pointer changes.
 * @throws {MyNumberFoundError}
 */
export const refuseMyNumberBesideIds = (body: unknown): void => refuseMyNumberInBody(withoutIds(body));

function withoutIds(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(anId, 'id');
  if (Array.isArray(value)) return value.map(withoutIds);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutIds(inner)]));
}
const anId = /\b[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}\b/gi;

/**
 * What programs and people call things, secrets and files: 12 digits there are a number of something else. A file that is only
 * tried (`content`, Base64) is looked through by its plugin, row by row.
 */
const noTexts: ReadonlySet<string> = new Set([
  ...['password', 'current', 'next', 'client_id', 'client_secret', 'login'],
  ...['key', 'echo', 'contentHash', 'itemId', 'value', 'csv', 'content'],
]);

/**
 * No field of that name is ever taken, at whatever depth and whatever it holds (番号法19条).
 * @throws {MyNumberFoundError}
 */
function refuseMyNumberField(body: unknown): void {
  const found = myNumberFieldIn(body);
  if (found !== undefined) throw new MyNumberFoundError(found, 'S-MYNUMBER-FIELD');
}

/** Where a text may hold a マイナンバー, as a JSON pointer. */
export const myNumberIn = (texts: unknown): string | undefined => myNumberTextIn(texts, { isOther: isId });

/** One in some hundred of the hub's own ids has such digits; nobody writes a 個人番号 into one. */
const isId = (text: string) => id.safeParse(text).success;
