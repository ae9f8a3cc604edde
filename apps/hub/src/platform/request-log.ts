// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { NextFunction, Request, RequestHandler, Response } from 'express';
import type { Log } from './log';
import { actingIn, requestIdOf } from './request-id';

/**
 * One line for each request of the interface, when its answer is complete: which route, for which function, and what came
 * of it. The route as it is declared, never the path or the query as they were called, and nobody's name.
 */
export const logRequests =
  (log: Log): RequestHandler =>
  (request: Request, response: Response, next: NextFunction): void => {
    const begun = performance.now();
    response.on('close', () => {
      const route = (request as { route?: { path?: unknown } }).route?.path;
      log.info('request', {
        requestId: requestIdOf(request),
        method: request.method,
        route: typeof route === 'string' ? route : undefined,
        status: response.statusCode,
        // Gone before its answer was complete.
        cut: response.writableFinished ? undefined : true,
        ms: Math.round(performance.now() - begun),
        function: actingIn(request),
      });
    });
    next();
  };
