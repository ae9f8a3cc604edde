// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import { Controller, Get, Query } from '@nestjs/common';
import {
  failures,
  guards,
  monthQuery,
  type Failures as Counts,
  type Guards,
  type MonthQuery,
} from '@tsunagi/contracts';
import { Failures } from './failures.service';
import { api, Describe, GuardCounts, zod } from '../platform';

@Controller(`${api}/reports`)
export class ReportsController {
  constructor(
    private readonly failures: Failures,
    private readonly guarded: GuardCounts,
  ) {}

  @Get('failures')
  @Describe({
    summary: 'たらい回し・丸投げ・丸抱えの、月ごとの数を見ます。',
    tag: 'つなぎ',
    who: 'failures.count',
    details: '数だけで、つなぎや方の id は入りません。',
    query: monthQuery,
    answers: { 200: failures },
  })
  of(@Query(zod(monthQuery)) query: MonthQuery): Promise<Counts> {
    return this.failures.of(query);
  }

  @Get('guards')
  @Describe({
    summary: 'マイナンバーを断った回数を、入り口と日ごとに見ます。',
    tag: '運用',
    who: 'guards.count',
    details: '回数だけで、数字も、だれのものかも入りません。多い入り口では、様式や入力のしかたを見直してください。',
    query: monthQuery,
    answers: { 200: guards },
  })
  guards(@Query(zod(monthQuery)) query: MonthQuery): Promise<Guards> {
    return this.guarded.of(query);
  }
}
