// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { isUtf8 } from 'node:buffer';
import type { RequestListener, Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { jsonFaultIn } from '@tsunagi/text';
import { json, urlencoded, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { UnreadableBodyError } from './http.errors';
import type { Log } from './log';
import { giveRequestId } from './request-id';
import { logRequests } from './request-log';

const maxBodyBytes = 1024 * 1024;
const maxDepth = 32;

/** RFC 6749 wants forms here, and only here. */
const formPath = '/api/v1/oauth/token';

/** For a request to arrive whole, and for its headers. How long an answer takes (SSE) is nobody's limit here. */
const requestMs = 30_000;
const headersMs = 15_000;

/** Everything a request passes before it reaches a controller. */
export function prepareHttp(app: NestExpressApplication, log: Log): void {
  const server: Server = app.getHttpServer();
  server.requestTimeout = requestMs;
  server.headersTimeout = headersMs;
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  // A proxy on this machine says from where it was asked; anybody else is who the connection says.
  app.set('trust proxy', 'loopback');
  app.use(giveRequestId);
  app.use('/api', logRequests(log));
  app.use(
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          connectSrc: ["'self'"],
          fontSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
  );
  app.use('/api', noStore);
  app.use(refuseOtherTypes);
  app.use(reading(json({ limit: maxBodyBytes, inflate: false, strict: true, verify: refuseUnreadable })));
  app.use(formPath, reading(urlencoded({ extended: false, limit: 8 * 1024, parameterLimit: 10, inflate: false })));
}

/** Requests below this path go to another listener as they came: it has words of its own for what it refuses. */
export function answerBelow(server: Server, prefix: string, listener: RequestListener): void {
  const others = server.listeners('request') as RequestListener[];
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    for (const answer of request.url?.startsWith(prefix) ? [listener] : others) answer(request, response);
  });
}

/** What a person may see today, a cache shows somebody else tomorrow. */
function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.setHeader('Cache-Control', 'no-store');
  next();
}

function refuseOtherTypes(request: Request, _response: Response, next: NextFunction): void {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
  const form = request.path === formPath && request.is('application/x-www-form-urlencoded');
  // As nearly everybody writes it, there is nothing to take apart.
  const isJson = request.headers['content-type'] === 'application/json' || request.is('application/json');
  next(hasBody && !form && !isJson ? new UnreadableBodyError('BODY_TYPE') : undefined);
}

/** Runs before the parser, which would decode UTF-16 or UTF-7 as well: in those the same bytes mean something else. */
function refuseUnreadable(_request: unknown, _response: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8') throw new UnreadableBodyError('BODY_TYPE');
  if (!isUtf8(body)) throw new UnreadableBodyError('BODY_MALFORMED');
  const fault = jsonFaultIn(body.toString('utf8'), maxDepth);
  if (fault) throw new UnreadableBodyError(fault);
}

/** body-parser quotes the body in its errors; ours say only what is wrong. */
function reading(parser: RequestHandler): RequestHandler {
  return (request, response, next) => {
    void parser(request, response, (error?: unknown) => next(error === undefined ? undefined : refusalOf(error)));
  };
}

function refusalOf(error: unknown): UnreadableBodyError {
  if (error instanceof UnreadableBodyError) return error;
  const { status } = error as { status?: unknown };
  if (status === 413) return new UnreadableBodyError('BODY_TOO_LARGE');
  if (status === 415) return new UnreadableBodyError('BODY_TYPE');
  return new UnreadableBodyError('BODY_MALFORMED');
}
