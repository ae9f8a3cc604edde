// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { dirname, join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { static as files, type NextFunction, type Request, type Response } from 'express';

/** Where the console's build lies. The hub serves it as it is and knows nothing else of it. */
const site = join(dirname(require.resolve('@tsunagi/console/package.json')), 'dist', 'site');
const path = '/console';

/**
 * The console: files whose names change with what is in them, and one page for every address below `/console`, which the browser asks
 * for anew each time. Whoever comes to the hub by hand is led there.
 */
export function serveConsole(app: NestExpressApplication): void {
  app.use(`${path}/assets`, files(join(site, 'assets'), { immutable: true, maxAge: '1y', fallthrough: false }));
  app.use((request: Request, response: Response, next: NextFunction) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return next();
    if (request.path === '/' || request.path === path) return response.redirect(`${path}/`);
    if (!request.path.startsWith(`${path}/`)) return next();
    response.setHeader('Cache-Control', 'no-cache');
    response.sendFile(join(site, 'index.html'), (error?: Error) => error && next());
  });
}
