// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import type { ArgumentsHost } from '@nestjs/common';
import type { Request } from 'express';
import type { GuardCounts } from './guard-counts';
import { Log } from './log';
import { ProblemFilter } from './problem.filter';
import { noteActing } from './request-id';

it('a request that fails is logged with the function it was made for', () => {
  const lines: string[] = [];
  const request = { headers: {} } as Request;
  noteActing(request, '01932f00-0000-7000-8000-000000000001');
  const response = { headersSent: true, end: () => undefined };
  const host = { switchToHttp: () => ({ getRequest: () => request, getResponse: () => response }) };
  const log = new Log('info', { write: (line: string) => void lines.push(line) });
  new ProblemFilter(log, { count: () => Promise.resolve() } as unknown as GuardCounts).catch(
    new Error('見本　花子'),
    host as unknown as ArgumentsHost,
  );
  expect(lines.map((line) => (JSON.parse(line) as { function?: string }).function)).toEqual([
    '01932f00-0000-7000-8000-000000000001',
  ]);
  expect(lines.join()).not.toContain('見本');
});
