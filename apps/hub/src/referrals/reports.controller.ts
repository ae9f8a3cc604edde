// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Query } from '@nestjs/common';
import { failures, failuresQuery, type Failures as Counts, type FailuresQuery } from '@tsunagi/contracts';
import { Failures } from './failures.service';
import { api, Describe, zod } from '../platform';

@Controller(`${api}/reports`)
export class ReportsController {
  constructor(private readonly failures: Failures) {}

  @Get('failures')
  @Describe({
    summary: 'たらい回し・丸投げ・丸抱えの、月ごとの数を見ます。',
    tag: 'つなぎ',
    who: 'failures.count',
    details: '数だけで、つなぎや方の id は入りません。',
    query: failuresQuery,
    answers: { 200: failures },
  })
  of(@Query(zod(failuresQuery)) query: FailuresQuery): Promise<Counts> {
    return this.failures.of(query);
  }
}
