// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { Problem } from '@tsunagi/contracts';
import type { RouteOfApp } from './routes';
import { catalogue, fieldCatalogue, textOf, type Entry, type ProblemCode, type Description } from '../platform';

/** What may become of a request whatever it asks for. */
export const always: readonly ProblemCode[] = ['INTERNAL', 'DATABASE_AWAY'];

/** With which problems a route can answer, by what it takes. */
export function problemsOf({ method }: Pick<RouteOfApp, 'method'>, about: Description): ProblemCode[] {
  const changes = !['get', 'head'].includes(method);
  const named = Object.keys(about.headers ?? {});
  const lists: (readonly ProblemCode[] | false | undefined)[] = [
    about.who !== 'anyone' && ['NOT_SIGNED_IN', 'FUNCTION_NOT_YOURS'],
    about.who !== 'anyone' && changes && ['REQUEST_HEADER_MISSING'],
    about.who !== 'anyone' && about.who !== 'caller' && ['ROLE_MISSING'],
    about.params && ['NOT_FOUND'],
    about.query && ['INVALID'],
    about.body && [
      'BODY_MALFORMED',
      'BODY_DUPLICATE_KEY',
      'BODY_RESERVED_KEY',
      'BODY_TOO_DEEP',
      'BODY_TOO_LARGE',
      'BODY_TYPE',
      'INVALID',
      'SUBMISSION_REJECTED',
    ],
    named.includes('If-Match') && ['IF_MATCH_MISSING', 'VERSION_CONFLICT'],
    named.includes('Idempotency-Key') && ['IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_REUSED'],
    about.problems,
  ];
  return [...new Set(lists.flatMap((list) => list || []))];
}

/** Problems in the order of their statuses. */
export function byStatus(codes: readonly ProblemCode[]): [status: number, codes: ProblemCode[]][] {
  const groups = new Map<number, ProblemCode[]>();
  for (const code of codes) {
    const { status } = catalogue[code];
    groups.set(status, [...(groups.get(status) ?? []), code]);
  }
  return [...groups].sort(([a], [b]) => a - b);
}

/** Problems that name fields, each with one. */
const errorsOf: Partial<Record<ProblemCode, Problem['errors']>> = {
  INVALID: [
    { pointer: '/subject/items/identity/name', code: 'TOO_LONG', message: fieldCatalogue.TOO_LONG, hint: '最大 100' },
  ],
  SUBMISSION_REJECTED: [
    reason('S-MYNUMBER', '/subject/items/narrative/fact'),
    reason('S-MYNUMBER-FIELD', '/subject/items/マイナンバー'),
  ],
  CONTENT_CONFLICT: [reason('E-DUP-DIFF', '')],
};

function reason(code: string, pointer: string): NonNullable<Problem['errors']>[number] {
  const { says, remedy } = textOf(code);
  return { pointer, code, message: says, ...(remedy !== undefined && { hint: remedy }) };
}

/** The problem as a caller gets it. */
export function exampleOfProblem(code: ProblemCode): Problem {
  const { status, title, detail, hint, retryable }: Entry = catalogue[code];
  return {
    type: `urn:tsunagi:problem:${code}`,
    title,
    status,
    detail: `${detail}${hint ?? ''}`,
    code,
    ...(Object.hasOwn(errorsOf, code) && { errors: errorsOf[code] }),
    requestId: '01932f00-0000-7000-8000-000000000099',
    retryable: retryable === true,
  };
}
