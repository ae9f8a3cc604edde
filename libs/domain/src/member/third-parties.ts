// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

/** What its sender marks 〔so〕 in a text is about somebody else, who has consented to nothing (DOMAIN §6 `consent`). */
const [opens, closes] = ['〔', '〕'];
/** Never longer than what stood there with a word in it, so that it fits where the text fitted. */
const masked = '…';

/** The text with what is marked left out, and the marks kept. What nobody has closed goes on to the end. */
export function maskThirdParties(text: string): string {
  let depth = 0;
  let kept = '';
  for (const sign of text) {
    if (sign === closes && depth > 0) depth -= 1;
    if (depth === 0) kept += sign;
    if (sign === opens) {
      if (depth === 0) kept += masked;
      depth += 1;
    }
  }
  return kept;
}

/** The same of every text in it, at any depth; what has no mark in it is the same object. */
export function withoutThirdParties<T>(value: T): T {
  if (typeof value === 'string') return (value.includes(opens) ? maskThirdParties(value) : value) as T & string;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).map(
    ([name, part]) => [name, part, withoutThirdParties(part)] as const,
  );
  if (entries.every(([, part, kept]) => part === kept)) return value;
  const kept = entries.map(([name, , part]) => [name, part] as const);
  return (Array.isArray(value) ? kept.map(([, part]) => part) : Object.fromEntries(kept)) as T;
}
