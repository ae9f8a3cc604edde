// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { recordCodes, type Problem, type RecordCode, type RecordCodeText } from '@tsunagi/contracts';
import type { DoorAnswer } from './door';

/** What is wrong with one place of a body; never a value of it. */
export interface RefusedField {
  /** JSON pointer; empty = the whole body. */
  readonly pointer: string;
  readonly code: RecordCode;
  /** In place of the catalogue's remedy, such as whom to call. */
  readonly hint?: string | undefined;
}

export interface RefusalOptions {
  readonly errors?: readonly RefusedField[] | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** A request is refused at the door, and nothing of it is kept. */
export class RefusedRequestError extends Error {
  constructor(
    readonly status: number,
    readonly code: RecordCode,
    readonly options: RefusalOptions = {},
  ) {
    super(code);
    this.name = 'RefusedRequestError';
  }
}

/** The refusal as RFC 9457 has it, in the words of the one catalogue. */
export function refusalAnswer({ status, code, options }: RefusedRequestError, requestId: string): DoorAnswer {
  const { says, remedy } = textOf(code);
  const problem: Problem = {
    type: `urn:tsunagi:problem:${code}`,
    title: '受け付けられません',
    status,
    detail: remedy === undefined ? says : `${says}${remedy}`,
    code,
    ...(options.errors && { errors: options.errors.map(fieldProblem) }),
    requestId,
    retryable: status === 503,
  };
  return { status, ...(options.headers && { headers: options.headers }), body: problem };
}

function fieldProblem({ pointer, code, hint }: RefusedField): NonNullable<Problem['errors']>[number] {
  const { says, remedy } = textOf(code);
  const how = hint ?? remedy;
  return { pointer, code, message: says, ...(how !== undefined && { hint: how }) };
}

const textOf = (code: RecordCode): RecordCodeText => recordCodes[code];

/** Not now: the same request may come again in a moment. */
export function busy(afterSeconds = 5): RefusedRequestError {
  return new RefusedRequestError(503, 'E-BUSY', { headers: { 'Retry-After': String(afterSeconds) } });
}
