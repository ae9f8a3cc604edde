// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Problem } from '@tsunagi/contracts';
import type { Request, Response } from 'express';
import { catalogue, isProblemCode, type Entry, type ProblemCode } from './catalogue';
import { DatabaseAwayError, isAway } from './database.errors';
import { fieldErrors, reasonAt } from './field-errors';
import { GuardCounts, isGuarded } from './guard-counts';
import { InvalidInputError } from './http.errors';
import { Log } from './log';
import { actingIn, requestIdOf } from './request-id';

/** What HTTP's own refusals (routing, parsing) mean here. */
const ofStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'BAD_REQUEST',
  401: 'NOT_SIGNED_IN',
  403: 'ROLE_MISSING',
  404: 'NOT_FOUND',
  405: 'NOT_FOUND',
  413: 'BODY_TOO_LARGE',
  415: 'BODY_TYPE',
  503: 'DATABASE_AWAY',
};

/** The only place that knows HTTP of an error: its code finds status and words in the catalogue (RFC 9457). */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: Log,
    private readonly guards: GuardCounts,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const [request, response] = [http.getRequest<Request>(), http.getResponse<Response>()];
    const requestId = requestIdOf(request);
    const code = codeOf(error);
    const entry: Entry = catalogue[code];
    if (entry.status >= 500)
      this.log.failure('request failed', error, { requestId, answered: code, function: actingIn(request) });
    if (isGuarded(fieldOf(error, 'reason'))) void this.guards.count(wayOf(request));
    if (response.headersSent) {
      response.end();
      return;
    }
    const wait = fieldOf(error, 'retryAfterSeconds');
    if (typeof wait === 'number') response.setHeader('Retry-After', String(wait));
    else if (entry.retryable) response.setHeader('Retry-After', '5');
    if (entry.status === 401) response.setHeader('WWW-Authenticate', challenge(code));
    response
      .status(entry.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(code, error, requestId)));
  }
}

/** Codes outside the catalogue are the hub's own business: nobody outside learns them. */
function codeOf(error: unknown): ProblemCode {
  if (error instanceof HttpException) return ofStatus[error.getStatus()] ?? 'INTERNAL';
  const code = fieldOf(error, 'code');
  if (isProblemCode(code)) return code;
  return error instanceof DatabaseAwayError || isAway(error) ? 'DATABASE_AWAY' : 'INTERNAL';
}

function problemOf(code: ProblemCode, error: unknown, requestId: string): Problem {
  const { status, title, detail, hint, retryable }: Entry = catalogue[code];
  const errors =
    error instanceof InvalidInputError ? fieldErrors(error.issues, error.input, error.prefix) : reasonOf(error);
  return {
    type: `urn:tsunagi:problem:${code}`,
    title,
    status,
    detail: hint === undefined ? detail : `${detail}${hint}`,
    code,
    ...(errors && { errors }),
    requestId,
    retryable: retryable === true,
  };
}

/** A room's own, narrower code beside that of the problem. */
function reasonOf(error: unknown): Problem['errors'] {
  const reason = fieldOf(error, 'reason');
  const pointer = fieldOf(error, 'pointer');
  const known = fieldOf(error, 'known');
  if (typeof reason !== 'string') return undefined;
  return [reasonAt(reason, typeof pointer === 'string' ? pointer : '', Array.isArray(known) ? known : undefined)];
}

const fieldOf = (error: unknown, name: string): unknown =>
  error instanceof Error ? (error as unknown as Record<string, unknown>)[name] : undefined;

/** The path as it is written in the document, without anybody's id. */
const wayOf = (request: Request): string =>
  `${request.method} ${(request.route as { path?: string } | undefined)?.path ?? ''}`;

const challenge = (code: ProblemCode) =>
  code === 'CLIENT_REFUSED' ? 'Basic realm="tsunagi", charset="UTF-8"' : 'Bearer realm="tsunagi"';
