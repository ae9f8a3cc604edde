// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { DomainError, id } from '@tsunagi/domain';
import { findMyNumber, myNumberFieldIn } from '@tsunagi/text';

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
  const found = search(body, '', { but: noTexts });
  if (found !== undefined) throw new MyNumberFoundError(found);
}

/** What programs and people call things, secrets and files: 12 digits there are a number of something else. */
const noTexts: ReadonlySet<string> = new Set([
  ...['password', 'current', 'next', 'client_id', 'client_secret', 'login'],
  ...['key', 'echo', 'contentHash', 'itemId', 'value', 'csv'],
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
export const myNumberIn = (texts: unknown): string | undefined => search(texts, '');

/** Digits of any script, width and shape, ① among them; texts without are not looked at more closely. */
const digit = /\p{N}/u;
/**
 * Nearly all that people write is of these: ASCII, kana, kanji and their signs, without digits. The list of all digits is long,
 * and of a long text each character would be looked for in it.
 */
const unusual = /[^\s!-/:-~\u3001-\u3006\u3008-\u3020\u3040-\u30ff\u4e00-\u9fff\uff01-\uff0f\uff1a-\uff9f]/;
export const hasDigit = (text: string): boolean => unusual.test(text) && digit.test(text);

/** One in some hundred of the hub's own ids has such digits; nobody writes a 個人番号 into one. */
const isId = (text: string) => id.safeParse(text).success;

function search(value: unknown, at: string, options: { readonly but?: ReadonlySet<string> } = {}): string | undefined {
  if (typeof value === 'string')
    return hasDigit(value) && findMyNumber(value).length > 0 && !isId(value) ? at : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = options.but?.has(key) === true ? undefined : search(inner, `${at}/${key}`, options);
    if (found !== undefined) return found;
  }
  return undefined;
}
